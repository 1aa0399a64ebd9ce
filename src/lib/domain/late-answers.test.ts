import { describe, expect, it } from 'vitest';
import { closeRollCall, keepAside } from './closing.ts';
import {
  parseDocument,
  type Author,
  type Closing,
  type Group,
  type Mark,
  type Occurrence,
} from './documents.ts';
import {
  groupDocId,
  occurrenceDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type VenueCode,
  type WorkshopTypeCode,
} from './ids.ts';
import { lateLists } from './late-answers.ts';
import { answer, clearAnswer } from './roll-call.ts';
import { answersOf, countMarks, rosterOf } from './roster.ts';

const author = (minute: number): Author => ({
  at: `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: 'maia' as AccountName,
  device: 'phone' as DeviceId,
});
const group: Group = {
  _id: groupDocId('g1' as GroupId),
  type: 'group',
  v: 1,
  ...author(0),
  group: 'g1' as GroupId,
  workshopType: 'language' as WorkshopTypeCode,
  label: 'Français A1',
  venue: 'amarres' as VenueCode,
  weekday: 1,
  start: '14:30',
  end: '16:00',
};
const id = 'g1.2023-11-20T1430' as OccurrenceId;
const occurrence: Occurrence = {
  _id: occurrenceDocId(id),
  type: 'occurrence',
  v: 1,
  ...author(0),
  ...{ occurrence: id, group: group.group, date: '2023-11-20', start: '14:30', end: '16:00' },
  ...{ venue: group.venue, week: 8, state: 'held' },
};
const [ada, bo] = ['ada' as ParticipantId, 'bo' as ParticipantId];
const mark = (participant: ParticipantId, status: 'present' | 'absent', minute: number, before?: Mark) =>
  answer(before, { occurrence: id, participant, status }, author(minute)) as Mark;
const close = (marks: readonly Mark[], minute: number, before?: Closing, isNoted = true) => {
  const roster = rosterOf({ group, occurrence, enrolments: [], cards: [], marks });
  const counted = isNoted ? { counted: answersOf(marks) } : {};
  return closeRollCall(
    before,
    { occurrence: id, counts: countMarks(roster, marks), ...counted },
    author(minute),
  ) as Closing;
};
const late = (closing: Closing, marks: readonly Mark[], sameAs?: (one: string) => string) =>
  lateLists({
    ...{ groups: [group], occurrences: [occurrence], enrolments: [], signUps: [], marks },
    closings: [closing],
    ...(sameAs ? { sameAs } : {}),
  });

describe('answers after a closing', () => {
  const first = mark(ada, 'present', 1);

  it('are none while the list is as it was counted', () => {
    expect(late(close([first], 9), [first])).toEqual([]);
  });

  it('are known without any clock: one given before the closing on a phone that was away', () => {
    const earlier = mark(bo, 'present', 2);
    const [found] = late(close([first], 9), [first, earlier]);
    expect(found).toMatchObject({ isExact: true, counts: { present: 2 } });
    expect(found?.answers).toMatchObject([{ participant: bo, before: null, now: 'present' }]);
  });

  it('are changes and answers taken back too, though the counts may be the same', () => {
    const other = mark(bo, 'absent', 2);
    const closing = close([first, other], 9);
    const swapped = [mark(ada, 'absent', 20, first), mark(bo, 'present', 21, other)];
    expect(late(closing, swapped)[0]?.answers).toHaveLength(2);
    const cleared = clearAnswer(first, author(22)) as Mark;
    expect(late(closing, [cleared, other])[0]?.answers).toMatchObject([
      { participant: ada, before: 'present', now: null },
    ]);
  });

  it('are accepted by closing anew, which counts them', () => {
    const marks = [first, mark(bo, 'present', 2)];
    const accepted = close(marks, 30, close([first], 9));
    expect(accepted.history).toHaveLength(2);
    expect(accepted.counts.present).toBe(2);
    expect(late(accepted, marks)).toEqual([]);
    expect(close(marks, 31, accepted)).toBeUndefined();
  });

  it('are kept aside: the counts stay, and only what comes after that is late again', () => {
    const closing = close([first], 9);
    const other = mark(bo, 'present', 2);
    const aside = keepAside(closing, new Map([[bo, 'present']]), author(30)) as Closing;
    expect(parseDocument(aside)).toMatchObject({ ok: true });
    expect(aside.counts).toEqual(closing.counts);
    expect(late(aside, [first, other])).toEqual([]);
    const again = mark(bo, 'absent', 40, other);
    expect(late(aside, [first, again])[0]?.answers).toMatchObject([{ before: 'present', now: 'absent' }]);
    expect(close([first, again], 41, aside).counts).toMatchObject({ present: 1, absent: 1 });
  });

  it('of a closing that noted no answers show by its counts', () => {
    const closing = close([first], 9, undefined, false);
    expect(late(closing, [first])).toEqual([]);
    const [found] = late(closing, [first, mark(bo, 'absent', 20)]);
    expect(found).toMatchObject({ isExact: false, answers: [{ participant: bo, now: 'absent' }] });
    const now = new Map([
      [ada, 'present'],
      [bo, 'absent'],
    ] as const);
    const aside = keepAside(closing, now, author(30)) as Closing;
    expect(late(aside, [first, mark(bo, 'absent', 20)])).toEqual([]);
  });

  it('are none when a person became part of another file', () => {
    const moved = mark(bo, 'present', 1);
    expect(late(close([first], 9), [moved], (one) => (one === ada ? bo : one))).toEqual([]);
  });

  it('note no more answers than a document has room for', () => {
    const many = Array.from({ length: 400 }, (_, at) => mark(`p${at}` as ParticipantId, 'present', 1));
    const twice = close([...many, first], 20, close(many, 9));
    expect(twice.history.map(({ counted }) => counted !== undefined)).toEqual([true, false]);
    expect(JSON.stringify(twice).length).toBeLessThan(65_536);
  });
});
