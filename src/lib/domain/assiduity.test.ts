import { describe, expect, it } from 'vitest';
import { absencesInARow, attendanceStrip } from './absences.ts';
import { arrange, assiduityOf, inscriptionsOf, lastOnes, share } from './assiduity.ts';
import { attendedMinutes, hasAttended } from './attendance.ts';
import type { Author, Enrolment, Group, Mark, MarkStatus, Occurrence } from './documents.ts';
import { enrolmentDocId, groupDocId, occurrenceDocId } from './ids.ts';
import type { AccountName, DeviceId, GroupId, ParticipantId, VenueCode, WorkshopTypeCode } from './ids.ts';
import { addDays } from './local-time.ts';
import { answer, clearAnswer, setReason } from './roll-call.ts';
import { plannedOccurrences } from './schedule.ts';

const paris = 'Europe/Paris';
const author: Author = {
  at: '2023-10-02T08:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const someone = 'p1' as ParticipantId;
const term = { start: '2023-10-02', weeks: 10, daysOff: [] };

const groupOf = (key: string, weekday = 1, workshopType = 'socioprofessional'): Group => ({
  _id: groupDocId(key as GroupId),
  type: 'group',
  v: 1,
  ...author,
  group: key as GroupId,
  workshopType: workshopType as WorkshopTypeCode,
  label: key,
  venue: 'amarres-adj' as VenueCode,
  weekday,
  start: '10:00',
  end: '13:00',
});
const occurrencesOf = (group: Group, cancelled: readonly number[] = []): Occurrence[] =>
  plannedOccurrences(group, term).map((planned) => ({
    _id: occurrenceDocId(planned.occurrence),
    type: 'occurrence',
    v: 1,
    ...author,
    group: group.group,
    ...planned,
    state: cancelled.includes(planned.week) ? 'cancelled' : 'held',
  }));
const enrolled = (group: Group, from = term.start, to?: string): Enrolment => ({
  _id: enrolmentDocId(group.group, someone),
  type: 'enrolment',
  v: 1,
  ...author,
  group: group.group,
  participant: someone,
  from,
  ...(to === undefined ? {} : { to }),
});
const letters: Record<string, MarkStatus> = {
  P: 'present',
  R: 'late',
  L: 'leftEarly',
  E: 'excused',
  A: 'absent',
};
/** One letter a week: P, R (late), L (left early), E, A, and `-` for unmarked. */
const marked = (occurrences: readonly Occurrence[], answers: string): Mark[] =>
  occurrences.flatMap(({ occurrence, week }) => {
    const status = letters[answers[week - 1] ?? '-'];
    if (status === undefined) return [];
    // Long before the occurrence: the moment of the tap says nothing of the hours attended.
    return answer(undefined, { occurrence, participant: someone, status }, author) ?? [];
  });

const g1 = groupOf('g1');
const g2 = groupOf('g2', 4);
const french = groupOf('g3', 2, 'language');
const held = (occurrences: Occurrence[], marks: Mark[]) =>
  arrange({ groups: [g1, g2, french], occurrences, marks, timeZone: paris });
const countOf = (
  answers: string,
  more: { cancelled?: number[]; enrolments?: Enrolment[]; elsewhere?: string } = {},
) => {
  const [mine, others] = [occurrencesOf(g1, more.cancelled), occurrencesOf(g2)];
  const marks = [...marked(mine, answers), ...marked(others, more.elsewhere ?? '')];
  const [inscription] = inscriptionsOf(more.enrolments ?? [enrolled(g1)], [g1, g2]);
  if (inscription === undefined) throw new Error('an inscription was expected');
  return assiduityOf(inscription, held([...mine, ...others], marks));
};

describe('assidu', () => {
  it.each([
    ['PPPPPAAAAP', true, 'six of ten with a presence at the end'],
    ['PPPPAAAAAP', false, 'exactly half is not enough'],
    ['PPPPPPPAAA', false, 'no presence in the last three of ten'],
    ['PPPPPPAPAA', true, 'the eighth of ten is among the last three'],
    ['PPRRLPAAPA', true, 'late and gone early are there'],
    ['EEEEEPPPPP', false, 'excused stays in the denominator'],
    ['-----PPPPP', false, 'unmarked is not a presence'],
    ['AAAAPPPPPP', true, 'a late start counts whole'],
  ])('%s: %s (%s)', (answers, isAssidu) => {
    expect(countOf(answers).isAssidu).toBe(isAssidu);
  });

  it('tells due, attended, excused and unmarked apart', () => {
    expect(countOf('PRLEA-PPPP')).toEqual({
      due: 10,
      attended: 7,
      excused: 1,
      unmarked: 1,
      isEngaged: true,
      isAssidu: true,
    });
    expect(countOf('EAEAEAEAEA')).toMatchObject({ attended: 0, isEngaged: false, isAssidu: false });
  });

  it('cancelled leaves both sides', () => {
    expect(countOf('PPPPPAAAAP', { cancelled: [6, 7] })).toMatchObject({
      due: 8,
      attended: 6,
      isAssidu: true,
    });
    expect(countOf('PPPPAAAAAP', { cancelled: [9] })).toMatchObject({ due: 9, attended: 5, isAssidu: true });
    expect(countOf('PPPPPPPPPP', { cancelled: [10] })).toMatchObject({ due: 9, attended: 9 });
  });

  it('no exit before the last occurrence held; leaving that day or after a cancelled one is staying', () => {
    const leaving = (to: string) => countOf('PPPPPPPPPP', { enrolments: [enrolled(g1, term.start, to)] });
    expect(leaving('2023-12-03').isAssidu).toBe(false);
    expect(leaving('2023-12-04').isAssidu).toBe(true);
    const early = { enrolments: [enrolled(g1, term.start, '2023-11-27')], cancelled: [10] };
    expect(countOf('PPPPPPPPPP', early).isAssidu).toBe(true);
  });

  it('a late entry keeps the full denominator', () => {
    const late = { enrolments: [enrolled(g1, '2023-10-30')] };
    expect(countOf('----PPPPPP', late)).toMatchObject({ due: 10, attended: 6, unmarked: 4, isAssidu: true });
    expect(countOf('-----PPPPP', late)).toMatchObject({ attended: 5, isAssidu: false });
  });

  it('a catch-up fills the week’s slot, and attending twice counts once', () => {
    expect(countOf('PPPPPAAAAA', { elsewhere: '---------P' })).toMatchObject({ attended: 6, isAssidu: true });
    expect(countOf('PPPPPAAAAA', { elsewhere: 'PPPPP-----' })).toMatchObject({
      attended: 5,
      isAssidu: false,
    });
  });

  it('what is attended in another workshop does not count', () => {
    const [mine, others] = [occurrencesOf(g1), occurrencesOf(french)];
    const marks = [...marked(mine, 'PPPPPAAAAA'), ...marked(others, 'PPPPPPPPPP')];
    const [inscription] = inscriptionsOf([enrolled(g1)], [g1]);
    expect(inscription && assiduityOf(inscription, held([...mine, ...others], marks))).toMatchObject({
      attended: 5,
      isAssidu: false,
    });
  });

  it('a change of group in mid-week is one inscription with one slot a week', () => {
    const enrolments = [enrolled(g2, '2023-10-25'), enrolled(g1, term.start, '2023-10-24')];
    expect(inscriptionsOf(enrolments, [g1, g2])).toHaveLength(1);
    const changed = countOf('PPPP------', { enrolments, elsewhere: '----PPAAAP' });
    expect(changed).toMatchObject({ due: 10, attended: 7, isAssidu: true });
  });

  it('two groups side by side: nobody has left while one of the stays goes on, and due is what goes on', () => {
    const both = [enrolled(g1), enrolled(g2, '2023-10-24', '2023-11-06')];
    expect(countOf('PPPPPPPPPP', { enrolments: both })).toMatchObject({
      due: 10,
      attended: 10,
      isAssidu: true,
    });
    // Weeks 6 to 10 are those of the first group again: coming to it at the end is coming at the end.
    expect(countOf('PPP--AAAAA', { enrolments: both, elsewhere: '---PP' })).toMatchObject({
      ...{ due: 10, attended: 5, unmarked: 0, isAssidu: false },
    });
    const andLeft = [enrolled(g1, term.start, '2023-12-04'), enrolled(g2, '2023-10-24', '2023-11-06')];
    expect(countOf('PPPPPPPPPP', { enrolments: andLeft })).toMatchObject({ attended: 10, isAssidu: true });
    const leftEarly = [enrolled(g1, term.start, '2023-11-27'), enrolled(g2, '2023-10-24', '2023-11-06')];
    expect(countOf('PPPPPPPPPP', { enrolments: leftEarly }).isAssidu).toBe(false);
  });

  it('with several occurrences a week, the last 30 % are occurrences, not weeks', () => {
    const [monday, thursday] = [occurrencesOf(g1), occurrencesOf({ ...g1, weekday: 4 })];
    const marks = [...marked(monday, 'PPPPPPPPAA'), ...marked(thursday, 'PPPPPPPAAA')];
    const [inscription] = inscriptionsOf([enrolled(g1)], [g1]);
    if (inscription === undefined) throw new Error('an inscription was expected');
    const all = held([...monday, ...thursday], marks);
    // Twenty due, the last six begin on the Monday of week 8.
    expect(assiduityOf(inscription, all)).toMatchObject({ due: 20, attended: 15, isAssidu: true });
    const without = held(
      [...monday, ...thursday],
      marks.filter((mark) => mark !== marks[7]),
    );
    expect(assiduityOf(inscription, without)).toMatchObject({ attended: 14, isAssidu: false });
  });

  it('takes 30 % rounded up', () => {
    expect([1, 3, 4, 7, 8, 9, 10, 20, 30].map(lastOnes)).toEqual([1, 1, 2, 3, 3, 3, 3, 6, 9]);
  });
});

describe('inscriptions', () => {
  it('are by person and workshop type, without those cancelled before they began', () => {
    const language = groupOf('g3', 2, 'language');
    const list = [enrolled(g1), enrolled(g2, '2023-11-01'), enrolled(language, '2023-10-09', '2023-10-08')];
    expect(inscriptionsOf(list, [g1, g2, french]).map((each) => each.workshopType)).toEqual([
      'socioprofessional',
    ]);
  });
});

describe('attended', () => {
  const slot = { date: '2023-11-20', start: '10:00', end: '13:00' };
  const mark = (status: MarkStatus, more: Partial<Mark>) =>
    ({ ...marked(occurrencesOf(g1), 'P')[0], status, ...more }) as Mark;

  it('is at least half of the occurrence for who came late or left early', () => {
    expect(hasAttended(mark('late', { arrivedAt: '2023-11-20T10:30:00Z' }), slot, paris)).toBe(true);
    expect(hasAttended(mark('late', { arrivedAt: '2023-11-20T10:31:00Z' }), slot, paris)).toBe(false);
    expect(hasAttended(mark('leftEarly', { leftAt: '2023-11-20T10:29:00Z' }), slot, paris)).toBe(false);
    expect(
      attendedMinutes(
        mark('leftEarly', { arrivedAt: '2023-11-20T09:30:00Z', leftAt: '2023-11-20T11:30:00Z' }),
        slot,
        paris,
      ),
    ).toBe(120);
    expect(hasAttended(mark('leftEarly', { minutes: 89 }), slot, paris)).toBe(false);
    expect(hasAttended(mark('leftEarly', { minutes: 90 }), slot, paris)).toBe(true);
  });

  it('leaves out moments that a wrong clock gave', () => {
    expect(attendedMinutes(mark('late', { arrivedAt: '2023-11-21T10:30:00Z' }), slot, paris)).toBeUndefined();
    expect(hasAttended(mark('late', { arrivedAt: '2023-11-21T10:30:00Z' }), slot, paris)).toBe(true);
  });
});

describe('absences in a row', () => {
  const occurrences = occurrencesOf(g1, [4]);
  const rowOf = (answers: string) => absencesInARow(occurrences, marked(occurrences, answers)).get(someone);

  it.each([
    ['PAA', 2],
    ['AAP', 0],
    ['AEA', 1],
    ['PA--A', 2],
    ['AAAPA', 4],
    ['', undefined],
  ])('%s ends with %s, the fourth occurrence being cancelled', (answers, row) => {
    expect(rowOf(answers)).toBe(row);
  });

  it('an absence with a reason is explained', () => {
    const marks = marked(occurrences, 'AAA');
    const explained = marks.map((mark, index) =>
      index === 2 ? (setReason(mark, 'transport', author) ?? mark) : mark,
    );
    expect(absencesInARow(occurrences, explained).get(someone)).toBe(0);
    const cleared = marks.map((mark, index) => (index === 2 ? (clearAnswer(mark, author) ?? mark) : mark));
    expect(absencesInARow(occurrences, cleared).get(someone)).toBe(2);
  });
});

describe('the strip of a person', () => {
  it('has a case for each week: answers, unmarked, cancelled, to come, and none before the entry', () => {
    const occurrences = occurrencesOf(g1, [4]).map((each): Occurrence =>
      each.week > 7 ? { ...each, state: 'planned' } : each,
    );
    const strip = attendanceStrip({
      weeks: 10,
      today: addDays(term.start, 7 * 7),
      occurrences,
      marks: marked(occurrences, '-PREL-A'),
      enrolments: [enrolled(g1, '2023-10-09')],
    });
    expect(strip.cells.map(({ kind }) => kind)).toEqual([
      'none',
      'present',
      'late',
      'cancelled',
      'leftEarly',
      'unmarked',
      'absent',
      'upcoming',
      'upcoming',
      'upcoming',
    ]);
    expect(strip).toMatchObject({ attended: 3, held: 5, unmarked: 1 });
  });

  it('counts a planned occurrence of an earlier day as unmarked, and shows marks after an exit', () => {
    const occurrences = occurrencesOf(g1).map((each): Occurrence => ({ ...each, state: 'planned' }));
    const strip = attendanceStrip({
      weeks: 3,
      today: '2023-10-17',
      occurrences: occurrences.slice(0, 3),
      marks: marked(occurrences, '-P'),
      enrolments: [enrolled(g1, term.start, '2023-10-03')],
    });
    expect(strip.cells.map(({ kind }) => kind)).toEqual(['unmarked', 'present', 'none']);
  });
});

describe('a share', () => {
  it('is in whole per cent, half up, with what it is made of', () => {
    expect(share(136, 186)).toEqual({ n: 136, of: 186, percent: 73 });
    expect(share(29, 200).percent).toBe(15);
    expect(share(1, 8).percent).toBe(13);
    expect(share(0, 0).percent).toBeUndefined();
    expect(share(5, 5).percent).toBe(100);
  });
});
