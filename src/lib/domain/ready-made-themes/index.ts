/**
 * Forty themes for conversation, ready to be taken over by a site: original, in plain French, and such that nobody is
 * asked about their journey, their procedure, their health or the people they miss.
 */
import { dailyLife } from './daily-life.ts';
import { freeTime } from './free-time.ts';
import { ideas } from './ideas.ts';
import { inTown } from './in-town.ts';
import { together } from './together.ts';
import type { ThemeText } from './theme-text.ts';

export type { ThemeText } from './theme-text.ts';

export const readyMadeThemes: readonly ThemeText[] = [
  ...dailyLife,
  ...inTown,
  ...together,
  ...freeTime,
  ...ideas,
];
