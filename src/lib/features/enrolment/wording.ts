import type { Group } from '$lib/domain/documents.ts';
import type { Concern } from '$lib/domain/enrolment-plan.ts';
import type { Places } from '$lib/domain/places.ts';
import { hour, shortDate, weekdayName } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';

/** « 11 sur 14 ». */
export const placesWord = ({ taken, capacity }: Places): string =>
  capacity === undefined ? m.enrolment_places_open({ taken }) : m.enrolment_places({ taken, capacity });

/** « lundi 10 h 00 », « lundi, mercredi, vendredi ». */
export function slotWord(group: Group): string {
  const days = [group, ...(group.moreSlots ?? [])]
    .map(({ weekday }) => weekday)
    .sort((a, b) => a - b)
    .map(weekdayName);
  return group.moreSlots?.length ? days.join(', ') : `${days[0]} ${hour(group.start)}`;
}

export function concernWord(concern: Concern): string {
  switch (concern.kind) {
    case 'sameWorkshop':
      return m.enrolment_same_workshop({ group: concern.group.label });
    case 'clash':
      return m.enrolment_clash({
        group: concern.group.label,
        days: concern.days,
        first: shortDate(concern.first),
      });
    case 'frenchAlone':
      return m.enrolment_french_alone();
    default:
      return concern satisfies never;
  }
}
