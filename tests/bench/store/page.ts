/** The part of the bench that runs in the browser: each function does one thing once and answers milliseconds. */
import Dexie from 'dexie';
import PouchDB from 'pouchdb-core';
import idb from 'pouchdb-adapter-idb';
import http from 'pouchdb-adapter-http';
import replication from 'pouchdb-replication';
import type { AnyDocument, Mark } from '../../../src/lib/domain/documents.ts';
import {
  markDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '../../../src/lib/domain/ids.ts';
import { answer } from '../../../src/lib/domain/roll-call.ts';
import dexieAdapter from '../../../src/lib/store/pouchdb-adapter/adapter.ts';
import { openStore, type Store } from '../../../src/lib/store/store.ts';
import { pull } from '../../../src/lib/sync/pull.ts';

PouchDB.plugin(idb).plugin(http).plugin(replication).plugin(dexieAdapter);

const remote = `${location.origin}/couch/bench`;
let count = 0;
const freshName = (kind: string) => `${kind}-${Date.now()}-${++count}`;

async function freshStore(): Promise<Store> {
  const opened = await openStore({ name: freshName('store') });
  if (!opened.ok) throw new Error(opened.why);
  return opened.store;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const fromServer = () => new PouchDB(remote, { adapter: 'http', skip_setup: true });
const inBatches = { batch_size: 1000, retry: false };
const browserFetch = (input: string, init?: RequestInit) => fetch(input, init);

/** What is read from afterwards. */
let filledStore: Store | undefined;
let filledPouch: InstanceType<typeof PouchDB> | undefined;

async function pullOurs(): Promise<number> {
  const store = await freshStore();
  const ms = await timed(() => pull({ fetch: browserFetch, url: remote, store }));
  if ((await store.count()) !== 10_000) throw new Error('not everything came');
  await filledStore?.destroy();
  filledStore = store;
  return ms;
}

async function pullPouchIntoAdapter(): Promise<number> {
  const store = await freshStore();
  const local = store.pouch(PouchDB);
  const ms = await timed(() => local.replicate.from(fromServer(), inBatches));
  await store.destroy();
  return ms;
}

async function pullPouchIntoIdb(): Promise<number> {
  const local = new PouchDB(freshName('idb'), { adapter: 'idb' });
  await local.info();
  const ms = await timed(() => local.replicate.from(fromServer(), inBatches));
  await filledPouch?.destroy();
  filledPouch = local;
  return ms;
}

const author = {
  at: '2026-11-23T13:30:00.000Z',
  by: 'maia' as AccountName,
  device: 'k3j9d7f2m5q8w4' as DeviceId,
};
const occurrence = 'group1.2026-11-23T1430' as OccurrenceId;
let people = 0;
const nextPlace = () => ({ occurrence, participant: `new${++people}` as ParticipantId });

/** One tap, as the roll call makes it, among ten thousand marks. */
async function commitOurs(): Promise<number> {
  const place = nextPlace();
  const id = markDocId(place.occurrence, place.participant);
  const change = (current: AnyDocument | undefined) =>
    answer(current as Mark | undefined, { ...place, status: 'present' }, author);
  return timed(async () => filledStore?.commit([{ id, change }]));
}

/** The same tables and indexes with nothing around them. */
let bare: Dexie | undefined;
async function openBare(): Promise<void> {
  bare = new Dexie(freshName('bare'), { chromeTransactionDurability: 'strict' });
  bare.version(1).stores({
    docs: 'id, &seq, dead, leaves, *unsent, quarantined, type, [type+date], [type+group], [type+occurrence], [type+participant]',
  });
  const marks = Array.from({ length: 10_000 }, () => bareRow());
  await bare.table('docs').bulkPut(marks);
}

function bareRow() {
  const place = nextPlace();
  const body = answer(undefined, { ...place, status: 'present' }, author);
  return {
    id: markDocId(occurrence, place.participant),
    seq: people,
    type: 'mark',
    ...place,
    unsent: ['1-a'],
    body,
  };
}

const putBare = () => {
  const row = bareRow();
  return timed(async () => bare?.table('docs').put(row));
};

/** One list of forty people and its marks, among ten thousand. */
const rosterOurs = () =>
  timed(async () => {
    const marks = await filledStore?.where('mark', 'occurrence', 'group7.2023-11-20T1400');
    if (marks?.length !== 40) throw new Error(`${marks?.length} marks`);
  });

const rosterPouch = () =>
  timed(async () => {
    const all = await filledPouch?.allDocs({ include_docs: true });
    const marks = all?.rows.filter(
      ({ doc }) => (doc as Partial<Mark> | undefined)?.occurrence === 'group7.2023-11-20T1400',
    );
    if (marks?.length !== 40) throw new Error(`${marks?.length} marks`);
  });

const steps = {
  pullOurs,
  pullPouchIntoAdapter,
  pullPouchIntoIdb,
  openBare,
  commitOurs,
  putBare,
  rosterOurs,
  rosterPouch,
};
export type Steps = { [Name in keyof typeof steps]: (typeof steps)[Name] };
Object.assign(globalThis, { steps });
