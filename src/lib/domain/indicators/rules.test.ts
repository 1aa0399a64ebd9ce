import { describe, expect, it } from 'vitest';
import type { AnyDocument, Group, Occurrence } from '../documents.ts';
import { attendanceTables } from '../exports/attendance-tables.ts';
import { newGroup, newOccurrence } from '../groups.ts';
import { addDays } from '../local-time.ts';
import { elsewhere } from '../meeting-place.ts';
import { plannedOccurrences } from '../schedule.ts';
import { standardVenues, standardWorkshopTypes } from '../standard-programme.ts';
import { cellAt, unknownAt } from './cell-at.ts';
import { reportOf } from './report.ts';
import type { Scope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';
import { possiblePercent } from './statements.ts';
import { published } from './small-cells.ts';

const author = { at: '2024-01-08T09:00:00.000Z', by: 'elise', device: 'desk' } as never;
const start = '2024-01-08';
const everything: Scope = { kind: 'period', from: '2000-01-01', to: '2099-12-31' };
const doc = (type: string, id: string, fields: object) =>
  ({ _id: `${type}:${id}`, type, v: 1, ...(author as object), ...fields }) as unknown as AnyDocument;
const commons = [
  doc('site', 'one', { site: 'one', timezone: 'Europe/Paris', terms: [] }),
  ...standardWorkshopTypes(author),
  ...standardVenues(author),
];

/** A group that meets ten times, on Mondays from ten to one unless it is said otherwise, and its meetings. */
function groupOf(key: string, kind = 'socioprofessional', weekday = 1) {
  const facts = { label: key, venue: 'amarres-adj', slots: [{ weekday, start: '10:00', end: '13:00' }] };
  const group = newGroup(
    key as never,
    { ...facts, workshopType: kind, team: [], language: 'fr' } as never,
    author,
  );
  const meetings = plannedOccurrences(group, { start, weeks: 10, daysOff: [] }).map(
    (planned): Occurrence => ({ ...newOccurrence(planned, group.group, author), state: 'held' }),
  );
  return { group, meetings };
}
const [g1, g2, french] = [groupOf('g1'), groupOf('g2', 'socioprofessional', 4), groupOf('fr', 'language', 2)];
const talk = groupOf('talk', 'conversation', 3);

const words: Record<string, string> = { P: 'present', R: 'late', L: 'leftEarly', E: 'excused', A: 'absent' };
/** One letter a week; `-` for nobody said anything. */
const marks = (person: string, { meetings }: { meetings: Occurrence[] }, answers: string) =>
  meetings.flatMap(({ occurrence, week }) => {
    const status = words[answers[week - 1] ?? '-'];
    const about = { occurrence, participant: person, status, history: [] };
    return status ? [doc('mark', `${occurrence}:${person}`, about)] : [];
  });
const card = (person: string, isProvisional = false) =>
  doc('rosterCard', person, { participant: person, firstName: person, isFrancophone: false, isProvisional });
const file = (person: string, fields: object = {}) =>
  doc('participant', person, { participant: person, gender: 'woman', isFrancophone: false, ...fields });
const enrolled = (person: string, { group }: { group: Group }, fields: object = {}) =>
  doc('enrolment', `${group.group}:${person}`, {
    group: group.group,
    participant: person,
    from: start,
    ...fields,
  });

const siteOf = (term: readonly AnyDocument[], registry: readonly AnyDocument[] = []): SiteDocuments => ({
  commons,
  registry,
  terms: [
    [
      doc('term', 't1', { term: 't1', label: 'S1', start, end: addDays(start, 69), weeks: 10, daysOff: [] }),
      ...[g1, g2, french, talk].flatMap(({ group, meetings }) => [group, ...meetings]),
      ...term,
    ],
  ],
});
const counted = (term: readonly AnyDocument[], registry?: readonly AnyDocument[]) => {
  const { report, facts } = reportOf([siteOf(term, registry)], everything);
  const at = (key: string, place = {}) => cellAt(report.indicators, key, place);
  const split = (key: string, by: string) =>
    report.indicators.find((one) => one.key === key)?.splits.find((one) => one.by.join() === by);
  const found = (key: string) => report.findings.find((one) => one.key === key);
  return { report, facts, at, split, found };
};
const kind = 'socioprofessional';

describe('attendance', () => {
  it('is out of what was due, and beside it out of what was due without the excused', () => {
    const { at } = counted([enrolled('a', g1), ...marks('a', g1, 'PPPPPEEEAA')]);
    expect(at('attendance')).toMatchObject({ n: 5, of: 10, percent: 50 });
    expect(at('attendanceWithoutExcused')).toMatchObject({ n: 5, of: 7, percent: 71 });
    // Nobody was there at the end: more than half of the rest is not enough.
    expect(at('assidusWithoutExcused', { kind })).toMatchObject({ n: 0, of: 1 });
    const excused = counted([enrolled('a', g1), ...marks('a', g1, 'EEEPPPPAAP')]);
    expect(excused.at('assidus', { kind }).n).toBe(0);
    expect(excused.at('assidusWithoutExcused', { kind }).n).toBe(1);
  });

  it('leaves an excused meeting that was caught up where it is: it was attended', () => {
    const { at } = counted([enrolled('a', g1), ...marks('a', g1, 'EPPPPPPPPP'), ...marks('a', g2, 'P')]);
    expect(at('attendance')).toMatchObject({ n: 10, of: 10 });
    expect(at('attendanceWithoutExcused')).toMatchObject({ n: 10, of: 10 });
  });

  it('counts attending twice in a week once, and says what rests on nobody’s answer', () => {
    const { at } = counted([enrolled('a', g1), ...marks('a', g1, 'PPPPP-----'), ...marks('a', g2, 'PPPPP')]);
    expect(at('attendance')).toMatchObject({ n: 5, of: 10, unmarked: 5 });
    expect(at('assidus', { kind })).toMatchObject({ n: 0, of: 1, unmarked: 5 });
  });

  it('tells who would be assidu had they been there whenever nobody said anything, and no others', () => {
    const restsOn = (answers: string) =>
      counted([enrolled('a', g1), ...marks('a', g1, answers)]).found('assiduityRestsOnUnmarked');
    expect(restsOn('PPPPPAAAA-')).toMatchObject({ count: 1, rows: ['a'] });
    expect(restsOn('PPPPPPPAAA')).toBeUndefined();
    expect(restsOn('PPPPPP-AAA')).toBeUndefined();
    expect(restsOn('PPPPAAAAA-')).toBeUndefined();
    expect(restsOn('PPPPPPPPP-')).toBeUndefined();
  });

  it('keeps the full denominator after a late entry; what was due since then is there for the team', () => {
    const late = enrolled('a', g1, { from: addDays(start, 28) });
    const { at, facts } = counted([late, ...marks('a', g1, '----PPPPPP')]);
    // Before the entry they were on no list: nobody’s answer is missing there.
    expect(at('attendance')).toMatchObject({ n: 6, of: 10, unmarked: 0 });
    expect(facts.tables.inscriptions).toMatchObject([{ due: 10, dueSinceEntry: 6, isAssidu: true }]);
  });
});

describe('people', () => {
  it('become inscrits when a coordinator has validated them, not before', () => {
    const came = marks('a', g1, 'P');
    const walkIn = counted([card('a', true), enrolled('a', g1), ...came]);
    expect(walkIn.at('inscrits').n).toBe(0);
    expect(walkIn.report.excluded.provisionalPeople).toBe(1);
    expect(walkIn.facts.tables.meetings.find(({ guests }) => guests === 1)).toBeDefined();
    expect(walkIn.found('enrolledProvisionally')).toMatchObject({ count: 1, rows: ['enrolment:g1:a'] });
    expect(counted([card('a'), enrolled('a', g1), ...came]).at('inscrits').n).toBe(1);
  });

  it('of unknown gender are in the total, out of the split, and counted', () => {
    const people = ['a', 'b', 'c'].map((one) => enrolled(one, g1));
    const { at, split, found, report } = counted(people, [file('a'), file('b', { gender: 'unknown' })]);
    expect(at('inscrits', { kind }).n).toBe(3);
    expect(at('inscrits', { kind, gender: 'woman' }).n).toBe(1);
    expect(split('inscrits', 'kind,gender')).toMatchObject({ unknown: { n: 2 } });
    expect(unknownAt(report.indicators, 'inscrits', { kind }, 'gender')).toBe(2);
    expect(unknownAt(report.indicators, 'inscrits', { kind: 'digital' }, 'gender')).toBe(0);
    expect(found('peopleWithoutGender')).toMatchObject({ count: 2, rows: ['b', 'c'] });
    expect(found('peopleWithoutFile')).toMatchObject({ rows: ['c'] });
  });

  it('whose two files became one are one person, with one answer for a meeting', () => {
    const { at } = counted(
      [
        enrolled('a', g1),
        enrolled('b', g2),
        ...marks('a', g1, 'AAAAAPPPPP'),
        ...marks('b', g1, 'PPPPPPPPPP'),
      ],
      [file('a'), file('b', { mergedInto: 'a' })],
    );
    expect(at('people').n).toBe(1);
    expect(at('attendance')).toMatchObject({ n: 10, of: 10 });
  });

  it('in several workshops are one person and as many inscriptions; what they combine is what they came to', () => {
    const term = [enrolled('a', g1), enrolled('a', french), enrolled('b', g1), enrolled('b', french)];
    const { at } = counted([
      ...term,
      ...marks('a', g1, 'P'),
      ...marks('a', french, 'P'),
      ...marks('b', g1, 'P'),
    ]);
    expect(at('inscrits').n).toBe(4);
    expect(at('people').n).toBe(2);
    expect(at('combinations', { combination: 'socioprofessional+language' })).toMatchObject({ n: 1, of: 2 });
    expect(at('combinations', { combination: 'socioprofessional' }).n).toBe(1);
  });

  it('who left are told with their reason, where there is one', () => {
    const to = addDays(start, 20);
    const exit = doc('exit', 'g1:a', { group: 'g1', participant: 'a', date: to, reason: 'job', term: 't1' });
    const { at, split, found } = counted(
      [enrolled('a', g1, { to }), enrolled('b', g1, { to }), enrolled('c', g1, { to: addDays(start, 63) })],
      [file('a'), file('b'), file('c'), exit],
    );
    expect(at('exits', { kind })).toMatchObject({ n: 2, of: 3 });
    expect(at('exitReasons', { exitReason: 'job' })).toMatchObject({ n: 1, of: 1 });
    expect(split('exitReasons', 'exitReason')).toMatchObject({ unknown: { n: 1 } });
    expect(found('exitsWithoutReason')).toMatchObject({ rows: ['b'] });
  });

  it('who left one of two groups have not left the workshop; the exit told is that of the stay that ends it', () => {
    const second = enrolled('a', g2, { from: addDays(start, 7), to: addDays(start, 20) });
    const exit = (group: string, date: string, reason: string) =>
      doc('exit', `${group}:a`, { group, participant: 'a', date, reason, term: 't1' });
    const noted = exit('g2', addDays(start, 20), 'transport');
    const stays = counted([enrolled('a', g1), second, ...marks('a', g1, 'PPPPPPPPPP')], [file('a'), noted]);
    expect(stays.at('exits', { kind })).toMatchObject({ n: 0, of: 1 });
    expect(stays.facts.tables.inscriptions).toMatchObject([
      { group: 'g1', leftOn: undefined, exitReason: undefined, isAssidu: true },
    ]);
    const to = addDays(start, 41);
    const left = counted([enrolled('a', g1, { to }), second], [file('a'), noted, exit('g1', to, 'job')]);
    expect(left.facts.tables.inscriptions).toMatchObject([{ group: 'g1', leftOn: to, exitReason: 'job' }]);
  });

  it('received the French hours they were there for', () => {
    const twenty = groupOf('long', 'language', 6);
    const long = twenty.meetings.map((one) => ({ ...one, start: '08:00', end: '16:00' }));
    const { at } = counted([
      ...[twenty.group, ...long, enrolled('a', twenty), enrolled('b', french)],
      ...marks('a', twenty, 'PPPPPPPPPP'),
      ...marks('b', french, 'PPAA'),
    ]);
    expect(at('frenchHours', { band: 'from60to120' })).toMatchObject({ n: 1, of: 2 });
    expect(at('frenchHours', { band: 'under60' }).n).toBe(1);
    expect(at('frenchHoursEach')).toMatchObject({ n: (80 + 6) * 60, of: 2 });
  });
});

describe('meetings', () => {
  const volunteer = (key: string, of: string) =>
    doc('volunteer', key, { volunteer: key, name: key, kind: of });
  const shift = (key: string, { occurrence }: Occurrence, state = 'held') =>
    doc('shift', `${occurrence}:${key}`, { occurrence, volunteer: key, role: 'lead', state });
  const [first, second, third] = g1.meetings as [Occurrence, Occurrence, Occurrence];

  it('led by volunteers count once, whoever leads with them; civic service and staff are no volunteers', () => {
    const { at, found } = counted([
      ...[volunteer('v1', 'volunteer'), volunteer('v2', 'volunteer'), volunteer('c1', 'civicService')],
      ...[shift('v1', first), shift('v2', first), shift('c1', first), shift('c1', second)],
      shift('v1', third, 'cancelled'),
    ]);
    expect(at('volunteerHours', { kind })).toMatchObject({ n: 180, of: 20 * 180 });
    expect(at('volunteerPersonHours').n).toBe(360);
    expect(at('facilitators', { facilitatorKind: 'volunteer' }).n).toBe(2);
    expect(found('heldWithoutFacilitator')).toMatchObject({ count: 38 });
  });

  it('open to all tell people, headcounts, themes and energy', () => {
    const [one, two] = talk.meetings as [Occurrence, Occurrence];
    const closed = (fields: object, { occurrence }: Occurrence) =>
      doc('closing', occurrence, {
        occurrence,
        state: 'closed',
        closedAt: '',
        counts: {},
        history: [],
        ...fields,
      });
    const { at, found } = counted([
      ...marks('a', talk, 'PP'),
      ...marks('b', talk, 'P'),
      ...[closed({ headcount: 12 }, one), closed({ headcount: 0 }, two)],
      doc('debrief', 'd', { occurrence: one.occurrence, energy: 4, theme: 'market', words: [] }),
      doc('debrief', 'e', { occurrence: one.occurrence, energy: 5, words: [] }),
    ]);
    expect(at('openMeetings', { kind: 'conversation' }).n).toBe(10);
    expect(at('openPeople', { kind: 'conversation' }).n).toBe(2);
    expect(at('openAttendance', { kind: 'conversation' })).toMatchObject({ n: 13, of: 10, average: 1.3 });
    expect(at('headcounts', { kind: 'conversation' })).toMatchObject({ n: 2, of: 10 });
    expect(at('energy')).toMatchObject({ n: 9, of: 2, average: 4.5 });
    expect(at('themes', { theme: 'market' })).toMatchObject({ n: 1, of: 1 });
    expect(found('headcountBelowNames')).toMatchObject({ rows: [two.occurrence] });
  });

  it('that contradict themselves are found: no answers, closed with gaps, present after an exit, astray', () => {
    const closing = doc('closing', first.occurrence, {
      ...{ occurrence: first.occurrence, state: 'closed', closedAt: '', counts: {}, history: [] },
    });
    const { found } = counted([
      ...[enrolled('a', g1, { to: addDays(start, 8) }), enrolled('b', g1), closing],
      ...[
        ...marks('a', g1, 'P-P'),
        doc('mark', 'x:a', { occurrence: 'x', participant: 'a', status: 'present' }),
      ],
      ...marks('b', g1, '-A'),
    ]);
    expect(found('closedWithUnmarked')).toMatchObject({ count: 1, lists: 1, rows: [first.occurrence] });
    expect(found('presentAfterExit')).toMatchObject({ count: 1 });
    expect(found('astrayMarks')).toMatchObject({ rows: ['mark:x:a'] });
    expect(found('heldNotClosed')).toMatchObject({ count: 39 });
    // The first three of the group have an answer.
    expect(found('heldWithoutMarks')).toMatchObject({ count: 7 });
  });

  it('stay in the room that they were held in when their group moves to a place in words', () => {
    const term = siteOf([]);
    const changed = new Map<unknown, object>([
      [g1.group, { venue: elsewhere, place: 'Parc de Choisy' }],
      [second, { venue: elsewhere }],
    ]);
    const terms = term.terms.map((all) => all.map((one) => ({ ...one, ...changed.get(one) }) as AnyDocument));
    const documents = { ...term, terms };
    const { facts } = reportOf([documents], everything);
    const venueOf = (one: Occurrence) =>
      facts.tables.meetings.find(({ occurrence }) => occurrence === one.occurrence)?.venue;
    expect(venueOf(first)).toBe('amarres-adj');
    const table = attendanceTables(documents).find(({ name }) => name === 'occurrences');
    const venues = new Set(table?.rows.map((row) => row.at(-1)));
    expect(venues).toEqual(new Set(['amarres-adj', 'Parc de Choisy']));
  });

  it('that people sign up for have them on the list: who has a place and no answer is unmarked, not expected', () => {
    const outing = groupOf('outing', 'cultural', 6);
    const [day] = outing.meetings as [Occurrence];
    const signedUp = (person: string, minute: number, state = 'signedUp') =>
      doc('signUp', `${day.occurrence}:${person}`, {
        ...{ occurrence: day.occurrence, participant: person, state, history: [] },
        since: `2024-01-09T09:0${minute}:00.000Z`,
      });
    // Three places: of two files of one person each took one; the last one waits.
    const signUps = [
      ...[signedUp('gone', 0, 'withdrawn'), signedUp('a', 1), signedUp('b', 2), signedUp('twin', 3)],
      ...[signedUp('waits', 4), signedUp('enrolled', 5)],
    ];
    const closing = doc('closing', day.occurrence, {
      ...{ occurrence: day.occurrence, state: 'closed', closedAt: '', counts: {}, history: [] },
    });
    const list = [{ ...outing.group, capacity: 3 }, day, enrolled('enrolled', outing), ...signUps, closing];
    const files = [file('a'), file('b'), file('twin', { mergedInto: 'b' })];
    const rowIn = ({ facts }: ReturnType<typeof counted>) =>
      facts.tables.meetings.find(({ occurrence }) => occurrence === day.occurrence);

    const silent = counted(list, files);
    expect(rowIn(silent)).toMatchObject({ expected: 1, unmarked: 3, unmarkedSignUps: ['a', 'b'] });
    expect(silent.found('closedWithUnmarked')).toMatchObject({ count: 3, lists: 1, rows: [day.occurrence] });
    const onlySignedUp = counted([list[0], day, ...signUps].flatMap((one) => one ?? []));
    expect(onlySignedUp.found('heldWithoutMarks')).toMatchObject({ rows: [day.occurrence] });

    const told = counted([...list, ...marks('a', outing, 'P')], files);
    expect(rowIn(told)).toMatchObject({ expected: 1, came: 0, guests: 1, unmarked: 2 });
    expect(told.at('weeklyAttendance', { kind: 'cultural', week: '01' })).toMatchObject({ n: 0, of: 1 });
  });

  it('cancelled with answers are told', () => {
    const term = siteOf(marks('a', g1, 'P'));
    const terms = term.terms.map((all) =>
      all.map((one) => (one === first ? ({ ...first, state: 'cancelled' } as AnyDocument) : one)),
    );
    const { report } = reportOf([{ ...term, terms }], everything);
    expect(report.findings).toContainEqual({ key: 'cancelledWithMarks', count: 1, rows: [first.occurrence] });
    expect(cellAt(report.indicators, 'meetings', { kind })).toMatchObject({ n: 19, of: 20, percent: 95 });
  });
});

describe('what is published', () => {
  it('groups cells under five, and one more where the rest could be reckoned', () => {
    const from = (country: string, count: number) =>
      Array.from({ length: count }, (_, place) => file(`${country}${place}`, { country }));
    const shown = (...files: AnyDocument[][]) => {
      const all = files.flat();
      const ids = all.map(({ _id }) => _id.split(':')[1] ?? '');
      const { split } = counted(
        ids.map((one) => enrolled(one, g1)),
        all,
      );
      const countries = split('origins', 'country');
      if (!countries) throw new Error('no countries');
      const { cells, others, unknown } = published(countries);
      return { cells: cells.map(({ at, n }) => `${at.country} ${n}`), others: others?.n, unknown };
    };
    const [many, more, few] = [from('AF', 9), from('CD', 6), from('GN', 3)];
    expect(shown(many, more, few, from('TR', 2))).toEqual({ cells: ['AF 9', 'CD 6'], others: 5, unknown: 0 });
    expect(shown(many, more, few)).toEqual({ cells: ['AF 9'], others: 9, unknown: 0 });
    expect(shown(many, more, [file('x')])).toEqual({
      cells: ['AF 9', 'CD 6'],
      others: undefined,
      unknown: 1,
    });
  });

  it('has no percentage that its base cannot give', () => {
    expect(possiblePercent(25, 45)).toEqual({ isPossible: false, below: 24, above: 27 });
    expect(possiblePercent(64, 45).isPossible).toBe(true);
    for (let of = 1; of <= 130; of++)
      for (let n = 0; n <= of; n++)
        expect(possiblePercent(Math.floor((200 * n + of) / (2 * of)), of).isPossible, `${n}/${of}`).toBe(
          true,
        );
    expect(possiblePercent(50, 0).isPossible).toBe(false);
    expect([1, 2, 99].map((percent) => possiblePercent(percent, 3).isPossible)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
