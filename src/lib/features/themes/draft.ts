/** A theme as it is being typed. Pure. */
import type { Theme } from '$lib/domain/documents.ts';
import { longestTheme, type Level, type ThemeFacts } from '$lib/domain/themes.ts';

/** One of a list, known by its key while it moves. */
interface Keyed {
  readonly key: number;
}
export interface DraftPrompt extends Keyed {
  text: string;
  level: Level | '';
}
export interface DraftWord extends Keyed {
  word: string;
  meaning: string;
}
export interface DraftGame extends Keyed {
  text: string;
}
export interface Draft {
  title: string;
  level: Level;
  minutes: string;
  aim: string;
  prompts: DraftPrompt[];
  words: DraftWord[];
  games: DraftGame[];
  care: string;
  source: string;
}

let lastKey = 0;
export const newPrompt = (text = '', level: Level | '' = ''): DraftPrompt => ({
  key: ++lastKey,
  text,
  level,
});
export const newWord = (word = '', meaning = ''): DraftWord => ({ key: ++lastKey, word, meaning });
export const newGame = (text = ''): DraftGame => ({ key: ++lastKey, text });

/** @param theme as it stands; without it, an empty page with room for the first question */
export function draftOf(theme: Theme | undefined): Draft {
  return {
    title: theme?.title ?? '',
    level: theme?.level ?? 'A1',
    minutes: theme ? String(theme.minutes ?? '') : '45',
    aim: theme?.aim ?? '',
    prompts: theme?.prompts.map(({ text, level }) => newPrompt(text, level ?? '')) ?? [newPrompt()],
    words: theme?.vocabulary.map(({ word, meaning }) => newWord(word, meaning)) ?? [newWord()],
    games: theme?.games?.map((game) => newGame(game)) ?? [],
    care: theme?.care ?? '',
    source: theme?.source ?? '',
  };
}

export function factsOf({ words, minutes, prompts, games, ...texts }: Draft): ThemeFacts {
  return {
    ...texts,
    prompts: prompts.map(({ text, level }) => ({ text, ...(level ? { level } : {}) })),
    vocabulary: words.map(({ word, meaning }) => ({ word, meaning })),
    games: games.map(({ text }) => text),
    ...(minutes.trim() ? { minutes: Number(minutes) } : {}),
  };
}

export const isTooLong = (text: string) => text.length > longestTheme.text;

/** What a word means, and not which word. */
export const lacksWord = ({ word, meaning }: DraftWord) => !word.trim() && meaning.trim() !== '';

/** Nothing, or whole minutes that a meeting can last. */
export const areMinutesRight = (minutes: string) =>
  minutes.trim() === '' || (/^\d+$/.test(minutes.trim()) && Number(minutes) >= 5 && Number(minutes) <= 240);

/** With one moved to another place; as it was where there is no such place. */
export function moved<One>(list: readonly One[], from: number, to: number): One[] {
  const next = [...list];
  if (to < 0 || to >= list.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
