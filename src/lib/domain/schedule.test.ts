import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupId, OccurrenceId, VenueCode } from './ids.ts';
import { addDays, daysBetween, instantOf, localMoment, mondayOf, todayIn, weekdayOf } from './local-time.ts';
import {
  byTime,
  durationMinutes,
  hoursOf,
  isOver,
  isToday,
  minutesUntilStart,
  momentOf,
  plannedOccurrences,
  weekOf,
  weeksOf,
} from './schedule.ts';

const paris = 'Europe/Paris';
const group = {
  group: 'g1' as GroupId,
  weekday: 1,
  start: '14:30',
  end: '16:30',
  venue: 'amarres-adj' as VenueCode,
};
const s1 = { start: '2023-02-06', weeks: 10, daysOff: ['2023-04-10'] };

const anyDate = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
const anyTime = fc
  .integer({ min: 0, max: 1439 })
  .map(
    (minutes) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
  );
const anyZone = fc.constantFrom(
  paris,
  'UTC',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Kabul',
  'Africa/Casablanca',
);

describe('the weeks of a term', () => {
  it('run from Monday to Sunday, the first holding the start', () => {
    expect(weekOf(s1, '2023-02-05')).toBeUndefined();
    expect(weekOf(s1, '2023-02-12')).toBe(1);
    expect(weekOf(s1, '2023-02-13')).toBe(2);
    expect(weekOf(s1, '2023-04-16')).toBe(10);
    expect(weekOf(s1, '2023-04-17')).toBeUndefined();
  });

  it('a week that is off from end to end is a pause without a number', () => {
    const pause = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays('2023-10-30', day));
    const s3 = { start: '2023-10-02', weeks: 10, daysOff: pause };
    expect(weekOf(s3, '2023-10-29')).toBe(4);
    expect(weekOf(s3, '2023-11-01')).toBeUndefined();
    expect(weekOf(s3, '2023-11-06')).toBe(5);
    expect(weeksOf(s3)).toHaveLength(10);
  });

  it('ends even when every day is off', () => {
    const off = Array.from({ length: 400 }, (_, day) => addDays('2023-01-02', day));
    expect(weeksOf({ start: '2023-01-02', weeks: 3, daysOff: off }).length).toBeLessThanOrEqual(3);
  });
});

describe('the occurrences of a group', () => {
  it('are one a week at local time, numbered, without days off', () => {
    const planned = plannedOccurrences(group, s1);
    expect(planned).toHaveLength(9);
    expect(planned[0]).toEqual({
      occurrence: 'g1.2023-02-06T1430',
      date: '2023-02-06',
      start: '14:30',
      end: '16:30',
      venue: 'amarres-adj',
      week: 1,
    });
    expect(planned.map((each) => each.week)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are several a week where the group meets several times, in the order of time', () => {
    const moreSlots = [
      { weekday: 4, start: '17:30', end: '20:00' },
      { weekday: 2, start: '09:00', end: '11:00' },
    ];
    const planned = plannedOccurrences({ ...group, moreSlots }, { ...s1, weeks: 2 });
    expect(planned.map((each) => [each.week, weekdayOf(each.date), each.start])).toEqual([
      [1, 1, '14:30'],
      [1, 2, '09:00'],
      [1, 4, '17:30'],
      [2, 1, '14:30'],
      [2, 2, '09:00'],
      [2, 4, '17:30'],
    ]);
  });

  it('do not begin before the term, when it begins in mid-week', () => {
    const planned = plannedOccurrences(group, { start: '2023-02-08', weeks: 2, daysOff: [] });
    expect(planned.map((each) => [each.week, each.date])).toEqual([[2, '2023-02-13']]);
  });

  it('keep weekday, order and week number whatever the term', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 14 }),
        (start, weekday, weeks) => {
          const term = { start, weeks, daysOff: [addDays(start, 9), addDays(start, 20)] };
          const planned = plannedOccurrences({ ...group, weekday }, term);
          for (const [index, each] of planned.entries()) {
            expect(weekdayOf(each.date)).toBe(weekday);
            expect(weekOf(term, each.date)).toBe(each.week);
            expect(term.daysOff).not.toContain(each.date);
            expect(each.date >= start).toBe(true);
            expect(index === 0 || each.date > (planned[index - 1]?.date ?? '')).toBe(true);
          }
        },
      ),
    );
  });

  it('stand in the order of the day', () => {
    const at = (date: string, start: string) => ({
      date,
      start,
      end: '23:00',
      occurrence: `${date}${start}` as OccurrenceId,
    });
    const list = [at('2023-11-21', '09:00'), at('2023-11-20', '17:00'), at('2023-11-20', '10:00')];
    expect(list.sort(byTime).map((each) => each.start)).toEqual(['10:00', '17:00', '09:00']);
  });
});

describe('dates and instants', () => {
  it('adding days and counting them agree', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(weekdayOf(mondayOf(date))).toBe(1);
        expect(daysBetween(mondayOf(date), date)).toBe(weekdayOf(date) - 1);
      }),
    );
  });

  it('an instant shown on a local clock and read back is the same, or the first of the two that look alike', () => {
    fc.assert(
      fc.property(anyDate, anyTime, anyZone, (date, time, zone) => {
        const shown = localMoment(`${date}T${time}:00Z`, zone);
        const back = instantOf(shown.date, shown.time, zone);
        expect(localMoment(back, zone)).toEqual(shown);
        expect(Date.parse(back)).toBeLessThanOrEqual(Date.parse(`${date}T${time}:00Z`));
      }),
      { numRuns: 500 },
    );
  });

  it('skips the hour that the clocks skip and takes the first of the hour shown twice', () => {
    expect(instantOf('2023-03-26', '02:30', paris)).toBe('2023-03-26T01:30:00.000Z');
    expect(localMoment('2023-03-26T01:30:00Z', paris).time).toBe('03:30');
    expect(instantOf('2023-10-29', '02:30', paris)).toBe('2023-10-29T00:30:00.000Z');
    expect(instantOf('2023-07-01', '14:30', paris)).toBe('2023-07-01T12:30:00.000Z');
    expect(instantOf('2023-12-01', '14:30', paris)).toBe('2023-12-01T13:30:00.000Z');
  });

  it('knows that today in Paris is not today in UTC at one in the morning', () => {
    expect(todayIn(paris, '2023-11-20T23:30:00Z')).toBe('2023-11-21');
    expect(isToday({ date: '2023-11-21' }, '2023-11-20T23:30:00Z', paris)).toBe(true);
  });
});

describe('where now stands', () => {
  const slot = { date: '2023-11-20', start: '14:30', end: '16:30' };

  it('counts down in whole minutes, upward', () => {
    expect(minutesUntilStart(slot, '2023-11-20T13:10:00Z', paris)).toBe(20);
    expect(minutesUntilStart(slot, '2023-11-20T13:29:30Z', paris)).toBe(1);
    expect(minutesUntilStart(slot, '2023-11-20T13:30:00Z', paris)).toBe(0);
    expect(minutesUntilStart(slot, '2023-11-20T14:00:00Z', paris)).toBe(-30);
  });

  it('the start belongs to the occurrence, the end does not', () => {
    expect(momentOf(slot, '2023-11-20T13:29:59Z', paris)).toBe('upcoming');
    expect(momentOf(slot, '2023-11-20T13:30:00Z', paris)).toBe('current');
    expect(momentOf(slot, '2023-11-20T15:30:00Z', paris)).toBe('over');
    expect(isOver(slot, '2023-11-20T15:29:59Z', paris)).toBe(false);
  });

  it('runs into the next day when it ends after midnight', () => {
    const night = { date: '2023-06-21', start: '21:00', end: '01:00' };
    expect(durationMinutes(night, paris)).toBe(240);
    expect(hoursOf(night, paris).endsAt).toBe('2023-06-21T23:00:00.000Z');
  });

  it('a night of clock change is an hour shorter or longer', () => {
    expect(durationMinutes({ date: '2023-03-25', start: '23:00', end: '04:00' }, paris)).toBe(240);
    expect(durationMinutes({ date: '2023-10-28', start: '23:00', end: '04:00' }, paris)).toBe(360);
  });

  it('daytime lasts what the clock says, on every day of the year', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(durationMinutes({ date, start: '10:00', end: '13:00' }, paris)).toBe(180);
      }),
    );
  });
});
