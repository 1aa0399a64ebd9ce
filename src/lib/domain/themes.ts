/** The library of themes for conversation: made, proposed, approved, put away, found. */
import { typedOver, withChange } from './changes.ts';
import type { Author, Theme } from './documents.ts';
import { themeDocId, type ThemeId } from './ids.ts';
import { normaliseName } from './names.ts';
import type { ThemeText } from './ready-made-themes/theme-text.ts';

export type Level = Theme['level'];

/** What a theme says, as it is typed. */
export type ThemeFacts = Pick<
  Theme,
  'title' | 'level' | 'aim' | 'prompts' | 'vocabulary' | 'games' | 'minutes' | 'care' | 'source'
>;

/** Bounds of a theme, so that it fits a page and a phone. */
export const longestTheme = { title: 200, prompts: 12, words: 24, games: 6, text: 400 } as const;

export type WrongTheme = 'no title' | 'no prompt' | 'too long';

/** What is missing or too much; `undefined` for a theme that can be kept. */
export function wrongWithTheme({
  title,
  prompts,
  vocabulary,
  games = [],
  aim = '',
  care = '',
  source = '',
}: ThemeFacts): WrongTheme | undefined {
  if (!title.trim()) return 'no title';
  if (!prompts.some(({ text }) => text.trim())) return 'no prompt';
  const texts = [aim, care, source, ...games, ...prompts.map(({ text }) => text)];
  const words = vocabulary.flatMap(({ word, meaning }) => [word, meaning]);
  const isLong =
    title.length > longestTheme.title ||
    prompts.length > longestTheme.prompts ||
    vocabulary.length > longestTheme.words ||
    games.length > longestTheme.games ||
    [...texts, ...words].some((text) => text.length > longestTheme.text);
  return isLong ? 'too long' : undefined;
}

/** As French is set: a sign never begins a line, so the space before it is narrow and does not break. */
const asSet = (text: string) =>
  text
    .trim()
    .toWellFormed()
    .replace(/[ \u00a0]+([?!:;»])/gu, '\u202f$1')
    .replace(/«[ \u00a0]+/gu, '«\u202f');

/** Without what is empty, and without spaces around. */
function tidied(facts: ThemeFacts): ThemeFacts {
  const text = (value: string | undefined) => asSet(value ?? '') || undefined;
  const [aim, care, source] = [text(facts.aim), text(facts.care), text(facts.source)];
  const games = facts.games?.flatMap((game) => text(game) ?? []);
  return {
    title: asSet(facts.title),
    level: facts.level,
    prompts: facts.prompts.flatMap((prompt) => {
      const said = text(prompt.text);
      return said ? [{ ...prompt, text: said }] : [];
    }),
    vocabulary: facts.vocabulary.flatMap(({ word, meaning }) => {
      const named = text(word);
      return named ? [{ word: named, meaning: text(meaning) ?? '' }] : [];
    }),
    ...(aim ? { aim } : {}),
    ...(games?.length ? { games } : {}),
    ...(facts.minutes ? { minutes: facts.minutes } : {}),
    ...(care ? { care } : {}),
    ...(source ? { source } : {}),
  };
}

/** @param isApproved a coordinator's own; what a host writes is proposed first */
export const newTheme = (id: ThemeId, facts: ThemeFacts, isApproved: boolean, author: Author): Theme =>
  withChange<Theme>(
    undefined,
    {
      _id: themeDocId(id),
      type: 'theme',
      v: 1,
      ...author,
      theme: id,
      ...tidied(facts),
      state: isApproved ? 'approved' : 'proposed',
    },
    author,
  );

/**
 * The same theme saying something else; its state stays.
 * @param shown the theme as it stood when the writing began: what was not touched since stays as it is by now
 */
export function editTheme(before: Theme, facts: ThemeFacts, author: Author, shown = before): Theme {
  const said = typedOver(tidied(facts), tidied(shown), tidied(before));
  const { aim: _aim, games: _games, minutes: _minutes, care: _care, source: _source, ...rest } = before;
  return withChange<Theme>(before, { ...rest, ...said }, author);
}

/** Approved, put away, or proposed anew. */
export const themeInState = (before: Theme, state: Theme['state'], author: Author): Theme =>
  withChange<Theme>(before, { ...before, state }, author);

export const readyMadeThemeId = (key: ThemeText['key']) => `ready-${key}` as ThemeId;

/** A ready-made theme as a document: its id is its key, so that taking the library over twice adds nothing. */
export const readyMadeTheme = ({ key, words, ...text }: ThemeText, author: Author): Theme =>
  newTheme(
    readyMadeThemeId(key),
    {
      ...text,
      prompts: text.prompts.map((prompt) => ({ ...prompt })),
      vocabulary: words.map(([word, meaning]) => ({ word, meaning })),
      games: [...text.games],
    },
    true,
    author,
  );

/** A library made ready to be searched at every key: titles first, then words and questions. */
export interface ThemeIndex {
  /** Themes in which every word typed begins a word, the best first; all of them when nothing is typed. */
  find(typed: string): readonly Theme[];
}

export function themeIndex(themes: readonly Theme[]): ThemeIndex {
  const wordsOf = (text: string) => ` ${normaliseName(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
  const ordered = [...themes].sort((a, b) => (wordsOf(a.title) < wordsOf(b.title) ? -1 : 1));
  const entries = ordered.map((theme) => ({
    theme,
    title: wordsOf(theme.title),
    all: wordsOf(
      [
        theme.title,
        theme.aim ?? '',
        ...theme.prompts.map(({ text }) => text),
        ...theme.vocabulary.map(({ word }) => word),
      ].join(' '),
    ),
  }));
  return {
    find(typed) {
      const words = wordsOf(typed).split(' ').filter(Boolean);
      if (words.length === 0) return ordered;
      const holds = (text: string) => words.every((word) => text.includes(` ${word}`));
      const found = entries.filter(({ all }) => holds(all));
      return [
        ...found.filter(({ title }) => holds(title)),
        ...found.filter(({ title }) => !holds(title)),
      ].map(({ theme }) => theme);
    },
  };
}
