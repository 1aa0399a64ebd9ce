/** What the pages about people say of an answer. */
import type { StripCell } from '$lib/domain/absences.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { AnswerCode } from '$lib/ui/answer-look.ts';

/** How a cell of the strip looks and reads: its code, the letter on screen, its words. */
export function cellLook(kind: StripCell['kind']): {
  code: AnswerCode | '' | 'x';
  letter: string;
  label: string;
} {
  switch (kind) {
    case 'present':
      return { code: 'P', letter: m.person_letter_present(), label: m.person_status_present() };
    case 'late':
      return { code: 'R', letter: m.person_letter_late(), label: m.person_status_late() };
    case 'leftEarly':
      return { code: 'D', letter: m.person_letter_present(), label: m.person_status_left_early() };
    case 'excused':
      return { code: 'E', letter: m.person_letter_excused(), label: m.person_status_excused() };
    case 'absent':
      return { code: 'A', letter: m.person_letter_absent(), label: m.person_status_absent() };
    case 'unmarked':
      return { code: '', letter: '?', label: m.person_unmarked() };
    case 'upcoming':
      return { code: '', letter: '', label: m.person_to_come() };
    case 'cancelled':
      return { code: 'x', letter: '', label: m.person_cancelled() };
    case 'none':
      return { code: 'x', letter: '', label: m.person_not_held() };
    default:
      return kind satisfies never;
  }
}
