import { describe, expect, it } from 'vitest';
import type { Author } from '$lib/domain/documents.ts';
import type { ThemeId } from '$lib/domain/ids.ts';
import { readyMadeThemes } from '$lib/domain/ready-made-themes/index.ts';
import { editTheme, newTheme, readyMadeTheme, themeInState } from '$lib/domain/themes.ts';
import { historyOf, originOf } from './theme-history.ts';

const by = (name: string) => ({ at: '2026-11-23T13:00:00.000Z', by: name, device: 'desk' }) as Author;
const facts = { title: 'Le marché', level: 'A1', prompts: [{ text: 'Où ?' }], vocabulary: [] } as const;
const written = { ...facts, prompts: [...facts.prompts], vocabulary: [] };

describe('the history of a theme', () => {
  it('says who proposed, mended and approved it', () => {
    const proposed = newTheme('t1' as ThemeId, written, false, by('maia'));
    const mended = editTheme(proposed, { ...written, aim: 'Demander un prix.' }, by('elise'));
    const approved = themeInState(mended, 'approved', by('elise'));
    expect(historyOf(approved).map((event) => [event.what, event.by])).toEqual([
      ['proposed', 'maia'],
      ['edited', 'elise'],
      ['approved', 'elise'],
    ]);
    expect(originOf(approved)).toBe('maia');
  });

  it('tells a coordinator’s own from a ready-made one', () => {
    const own = themeInState(newTheme('t1' as ThemeId, written, true, by('elise')), 'archived', by('elise'));
    expect(historyOf(own).map(({ what }) => what)).toEqual(['created', 'archived']);
    const [ready] = readyMadeThemes;
    expect(ready && historyOf(readyMadeTheme(ready, by('elise'))).map(({ what }) => what)).toEqual(['taken']);
  });

  it('knows at least who wrote last, of a theme without its changes', () => {
    const { changes: _changes, ...old } = newTheme('t1' as ThemeId, written, true, by('elise'));
    expect(historyOf(old)).toMatchObject([{ what: 'created', by: 'elise' }]);
  });
});
