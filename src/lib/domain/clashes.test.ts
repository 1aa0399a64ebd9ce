import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clashesAmong, clashSeries } from './clashes.ts';
import type { Enrolment, Occurrence, Shift } from './documents.ts';
import { newShifts } from './groups.ts';
import type { GroupId, OccurrenceId, ParticipantId, VenueCode } from './ids.ts';
import { addDays } from './local-time.ts';
import { elsewhere } from './meeting-place.ts';
import { author, term, maia, at, groupAt, planned } from './term-fixtures.ts';

describe('clashes of a term', () => {
  const [one] = planned(groupAt('g1', at(1, '10:00', '12:00'))) as [Occurrence];
  const [other] = planned(groupAt('g2', at(1, '11:00', '13:00'))) as [Occurrence];
  const nobody = { shifts: [] as Shift[], enrolments: [] as Enrolment[] };
  const enrolled = (group: string, from = term.start) =>
    ({ group, participant: 'p1' as ParticipantId, from }) as unknown as Enrolment;

  it('are over a room, a facilitator, and people; never with a cancelled one, nor back to back', () => {
    const shifts = newShifts([one, other], [{ volunteer: maia, role: 'lead' }], [], author);
    const found = clashesAmong([other, one], { shifts, enrolments: [enrolled('g1'), enrolled('g2')] });
    expect(found.map(({ why, count }) => [why, count])).toEqual([
      ['venue', 1],
      ['facilitator', 1],
      ['people', 1],
    ]);
    expect(found[0]).toMatchObject({ one: { group: 'g1' }, other: { group: 'g2' } });
    expect(clashesAmong([one, { ...other, state: 'cancelled' }], nobody)).toEqual([]);
    expect(clashesAmong([one, { ...other, start: '12:00' }], nobody)).toEqual([]);
    expect(clashesAmong([one, { ...other, date: '2023-10-03' }], nobody)).toEqual([]);
    expect(
      clashesAmong(
        [one, other].map((each) => ({ ...each, venue: elsewhere })),
        nobody,
      ),
    ).toEqual([]);
  });

  it('count people by their stays on that day', () => {
    const apart = { ...other, venue: 'bnp' as VenueCode };
    const from = (day: string) =>
      clashesAmong([one, apart], { ...nobody, enrolments: [enrolled('g1'), enrolled('g2', day)] });
    expect(from('2023-10-02')).toHaveLength(1);
    expect(from('2023-10-03')).toEqual([]);
  });

  it('are told once for the same two groups, week after week', () => {
    const all = [
      ...planned(groupAt('g1', at(1, '10:00', '12:00'))),
      ...planned(groupAt('g2', at(1, '11:00', '13:00'))),
    ];
    const told = clashSeries(clashesAmong(all, nobody));
    expect(told.map(({ why, groups, clashes }) => [why, groups, clashes.length])).toEqual([
      ['venue', ['g1', 'g2'], 10],
    ]);
  });

  it('property: are those found by holding each meeting against each other one', () => {
    const anyMeeting = fc.tuple(
      fc.nat(4),
      fc.integer({ min: 8, max: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(2),
      fc.nat(3),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(anyMeeting, { maxLength: 40 }), (meetings) => {
        const hour = (h: number) => `${String(h).padStart(2, '0')}:00`;
        const all = meetings.map(([day, start, length, venue, group, isCancelled], index): Occurrence => ({
          ...one,
          occurrence: `m${index}` as OccurrenceId,
          group: `g${group}` as GroupId,
          date: addDays(one.date, day),
          start: hour(start),
          end: hour(Math.min(23, start + length)),
          venue: `room${venue}` as VenueCode,
          state: isCancelled ? 'cancelled' : 'planned',
        }));
        const pairs = all.flatMap((a, index) =>
          all
            .slice(index + 1)
            .filter(
              (b) =>
                a.state !== 'cancelled' &&
                b.state !== 'cancelled' &&
                a.venue === b.venue &&
                a.date === b.date &&
                a.start < b.end &&
                b.start < a.end,
            )
            .map((b) => [a.occurrence, b.occurrence].sort().join(' ')),
        );
        const found = clashesAmong(all, nobody).map((clash) =>
          [clash.one.occurrence, clash.other.occurrence].sort().join(' '),
        );
        expect(found.sort()).toEqual(pairs.sort());
      }),
      { numRuns: process.env.LONG_SEARCH ? 5000 : 200 },
    );
  });
});
