/** Makes exports beside the page, which never waits. */
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { openSite } from '$lib/store/site-worker.ts';
import { readHeld } from './export-queries.ts';
import type { WorkerAnswer, WorkerAsked } from './exports-worker.ts';
import { makeExport } from './make-export.ts';

const answer = (message: WorkerAnswer) => postMessage(message);

/** Of the whole, reading. */
const reading = 0.4;

async function make({ names, locale, ...asked }: WorkerAsked): Promise<void> {
  overwriteGetLocale(() => locale);
  let told = 0;
  const tell = (progress: number) => {
    if (progress - told < 0.02) return;
    told = progress;
    answer({ progress });
  };
  const held = await readHeld(await openSite(names), (share) => tell(share * reading));
  answer({ made: await makeExport(held, asked, (share) => tell(reading + share * (1 - reading))) });
}

addEventListener('message', ({ data }: MessageEvent<WorkerAsked>) => {
  make(data).catch((error: unknown) => answer({ failed: String(error) }));
});
