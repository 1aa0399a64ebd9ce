/** Counts a year's report, and what differs since it was frozen, beside the page. */
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import type { SiteStores } from '$lib/store/site-documents.ts';
import { onSiteWritten, openSite } from '$lib/store/site-worker.ts';
import { readFrozen, readReport } from './report-queries.ts';
import type { ReportAnswer, ReportAsked } from './report-worker.ts';

const answer = (message: ReportAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });

let followed: { readonly stores: Promise<SiteStores>; readonly year: number } | undefined;

async function follow({ names, year, locale }: ReportAsked & { ask: 'follow' }): Promise<void> {
  overwriteGetLocale(() => locale);
  followed = { stores: openSite(names), year };
  const stores = await followed.stores;
  const tell = async () => answer({ reading: await readReport(stores, year) });
  onSiteWritten(names, () => void tell().catch(failed));
  await tell();
}

async function freeze({ author }: ReportAsked & { ask: 'freeze' }): Promise<void> {
  if (!followed) throw new Error('no year is followed');
  answer({ frozen: await readFrozen(await followed.stores, followed.year, author) });
}

addEventListener('message', ({ data }: MessageEvent<ReportAsked>) => {
  (data.ask === 'follow' ? follow(data) : freeze(data)).catch(failed);
});
