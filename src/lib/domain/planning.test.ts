import { describe, expect, it } from 'vitest';
import type {
  Author,
  Closing,
  Group,
  Occurrence,
  Shift,
  Term,
  Volunteer,
  WorkshopType,
} from './documents.ts';
import type { AccountName, DeviceId, GroupId, OccurrenceId, TermCode, ThemeId, VenueCode } from './ids.ts';
import { cancelOccurrence, moveOccurrence, restoreOccurrence, setThemeAhead } from './occurrence-edits.ts';
import { initialsOf, planningGrid } from './planning.ts';
import { plannedOccurrences } from './schedule.ts';

const paris = 'Europe/Paris';
const author: Author = {
  at: '2023-10-20T08:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const term: Term = {
  _id: 'term:s3' as Term['_id'],
  type: 'term',
  v: 1,
  ...author,
  term: 's3-2023' as TermCode,
  label: 'S3.23',
  start: '2023-10-02',
  end: '2023-12-10',
  weeks: 10,
  daysOff: ['2023-11-01'],
  state: 'open',
};
const groupOf = (key: string, weekday = 1): Group =>
  ({
    _id: `group:${key}`,
    type: 'group',
    v: 1,
    ...author,
    group: key as GroupId,
    workshopType: 'language',
    label: key,
    venue: 'amarres',
    weekday,
    start: '10:00',
    end: '12:00',
  }) as unknown as Group;
const occurrencesOf = (group: Group): Occurrence[] =>
  plannedOccurrences(group, term).map(
    (planned) =>
      ({
        _id: `occurrence:${planned.occurrence}`,
        type: 'occurrence',
        v: 1,
        ...author,
        group: group.group,
        ...planned,
        state: 'planned',
      }) as unknown as Occurrence,
  );
const shiftOf = (occurrence: OccurrenceId, volunteer: string) =>
  ({ occurrence, volunteer, state: 'planned', role: 'lead' }) as unknown as Shift;
const closed = (occurrence: OccurrenceId) => ({ occurrence, state: 'closed' }) as unknown as Closing;
const maia = { volunteer: 'v1', name: 'Maïa Lescure' } as unknown as Volunteer;

const grid = (parts: {
  group: Group;
  occurrences: Occurrence[];
  shifts?: Shift[];
  closings?: Closing[];
  now?: string;
  workshopTypes?: WorkshopType[];
}) =>
  planningGrid({
    term,
    groups: [parts.group],
    occurrences: parts.occurrences,
    closings: parts.closings ?? [],
    shifts: parts.shifts ?? [],
    volunteers: [maia],
    workshopTypes: parts.workshopTypes ?? [],
    now: parts.now ?? '2023-10-11T12:00:00.000Z',
    timeZone: paris,
  });

describe('the planning grid', () => {
  const group = groupOf('g1');
  const occurrences = occurrencesOf(group);
  const ids = occurrences.map(({ occurrence }) => occurrence);

  it('says of each week what it needs', () => {
    const [first, second, third, fourth, fifth] = ids as [
      OccurrenceId,
      OccurrenceId,
      OccurrenceId,
      OccurrenceId,
      OccurrenceId,
    ];
    const with5th = occurrences.map((one) =>
      one.occurrence === fifth ? { ...one, state: 'cancelled' as const } : one,
    );
    const { weeks, sections } = grid({
      group,
      occurrences: with5th,
      closings: [closed(first)],
      shifts: [shiftOf(second, 'v1'), shiftOf(third, 'v1')],
    });
    const states = sections[0]?.rows[0]?.cells.map(({ state }) => state);
    expect(states?.slice(0, 5)).toEqual(['received', 'missing', 'planned', 'vacant', 'cancelled']);
    expect(weeks.find(({ isCurrent }) => isCurrent)?.week).toBe(2);
    expect(fourth).toBeDefined();
  });

  it('shows the meeting that needs most where a week has several, and a gap where it has none', () => {
    const wednesday = groupOf('g2', 3);
    const { sections } = grid({ group: wednesday, occurrences: occurrencesOf(wednesday) });
    const cells = sections[0]?.rows[0]?.cells ?? [];
    // The first of November is a day off.
    expect(cells.filter(({ state }) => state === 'none').map(({ week }) => week)).toEqual([5]);
    const twice = [
      ...occurrencesOf(wednesday),
      ...occurrencesOf(wednesday).map((one) => ({
        ...one,
        occurrence: `${one.occurrence}b` as OccurrenceId,
      })),
    ];
    const both = grid({
      group: wednesday,
      occurrences: twice,
      closings: [closed(twice[0]?.occurrence as OccurrenceId)],
    });
    expect(both.sections[0]?.rows[0]?.cells[0]).toMatchObject({ state: 'missing', meetings: [{}, {}] });
  });

  it('marks conversation that is to come and has no theme, and nothing else', () => {
    const themed = occurrences.map((one, index) =>
      index === 3
        ? { ...one, theme: 'marche' as ThemeId }
        : index === 4
          ? { ...one, state: 'cancelled' as const }
          : one,
    );
    const marked = (kind: WorkshopType['kind']) =>
      grid({
        group,
        occurrences: themed,
        workshopTypes: [{ workshopType: group.workshopType, kind, label: kind } as WorkshopType],
      })
        .sections[0]?.rows[0]?.cells.filter(({ needsTheme }) => needsTheme)
        .map(({ week }) => week);
    expect(marked('conversation')).toEqual([3, 6, 7, 8, 9, 10]);
    expect(marked('language')).toEqual([]);
  });

  it.each([
    ['Maïa Lescure', 'ML'],
    ['Élise', 'É'],
    ['jean-paul  noir', 'JP'],
    ['', ''],
  ])('%s: %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe('an occurrence', () => {
  const [one] = occurrencesOf(groupOf('g1')) as [Occurrence];

  it('is given a theme, another one, and none again', () => {
    const [marche, metro] = ['marche', 'metro'] as [ThemeId, ThemeId];
    const first = setThemeAhead(one, marche, author) as Occurrence;
    expect(first.theme).toBe(marche);
    expect(setThemeAhead(first, marche, author)).toBeUndefined();
    const second = setThemeAhead(first, metro, author) as Occurrence;
    const none = setThemeAhead(second, undefined, author) as Occurrence;
    expect('theme' in none).toBe(false);
    expect(setThemeAhead(one, undefined, author)).toBeUndefined();
    expect(none.changes).toHaveLength((one.changes?.length ?? 0) + 3);
  });

  it('is cancelled with a reason and restored', () => {
    const cancelled = cancelOccurrence(one, '  Salle fermée ', author) as Occurrence;
    expect(cancelled).toMatchObject({ state: 'cancelled', cancelReason: 'Salle fermée' });
    expect(cancelOccurrence(cancelled, 'Salle fermée', author)).toBeUndefined();
    expect(cancelOccurrence(one, ' ', author)).toBeUndefined();
    const cut = cancelOccurrence(one, `${'a'.repeat(199)}😀`, author);
    expect(cut?.cancelReason?.isWellFormed()).toBe(true);
    const restored = restoreOccurrence(cancelled, false, author) as Occurrence;
    expect(restored.state).toBe('planned');
    expect('cancelReason' in restored).toBe(false);
    expect(restoreOccurrence(cancelled, true, author)?.state).toBe('held');
    expect(restoreOccurrence(one, false, author)).toBeUndefined();
    expect(restored.changes?.map(({ fields }) => fields.map(({ field }) => field))).toEqual([
      ['cancelReason', 'state'],
      ['cancelReason', 'state'],
    ]);
  });

  it('moves within its term and stays the same meeting', () => {
    const to = { date: '2023-10-18', start: '14:00', end: '16:00', venue: 'bnp' as VenueCode };
    const moved = moveOccurrence(one, to, term, author);
    expect(moved).toMatchObject({ ok: true, occurrence: { ...to, week: 3, occurrence: one.occurrence } });
    expect(moveOccurrence(one, one, term, author)).toEqual({ ok: false, why: 'unchanged' });
    expect(moveOccurrence(one, { ...to, end: '14:00' }, term, author)).toMatchObject({
      why: 'ends before it starts',
    });
    expect(moveOccurrence(one, { ...to, date: '2024-01-08' }, term, author)).toMatchObject({
      why: 'outside the term',
    });
  });
});
