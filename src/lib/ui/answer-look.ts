import type { IconName } from './icons.ts';

/**
 * How an answer looks, by the code in `data-s`: Présent, Retard, Excusé, Absent, Départ avant la fin; `''` nothing
 * yet, `x` no meeting. The letter on screen is a prop of its own: it follows the language.
 */
export type AnswerCode = 'P' | 'R' | 'E' | 'A' | 'D';

export const answerIcon: Record<AnswerCode, IconName> = {
  P: 'check',
  R: 'clock',
  E: 'message',
  A: 'cross',
  D: 'leave',
};
