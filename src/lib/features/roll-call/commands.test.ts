import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Closing, Mark } from '$lib/domain/documents.ts';
import {
  closingDocId,
  markDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '$lib/domain/ids.ts';
import type { RosterEntry } from '$lib/domain/roster.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import {
  addWalkIn,
  answerEveryoneElse,
  closeList,
  eraseAnswer,
  giveAnswer,
  giveReason,
  reopenList,
  setArrival,
  takeBack,
  type RollCallPlace,
} from './commands.ts';

const occurrence = 'group1.2023-11-20T1430' as OccurrenceId;
const [hamid, aynur, dawit] = ['p1', 'p2', 'p3'] as [ParticipantId, ParticipantId, ParticipantId];
const roster: RosterEntry[] = [hamid, aynur, dawit].map((participant) => ({
  participant,
  card: undefined,
  because: 'enrolled',
}));

let store: Store;
let place: RollCallPlace;
let minute = 0;
let count = 0;

beforeEach(async () => {
  const opened = await openStore({ name: `roll-call-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
  minute = 30;
  const author = (): Author => ({
    at: `2023-11-20T13:${String((minute += 1)).padStart(2, '0')}:00Z`,
    by: 'maia' as AccountName,
    device: 'phone1' as DeviceId,
  });
  const hours = { startsAt: '2023-11-20T13:30:00Z', endsAt: '2023-11-20T15:30:00Z' };
  place = { store, occurrence, hours, author };
});
afterEach(() => store.destroy());

const markOf = async (who: ParticipantId): Promise<Mark | undefined> =>
  store.get('mark', markDocId(occurrence, who));
const statusOf = async (who: ParticipantId) => (await markOf(who))?.status;
const closing = async (): Promise<Closing | undefined> => store.get('closing', closingDocId(occurrence));

describe('one tap', () => {
  it('keeps the answer on the device, and gives back the mark as it stands there', async () => {
    const recorded = await giveAnswer(place, hamid, 'late');
    const kept = await markOf(hamid);
    expect(kept).toMatchObject({ status: 'late', arrivedAt: '2023-11-20T13:31:00Z' });
    expect(recorded).toMatchObject({ ok: true, marks: [{ _rev: kept?._rev, status: 'late' }] });
  });

  it('on the answer already given records nothing', async () => {
    await giveAnswer(place, hamid, 'late');
    expect(await giveAnswer(place, hamid, 'late')).toEqual({ ok: true, changes: [], marks: [] });
    expect((await markOf(hamid))?.history).toHaveLength(1);
  });

  it('says so when the device could not keep it', async () => {
    store.close();
    expect(await giveAnswer(place, hamid, 'present')).toEqual({ ok: false, why: 'closed' });
  });

  it('is not confirmed where a newer app wrote the mark', async () => {
    const foreign = { _id: markDocId(occurrence, hamid), type: 'mark', v: 2, status: 'glowing' };
    await store.commit([{ id: foreign._id, change: () => foreign as unknown as AnyDocument }]);
    expect(await giveAnswer(place, hamid, 'present')).toEqual({ ok: false, why: 'newer' });
  });

  it('keeps the reason and the corrected arrival, and the whole history of both', async () => {
    await giveAnswer(place, hamid, 'excused');
    await giveReason(place, hamid, 'transport');
    await giveAnswer(place, hamid, 'late');
    await setArrival(place, hamid, '2023-11-20T13:50:00Z');
    await eraseAnswer(place, hamid);
    const mark = await markOf(hamid);
    expect(mark?.status).toBeNull();
    expect(mark?.history.map(({ status, reason, arrivedAt }) => reason ?? arrivedAt ?? status)).toEqual([
      'excused',
      'transport',
      '2023-11-20T13:33:00Z',
      '2023-11-20T13:50:00Z',
      null,
    ]);
  });
});

describe('« Tous présents »', () => {
  it('touches only those without an answer, and one undo takes all of it back', async () => {
    await giveAnswer(place, hamid, 'absent');
    const recorded = await answerEveryoneElse(place, roster, 'present');
    expect([await statusOf(hamid), await statusOf(aynur), await statusOf(dawit)]).toEqual([
      'absent',
      'present',
      'present',
    ]);
    if (!recorded.ok) throw new Error(recorded.why);
    await takeBack(place, recorded.changes);
    expect([await statusOf(hamid), await statusOf(aynur), await statusOf(dawit)]).toEqual([
      'absent',
      null,
      null,
    ]);
  });

  it('leaves what was answered in between when it is taken back', async () => {
    const recorded = await answerEveryoneElse(place, roster, 'present');
    if (!recorded.ok) throw new Error(recorded.why);
    await giveAnswer(place, aynur, 'late');
    await takeBack(place, recorded.changes);
    expect(await statusOf(aynur)).toBe('late');
    expect(await statusOf(dawit)).toBeNull();
  });
});

describe('a walk-in', () => {
  it('gets a provisional card and an answer together', async () => {
    const recorded = await addWalkIn(place, { firstName: 'Sami', familyName: '' });
    if (!recorded.ok) throw new Error(recorded.why);
    const [card] = await store.ofType('rosterCard');
    expect(card).toMatchObject({ firstName: 'Sami', isProvisional: true });
    expect(await statusOf(card?.participant ?? hamid)).toBe('present');
    expect(await store.ofType('enrolment')).toEqual([]);
  });
});

describe('closing', () => {
  it('answers for the rest and counts what it wrote, in one go', async () => {
    await giveAnswer(place, hamid, 'late');
    await closeList(place, roster, 'absent');
    expect(await closing()).toMatchObject({ state: 'closed', counts: { late: 1, absent: 2, unmarked: 0 } });
  });

  it('can leave people without an answer, and counts them apart', async () => {
    await giveAnswer(place, hamid, 'present');
    await closeList(place, roster);
    expect(await closing()).toMatchObject({ counts: { present: 1, absent: 0, unmarked: 2 } });
    expect(await statusOf(aynur)).toBeUndefined();
  });

  it('is opened again weeks later with its history', async () => {
    await closeList(place, roster, 'present');
    await reopenList(place);
    await giveAnswer(place, dawit, 'absent');
    await closeList(place, roster);
    const closed = await closing();
    expect(closed?.history.map(({ state }) => state)).toEqual(['closed', 'reopened', 'closed']);
    expect(closed?.counts).toMatchObject({ present: 2, absent: 1 });
    expect((await markOf(dawit))?.history.map(({ status }) => status)).toEqual(['present', 'absent']);
  });
});
