/**
 * What a host notes of a workshop: each an own note, about the workshop, never about anyone. A change that changes
 * nothing gives `undefined`, so that nothing is written for it.
 */
import type { Author, Debrief } from './documents.ts';
import { mergedText } from './debriefs-merge.ts';
import { debriefDocId, type OccurrenceId, type ThemeId } from './ids.ts';

/** Bounds of what is typed, in characters, and of how many words; so that a note stays a note. */
export const longestNote = { text: 1000, word: 60, words: 60 } as const;

export type NoteText = 'worked' | 'nextTime' | 'followUp';

/** From the note there is (none yet) to the note there will be. */
export type NoteChange = (
  note: Debrief | undefined,
  occurrence: OccurrenceId,
  author: Author,
) => Debrief | undefined;

const emptyNote = (occurrence: OccurrenceId, author: Author): Debrief => ({
  _id: debriefDocId(occurrence, author.by),
  type: 'debrief',
  v: 1,
  ...author,
  occurrence,
  worked: '',
  nextTime: '',
  words: [],
  followUp: '',
});

/** Fields set anew; one that is `undefined` is taken away. */
const withFields =
  (fields: (note: Debrief, author: Author) => Partial<Record<keyof Debrief, unknown>>): NoteChange =>
  (note, occurrence, author) => {
    const before = note ?? emptyNote(occurrence, author);
    const set = Object.entries(fields(before, author));
    if (set.every(([name, value]) => before[name] === value)) return undefined;
    const kept = [...Object.entries({ ...before, ...author, ...Object.fromEntries(set) })];
    return Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as Debrief;
  };

/**
 * One of the texts as it was typed. What another device of the same host wrote there since is kept beside it.
 * @param base what stood there when the typing began
 */
export const typeText = (field: NoteText, base: string, typed: string): NoteChange =>
  withFields((note) => ({ [field]: mergedText(base, typed.toWellFormed(), note[field]) }));

/** 1 calm, 5 very lively. */
export const setEnergy = (energy: number): NoteChange => withFields(() => ({ energy }));

/** The theme wished for next time; `undefined` takes the wish back. */
export const wishTheme = (nextTheme: ThemeId | undefined): NoteChange => withFields(() => ({ nextTheme }));

/**
 * The theme taken on the spot: kept with the moment of the choice, because the note goes on being written.
 * @param idea that of an earlier note, which is taken up with it
 */
export const takeTheme = (theme: ThemeId, idea?: string): NoteChange =>
  withFields((note, { at }) => ({
    theme,
    themeAt: note.theme === theme ? note.themeAt : at,
    ...(idea === undefined ? {} : { tookUp: [...new Set([...(note.tookUp ?? []), idea])] }),
  }));

/** A word that came up, or did not after all. Too many, too long or empty: nothing changes. */
export const noteWord = (typed: string, hasComeUp: boolean): NoteChange =>
  withFields(({ words }) => {
    const word = typed.trim().toWellFormed();
    const isThere = words.includes(word);
    const isOdd = !word || word.length > longestNote.word || words.length >= longestNote.words;
    if (isThere === hasComeUp || (hasComeUp && isOdd)) return { words };
    return { words: hasComeUp ? [...words, word] : words.filter((one) => one !== word) };
  });

/** Whether a note says anything of how the workshop went. */
export const hasContent = ({ energy, worked, nextTime, followUp, words, nextTheme }: Debrief) =>
  energy !== undefined || nextTheme !== undefined || words.length > 0 || !!(worked || nextTime || followUp);
