/**
 * Counts the figures beside the page, so that it never waits. It opens the same replicas, by their names, and reads
 * only.
 */
import Dexie from 'dexie';
import { openStore, type Store } from '$lib/store/store.ts';
import { readFigures } from './figures-queries.ts';
import type { FiguresAnswer, FiguresAsked } from './figures-worker.ts';

const answer = (message: FiguresAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });

/** A sync writes many times a second: everything is counted again at most this often. */
const restMs = 2000;

async function opened(name: string): Promise<Store> {
  const found = await openStore({ name });
  if (!found.ok) throw new Error(`${found.why}: ${found.detail}`);
  return found.store;
}

/** Tells the figures, and again a moment after something was written, by the page or another tab. */
async function follow({ commons, registry, terms, scope }: FiguresAsked): Promise<void> {
  const stores = {
    commons: await opened(commons),
    registry: registry === undefined ? undefined : await opened(registry),
    terms: await Promise.all(terms.map(opened)),
  };
  const tables = [commons, ...(registry === undefined ? [] : [registry]), ...terms].map(
    (name) => `idb://${name}/docs/`,
  );
  let waits: ReturnType<typeof setTimeout> | undefined;
  const tell = async () => answer({ report: await readFigures(stores, scope) });
  Dexie.on('storagemutated', (parts) => {
    if (waits || !Object.keys(parts).some((part) => tables.some((table) => part.startsWith(table)))) return;
    waits = setTimeout(() => {
      waits = undefined;
      tell().catch(failed);
    }, restMs);
  });
  await tell();
}

addEventListener('message', ({ data }: MessageEvent<FiguresAsked>) => {
  follow(data).catch(failed);
});
