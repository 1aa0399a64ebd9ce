import { describe, expect, it } from 'vitest';
import type { Author } from './documents.ts';
import { themeSchema } from './documents/commons.ts';
import type { ThemeId } from './ids.ts';
import { readyMadeThemes } from './ready-made-themes/index.ts';
import {
  editTheme,
  newTheme,
  readyMadeTheme,
  themeIndex,
  themeInState,
  wrongWithTheme,
  type ThemeFacts,
} from './themes.ts';

const author = { at: '2026-11-23T13:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const facts: ThemeFacts = {
  title: ' Le marché ',
  level: 'A1',
  aim: '  ',
  prompts: [{ text: 'Où ?' }, { text: ' ' }],
  vocabulary: [
    { word: 'le kilo', meaning: ' mille grammes ' },
    { word: '', meaning: 'rien' },
  ],
};

describe('a theme', () => {
  it('is kept without what is empty', () => {
    const theme = newTheme('t1' as ThemeId, facts, true, author);
    expect(theme).toMatchObject({ title: 'Le marché', prompts: [{ text: 'Où\u202f?' }], state: 'approved' });
    expect(theme.vocabulary).toEqual([{ word: 'le kilo', meaning: 'mille grammes' }]);
    expect(theme).not.toHaveProperty('aim');
  });

  it('is set as French is: no sign begins a line', () => {
    const { prompts } = newTheme(
      't1' as ThemeId,
      { ...facts, prompts: [{ text: '« Allô ? » : qui ?' }] },
      true,
      author,
    );
    expect(prompts[0]?.text).toBe('«\u202fAllô\u202f?\u202f»\u202f: qui\u202f?');
  });

  it('is proposed by a host and approved by a coordinator, each with its name', () => {
    const proposed = newTheme('t1' as ThemeId, facts, false, { ...author, by: 'maia' as Author['by'] });
    const approved = themeInState(proposed, 'approved', author);
    expect([proposed.state, approved.state]).toEqual(['proposed', 'approved']);
    expect(approved.changes?.map(({ by }) => by)).toEqual(['maia', 'elise']);
  });

  it('loses what an edit leaves out, and keeps its state', () => {
    const before = themeInState(
      newTheme('t1' as ThemeId, { ...facts, care: 'Doucement' }, true, author),
      'archived',
      author,
    );
    const after = editTheme(before, facts, author);
    expect(after).not.toHaveProperty('care');
    expect(after.state).toBe('archived');
  });

  it('needs a title and a question, and fits a page', () => {
    expect(wrongWithTheme({ ...facts, title: ' ' })).toBe('no title');
    expect(wrongWithTheme({ ...facts, prompts: [{ text: '' }] })).toBe('no prompt');
    expect(wrongWithTheme({ ...facts, aim: 'x'.repeat(401) })).toBe('too long');
    expect(wrongWithTheme(facts)).toBeUndefined();
  });

  it('has no title or source that is longer than a document takes', () => {
    const id = 't1' as ThemeId;
    for (const length of [200, 201]) {
      const long = { ...facts, title: 'x'.repeat(length) };
      const isKept = themeSchema.safeParse(newTheme(id, long, true, author)).success;
      expect([length, wrongWithTheme(long) === undefined]).toEqual([length, isKept]);
    }
    expect(wrongWithTheme({ ...facts, source: 'x'.repeat(401) })).toBe('too long');
  });
});

describe('the ready-made themes', () => {
  const themes = readyMadeThemes.map((text) => readyMadeTheme(text, author));

  it('are forty, each whole and within bounds', () => {
    expect(new Set(themes.map(({ _id }) => _id)).size).toBe(40);
    for (const theme of themes) {
      expect(themeSchema.safeParse(theme).success, theme.title).toBe(true);
      expect(wrongWithTheme(theme), theme.title).toBeUndefined();
      expect(theme.prompts.length, theme.title).toBeGreaterThanOrEqual(5);
      expect(theme.vocabulary.length, theme.title).toBeGreaterThanOrEqual(5);
      expect(theme.games?.length, theme.title).toBeGreaterThanOrEqual(1);
    }
  });

  it('ask the easiest first, and nothing beyond two levels of the theme', () => {
    const levels = ['A1', 'A2', 'B1', 'B2'];
    for (const { title, level, prompts } of readyMadeThemes) {
      const ranks = prompts.map((prompt) => levels.indexOf(prompt.level));
      expect(ranks, title).toEqual([...ranks].sort());
      for (const rank of ranks) expect(Math.abs(rank - levels.indexOf(level)), title).toBeLessThanOrEqual(2);
    }
  });

  it('ask nobody about the journey, the procedure, the hosting, the family, war or death', () => {
    const never =
      /asile|papiers|frontière|passeur|guerre|OFPRA|OFII|préfecture|famille|enfants|parents|mari\b|épouse|religion|réfugié|titre de séjour|hébergement|exil|prison|\bmorts?\b|deuil|armée|\barmes?\b|\bcamps?\b|bombe|torture|persécut|visa\b|récépissé|traversée|expuls|violence/i;
    for (const { title, prompts, words, games, aim } of readyMadeThemes)
      for (const text of [title, aim, ...games, ...prompts.map((one) => one.text), ...words.flat()])
        expect(never.test(text), `${title}: ${text}`).toBe(false);
  });
});

describe('the care that a ready-made theme needs', () => {
  it('is told with every theme that comes near health, home, money, work or memories', () => {
    const near =
      /médecin|pharmacie|malade|santé|corps|urgence|chez (soi|moi|vous)|logement|appartement|maison|argent|budget|salaire|banque|travail|métier|emploi|entretien|souvenir|enfance|pays|fête|cuisine|anniversaire/i;
    const without = readyMadeThemes.filter(
      ({ title, aim, prompts, care }) =>
        !care && [title, aim, ...prompts.map(({ text }) => text)].some((text) => near.test(text)),
    );
    expect(without.map(({ title }) => title)).toEqual([]);
  });
});

describe('the library', () => {
  const index = themeIndex(readyMadeThemes.map((text) => readyMadeTheme(text, author)));

  it('is found by the beginnings of words, without accents, titles first', () => {
    expect(index.find('metro')[0]?.title).toBe('Prendre le métro et le bus');
    expect(index.find('MARCH')[0]?.title).toBe('Faire ses courses au marché');
    expect(index.find('zzz')).toEqual([]);
  });

  it('is all there, by title, when nothing is typed', () => {
    expect(index.find(' ')).toHaveLength(40);
  });
});
