/** Makes exports beside the page, which never waits. It opens the same replicas, by their names, and reads only. */
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';
import { openStore, type Store } from '$lib/store/store.ts';
import { readHeld } from './export-queries.ts';
import type { WorkerAnswer, WorkerAsked } from './exports-worker.ts';
import { makeExport } from './make-export.ts';

const answer = (message: WorkerAnswer) => postMessage(message);

async function opened(name: string): Promise<Store> {
  const found = await openStore({ name });
  if (!found.ok) throw new Error(`${found.why}: ${found.detail}`);
  return found.store;
}

/** Of the whole, reading. */
const reading = 0.4;

async function make({ commons, registry, terms, locale, ...asked }: WorkerAsked): Promise<void> {
  overwriteGetLocale(() => locale);
  let told = 0;
  const tell = (progress: number) => {
    if (progress - told < 0.02) return;
    told = progress;
    answer({ progress });
  };
  const stores = {
    commons: await opened(commons),
    registry: await opened(registry),
    terms: await Promise.all(terms.map(opened)),
  };
  const held = await readHeld(stores, (share) => tell(share * reading));
  answer({ made: await makeExport(held, asked, (share) => tell(reading + share * (1 - reading))) });
}

addEventListener('message', ({ data }: MessageEvent<WorkerAsked>) => {
  make(data).catch((error: unknown) => answer({ failed: String(error) }));
});
