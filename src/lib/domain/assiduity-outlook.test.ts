import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assiduityOutlook } from './assiduity-outlook.ts';
import { arrange, assiduityOf, inscriptionsOf, lastOnes } from './assiduity.ts';
import type { Enrolment, Group, Mark, MarkStatus, Occurrence } from './documents.ts';
import {
  enrolmentDocId,
  groupDocId,
  markDocId,
  occurrenceDocId,
  occurrenceId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type VenueCode,
  type WorkshopTypeCode,
} from './ids.ts';
import { addDays } from './local-time.ts';
import { isEnrolledOn } from './roster.ts';

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 5_000 } : { numRuns: 200, seed: 20231002 };
const base = {
  v: 1 as const,
  at: '2026-02-02T08:00:00Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const participant = 'p1' as ParticipantId;
const groupOf = (key: string): Group => ({
  ...base,
  _id: groupDocId(key as GroupId),
  type: 'group',
  group: key as GroupId,
  workshopType: 'socio' as WorkshopTypeCode,
  label: key,
  venue: 'room' as VenueCode,
  weekday: 1,
  start: '10:00',
  end: '13:00',
});
const groups = [groupOf('g1'), groupOf('g2')];
const meeting = (group: Group, week: number, state: Occurrence['state']): Occurrence => {
  const date = addDays('2026-02-02', 7 * (week - 1));
  const occurrence = occurrenceId(group.group, date, '10:00');
  return {
    ...base,
    _id: occurrenceDocId(occurrence),
    type: 'occurrence',
    ...{
      occurrence,
      group: group.group,
      date,
      start: '10:00',
      end: '13:00',
      venue: group.venue,
      week,
      state,
    },
  };
};
const enrolled = (group: Group, from: string, to?: string): Enrolment => ({
  ...base,
  _id: enrolmentDocId(group.group, participant),
  type: 'enrolment',
  ...{ group: group.group, participant, from },
  ...(to === undefined ? {} : { to }),
});
const markAt = ({ occurrence }: Occurrence, status: MarkStatus): Mark => ({
  ...base,
  _id: markDocId(occurrence, participant),
  type: 'mark',
  ...{ occurrence, participant, status, history: [{ ...base, status }] },
});

/** What a term looks like when the first of its meetings are over. */
interface Story {
  readonly marks: readonly (MarkStatus | undefined)[];
  readonly remaining: number;
  readonly to?: number | undefined;
  readonly movedIn?: number | undefined;
}

function told({ marks, remaining, to, movedIn }: Story) {
  const [first, second] = groups as [Group, Group];
  const held = groups.flatMap((group) => marks.map((_, index) => meeting(group, index + 1, 'held')));
  const toCome = groups.flatMap((group) =>
    Array.from({ length: remaining }, (_, index) => meeting(group, marks.length + index + 1, 'planned')),
  );
  const lastDay = to === undefined ? undefined : addDays('2026-02-02', 7 * to);
  const moved = movedIn === undefined ? '2026-02-02' : addDays('2026-02-02', 7 * movedIn);
  const enrolments =
    movedIn === undefined
      ? [enrolled(first, '2026-02-02', lastDay)]
      : [enrolled(first, '2026-02-02', addDays(moved, -1)), enrolled(second, moved, lastDay)];
  const given = marks.flatMap((status, index) => {
    const group = movedIn !== undefined && index >= movedIn ? second : first;
    const here = held.find((one) => one.group === group.group && one.week === index + 1);
    return status && here ? [markAt(here, status)] : [];
  });
  const [inscription] = inscriptionsOf(enrolments, groups);
  if (!inscription) throw new Error('an inscription was expected');
  const arranged = (occurrences: readonly Occurrence[], all: readonly Mark[]) =>
    arrange({ groups, occurrences, marks: all, timeZone: 'Europe/Paris' });
  const open = toCome.filter(({ group, date }) =>
    enrolments.some((one) => one.group === group && isEnrolledOn(one, date)),
  );
  return {
    outlook: assiduityOutlook(inscription, arranged(held, given), toCome),
    open,
    /** The rule, asked about a term that went on in this way. */
    isAssiduIfTheyComeTo: (attended: readonly Occurrence[]) =>
      assiduityOf(
        inscription,
        arranged(
          [...held, ...toCome.map((one) => ({ ...one, state: 'held' as const }))],
          [...given, ...attended.map((one) => markAt(one, 'present'))],
        ),
      ).isAssidu,
  };
}

const story = fc.record(
  {
    marks: fc.array(fc.constantFrom<(MarkStatus | undefined)[]>('present', 'absent', 'excused', undefined), {
      maxLength: 8,
    }),
    remaining: fc.integer({ min: 0, max: 6 }),
    to: fc.option(fc.integer({ min: 0, max: 14 }), { nil: undefined }),
    movedIn: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
  },
  { requiredKeys: ['marks', 'remaining'] },
);

describe('what it takes to be assidu by the end', () => {
  it('is what trying every way of coming finds', () => {
    fc.assert(
      fc.property(story, (one) => {
        const { outlook, open, isAssiduIfTheyComeTo } = told(one);
        expect(outlook.remaining).toBe(open.length);
        let fewest: number | undefined;
        for (let ways = 0; ways < 2 ** open.length; ways += 1) {
          const attended = open.filter((_, place) => (ways >> place) & 1);
          if (isAssiduIfTheyComeTo(attended) && attended.length < (fewest ?? Infinity))
            fewest = attended.length;
        }
        expect(outlook.needed).toBe(fewest);
      }),
      runs,
    );
  });

  it('for one group from the start is more than half, and somebody who comes at the end', () => {
    const simple = fc.record({
      marks: fc.array(fc.constantFrom<MarkStatus[]>('present', 'absent'), { minLength: 1, maxLength: 9 }),
      remaining: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(simple, ({ marks, remaining }) => {
        const { outlook } = told({ marks, remaining });
        const all = marks.length + remaining;
        const attended = marks.filter((status) => status === 'present').length;
        const recent = marks.slice(Math.max(0, all - lastOnes(all))).includes('present') ? 0 : 1;
        const needed = Math.max(Math.floor(all / 2) + 1 - attended, recent);
        expect(outlook.needed).toBe(needed > remaining ? undefined : needed);
        expect(outlook.isUnderHalf).toBe(attended * 2 <= marks.length);
      }),
      runs,
    );
  });

  it('of 4 in 9 with 3 to come is all of them', () => {
    const marks: MarkStatus[] = [...Array(4).fill('present'), ...Array(5).fill('absent')];
    expect(told({ marks, remaining: 3 }).outlook).toEqual({
      ...{ held: 9, attended: 4, remaining: 3, needed: 3, isUnderHalf: true },
    });
    expect(told({ marks, remaining: 1 }).outlook.needed).toBeUndefined();
  });
});
