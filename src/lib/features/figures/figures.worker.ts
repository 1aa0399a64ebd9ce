/** Counts the figures beside the page, so that it never waits. */
import { onSiteWritten, openSite } from '$lib/store/site-worker.ts';
import { readFigures } from './figures-queries.ts';
import type { FiguresAnswer, FiguresAsked } from './figures-worker.ts';

const answer = (message: FiguresAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });

/** Tells the figures, and again after something was written. */
async function follow({ names, scope }: FiguresAsked): Promise<void> {
  const stores = await openSite(names);
  const tell = async () => answer({ report: await readFigures(stores, scope) });
  onSiteWritten(names, () => void tell().catch(failed));
  await tell();
}

addEventListener('message', ({ data }: MessageEvent<FiguresAsked>) => {
  follow(data).catch(failed);
});
