import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Author, Debrief, Mark, Occurrence, Theme } from './documents.ts';
import { themeLevels } from './documents/commons.ts';
import type { GroupId, ParticipantId, ThemeId } from './ids.ts';
import { expectedAt, suggestThemes, themeOfMeeting, themeUses, type ThemeUse } from './theme-suggestions.ts';
import { newTheme } from './themes.ts';

const author = { at: '2026-11-23T13:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const group = 'mondays' as GroupId;
const runs = process.env.LONG_SEARCH ? 5000 : 300;

const theme = (id: string, level: Theme['level'] = 'A1', state: Theme['state'] = 'approved'): Theme => ({
  ...newTheme(
    id as ThemeId,
    { title: id, level, prompts: [{ text: 'Et vous ?' }], vocabulary: [] },
    true,
    author,
  ),
  state,
});
const use = (id: string, date: string, people: readonly string[] = [], at = group): ThemeUse => ({
  theme: id as ThemeId,
  group: at,
  occurrence: `${at}.${date}` as ThemeUse['occurrence'],
  date,
  people: new Set(people as ParticipantId[]),
});
const expected = new Set(['amina', 'bilal'] as ParticipantId[]);
const titles = (themes: readonly Theme[], uses: readonly ThemeUse[], level?: Theme['level']) =>
  suggestThemes(themes, uses, { group, expected, level }).map((one) => one.theme.title);

describe('the theme suggested', () => {
  const all = [theme('marché'), theme('métro'), theme('fêtes')];

  it('is one that was never done, then the one done longest ago', () => {
    expect(titles(all, [use('marché', '2026-11-16'), use('métro', '2026-10-05')])).toEqual([
      'fêtes',
      'métro',
      'marché',
    ]);
  });

  it('counts what the people expected did elsewhere, not what strangers did', () => {
    const elsewhere = 'tuesdays' as GroupId;
    const uses = [
      use('marché', '2026-11-17', ['amina'], elsewhere),
      use('métro', '2026-11-17', ['zoe'], elsewhere),
    ];
    expect(titles(all, uses)).toEqual(['fêtes', 'métro', 'marché']);
  });

  it('is of the level, or easier and after', () => {
    const levels = [theme('b1', 'B1'), theme('a1', 'A1'), theme('a2', 'A2')];
    expect(titles(levels, [], 'A2')).toEqual(['a2', 'a1']);
  });

  it('tells when it was done last, and by how many of those expected', () => {
    const uses = [use('métro', '2026-10-05', ['amina', 'zoe']), use('métro', '2026-11-02', ['bilal'])];
    const [one] = suggestThemes([theme('métro')], uses, { group, expected });
    expect(one).toMatchObject({ lastDone: '2026-11-02', knownBy: 2 });
  });

  it('property: is approved, of the level at most, and the least recently done comes first', () => {
    const someThemes = fc.array(
      fc.record({
        level: fc.constantFrom(...themeLevels),
        state: fc.constantFrom('proposed', 'approved', 'archived' as const),
      }),
      { maxLength: 12 },
    );
    const someUses = fc.array(fc.record({ at: fc.nat(11), day: fc.nat(27) }), { maxLength: 20 });
    fc.assert(
      fc.property(someThemes, someUses, fc.option(fc.constantFrom(...themeLevels)), (made, done, level) => {
        const themes = made.map((one, n) => theme(`t${n}`, one.level, one.state as Theme['state']));
        const uses = done.map(({ at, day }) => use(`t${at}`, `2026-10-${String(day + 1).padStart(2, '0')}`));
        const found = suggestThemes(themes, uses, { group, expected, level: level ?? undefined });
        const highest = level ? themeLevels.indexOf(level) : 3;
        for (const { theme: one } of found) {
          expect(one.state).toBe('approved');
          expect(themeLevels.indexOf(one.level)).toBeLessThanOrEqual(highest);
        }
        const dates = found.map(({ lastDone }) => lastDone ?? '');
        expect(dates).toEqual([...dates].sort());
        const fits = themes.filter(
          (one) => one.state === 'approved' && themeLevels.indexOf(one.level) <= highest,
        );
        expect(found).toHaveLength(fits.length);
      }),
      { numRuns: runs },
    );
  });
});

describe('what was done', () => {
  const meeting = (date: string, more: Partial<Occurrence> = {}) =>
    ({ occurrence: `m.${date}`, group, date, state: 'held', theme: 'métro', ...more }) as Occurrence;
  const mark = (date: string, participant: string, status: Mark['status']) =>
    ({ occurrence: `m.${date}`, participant, status }) as Mark;

  it('is what meetings that took place had as their theme, with those who came', () => {
    const uses = themeUses(
      [
        meeting('2026-11-09'),
        meeting('2026-11-02', { theme: undefined }),
        meeting('2026-11-16', { state: 'cancelled' }),
        meeting('2026-11-30'),
      ],
      [],
      [mark('2026-11-09', 'amina', 'late'), mark('2026-11-09', 'bilal', 'absent')],
      '2026-11-23',
    );
    expect(uses).toEqual(
      [use('métro', '2026-11-09', ['amina'])].map((one) => ({ ...one, occurrence: 'm.2026-11-09' })),
    );
  });

  it('is what a host chose on the spot, the last to say, rather than what was set ahead', () => {
    const debrief = (account: string, at: string, theme?: string) =>
      ({ _id: `debrief:m.2026-11-09:${account}`, occurrence: 'm.2026-11-09', at, theme }) as Debrief;
    const chosen = [
      debrief('maia', '2026-11-09T14:00:00.000Z', 'fêtes'),
      debrief('jean', '2026-11-09T13:00:00.000Z', 'marché'),
      debrief('lucie', '2026-11-09T15:00:00.000Z'),
    ];
    expect(themeOfMeeting(meeting('2026-11-09'), chosen)).toBe('fêtes');
    expect(themeUses([meeting('2026-11-09')], chosen, [], '2026-11-23')[0]?.theme).toBe('fêtes');
  });

  it('says who may be expected: those who came to the last meetings', () => {
    const meetings = ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'].map((date) => meeting(date));
    const marks = meetings.map(({ date }, n) => mark(date, `p${n}`, 'present'));
    expect([...expectedAt(group, meetings, marks, '2026-11-23')].sort()).toEqual(['p1', 'p2', 'p3']);
  });
});
