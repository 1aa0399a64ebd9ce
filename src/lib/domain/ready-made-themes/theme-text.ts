/** A ready-made theme as it is written down: what a theme says, before it is a document of a site. */
import type { Theme } from '../documents.ts';

type Level = Theme['level'];

export interface ThemeText {
  /** Stable, so that taking the library over twice adds nothing. */
  readonly key: string;
  readonly title: string;
  readonly level: Level;
  /** What people do with it, in one or two sentences. */
  readonly aim: string;
  /** One question or game at a time, the easiest first. */
  readonly prompts: readonly { readonly level: Level; readonly text: string }[];
  /** A word or a phrase, with a definition or an example in plain French. */
  readonly words: readonly (readonly [word: string, meaning: string])[];
  readonly games: readonly string[];
  readonly minutes: number;
  /** What the host should take care of: a theme never asks about the journey, the procedure or those who are missed. */
  readonly care?: string;
}
