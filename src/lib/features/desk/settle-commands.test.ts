import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Decision, Mark, MarkStatus } from '$lib/domain/documents.ts';
import { closeRollCall } from '$lib/domain/closing.ts';
import { newGroup } from '$lib/domain/groups.ts';
import {
  closingDocId,
  markDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { mergeConflicts } from '$lib/sync/merge-conflicts.ts';
import { findDisagreements, type Disagreement } from './disagreements.ts';
import { settleAll, takeDecisionsBack, type Kept } from './settle-commands.ts';

const author = (by: string, minute: number): Author => ({
  at: `2026-11-23T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `device-of-${by}` as DeviceId,
});
const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const participant = 'p1' as ParticipantId;
const id = markDocId(occurrence, participant);
const why = { reason: 'sawThem', rule: 'one' } as const;

/** Replicas that hand each other everything, as a sync does. */
let stores: Store[];
let count = 0;
beforeEach(async () => {
  stores = [];
  for (const name of ['a', 'b']) {
    const opened = await openStore({ name: `settle-${name}-${(count += 1)}` });
    if (!opened.ok) throw new Error(opened.why);
    stores.push(opened.store);
  }
});
afterEach(() => Promise.all(stores.map((store) => store.destroy())));

const first = () => stores[0] as Store;
const second = () => stores[1] as Store;
const deskOf = (commons: Store) => ({ commons, registry: undefined, terms: [] });

async function give(from: Store, to: Store): Promise<void> {
  const batch = await from.outbox.nextBatch(1000);
  await to.writeReplicated(
    batch.map(({ id: document, rev, document: { _id, _rev, _revisions, _deleted, ...body } }) => ({
      ...{ id: document, rev, start: _revisions.start, hashes: [..._revisions.ids], body },
      isDeleted: _deleted === true,
    })),
  );
}
async function exchange(minute: number): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await give(first(), second());
    await give(second(), first());
    await mergeConflicts(first(), author('elise', minute));
    await mergeConflicts(second(), author('anne', minute + 1));
  }
}
const say = (store: Store, by: string, minute: number, status: MarkStatus) =>
  store.commit([
    {
      id,
      change: (current: AnyDocument | undefined) =>
        answer(
          current?.type === 'mark' ? current : undefined,
          { occurrence, participant, status },
          author(by, minute),
        ),
    },
  ]);
const listed = async (store: Store) => (await findDisagreements(deskOf(store))).disagreements;
const only = async (store: Store): Promise<Disagreement> => {
  const [one, ...others] = await listed(store);
  if (!one || others.length) throw new Error(`one disagreement was expected, not ${others.length + 1}`);
  return one;
};
const settleOne = async (store: Store, kept: Kept, by: Author) =>
  settleAll([{ disagreement: await only(store), kept }], why, by);
const markOf = (store: Store) => store.get('mark', id) as Promise<Mark>;
const decisionsOf = (store: Store) => store.ofType('decision');

async function disagree(): Promise<void> {
  await say(first(), 'maia', 1, 'absent');
  await say(second(), 'jean', 2, 'present');
  await exchange(5);
}

describe('a disagreement', () => {
  it('is listed on every desk with who said what, and settled with a decision beside it', async () => {
    await disagree();
    const found = await only(second());
    expect(found.sides.map(({ status, said }) => [status, said[0]?.by])).toEqual([
      ['present', 'jean'],
      ['absent', 'maia'],
    ]);
    await settleOne(first(), { answer: { status: 'absent' } }, author('elise', 30));
    await exchange(35);
    for (const store of stores) {
      expect(await listed(store)).toEqual([]);
      expect(await markOf(store)).toMatchObject({ status: 'absent', by: 'elise' });
      expect(await decisionsOf(store)).toMatchObject([
        {
          about: id,
          kind: 'settled',
          by: 'elise',
          kept: { fields: { status: 'absent' } },
          reason: 'sawThem',
        },
      ]);
    }
  });

  it('settled on two laptops at once comes to one outcome, and both decisions stay', async () => {
    await disagree();
    await settleOne(first(), { answer: { status: 'absent' } }, author('elise', 50));
    await settleOne(second(), { answer: { status: 'present' } }, author('anne', 40));
    await exchange(55);
    const [one, other] = [await markOf(first()), await markOf(second())];
    expect(one).toEqual(other);
    expect(one.status).toBe('present');
    expect(one.history.filter(({ decision }) => decision)).toHaveLength(2);
    for (const store of stores) {
      expect(await listed(store)).toEqual([]);
      const decisions = await decisionsOf(store);
      expect(decisions.filter(({ kind }) => kind === 'settled')).toHaveLength(2);
      expect(decisions.filter(({ kind }) => kind === 'merged')).toMatchObject([{ reason: 'decided' }]);
    }
  });

  it('is left as it is where somebody wrote meanwhile', async () => {
    await disagree();
    const seen = await only(first());
    await say(first(), 'maia', 20, 'late');
    const done = await settleAll(
      [{ disagreement: seen, kept: { answer: { status: 'absent' } } }],
      why,
      author('elise', 30),
    );
    expect(done).toMatchObject({ ok: true, left: 1, decisions: [] });
    expect(await decisionsOf(first())).toEqual([]);
    expect((await only(first())).sides).toHaveLength(2);
  });

  it('is one again everywhere when the decision is taken back, and can be settled anew', async () => {
    await disagree();
    const done = await settleOne(first(), { answer: { status: 'absent' } }, author('elise', 30));
    if (!done.ok) throw new Error(done.why);
    await exchange(35);
    expect(await takeDecisionsBack(done.decisions, author('elise', 40))).toBe(1);
    expect(await takeDecisionsBack(done.decisions, author('elise', 41))).toBe(0);
    await exchange(45);
    for (const store of stores) {
      const again = await only(store);
      expect(again.sides.map(({ status }) => status)).toEqual(['present', 'absent']);
      expect((await markOf(store)).status).toBe('present');
      expect(again.reopened).toHaveLength(1);
    }
    await settleOne(second(), { answer: { status: 'late' } }, author('anne', 50));
    await exchange(55);
    for (const store of stores) {
      expect(await listed(store)).toEqual([]);
      expect((await markOf(store)).status).toBe('late');
    }
  });
});

describe('a silent merge', () => {
  it('is written down once though two laptops made it, and can be opened again', async () => {
    await say(first(), 'maia', 1, 'absent');
    await say(second(), 'jean', 2, 'absent');
    await exchange(5);
    for (const store of stores) {
      const [merged, ...others] = await decisionsOf(store);
      expect(others).toEqual([]);
      expect(merged).toMatchObject({ kind: 'merged', reason: 'sameAnswer', by: 'elise' });
      expect(await store.conflicts()).toEqual([]);
    }
    const [merged] = await decisionsOf(first());
    await takeDecisionsBack([{ store: first(), id: (merged as Decision)._id }], author('elise', 20));
    await exchange(25);
    for (const store of stores)
      expect((await only(store)).sides).toMatchObject([
        { status: 'absent', said: [{ by: 'maia' }, { by: 'jean' }] },
      ]);
  });
});

describe('a list that two closed at once', () => {
  const list = closingDocId(occurrence);
  const counts = { present: 1, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
  const close = (store: Store, by: string, minute: number) =>
    store.commit([
      { id: list, change: () => closeRollCall(undefined, { occurrence, counts }, author(by, minute)) },
    ]);

  it('is merged silently, and is opened again for everybody by hand', async () => {
    await close(first(), 'maia', 10);
    await close(second(), 'jean', 12);
    await exchange(15);
    const [merged] = await decisionsOf(first());
    expect(merged).toMatchObject({ kind: 'merged', about: list });
    await takeDecisionsBack([{ store: first(), id: (merged as Decision)._id }], author('elise', 20));
    await exchange(25);
    for (const store of stores) {
      const found = await store.get('closing', list);
      expect(found).toMatchObject({ state: 'reopened', by: 'elise' });
      expect(found?.history.map(({ by }) => by)).toEqual(['maia', 'jean', 'elise']);
      expect(await listed(store)).toEqual([]);
      expect(await store.conflicts()).toEqual([]);
    }
  });
});

describe('a document other than a mark', () => {
  const group = newGroup(
    'g1' as GroupId,
    {
      workshopType: 'language' as WorkshopTypeCode,
      label: 'A2',
      venue: 'amarres' as VenueCode,
      slots: [{ weekday: 1, start: '14:30', end: '16:30' }],
      capacity: 12,
      team: [],
    },
    author('elise', 0),
  );
  const edit = (store: Store, fields: Record<string, unknown>, by: Author) =>
    store.commit([
      { id: group._id, change: (current) => current && ({ ...current, ...fields, ...by } as AnyDocument) },
    ]);
  const groupOf = (store: Store) => store.get('group', group._id);

  beforeEach(async () => {
    await first().commit([{ id: group._id, change: () => group }]);
    await exchange(1);
  });

  it('is settled in the fields that overlap, and the rest of both is kept', async () => {
    await edit(first(), { label: 'A2 matin', capacity: 14 }, author('elise', 10));
    await edit(second(), { label: 'A2 soir', venue: 'capsys' }, author('anne', 11));
    await exchange(15);
    const found = await only(first());
    expect(found.overlaps).toEqual(['label']);
    const side = found.sides.find(({ fields }) => fields?.label === 'A2 soir');
    const done = await settleOne(first(), { fields: side?.whole ?? {} }, author('elise', 20));
    if (!done.ok) throw new Error(done.why);
    await exchange(25);
    for (const store of stores) {
      expect(await listed(store)).toEqual([]);
      expect(await groupOf(store)).toMatchObject({ label: 'A2 soir', capacity: 14, venue: 'capsys' });
      expect((await groupOf(store))?.changes?.at(-1)).toMatchObject({ kind: 'settled', by: 'elise' });
    }
    await takeDecisionsBack(done.decisions, author('elise', 30));
    await exchange(35);
    for (const store of stores) {
      const labels = (await only(store)).sides.map(({ fields }) => fields?.label);
      expect(labels.sort()).toEqual(['A2 matin', 'A2 soir']);
    }
  });

  it('settled on two laptops at once comes to one outcome', async () => {
    await edit(first(), { label: 'A2 matin' }, author('elise', 10));
    await edit(second(), { label: 'A2 soir' }, author('anne', 11));
    await exchange(15);
    const choose = async (store: Store, label: string, by: Author) => {
      const side = (await only(store)).sides.find(({ fields }) => fields?.label === label);
      await settleOne(store, { fields: side?.whole ?? {} }, by);
    };
    await choose(first(), 'A2 matin', author('elise', 30));
    await choose(second(), 'A2 soir', author('anne', 20));
    await exchange(35);
    const [one, other] = [await groupOf(first()), await groupOf(second())];
    expect(one).toEqual(other);
    expect(one?.label).toBe('A2 soir');
    for (const store of stores) expect(await listed(store)).toEqual([]);
  });

  it('deleted here and changed there is kept, or stays deleted, as somebody decides; and back again', async () => {
    await first().commit([
      { id: group._id, change: (current) => current && ({ ...current, _deleted: true } as AnyDocument) },
    ]);
    await edit(second(), { label: 'A2 soir' }, author('anne', 11));
    await exchange(15);
    expect((await only(second())).sides.map(({ isDeleted }) => isDeleted)).toEqual([false, true]);
    const done = await settleOne(first(), { isDeleted: true }, author('elise', 20));
    if (!done.ok) throw new Error(done.why);
    await exchange(25);
    for (const store of stores) {
      expect(await groupOf(store)).toBeUndefined();
      expect(await listed(store)).toEqual([]);
      expect(await store.conflicts()).toEqual([]);
    }
    await takeDecisionsBack(done.decisions, author('elise', 30));
    await exchange(35);
    const again = await only(second());
    const alive = again.sides.find(({ isDeleted }) => !isDeleted);
    await settleOne(second(), { fields: alive?.whole ?? {} }, author('anne', 40));
    await exchange(45);
    for (const store of stores) {
      expect(await groupOf(store)).toMatchObject({ label: 'A2 soir', venue: 'amarres' });
      expect(await listed(store)).toEqual([]);
    }
  });
});
