import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOneOff, skippedDays, wrongWith } from './groups.ts';
import type { GroupId } from './ids.ts';
import { addDays, localMoment, weekdayOf } from './local-time.ts';
import { elsewhere } from './meeting-place.ts';
import { hoursOf, weekOf } from './schedule.ts';
import { paris, author, term, facts, at, groupAt, planned } from './term-fixtures.ts';

describe('the meetings of a new group', () => {
  it('are one a week, without the days off, which are told', () => {
    const slot = at(3, '14:00', '16:00');
    const occurrences = planned(groupAt('g1', slot));
    expect(occurrences).toHaveLength(9);
    expect(skippedDays([slot], term, term.start)).toEqual(['2023-11-01']);
    expect(skippedDays([slot], term, '2023-11-02')).toEqual([]);
    expect(occurrences[0]).toMatchObject({
      _id: 'occurrence:g1.2023-10-04T1400',
      state: 'planned',
      changes: [{ kind: 'created' }],
    });
  });

  it('property: none on a day off, none before the term, none lost or doubled across a clock change', () => {
    const anyTerm = fc.record({
      start: fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2022-01-03', days)),
      weeks: fc.integer({ min: 1, max: 30 }),
    });
    const offAt = fc.array(fc.integer({ min: 0, max: 210 }), { maxLength: 12 });
    const anySlots = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
    const anyHour = fc.integer({ min: 0, max: 22 });
    fc.assert(
      fc.property(anyTerm, offAt, anySlots, anyHour, ({ start, weeks }, off, weekdays, hour) => {
        const calendar = { start, weeks, daysOff: off.map((day) => addDays(start, day)) };
        const time = (h: number) => `${String(h).padStart(2, '0')}:30`;
        const slots = weekdays.map((weekday) => at(weekday, time(hour), time(hour + 1)));
        const group = groupAt('g1', ...slots);
        const occurrences = planned(group, calendar);
        const skipped = skippedDays(slots, calendar, start);
        const dates = occurrences.map(({ date }) => date);
        expect(new Set(dates).size).toBe(dates.length);
        for (const occurrence of occurrences) {
          expect(calendar.daysOff).not.toContain(occurrence.date);
          expect(occurrence.date >= start).toBe(true);
          const { startsAt } = hoursOf(occurrence, paris);
          // In the night when the clocks skip an hour no clock shows 2 h 30: it begins when that time is over.
          const shown = localMoment(startsAt, paris);
          expect(shown.date).toBe(occurrence.date);
          expect([occurrence.start, '03:30']).toContain(shown.time);
        }
        // Every day of the term that is one of the group's is a meeting or was skipped as a day off.
        for (let day = 0; day < 7 * (weeks + 4); day++) {
          const date = addDays(start, day);
          if (weekOf(calendar, date) === undefined || !weekdays.includes(weekdayOf(date))) continue;
          expect([date, dates.includes(date)]).toEqual([date, !skipped.includes(date)]);
        }
      }),
    );
  });

  it('something that meets once is a group with one meeting, in a room or in words', () => {
    const outing = { ...facts([]), venue: elsewhere, place: 'Musée, entrée sud' };
    const made = newOneOff(
      'g9' as GroupId,
      { ...outing, date: '2023-11-11', start: '14:00', end: '17:00' },
      term,
      author,
    );
    expect(made).toMatchObject({
      ok: true,
      group: { isOneOff: true, weekday: 6, place: 'Musée, entrée sud' },
      occurrence: { date: '2023-11-11', week: 6, place: 'Musée, entrée sud', venue: 'elsewhere' },
    });
    const outside = newOneOff(
      'g9' as GroupId,
      { ...outing, date: '2024-01-20', start: '14:00', end: '17:00' },
      term,
      author,
    );
    expect(outside).toEqual({ ok: false, why: 'outside the term' });
    const backwards = newOneOff(
      'g9' as GroupId,
      { ...outing, date: '2023-11-11', start: '14:00', end: '13:00' },
      term,
      author,
    );
    expect(backwards).toEqual({ ok: false, why: 'ends before it starts' });
  });

  it('wants a name, hours that go forward, and one meeting at a time', () => {
    const good = facts([at(1, '10:00', '12:00')]);
    expect(wrongWith(good)).toBeUndefined();
    expect(wrongWith({ ...good, label: ' ' })).toBe('no label');
    expect(wrongWith({ ...good, slots: [at(1, '10:00', '10:00')] })).toBe('ends before it starts');
    expect(wrongWith({ ...good, slots: [at(1, '10:00', '12:00'), at(1, '11:00', '13:00')] })).toBe(
      'same slot twice',
    );
  });
});
