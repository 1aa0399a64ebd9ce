import type { Mark } from '$lib/domain/documents.ts';
import { m } from '$lib/i18n/paraglide/messages.js';

/** An answer in a word; none is one as well. */
export function answerWord(status: Mark['status']): string {
  switch (status) {
    case 'present':
      return m.person_status_present();
    case 'late':
      return m.person_status_late();
    case 'leftEarly':
      return m.person_status_left_early();
    case 'excused':
      return m.person_status_excused();
    case 'absent':
      return m.person_status_absent();
    case null:
      return m.person_unmarked();
    default:
      return status satisfies never;
  }
}
