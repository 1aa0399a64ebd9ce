import { m } from '$lib/i18n/paraglide/messages.js';
import { longestTheme, type WrongTheme } from '$lib/domain/themes.ts';
import type { Meeting } from './queries.ts';

/** « 12 présents · 1 en retard · 1 excusé », or how many were counted; nothing before the roll call. */
export function attendanceWords({ closing, answers }: Meeting): string {
  if (closing?.headcount !== undefined) return m.roll_call_people({ count: closing.headcount });
  const parts = [
    [answers.get('present'), m.conversation_n_present],
    [answers.get('late'), m.conversation_n_late],
    [answers.get('leftEarly'), m.conversation_n_left],
    [answers.get('excused'), m.conversation_n_excused],
    [answers.get('absent'), m.conversation_n_absent],
  ] as const;
  const said = parts.flatMap(([count, say]) => (count ? [say({ count })] : []));
  return said.join(' · ') || m.conversation_not_marked();
}

export function wrongWords(wrong: WrongTheme): string {
  switch (wrong) {
    case 'no title':
      return m.conversation_wrong_no_title();
    case 'no prompt':
      return m.conversation_wrong_no_prompt();
    case 'too long':
      return m.conversation_wrong_too_long({
        prompts: longestTheme.prompts,
        words: longestTheme.words,
        longest: longestTheme.text,
      });
    default:
      return wrong satisfies never;
  }
}

/** « Reste 1 min 05 s », « Le temps est fini ». */
export function timeLeft(seconds: number): string {
  if (seconds <= 0) return m.conversation_timer_over();
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const time = minutes ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${rest} s`;
  return m.conversation_timer_left({ time: time.replaceAll(' ', '\u202F') });
}
