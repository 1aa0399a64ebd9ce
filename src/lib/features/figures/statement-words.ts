/** What a sentence may be about, as a form offers it. */
import { statables } from '$lib/domain/indicators/statement-documents.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { kindName } from '$lib/i18n/place-words.ts';

/** « Assidus : Socioprofessionnel »; the name itself of one that a newer app knows. */
export function statableWords(name: string): string {
  const found = statables.find((one) => one.name === name);
  const kind = kindName(found?.at.kind ?? '');
  switch (found?.figure) {
    case 'people':
      return m.figures_statable_people();
    case 'peopleEngaged':
      return m.figures_statable_peopleEngaged();
    case 'inscrits':
      return m.figures_statable_inscrits({ kind });
    case 'engages':
      return m.figures_statable_engages({ kind });
    case 'assidus':
      if (found.at.gender === 'woman') return m.figures_statable_assidus_woman({ kind });
      return found.at.gender === 'man'
        ? m.figures_statable_assidus_man({ kind })
        : m.figures_statable_assidus({ kind });
    case 'groups':
      return m.figures_statable_groups({ kind });
    case 'facilitators':
      return m.figures_statable_volunteers();
    case 'volunteerHours':
      return m.figures_statable_volunteerHours();
    case 'meetings':
      return m.figures_statable_meetings();
    default:
      return name;
  }
}
