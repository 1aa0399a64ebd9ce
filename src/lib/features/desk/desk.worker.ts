/**
 * Reads the marks of the desk's terms beside the page, so that a question never waits for them. It opens the same
 * replicas, by their names, and reads only.
 */
import Dexie from 'dexie';
import { openStore, type Store } from '$lib/store/store.ts';
import { readBeside } from './beside.ts';
import { deskTotal, type CountedDesk } from './desk-total.ts';
import type { DeskAnswer, DeskAsked } from './desk-worker.ts';

const answer = (message: DeskAnswer) => postMessage(message);
const failed = (error: unknown) => answer({ failed: String(error) });
const now = () => new Date().toISOString();

/** Writes come in bursts: one reading answers them all. */
const settleMs = 150;
/** A sync writes many times a second: everything is read again at most this often. */
const restMs = 2000;
/** Time alone makes a list overdue. */
const everyMs = 60_000;

async function opened(name: string): Promise<Store> {
  const found = await openStore({ name });
  if (!found.ok) throw new Error(`${found.why}: ${found.detail}`);
  return found.store;
}

async function openDesk({
  commons,
  registry,
  terms,
  all,
  timeZone,
  deviceId,
}: DeskAsked): Promise<CountedDesk> {
  const stores = await Promise.all(all.map(opened));
  const byName = new Map(stores.map((store) => [store.name, store]));
  const storeOf = (name: string) => byName.get(name) ?? opened(name);
  return {
    ...{ stores, timeZone, deviceId },
    commons: await storeOf(commons),
    registry: registry === undefined ? undefined : await storeOf(registry),
    terms: await Promise.all(terms.map(async ({ term, name }) => ({ term, store: await storeOf(name) }))),
  };
}

/** Tells what there is, and again a moment after something was written, by the page or another tab. */
async function follow(desk: CountedDesk): Promise<void> {
  let waits: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isStale = false;
  let calm = 0;
  const soon = (ms: number) => (waits ??= setTimeout(() => void tell(), ms));
  async function tell(): Promise<void> {
    waits = undefined;
    isReading = true;
    isStale = false;
    await readBeside(desk, now()).then((read) => answer({ read }), failed);
    isReading = false;
    calm = Date.now() + restMs;
    if (isStale) soon(restMs);
  }
  const tables = desk.stores.map(({ name }) => `idb://${name}/docs/`);
  Dexie.on('storagemutated', (parts) => {
    if (!Object.keys(parts).some((part) => tables.some((table) => part.startsWith(table)))) return;
    if (isReading) isStale = true;
    else soon(Math.max(settleMs, calm - Date.now()));
  });
  setInterval(() => !isReading && soon(0), everyMs);
  await tell();
}

addEventListener('message', ({ data }: MessageEvent<DeskAsked>) => {
  void openDesk(data)
    .then((desk) =>
      data.what === 'follow' ? follow(desk) : deskTotal(desk, now()).then((count) => answer({ count })),
    )
    .catch(failed);
});
