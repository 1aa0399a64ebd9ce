/** Counts the figures beside the page, so that it never waits. */
import type { SiteStoreNames } from '$lib/store/site-documents.ts';
import { onSiteWritten, openSite } from '$lib/store/site-worker.ts';
import { FigureCount, type FiguresAsked } from './figures-queries.ts';
import type { FiguresAnswer, FiguresQuestion } from './figures-worker.ts';

const answer = (message: FiguresAnswer) => postMessage(message);

const open = async (names: SiteStoreNames) => new FigureCount(await openSite(names));

let count: Promise<FigureCount> | undefined;
let followed: FiguresAsked | undefined;

/** Tells the figures that are followed, unless others are asked for meanwhile. */
async function tell(): Promise<void> {
  const asked = followed;
  const page = asked && (await (await count)?.page(asked));
  if (page && asked === followed) answer({ kind: 'page', asked, page });
}

const tellOrFail = () => void tell().catch(() => answer({ kind: 'failed' }));

addEventListener('message', ({ data }: MessageEvent<FiguresQuestion>) => {
  if (data.kind === 'open') {
    count = open(data.stores);
    count.catch(() => answer({ kind: 'failed' }));
    onSiteWritten(data.stores, () => void count?.then((one) => one.forget()).then(tellOrFail));
  } else if (data.kind === 'follow') {
    followed = data.asked;
    tellOrFail();
  } else {
    const { id, asked, of } = data;
    const failed = () => answer({ kind: 'failed', id });
    const found = count?.then((one) => one.behind(asked, of));
    if (!found) failed();
    else found.then((behind) => answer({ kind: 'behind', id, behind }), failed);
  }
});
