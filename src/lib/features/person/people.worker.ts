/**
 * Reads all the marks of a term, and compares everyone with everyone, beside the page, so that the list never waits.
 * It opens the same replicas, by their names, and reads only.
 */
import Dexie from 'dexie';
import { openStore, type Store } from '$lib/store/store.ts';
import type { PeopleAnswer, PeopleAsked } from './people-worker.ts';
import { countLikePairs, readAttendance } from './people-queries.ts';

const answer = (message: PeopleAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });

async function open(name: string): Promise<Store> {
  const opened = await openStore({ name });
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`);
  return opened.store;
}

/** A roll call writes a mark every second or so: all of them are read again at most this often. */
const restMs = 2000;

/** Tells the attendance, and again a moment after something of the term was written, by the page or another tab. */
async function follow({ term, now }: Extract<PeopleAsked, { what: 'attendance' }>): Promise<void> {
  const store = await open(term);
  let waits: ReturnType<typeof setTimeout> | undefined;
  const tell = async () => {
    answer({ attendance: await readAttendance(store, now) });
  };
  Dexie.on('storagemutated', (parts) => {
    if (waits || !Object.keys(parts).some((part) => part.startsWith(`idb://${term}/docs/`))) return;
    waits = setTimeout(() => {
      waits = undefined;
      tell().catch(failed);
    }, restMs);
  });
  await tell();
}

async function count({ registry, terms }: Extract<PeopleAsked, { what: 'pairs' }>): Promise<void> {
  const stores = {
    registry: await open(registry),
    terms: await Promise.all(terms.map(async ({ term, name }) => ({ term, store: await open(name) }))),
  };
  answer({ pairs: await countLikePairs(stores) });
  for (const store of [stores.registry, ...stores.terms.map((one) => one.store)]) store.close();
}

addEventListener('message', ({ data }: MessageEvent<PeopleAsked>) => {
  (data.what === 'pairs' ? count(data) : follow(data)).catch(failed);
});
