import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, MarkStatus } from '../domain/documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from '../domain/ids.ts';
import { markDocId } from '../domain/ids.ts';
import { answer } from '../domain/roll-call.ts';
import { replicaOptions } from './admitted.ts';
import { openTables } from './open-tables.ts';
import { openStore, Store } from './store.ts';

const author = { at: '2026-11-23T13:30:00.000Z', by: 'maia' as AccountName, device: 'd1' as DeviceId };
const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const person = (n: number) => `p${n}` as ParticipantId;

const say = (n: number, status: MarkStatus) => ({
  id: markDocId(occurrence, person(n)),
  change: (current: AnyDocument | undefined) =>
    answer(
      current?.type === 'mark' ? current : undefined,
      { occurrence, participant: person(n), status },
      author,
    ),
});
const answerPresent = (n: number) => say(n, 'present');

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `test-${++count}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

describe('commit', () => {
  it('writes, finds by index, and counts as pending', async () => {
    const done = await store.commit([answerPresent(1), answerPresent(2)]);
    expect(done).toMatchObject({ ok: true, written: [{}, {}] });
    const marks = await store.where('mark', 'occurrence', occurrence);
    expect(marks.map((mark) => mark.participant).sort()).toEqual(['p1', 'p2']);
    expect(await store.outbox.pendingCount()).toBe(2);
  });

  it('writes nothing when an edit changes nothing', async () => {
    await store.commit([answerPresent(1)]);
    expect(await store.commit([answerPresent(1)])).toEqual({ ok: true, written: [] });
  });

  it('keeps a newer edit pending when the receipt of an older one comes', async () => {
    await store.commit([answerPresent(1)]);
    const [first] = await store.outbox.nextBatch(10);
    await store.commit([say(1, 'absent')]);
    await store.outbox.markSent(first ? [first] : []);
    expect(await store.outbox.pendingCount()).toBe(1);
    const [second] = await store.outbox.nextBatch(10);
    expect(second?.document._revisions.ids).toHaveLength(2);
    expect(second?.document._revisions.ids[1]).toBe(first?.rev.slice(2));
    await store.outbox.markSent(second ? [second] : []);
    expect(await store.outbox.pendingCount()).toBe(0);
  });

  it('sets a refused document aside, and lets it try again', async () => {
    await store.commit([answerPresent(1), answerPresent(2)]);
    const [one] = await store.outbox.nextBatch(1);
    if (!one) throw new Error('nothing to send');
    await store.outbox.markRefused([{ id: one.id, rev: one.rev, status: 403, reason: 'no', at: author.at }]);
    expect(await store.outbox.pendingCount()).toBe(1);
    expect(await store.outbox.refused()).toMatchObject([{ id: one.id, reason: 'no' }]);
    await store.outbox.retryRefused();
    expect(await store.outbox.pendingCount()).toBe(2);
  });
});

it('opens what an older app wrote, unsent work included', async () => {
  const name = 'older-shape';
  const { indexes = [] } = replicaOptions;
  const older = await openTables(name, { ...replicaOptions, version: 1, indexes: ['type', ...indexes] });
  if (!older.ok) throw new Error(older.why);
  const before = new Store(older.tables);
  await before.commit([answerPresent(1), answerPresent(2)]);
  before.close();
  const opened = await openStore({ name });
  if (!opened.ok) throw new Error(opened.why);
  expect(await opened.store.ofType('mark')).toHaveLength(2);
  expect(await opened.store.outbox.pendingCount()).toBe(2);
  await opened.store.destroy();
});

it('keeps a document whose id is of another type out of what screens read', async () => {
  const mark = answerPresent(1).change(undefined);
  await store.writeReplicated([
    {
      ...{ id: 'shift:o:v', rev: '1-a', isDeleted: false, start: 1, hashes: ['a'] },
      body: { ...mark, _id: 'shift:o:v' },
    },
  ]);
  expect(await store.ofType('mark')).toEqual([]);
  expect(await store.where('mark', 'occurrence', occurrence)).toEqual([]);
  expect(await store.quarantined()).toHaveLength(1);
});
