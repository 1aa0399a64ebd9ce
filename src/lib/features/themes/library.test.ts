import { describe, expect, it } from 'vitest';
import type { Author, Theme } from '$lib/domain/documents.ts';
import type { GroupId, ThemeId } from '$lib/domain/ids.ts';
import type { SeenTheme } from '$lib/domain/themes-seen.ts';
import { newTheme, themeIndex } from '$lib/domain/themes.ts';
import { libraryOf, shownRows, type LibraryFilter } from './library.ts';

const author = { at: '2026-11-23T13:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const theme = (title: string, level: Theme['level'], state: Theme['state'] = 'approved'): Theme => ({
  ...newTheme(
    title as ThemeId,
    { title, level, prompts: [{ text: 'Et vous ?' }], vocabulary: [] },
    true,
    author,
  ),
  state,
});
const seen = (id: string, group: string) =>
  ({ theme: id, meetings: [{ theme: id, group }], lastDone: '2026-11-16' }) as unknown as SeenTheme;

const themes = [
  theme('Marché', 'A1'),
  theme('Métro', 'A2'),
  theme('Élections', 'B2', 'archived'),
  theme('Sports', 'B1', 'proposed'),
];
const library = libraryOf(themes, new Map([['Marché' as ThemeId, seen('Marché', 'mondays')]]));
const titles = (filter: Partial<LibraryFilter>) =>
  shownRows(library, themeIndex(themes), { typed: '', levels: [], states: [], ...filter }).map(
    (row) => row.theme.title,
  );

describe('the library of themes', () => {
  it('shows what waits to be approved first, and nothing archived', () => {
    expect(titles({})).toEqual(['Sports', 'Marché', 'Métro']);
    expect([library.proposed, library.archived]).toEqual([1, 1]);
  });

  it('is searched without accents', () => {
    expect(titles({ typed: 'metro' })).toEqual(['Métro']);
  });

  it('is filtered by level and by state', () => {
    expect(titles({ levels: ['A1', 'A2'] })).toEqual(['Marché', 'Métro']);
    expect(titles({ states: ['archived'] })).toEqual(['Élections']);
    expect(titles({ states: ['archived', 'proposed'] })).toEqual(['Sports', 'Élections']);
  });

  it('leaves out what a group has done, and keeps what another did', () => {
    expect(titles({ neverWith: 'mondays' as GroupId })).toEqual(['Sports', 'Métro']);
    expect(titles({ neverWith: 'tuesdays' as GroupId })).toEqual(['Sports', 'Marché', 'Métro']);
  });
});
