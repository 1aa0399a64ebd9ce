import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gainedBy, renumbered, touchedBy } from './calendar-change.ts';
import type { Author, Closing, Group, Mark } from './documents.ts';
import type { GroupId } from './ids.ts';
import { addDays } from './local-time.ts';
import { weekOf } from './schedule.ts';
import { plannedMeetings } from './term-copy.ts';
import { daysOfWeek } from './terms.ts';

const author = { at: '2027-01-04T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const group = {
  _id: 'group:g1',
  type: 'group',
  v: 1,
  ...author,
  group: 'g1' as GroupId,
  weekday: 1,
  start: '10:00',
  end: '13:00',
  venue: 'amarres',
} as unknown as Group;
const calendar = { start: '2027-02-01', weeks: 10, daysOff: [] as string[] };
const meetings = plannedMeetings(group, calendar, author);
const none = { marks: [], closings: [] };
/** Before the term begins. */
const early = '2027-01-04';
const markAt = (date: string, status: Mark['status'] = 'present') =>
  ({ occurrence: `g1.${date}T1000`, participant: 'p1', status }) as Mark;

describe('days off that come later', () => {
  it('touch the meetings planned on them, and propose a day of the same week', () => {
    const touched = touchedBy(calendar, { ...calendar, daysOff: ['2027-03-29'] }, meetings, none, early);
    expect(touched).toMatchObject([
      { occurrence: { date: '2027-03-29' }, why: 'day off', isFixed: false, freeDay: '2027-03-30' },
    ]);
  });

  it('propose no day that is over, but today and those after it', () => {
    const friday = meetings.map((one) => ({ ...one, date: addDays(one.date, 4) }));
    const after = { ...calendar, weeks: 2, daysOff: ['2027-02-12'] };
    const freeOn = (today: string) =>
      touchedBy({ ...calendar, weeks: 2 }, after, friday.slice(0, 2), none, today)[0]?.freeDay;
    expect(freeOn('2027-02-11')).toBe('2027-02-13');
    const full = { ...after, daysOff: ['2027-02-12', '2027-02-13'] };
    const freeAmongPast = (today: string) =>
      touchedBy({ ...calendar, weeks: 2 }, full, friday.slice(0, 2), none, today)[0]?.freeDay;
    expect(freeAmongPast('2027-02-01')).toBe('2027-02-08');
    expect(freeAmongPast('2027-02-10')).toBe('2027-02-10');
    expect(freeAmongPast('2027-02-12')).toBeUndefined();
  });

  it('say nothing of days that were off before, nor of cancelled meetings', () => {
    const off = { ...calendar, daysOff: ['2027-03-29'] };
    expect(touchedBy(off, off, meetings, none, early)).toEqual([]);
    const cancelled = meetings.map((one) => ({ ...one, state: 'cancelled' as const }));
    expect(touchedBy(calendar, off, cancelled, none, early)).toEqual([]);
  });

  it('leave a meeting with answers, or held, where it is', () => {
    const off = { ...calendar, daysOff: ['2027-02-01', '2027-02-08', '2027-02-15'] };
    const closing = { occurrence: 'g1.2027-02-08T1000', state: 'reopened' } as Closing;
    const marks = [markAt('2027-02-01'), markAt('2027-02-15', null)];
    const touched = touchedBy(calendar, off, meetings, { marks, closings: [closing] }, early);
    expect(touched.map(({ isFixed }) => isFixed)).toEqual([true, true, false]);
    expect(touched.map(({ freeDay }) => freeDay)).toEqual([undefined, undefined, '2027-02-16']);
  });

  it('send the meeting of a pause to the week that the term gains', () => {
    const after = { ...calendar, daysOff: daysOfWeek('2027-03-01') };
    const touched = touchedBy(calendar, after, meetings, none, early);
    expect(touched.map(({ occurrence, freeDay }) => [occurrence.date, freeDay])).toEqual([
      ['2027-03-01', '2027-04-12'],
    ]);
  });

  it('touch what a shorter term leaves outside', () => {
    const touched = touchedBy(calendar, { ...calendar, weeks: 9 }, meetings, none, early);
    expect(touched).toMatchObject([{ occurrence: { date: '2027-04-05' }, why: 'outside the term' }]);
  });

  it('never propose a day off, a day outside the term, or one day twice', () => {
    const day = fc.integer({ min: 0, max: 80 }).map((days) => addDays('2027-02-01', days));
    const days = fc.array(day, { maxLength: 30 });
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 12 }), (single, pauses, weeks) => {
        const after = { ...calendar, weeks, daysOff: [...single, ...pauses.flatMap(daysOfWeek)] };
        const touched = touchedBy(calendar, after, meetings, none, early);
        const stays = meetings
          .filter(({ date }) => !touched.some(({ occurrence }) => occurrence.date === date))
          .map(({ date }) => date);
        const moved = touched.flatMap(({ freeDay }) => freeDay ?? []);
        expect(moved.filter((one) => after.daysOff.includes(one) || !weekOf(after, one))).toEqual([]);
        const together = [...stays, ...moved];
        expect(new Set(together).size).toBe(together.length);
      }),
    );
  });
});

describe('weeks after a pause', () => {
  it('are numbered anew, and meetings in a pause keep their number', () => {
    const after = { ...calendar, daysOff: daysOfWeek('2027-02-08') };
    const weeks = meetings.slice(0, 4).map((one) => renumbered(one, after, author).week);
    expect(weeks).toEqual([1, 2, 2, 3]);
    expect(meetings.every((one) => renumbered(one, calendar, author) === one)).toBe(true);
  });
});

describe('days that are off no longer', () => {
  const off = { ...calendar, daysOff: ['2027-03-29'] };
  const planned = plannedMeetings(group, off, author);
  const gained = (after = calendar, occurrences = planned, groups = [group], today = '2027-02-01') =>
    gainedBy(off, after, { groups, occurrences }, today, author);

  it('give the meeting of that day back', () => {
    const [one, ...others] = gained();
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      before: undefined,
      after: { date: '2027-03-29', week: 9, state: 'planned' },
    });
  });

  it('take up again what was cancelled when the day became one', () => {
    const cancelled = meetings.map((one) =>
      one.date === '2027-03-29' ? { ...one, state: 'cancelled' as const, cancelReason: 'Férié' } : one,
    );
    const [one] = gained(calendar, cancelled);
    expect(one).toMatchObject({ before: { state: 'cancelled' }, after: { state: 'planned' } });
    expect(one?.after.cancelReason).toBeUndefined();
  });

  it('give nothing to a group that meets that day already, has stopped or met once, nor in the past', () => {
    const moved = planned.map((one, n) => (n === 0 ? { ...one, date: '2027-03-29' } : one));
    expect(gained(calendar, moved)).toEqual([]);
    expect(gained(calendar, planned, [{ ...group, isArchived: true }])).toEqual([]);
    expect(gained(calendar, planned, [{ ...group, isOneOff: true }])).toEqual([]);
    expect(gained(calendar, planned, [group], '2027-03-30')).toEqual([]);
  });

  it('leave alone what somebody took away on other days', () => {
    expect(gained(calendar, planned.slice(3)).map(({ after }) => after.date)).toEqual(['2027-03-29']);
  });

  it('come with a week more as well', () => {
    expect(gained({ ...off, weeks: 11 }).map(({ after }) => [after.date, after.week])).toEqual([
      ['2027-04-12', 11],
    ]);
  });

  it('property: taking a day off and giving it back leaves the same meetings', () => {
    fc.assert(
      fc.property(fc.subarray(meetings.map(({ date }) => date)), (daysOff) => {
        const without = { ...calendar, daysOff };
        const rest = plannedMeetings(group, without, author);
        const back = gainedBy(without, calendar, { groups: [group], occurrences: rest }, '', author);
        const dates = [...rest, ...back.map(({ after }) => after)].map(({ date, week }) => `${date} ${week}`);
        expect(dates.sort()).toEqual(meetings.map(({ date, week }) => `${date} ${week}`));
      }),
    );
  });
});
