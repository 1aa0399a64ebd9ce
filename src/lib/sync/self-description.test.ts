import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Author, Device, Venue } from '../domain/documents.ts';
import { deviceDocId, venueDocId, type AccountName, type DeviceId, type VenueCode } from '../domain/ids.ts';
import { openStore, type Store } from '../store/store.ts';
import { describeDevice } from './self-description.ts';

const author: Author = {
  at: '2023-11-22T08:00:00.000Z',
  by: 'maia' as AccountName,
  device: 'phone' as DeviceId,
};
const facts = { author, label: '—', appVersion: '1', lastSyncAt: undefined, clock: undefined };
const venue: Venue = {
  ...{ _id: venueDocId('amarres' as VenueCode), type: 'venue', v: 1, ...author },
  ...{ venue: 'amarres' as VenueCode, name: 'Amarres' },
};

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `self-description-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

const said = async (): Promise<Device> => {
  const found = await store.get('device', deviceDocId(author.device));
  if (!found) throw new Error('nothing was said');
  return found;
};

it('says nothing twice: one writing a version of the app', async () => {
  await describeDevice(store, [store], facts);
  const first = await said();
  expect(first).toMatchObject({ user: 'maia', pendingCount: 0, refusedCount: 0, isStoragePersisted: false });
  await describeDevice(store, [store], { ...facts, clock: { skewMs: undefined } });
  expect((await said())._rev).toBe(first._rev);
  await describeDevice(store, [store], { ...facts, appVersion: '2' });
  expect((await said())._rev).not.toBe(first._rev);
});

it('says how much was refused, and that nothing is any more', async () => {
  const { written } = (await store.commit([{ id: venue._id, change: () => venue }])) as {
    written: { id: string; rev: string }[];
  };
  await describeDevice(store, [store], facts);
  expect((await said()).pendingCount).toBe(1);
  await store.outbox.markRefused(
    written.map((one) => ({ ...one, status: 403, reason: 'no', at: author.at })),
  );
  await describeDevice(store, [store], facts);
  expect(await said()).toMatchObject({ refusedCount: 1 });
  await store.outbox.markSent(written);
  await describeDevice(store, [store], facts);
  expect(await said()).toMatchObject({ refusedCount: 0 });
});

it('says that the clock is wrong once the server was heard, and that it is right again', async () => {
  await describeDevice(store, [store], facts);
  await describeDevice(store, [store], { ...facts, clock: { skewMs: 900_000 } });
  expect((await said()).clockSkewMs).toBe(900_000);
  // Before the server is heard nobody knows.
  await describeDevice(store, [store], { ...facts, appVersion: '2' });
  expect((await said()).clockSkewMs).toBe(900_000);
  await describeDevice(store, [store], { ...facts, appVersion: '2', clock: { skewMs: undefined } });
  expect((await said()).clockSkewMs).toBeUndefined();
});

it('leaves what another account said of a shared phone as it is', async () => {
  await describeDevice(store, [store], facts);
  const first = await said();
  const other = { ...facts, appVersion: '2', author: { ...author, by: 'noor' as AccountName } };
  await describeDevice(store, [store], other);
  expect((await said())._rev).toBe(first._rev);
});
