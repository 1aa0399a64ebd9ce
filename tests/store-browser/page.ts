/** The store as a page holds it, handed to the tests on `window.shelf`. */
import Dexie, { liveQuery } from 'dexie';
import PouchDB from 'pouchdb-core';
import {
  markDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '../../src/lib/domain/ids.ts';
import type { MarkStatus } from '../../src/lib/domain/documents.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import dexieAdapter from '../../src/lib/store/pouchdb-adapter/adapter.ts';
import { openStore, type Store } from '../../src/lib/store/store.ts';

PouchDB.plugin(dexieAdapter);

const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
let open: Store | undefined;
const store = () => {
  if (!open) throw new Error('open it first');
  return open;
};
const author = () => ({
  at: new Date().toISOString(),
  by: 'maia' as AccountName,
  device: 'phone1' as DeviceId,
});

/** Text that nothing can make smaller. */
const noise = (bytes: number) =>
  Array.from({ length: bytes / 32 }, () => crypto.randomUUID().replaceAll('-', '')).join('');

const shelf = {
  async open(name: string) {
    const opened = await openStore({ name });
    if (!opened.ok) return opened.why;
    open = opened.store;
    return 'ok';
  },
  /** Marks `count` people from number `from` on, in one commit; with `ballastBytes`, each mark that heavy. */
  async mark(from: number, count: number, status: MarkStatus, ballastBytes = 0) {
    const people = Array.from({ length: count }, (_, at) => `p${from + at}` as ParticipantId);
    const committed = await store().commit(
      people.map((participant) => ({
        id: markDocId(occurrence, participant),
        change: (current) => {
          const next = answer(
            current?.type === 'mark' ? current : undefined,
            { occurrence, participant, status },
            author(),
          );
          return next && ballastBytes ? { ...next, ballast: noise(ballastBytes) } : next;
        },
      })),
    );
    return committed.ok ? committed.written.length : committed.why;
  },
  count: async () => (await store().where('mark', 'occurrence', occurrence)).length,
  pending: () => store().outbox.pendingCount(),
  /** Resolves once a live query of this tab has seen that many marks. */
  sees: (wanted: number) =>
    new Promise<void>((seen) => {
      const subscription = liveQuery(() => store().where('mark', 'occurrence', occurrence)).subscribe({
        next: (marks) => {
          if (marks.length < wanted) return;
          seen();
          queueMicrotask(() => subscription.unsubscribe());
        },
      });
    }),
  /** Makes the database of an app of next year, and leaves it closed. */
  async makeNewer(name: string) {
    const newer = new Dexie(name);
    newer.version(9).stores({ docs: 'id, &seq', extra: 'id' });
    await newer.open();
    await newer.table('docs').put({ id: 'mark:kept', seq: 1 });
    newer.close();
  },
  async countRaw(name: string) {
    const raw = await new Dexie(name).open();
    const count = await raw.table('docs').count();
    raw.close();
    return count;
  },
  /** Holds an older shape open and does not step aside. */
  async block(name: string) {
    await new Promise<void>((done, fail) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('docs', { keyPath: 'id' });
      request.onsuccess = () => done();
      request.onerror = () => fail(new Error('not opened'));
    });
  },
  /** A short life with PouchDB, on its own database. */
  async pouch(name: string) {
    const pouch = new PouchDB(name, { adapter: 'dexie' });
    const first = await pouch.put({ _id: 'a', n: 1 });
    const conflict = await pouch.put({ _id: 'a', n: 2 }).catch((error: { status: number }) => error.status);
    await pouch.put({ _id: 'a', _rev: first.rev, n: 2 });
    await pouch.bulkDocs([{ _id: 'a', _rev: '2-ffffffffffffffffffffffffffffffff', n: 3 } as object], {
      new_edits: false,
    });
    const doc = await pouch.get('a', { conflicts: true });
    const old = await pouch.get('a', { rev: first.rev });
    const { rows } = await pouch.allDocs({ include_docs: true });
    const { update_seq: seq } = await pouch.info();
    await pouch.close();
    const again = new PouchDB(name, { adapter: 'dexie' });
    const kept = await again.get('a');
    await again.destroy();
    const left = (await indexedDB.databases()).filter((one) => one.name?.includes(name)).length;
    return {
      conflict,
      n: doc.n,
      conflicts: doc._conflicts,
      old: old.n,
      rows: rows.length,
      seq,
      kept: kept.n,
      left,
    };
  },
};

export type Shelf = typeof shelf;
Object.assign(window, { shelf });
