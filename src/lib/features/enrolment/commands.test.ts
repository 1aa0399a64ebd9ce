import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Author, Participant, RosterCard } from '$lib/domain/documents.ts';
import {
  enrolmentDocId,
  exitDocId,
  participantDocId,
  rosterCardDocId,
  waitingDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { newParticipant } from '$lib/domain/participants.ts';
import { inTurn } from '$lib/domain/places.ts';
import { walkIn } from '$lib/domain/roster.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack, type Written } from '$lib/store/taken-back.ts';
import { enrolPeople, putOnWaitingList, recordExit, stopWaiting, type Desk } from './commands.ts';

const author: Author = {
  at: '2023-10-02T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const [a, b] = ['a', 'b'] as [GroupId, GroupId];
const [p1, p2] = ['p1', 'p2'] as [ParticipantId, ParticipantId];
const file = (participant: ParticipantId): Participant =>
  newParticipant(
    participant,
    {
      firstName: 'Farid',
      familyName: 'Ahmadi',
      gender: 'man',
      languages: ['fa-AF'],
      isFrancophone: false,
      statusHistory: [],
    },
    author,
  );
const entering = (participant: ParticipantId) => ({
  participant,
  file: file(participant),
  card: undefined,
});

let store: Store;
let registry: Store;
let desk: Desk;
let count = 0;
beforeEach(async () => {
  const [one, other] = await Promise.all(
    ['term', 'registry'].map((name) => openStore({ name: `enrolment-${name}-${(count += 1)}` })),
  );
  if (!one?.ok || !other?.ok) throw new Error('the stores did not open');
  [store, registry] = [one.store, other.store];
  desk = {
    term: 's3-2023' as TermCode,
    store,
    registry,
    nameDisplay: 'initial',
    author: () => author,
  };
});
afterEach(() => Promise.all([store.destroy(), registry.destroy()]));

const undo = async (written: Written) => written.ok && takeBack(written.steps, author);

describe('somebody who enters a group', () => {
  it('gets a card with the name to call, and no more', async () => {
    await enrolPeople(desk, { group: a, people: [entering(p1)], from: '2023-10-02' });
    const card = await store.get('rosterCard', rosterCardDocId(p1));
    expect(card).toMatchObject({ firstName: 'Farid', familyName: 'A', isProvisional: false });
    expect(await store.get('enrolment', enrolmentDocId(a, p1))).toMatchObject({ from: '2023-10-02' });
  });

  it('is off its waiting list, and back in the same turn when that is undone', async () => {
    await putOnWaitingList(desk, { group: a, people: [p2, p1] });
    const before = (await store.ofType('waiting')).sort(inTurn).map(({ participant }) => participant);
    expect(before).toEqual([p2, p1]);
    const done = await enrolPeople(desk, { group: a, people: [entering(p2)], from: '2023-10-02' });
    expect(await store.get('waiting', waitingDocId(a, p2))).toBeUndefined();
    await undo(done);
    expect((await store.ofType('waiting')).sort(inTurn).map(({ participant }) => participant)).toEqual(
      before,
    );
    expect(await store.get('enrolment', enrolmentDocId(a, p2))).toBeUndefined();
    expect(await store.get('rosterCard', rosterCardDocId(p2))).toBeUndefined();
  });

  it('leaves another group the day before, and is back there when that is undone', async () => {
    await enrolPeople(desk, { group: a, people: [entering(p1)], from: '2023-10-02' });
    const moved = await enrolPeople(desk, {
      group: b,
      people: [{ ...entering(p1), leaving: [a] }],
      from: '2023-10-16',
    });
    expect(await store.get('enrolment', enrolmentDocId(a, p1))).toMatchObject({ to: '2023-10-15' });
    expect(await store.get('enrolment', enrolmentDocId(b, p1))).toMatchObject({ from: '2023-10-16' });
    await undo(moved);
    expect((await store.get('enrolment', enrolmentDocId(a, p1)))?.to).toBeUndefined();
    expect(await store.get('enrolment', enrolmentDocId(b, p1))).toBeUndefined();
  });

  it('who came without being enrolled is provisional no longer, and has a file', async () => {
    const { card } = walkIn(
      { participant: p1, occurrence: 'o' as OccurrenceId, firstName: 'Hodan' },
      { ...author, by: 'maia' as AccountName },
    );
    await store.commit([{ id: card._id, change: (): RosterCard => card }]);
    await enrolPeople(desk, {
      group: a,
      people: [{ participant: p1, file: undefined, card }],
      from: '2023-10-02',
    });
    expect(await store.get('rosterCard', card._id)).toMatchObject({ isProvisional: false, by: 'elise' });
    // No more than the card knows: no family name, and the language of the screens is nobody's mother tongue.
    expect(await registry.get('participant', participantDocId(p1))).toMatchObject({
      ...{ firstName: 'Hodan', familyName: '', languages: [] },
    });
  });

  it('twice is enrolled once', async () => {
    await enrolPeople(desk, { group: a, people: [entering(p1)], from: '2023-10-02' });
    const again = await enrolPeople(desk, { group: a, people: [entering(p1)], from: '2023-10-09' });
    expect(again).toEqual({ ok: true, steps: [] });
    expect(await store.ofType('enrolment')).toHaveLength(1);
  });
});

describe('an exit', () => {
  it('has its day in the term and its reason in the registry alone; an undo takes back both', async () => {
    await enrolPeople(desk, { group: a, people: [entering(p1)], from: '2023-10-02' });
    const facts = { group: a, participant: p1, last: '2023-11-01', reason: 'health' as const };
    const done = await recordExit(desk, facts);
    const pages = [];
    for await (const page of store.everything()) pages.push(page);
    expect(JSON.stringify(pages)).toContain('2023-11-01');
    expect(JSON.stringify(pages)).not.toContain('health');
    expect(await registry.get('exit', exitDocId(a, p1))).toMatchObject({ reason: 'health' });
    await undo(done);
    expect((await store.get('enrolment', enrolmentDocId(a, p1)))?.to).toBeUndefined();
    expect(await registry.get('exit', exitDocId(a, p1))).toBeUndefined();
  });
});

it('a waiting list is left without a trace in the group', async () => {
  await putOnWaitingList(desk, { group: a, people: [p1] });
  const done = await stopWaiting(desk, a, p1);
  expect(await store.ofType('waiting')).toEqual([]);
  await undo(done);
  expect(await store.ofType('waiting')).toHaveLength(1);
});
