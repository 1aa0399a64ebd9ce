import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Author, Closing, Debrief, Mark, Occurrence } from './documents.ts';
import { inSeenOrder, themesSeen, type ThemeRecords } from './themes-seen.ts';

const author = { at: '2026-11-23T13:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const today = '2026-11-23';
const runs = process.env.LONG_SEARCH ? 5000 : 300;

const meeting = (date: string, theme: string | undefined, rest: Partial<Occurrence> = {}) =>
  ({
    _id: `occurrence:g.${date}`,
    type: 'occurrence',
    v: 1,
    ...author,
    occurrence: `g.${date}`,
    group: 'g',
    date,
    state: 'held',
    ...(theme ? { theme } : {}),
    ...rest,
  }) as unknown as Occurrence;
const mark = (date: string, participant: string, status: Mark['status'] = 'present') =>
  ({ ...author, type: 'mark', occurrence: `g.${date}`, participant, status, history: [] }) as unknown as Mark;
const note = (date: string, by: string, said: Partial<Debrief>) =>
  ({
    ...author,
    _id: `debrief:g.${date}:${by}`,
    type: 'debrief',
    by,
    occurrence: `g.${date}`,
    ...said,
  }) as unknown as Debrief;
const closing = (date: string, said: Partial<Closing> = {}) =>
  ({ ...author, type: 'closing', occurrence: `g.${date}`, state: 'closed', ...said }) as unknown as Closing;

const records = (some: Partial<ThemeRecords>): ThemeRecords => ({
  occurrences: [],
  debriefs: [],
  marks: [],
  closings: [],
  ...some,
});

describe('the themes seen', () => {
  it('count those who came, and leave out who was absent', () => {
    const [seen] = themesSeen(
      records({
        occurrences: [meeting('2026-11-16', 'marche')],
        marks: [
          mark('2026-11-16', 'amina'),
          mark('2026-11-16', 'bilal', 'late'),
          mark('2026-11-16', 'zoe', 'absent'),
        ],
      }),
      today,
    );
    expect(seen).toMatchObject({ theme: 'marche', attendance: 2, lastDone: '2026-11-16' });
  });

  it('take a headcount that is larger than the names', () => {
    const occurrences = [meeting('2026-11-16', 'marche')];
    const marks = [mark('2026-11-16', 'amina')];
    const counted = (headcount: number) =>
      themesSeen(records({ occurrences, marks, closings: [closing('2026-11-16', { headcount })] }), today)[0]
        ?.attendance;
    expect([counted(14), counted(0)]).toEqual([14, 1]);
  });

  it('know nothing of a meeting that nobody counted or rated, and zero of one that was closed empty', () => {
    const occurrences = [meeting('2026-11-09', 'marche'), meeting('2026-11-16', 'metro')];
    const seen = themesSeen(records({ occurrences, closings: [closing('2026-11-16')] }), today);
    expect(seen.map(({ attendance }) => attendance)).toEqual([undefined, 0]);
    expect(seen.map(({ energy }) => energy)).toEqual([undefined, undefined]);
  });

  it('give each meeting the same weight, however many hosts spoke', () => {
    const [seen] = themesSeen(
      records({
        occurrences: [meeting('2026-11-09', 'marche'), meeting('2026-11-16', 'marche')],
        debriefs: [
          note('2026-11-09', 'maia', { energy: 5 }),
          note('2026-11-16', 'maia', { energy: 1 }),
          note('2026-11-16', 'lucie', { energy: 3 }),
        ],
      }),
      today,
    );
    expect(seen?.energy).toBe(3.5);
    expect(seen?.meetings.map(({ date, energy }) => [date, energy])).toEqual([
      ['2026-11-16', 2],
      ['2026-11-09', 5],
    ]);
  });

  it('follow what a host chose on the spot', () => {
    const seen = themesSeen(
      records({
        occurrences: [meeting('2026-11-16', 'marche')],
        debriefs: [note('2026-11-16', 'maia', { theme: 'metro' as Debrief['theme'], energy: 4 })],
      }),
      today,
    );
    expect(seen).toMatchObject([{ theme: 'metro', energy: 4 }]);
  });

  it('leave out what was cancelled and what is to come', () => {
    const occurrences = [
      meeting('2026-11-16', 'marche', { state: 'cancelled' }),
      meeting('2026-11-30', 'metro', { state: 'planned' }),
    ];
    expect(themesSeen(records({ occurrences }), today)).toEqual([]);
  });

  it('come the latest first, or the liveliest first with the best attended before others', () => {
    const dates = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-20'];
    const seen = themesSeen(
      records({
        occurrences: dates.map((date, index) => meeting(date, `t${index}`)),
        debriefs: [
          note('2026-11-02', 'maia', { energy: 4 }),
          note('2026-11-09', 'maia', { energy: 5 }),
          note('2026-11-16', 'maia', { energy: 4 }),
        ],
        closings: [closing('2026-11-02', { headcount: 15 }), closing('2026-11-16', { headcount: 8 })],
      }),
      today,
    );
    const order = (by: 'recent' | 'best') => inSeenOrder(seen, by).map(({ theme }) => theme);
    expect(order('recent')).toEqual(['t3', 't2', 't1', 't0']);
    expect(order('best')).toEqual(['t1', 't0', 't2', 't3']);
  });

  it('hold every meeting once, and means within what was said', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-10-${String(n).padStart(2, '0')}`);
    const some = fc.uniqueArray(
      fc.record({
        date: day,
        theme: fc.constantFrom('a', 'b', 'c'),
        energy: fc.option(fc.integer({ min: 1, max: 5 })),
        headcount: fc.option(fc.nat(40)),
      }),
      { selector: ({ date }) => date },
    );
    fc.assert(
      fc.property(some, (those) => {
        const seen = themesSeen(
          records({
            occurrences: those.map(({ date, theme }) => meeting(date, theme)),
            debriefs: those.flatMap(({ date, energy }) =>
              energy === null ? [] : [note(date, 'maia', { energy })],
            ),
            closings: those.flatMap(({ date, headcount }) =>
              headcount === null ? [] : [closing(date, { headcount })],
            ),
          }),
          today,
        );
        expect(seen.flatMap(({ meetings }) => meetings)).toHaveLength(those.length);
        for (const { energy, meetings, lastDone } of seen) {
          if (energy !== undefined) expect(energy >= 1 && energy <= 5).toBe(true);
          expect(meetings[0]?.date).toBe(lastDone);
        }
        expect(inSeenOrder(seen, 'best')).toHaveLength(seen.length);
      }),
      { numRuns: runs },
    );
  });
});
