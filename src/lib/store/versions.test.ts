import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, MarkStatus } from '../domain/documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from '../domain/ids.ts';
import { markDocId } from '../domain/ids.ts';
import { answer } from '../domain/roll-call.ts';
import { openStore, type Store } from './store.ts';

const author = { at: '2026-11-23T13:30:00.000Z', by: 'maia' as AccountName, device: 'd1' as DeviceId };
const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const participant = 'p1' as ParticipantId;
const id = markDocId(occurrence, participant);
const hash = (letter: string) => letter.repeat(32);

const say = (status: MarkStatus) => ({
  id,
  change: (current: AnyDocument | undefined) =>
    answer(current?.type === 'mark' ? current : undefined, { occurrence, participant, status }, author),
});

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `versions-${++count}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

const theMark = () => store.get('mark', id);

async function bodyOfMark(): Promise<Record<string, unknown>> {
  const { _id, _rev, ...body } = { ...(await theMark()) } as Record<string, unknown>;
  return body;
}

/** A version of another phone beside the one made here. */
async function disagree(): Promise<void> {
  await store.commit([say('present')]);
  const body = { ...(await bodyOfMark()), status: 'absent' };
  const hashes = [hash('f'), hash('e')];
  await store.writeReplicated([{ id, rev: `2-${hash('f')}`, isDeleted: false, start: 2, hashes, body }]);
}

describe('versions that stand side by side', () => {
  it('are all told, the winner first, and only our own waits to be sent', async () => {
    await disagree();
    const [found] = await store.conflicts();
    expect(found?.winner.rev).toBe(`2-${hash('f')}`);
    expect(found?.leaves).toHaveLength(2);
    const batch = await store.outbox.nextBatch(10);
    expect(batch.map(({ rev }) => rev)).toEqual([found?.leaves[1]?.rev]);
  });

  it('are settled by one commit, after which none stands and nothing is lost from the outbox', async () => {
    await disagree();
    await store.commit([{ id, resolve: (leaves) => leaves[0]?.document }]);
    expect(await store.conflicts()).toEqual([]);
    expect((await theMark())?._rev).toBe(`2-${hash('f')}`);
    const batch = await store.outbox.nextBatch(10);
    expect(batch).toMatchObject([{ document: { _deleted: true } }]);
  });

  it('are all told of many documents, and all settled by one commit', async () => {
    // Among them ids that begin alike, which a plain comparison of texts may set in another order.
    const people = Array.from({ length: 30 }, (_, at) => `p${at}` as ParticipantId);
    const ids = people.map((one) => markDocId(occurrence, one));
    await store.commit(
      people.map((one) => ({
        id: markDocId(occurrence, one),
        change: () => answer(undefined, { occurrence, participant: one, status: 'present' }, author),
      })),
    );
    const marks = await store.ofType('mark');
    await store.writeReplicated(
      marks.map(({ _id, _rev, ...body }) => {
        const own = { ...body, status: 'absent' };
        const hashes = [hash('f'), hash('e')];
        return { id: _id, rev: `2-${hash('f')}`, isDeleted: false, start: 2, hashes, body: own };
      }),
    );
    const found = await store.conflicts();
    expect(found.map((one) => one.id).toSorted()).toEqual(ids.toSorted());
    for (const { leaves } of found) {
      const said = leaves.map(({ document }) => (document.type === 'mark' ? document.status : document.type));
      expect(said).toEqual(['absent', 'present']);
    }
    await store.commit(ids.map((one) => ({ id: one, resolve: (leaves) => leaves[0]?.document })));
    expect(await store.conflicts()).toEqual([]);
  });

  it('are each listed as a leaf and exported with their bodies', async () => {
    await disagree();
    const leaves = [];
    for await (const page of store.leaves()) leaves.push(...page);
    expect(leaves).toHaveLength(2);
    const exported = [];
    for await (const page of store.everything()) exported.push(...page);
    expect(exported).toMatchObject([
      { id, body: { status: 'absent' }, others: [{ body: { status: 'present' } }] },
    ]);
    expect(exported[0]?.unsent).toHaveLength(1);
  });
});

describe('what comes from the server', () => {
  it('stays deleted when it was deleted there', async () => {
    await store.commit([say('present')]);
    const [first] = await store.outbox.nextBatch(1);
    if (!first) throw new Error('nothing to send');
    await store.outbox.markSent([first]);
    const hashes = [hash('d'), first.rev.slice(2)];
    await store.writeReplicated([{ id, rev: `2-${hash('d')}`, isDeleted: true, start: 2, hashes, body: {} }]);
    expect(await theMark()).toBeUndefined();
    expect(await store.where('mark', 'occurrence', occurrence)).toEqual([]);
    expect(await store.conflicts()).toEqual([]);
    expect(await store.outbox.pendingCount()).toBe(0);
  });

  it('is kept apart when it fails its schema, and is never sent nor edited', async () => {
    const body = { type: 'mark', occurrence, status: 'unheard-of' };
    const rev = `1-${hash('a')}`;
    await store.writeReplicated([{ id, rev, isDeleted: false, start: 1, hashes: [hash('a')], body }]);
    expect(await store.where('mark', 'occurrence', occurrence)).toEqual([]);
    expect(await store.quarantined()).toMatchObject([{ id, rev, document: body }]);
    expect(await store.commit([say('present')])).toEqual({ ok: true, written: [] });
    expect(await store.outbox.pendingCount()).toBe(0);
  });
});

it('sends again what the server is found to lack', async () => {
  await store.commit([say('present')]);
  const batch = await store.outbox.nextBatch(1);
  await store.outbox.markSent(batch);
  expect(await store.outbox.pendingCount()).toBe(0);
  await store.outbox.markUnsent(batch);
  expect(await store.outbox.nextBatch(1)).toEqual(batch);
});
