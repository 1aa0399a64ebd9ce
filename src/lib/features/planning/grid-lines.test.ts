import { describe, expect, it } from 'vitest';
import type { Group, Theme } from '$lib/domain/documents.ts';
import type { GroupId, ThemeId } from '$lib/domain/ids.ts';
import type { PlanningRow } from '$lib/domain/planning.ts';
import { linesOf, type Known } from './grid-lines.ts';

const weeks = [
  { week: 1, monday: '2023-10-02', isCurrent: false },
  { week: 2, monday: '2023-10-09', isCurrent: true },
];
const groupOf = (key: string) =>
  ({
    group: key as GroupId,
    label: key,
    venue: 'amarres',
    weekday: 1,
    start: '10:00',
    end: '12:00',
  }) as Group;
const rowOf = (key: string, theme?: string): PlanningRow => {
  const group = groupOf(key);
  return {
    group,
    cells: weeks.map(({ week }) => ({
      week,
      state: 'planned',
      needsTheme: false,
      meetings: [
        {
          group,
          occurrence: { group: group.group, week, ...(theme ? { theme: theme as ThemeId } : {}) },
          team: [],
          state: 'planned',
          needsTheme: false,
        } as unknown as PlanningRow['cells'][number]['meetings'][number],
      ],
    })),
  };
};
const nothing: Known = { clashing: new Set(), themes: new Map() };
const columns = { weeks, onlyWeek: undefined, rooms: new Map() };

describe('the lines of the grid', () => {
  it('stay the same lines when what is read later is about others', () => {
    const lineOf = linesOf(columns);
    const [french, talk] = [rowOf('french'), rowOf('talk', 'market')];
    const before = [lineOf(french, undefined, nothing), lineOf(talk, undefined, nothing)];
    const titled: Known = {
      clashing: new Set(),
      themes: new Map([['market' as ThemeId, { title: 'Au marché' } as Theme]]),
    };
    expect(lineOf(french, undefined, titled)).toBe(before[0]);
    const told = lineOf(talk, undefined, titled);
    expect(told).not.toBe(before[1]);
    expect(told.cells.map(({ label }) => label.includes('Au marché'))).toEqual([true, true]);
  });

  it('mark the one cell that clashes, and take the mark off again', () => {
    const lineOf = linesOf(columns);
    const row = rowOf('french');
    const plain = lineOf(row, undefined, nothing);
    const clashing = lineOf(row, undefined, { ...nothing, clashing: new Set(['french 2']) });
    expect(clashing.cells.map(({ look }) => look.endsWith(' clash'))).toEqual([false, true]);
    expect(lineOf(row, undefined, nothing)).toEqual(plain);
  });
});
