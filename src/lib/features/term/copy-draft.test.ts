import { describe, expect, it } from 'vitest';
import type { Group, WorkshopType } from '$lib/domain/documents.ts';
import { CopyDraft } from './copy-draft.svelte.ts';

const code = 's3-2026';
const calendar = { start: '2027-02-01', weeks: 10, daysOff: [] };
const types = [
  { workshopType: 'french', kind: 'language', label: 'Français' },
  { workshopType: 'sewing', kind: 'practical', label: 'Couture', isArchived: true },
] as unknown as WorkshopType[];
const group = (key: string, more: Partial<Record<keyof Group, unknown>> = {}) =>
  ({
    group: key,
    label: key,
    workshopType: 'french',
    venue: 'amarres',
    weekday: 1,
    start: '10:00',
    end: '12:00',
    ...more,
  }) as unknown as Group;
const groups = [
  group('g1'),
  group('stopped', { isArchived: true }),
  group('of-old', { workshopType: 'sewing' }),
  group('outing', { isOneOff: true }),
];

function draftOf(): CopyDraft {
  const draft = new CopyDraft();
  draft.from = code;
  draft.show(code, groups, types);
  return draft;
}
const keys = (some: readonly Group[]) => some.map(({ group: key }) => key as string);

describe('the groups to take over from a term', () => {
  it('are ticked at first, but for those that stopped and those of a workshop no longer offered', () => {
    const draft = draftOf();
    expect(keys(draft.chosenGroups)).toEqual(['g1']);
    expect(keys(draft.groups).sort()).toEqual(['g1', 'of-old', 'stopped']);
    expect(draft.meetingsIn(calendar)).toBe(10);
  });

  it('are taken all the same by whoever ticks them, and what happened once is not among them', () => {
    const draft = draftOf();
    draft.choose(groups[1] as Group, true);
    expect(keys(draft.chosenGroups).sort()).toEqual(['g1', 'stopped']);
    draft.chooseAll(true);
    expect(keys(draft.chosenGroups).sort()).toEqual(['g1', 'of-old', 'stopped']);
    expect(draft.meetingsIn(calendar)).toBe(30);
  });
});
