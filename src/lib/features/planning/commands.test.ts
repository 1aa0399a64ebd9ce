import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countPeople } from '$lib/domain/closing.ts';
import type { Author, Term } from '$lib/domain/documents.ts';
import { enrol } from '$lib/domain/enrolments.ts';
import { editGroup, newOneOff, type GroupFacts } from '$lib/domain/groups.ts';
import {
  closingDocId,
  enrolmentDocId,
  groupDocId,
  signUpDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { elsewhere } from '$lib/domain/meeting-place.ts';
import { signUp } from '$lib/domain/sign-ups.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack, writeSteps } from './commands.ts';

const author: Author = {
  at: '2023-11-20T13:42:00Z',
  by: 'elise' as AccountName,
  device: 'laptop' as DeviceId,
};
const key = 'outing' as GroupId;
const ada = 'ada' as ParticipantId;
const bo = 'bo' as ParticipantId;
const term: Pick<Term, 'start' | 'weeks' | 'daysOff'> = { start: '2023-10-02', weeks: 10, daysOff: [] };
const made = newOneOff(
  key,
  {
    workshopType: 'cultural' as WorkshopTypeCode,
    label: 'Musée',
    venue: elsewhere as VenueCode,
    place: 'Entrée sud',
    team: [],
    coming: { meetingPoint: ' Métro Bastille ', cost: '', isSignUpOpen: true },
    date: '2023-11-25',
    start: '14:00',
    end: '17:00',
  },
  term,
  author,
);
if (!made.ok) throw new Error(made.why);
const { group, occurrence } = made;

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `planning-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

const write = async () => {
  const list = enrol(undefined, { group: key, participant: ada, from: '2023-11-20' }, author);
  const steps = await writeSteps(
    store,
    [group, occurrence, list].map((after) => ({ before: undefined, after })),
  );
  if (!steps) throw new Error('not written');
  return steps;
};

describe('an outing that was just added', () => {
  it('says what is to be known before coming, and nothing that was left empty', () => {
    expect(group).toMatchObject({ isOneOff: true, isSignUpOpen: true, meetingPoint: 'Métro Bastille' });
    expect(group).not.toHaveProperty('cost');
  });

  it('goes with its list when it is taken back', async () => {
    expect(await takeBack(store, await write(), author)).toBe(true);
    expect(await store.get('group', groupDocId(key))).toBeUndefined();
    expect(await store.get('enrolment', enrolmentDocId(key, ada))).toBeUndefined();
  });

  it('stays once its people were counted by head', async () => {
    const steps = await write();
    const counted = countPeople(
      undefined,
      { occurrence: occurrence.occurrence, what: 'headcount', number: 12 },
      author,
    );
    await store.commit([{ id: closingDocId(occurrence.occurrence), change: () => counted }]);
    expect(await takeBack(store, steps, author)).toBe(false);
    expect(await store.get('occurrence', occurrence._id)).toBeDefined();
  });

  it('stays whole once others are enrolled in its group', async () => {
    const steps = await write();
    const other = enrol(undefined, { group: key, participant: bo, from: '2023-11-21' }, author);
    await store.commit([{ id: enrolmentDocId(key, bo), change: () => other }]);
    expect(await takeBack(store, steps, author)).toBe(false);
    expect(await store.get('group', groupDocId(key))).toBeDefined();
    expect(await store.get('occurrence', occurrence._id)).toBeDefined();
  });

  it('stays whole once somebody is signed up for it', async () => {
    const steps = await write();
    const wish = signUp(
      undefined,
      { occurrence: occurrence.occurrence, participant: ada, told: 'place' },
      author,
    );
    await store.commit([{ id: signUpDocId(occurrence.occurrence, ada), change: () => wish }]);
    expect(await takeBack(store, steps, author)).toBe(false);
    expect(await store.get('group', groupDocId(key))).toBeDefined();
    expect(await store.get('occurrence', occurrence._id)).toBeDefined();
    expect(await store.get('enrolment', enrolmentDocId(key, ada))).toBeDefined();
  });
});

describe('a group that two people change', () => {
  it('keeps what was changed while it was open, where it was left as it was shown', () => {
    const facts: GroupFacts = {
      ...{ workshopType: group.workshopType, label: group.label, venue: elsewhere as VenueCode },
      ...{ place: group.place, team: [] },
      slots: [{ weekday: 6, start: '14:00', end: '17:00' }],
    };
    const colleague = editGroup(group, { ...facts, place: 'Entrée nord', capacity: 12 }, author);
    const saved = editGroup(colleague, { ...facts, label: 'Musée du quai' }, author, group);
    expect(saved).toMatchObject({ label: 'Musée du quai', place: 'Entrée nord', capacity: 12 });
  });
});
