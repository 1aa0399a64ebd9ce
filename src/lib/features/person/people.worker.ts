/**
 * Reads all the marks of a term beside the page, so that the list never waits. It opens the same replica, by its name,
 * and reads only.
 */
import Dexie from 'dexie';
import { openStore } from '$lib/store/store.ts';
import type { PeopleAnswer, PeopleAsked } from './people-worker.ts';
import { readAttendance } from './people-queries.ts';

const answer = (message: PeopleAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });

/** A roll call writes a mark every second or so: all of them are read again at most this often. */
const restMs = 2000;

/** Tells the attendance, and again a moment after something of the term was written, by the page or another tab. */
async function follow({ term, now }: PeopleAsked): Promise<void> {
  const opened = await openStore({ name: term });
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`);
  const { store } = opened;
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

addEventListener('message', ({ data }: MessageEvent<PeopleAsked>) => {
  follow(data).catch(failed);
});
