/** What the page of the report asks of the worker that counts, and hears from it. */
import type { Author } from '$lib/domain/documents.ts';
import type { FrozenYear } from '$lib/domain/indicators/frozen-year.ts';
import { getLocale, type Locale } from '$lib/i18n/paraglide/runtime.js';
import { namesOf, type SiteStoreNames, type SiteStores } from '$lib/store/site-documents.ts';
import type { ReportReading } from './report-queries.ts';

export type ReportAsked =
  | {
      readonly ask: 'follow';
      readonly names: SiteStoreNames;
      readonly year: number;
      readonly locale: Locale;
    }
  | { readonly ask: 'freeze'; readonly author: Author };

export type ReportAnswer =
  | { readonly reading: ReportReading }
  /** `undefined`: hashes cannot be told here. */
  | { readonly frozen: FrozenYear | undefined }
  | { readonly failed: string };

export interface ReportWorker {
  /** The year as it stands, to be signed. @throws when it cannot be counted */
  freeze(author: Author): Promise<FrozenYear | undefined>;
  end(): void;
}

/**
 * Starts a worker that counts a year's report, and counts it again after every change.
 * @param onfailed the worker could not be started, or could not read
 */
export function followReport(
  stores: SiteStores,
  year: number,
  onreading: (reading: ReportReading) => void,
  onfailed: () => void,
): ReportWorker {
  const worker = new Worker(new URL('./report.worker.ts', import.meta.url), { type: 'module' });
  const ask = (asked: ReportAsked) => worker.postMessage(asked);
  let waiting: { frozen: (year: FrozenYear | undefined) => void; failed: (why: Error) => void } | undefined;
  const failed = (why: string) => {
    if (!waiting) return onfailed();
    waiting.failed(new Error(why));
    waiting = undefined;
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ReportAnswer>) => {
    if ('failed' in data) return failed(data.failed);
    if ('reading' in data) return onreading(data.reading);
    waiting?.frozen(data.frozen);
    waiting = undefined;
  });
  worker.addEventListener('error', ({ message }) => failed(message));
  ask({ ask: 'follow', names: namesOf(stores), year, locale: getLocale() });
  return {
    freeze: (author) =>
      new Promise((frozen, failing) => {
        waiting = { frozen, failed: failing };
        ask({ ask: 'freeze', author });
      }),
    end: () => worker.terminate(),
  };
}
