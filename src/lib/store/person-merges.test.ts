import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Participant } from '../domain/documents.ts';
import { enrol } from '../domain/enrolments.ts';
import {
  markDocId,
  participantDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type MergeId,
  type OccurrenceId,
  type ParticipantId,
} from '../domain/ids.ts';
import { mergeDocuments } from '../domain/person-merge-undo.ts';
import { mergePlan } from '../domain/person-merge.ts';
import { newParticipant, rosterCardOf } from '../domain/participants.ts';
import { answer } from '../domain/roll-call.ts';
import { peopleOf } from './people.ts';
import { documentsAbout, writePlanned, type NamedStore } from './person-documents.ts';
import { openStore, type Store } from './store.ts';
import { forgetApart, mergePeople, tellApart, undoMerge } from './person-merges.ts';

const [farid, fareed] = ['aaa', 'bbb'] as [ParticipantId, ParticipantId];
const people = { kept: farid, absorbed: fareed };
const occurrence = 'g1.2026-02-09T1000' as OccurrenceId;
let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2026, 1, 9, 8, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});

let stores: [NamedStore, NamedStore];
let count = 0;
const put = (store: Store, document: AnyDocument) =>
  store.commit([{ id: document._id, change: () => document }]);

beforeEach(async () => {
  minute = 0;
  const open = async (database: string): Promise<NamedStore> => {
    const opened = await openStore({ name: `duplicates-${(count += 1)}-${database}` });
    if (!opened.ok) throw new Error(opened.why);
    return { database, store: opened.store };
  };
  stores = [await open('paris-registry'), await open('paris-s1')];
  for (const [participant, phone] of [
    [farid, '0611223344'],
    [fareed, '0755443322'],
  ] as const) {
    const facts = {
      gender: 'unknown' as const,
      languages: [],
      isFrancophone: false,
      statusHistory: [],
      phone,
    };
    const file = newParticipant(
      participant,
      { firstName: 'Farid', familyName: 'Ahmadi', ...facts },
      author(),
    );
    await put(stores[0].store, file);
    await put(stores[1].store, rosterCardOf(file, 'full', undefined, author()));
    await put(
      stores[1].store,
      enrol(undefined, { group: 'g1' as GroupId, participant, from: '2026-02-02' }, author()),
    );
  }
  const mark = answer(undefined, { occurrence, participant: fareed, status: 'present' }, author());
  if (mark) await put(stores[1].store, mark);
});
afterEach(async () => {
  for (const { store } of stores) await store.destroy();
});

const merge = () => mergePeople(stores, people, {}, 'full', author);
const markOf = (participant: ParticipantId) =>
  stores[1].store.get('mark', markDocId(occurrence, participant));
const fileOf = (participant: ParticipantId): Promise<Participant | undefined> =>
  stores[0].store.get('participant', participantDocId(participant));
const listed = async () =>
  (
    await peopleOf({ registry: stores[0].store, terms: [{ term: 's1' as never, store: stores[1].store }] })
  ).map(({ participant }) => participant);

describe('merging two people on a device', () => {
  it('moves what the term holds and keeps one of them in the lists', async () => {
    expect(await merge()).toMatchObject({ ok: true });
    expect(await listed()).toEqual([farid]);
    expect(await markOf(farid)).toMatchObject({ status: 'present' });
    expect(await markOf(fareed)).toBeUndefined();
    expect(await fileOf(fareed)).toMatchObject({ mergedInto: farid });
  });

  it('twice writes nothing more', async () => {
    await merge();
    const pending = await Promise.all(stores.map(({ store }) => store.outbox.pendingIds()));
    const revs = await Promise.all(stores.map(({ store }) => store.ofType('merge')));
    expect(await merge()).toMatchObject({ ok: true });
    expect(await Promise.all(stores.map(({ store }) => store.outbox.pendingIds()))).toEqual(pending);
    expect(await Promise.all(stores.map(({ store }) => store.ofType('merge')))).toEqual(revs);
  });

  it('leaves nothing of the person in a tombstone', async () => {
    await merge();
    const rows: { id: string; isDeleted: boolean; body: object }[] = [];
    for await (const page of stores[1].store.everything()) rows.push(...page);
    const gone = rows.filter(({ isDeleted }) => isDeleted);
    expect(gone).toHaveLength(3);
    for (const { body } of gone)
      expect(Object.keys(body).sort()).toEqual(['at', 'by', 'device', 'type', 'v']);
  });

  it('that ends after the registry is gone on with when asked again, and undone as a whole', async () => {
    const by = author();
    const held = await documentsAbout(stores, [farid, fareed]);
    const { changes } = mergePlan({ ...people, held, nameDisplay: 'full', choices: {}, author: by });
    const parts = mergeDocuments('m1' as MergeId, people, changes, by);
    const kept = parts.map((after) => ({
      database: 'paris-registry',
      id: after._id,
      before: undefined,
      after,
    }));
    expect(await writePlanned(stores[0], [...kept, ...changes], by)).toMatchObject({ ok: true });
    expect(await markOf(fareed)).toBeDefined();
    expect(await merge()).toEqual({ ok: true, merge: 'm1' });
    expect(await markOf(farid)).toMatchObject({ status: 'present' });
    expect(await undoMerge(stores, 'm1' as MergeId, author)).toEqual({ ok: true, left: [] });
    expect(await markOf(fareed)).toMatchObject({ status: 'present' });
    expect(await markOf(farid)).toBeUndefined();
  });

  it('writes nothing where a document has changed since it was read', async () => {
    const by = author();
    const held = await documentsAbout(stores, [farid, fareed]);
    const { changes } = mergePlan({ ...people, held, nameDisplay: 'full', choices: {}, author: by });
    const mark = answer(await markOf(fareed), { occurrence, participant: fareed, status: 'late' }, author());
    if (mark) await put(stores[1].store, mark);
    expect(await writePlanned(stores[1], changes, by)).toEqual({ ok: false, why: 'stale' });
    expect(await markOf(farid)).toBeUndefined();
  });

  it('moves an answer that a phone sends later for the absorbed one, as a part of the same merge', async () => {
    const first = await merge();
    const late = { occurrence: 'g1.2026-02-16T1000' as OccurrenceId, participant: fareed };
    const mark = answer(undefined, { ...late, status: 'late' }, author());
    if (mark) await put(stores[1].store, mark);
    expect(await merge()).toEqual(first);
    const left = await documentsAbout(stores.slice(1), [fareed]);
    expect(left.flatMap(({ documents }) => documents)).toEqual([]);
    expect(await stores[0].store.ofType('merge')).toHaveLength(2);
  });

  it('undone gives both back, with their answers', async () => {
    const merged = await merge();
    if (!merged.ok || !merged.merge) throw new Error('a merge was expected');
    expect(await undoMerge(stores, merged.merge, author)).toEqual({ ok: true, left: [] });
    expect((await listed()).sort()).toEqual([farid, fareed]);
    expect(await markOf(fareed)).toMatchObject({ status: 'present', participant: fareed });
    expect(await markOf(farid)).toBeUndefined();
    expect(await fileOf(farid)).toMatchObject({ phone: '0611223344' });
    expect((await fileOf(fareed))?.mergedInto).toBeUndefined();
    // Merged again later, it is another merge.
    expect(await merge()).toMatchObject({ ok: true });
    expect(await listed()).toEqual([farid]);
  });

  it('undone leaves what was changed since, and says what', async () => {
    const merged = await merge();
    if (!merged.ok || !merged.merge) throw new Error('a merge was expected');
    const mark = answer(await markOf(farid), { occurrence, participant: farid, status: 'absent' }, author());
    if (mark) await put(stores[1].store, mark);
    expect(await undoMerge(stores, merged.merge, author)).toEqual({
      ok: true,
      left: [{ database: 'paris-s1', id: markDocId(occurrence, farid) }],
    });
    expect(await markOf(farid)).toMatchObject({ status: 'absent' });
    expect(await markOf(fareed)).toMatchObject({ status: 'present' });
  });
});

describe('telling two people apart', () => {
  it('is remembered, whichever is named first, and can be taken back', async () => {
    await tellApart(stores[0].store, fareed, farid, author());
    await tellApart(stores[0].store, farid, fareed, author());
    expect(await stores[0].store.ofType('distinction')).toMatchObject([{ participants: [farid, fareed] }]);
    await forgetApart(stores[0], farid, fareed, author());
    expect(await stores[0].store.ofType('distinction')).toEqual([]);
  });
});
