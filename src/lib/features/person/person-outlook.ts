/** Whose rate is half or less while it can still be saved: pure. */
import { assiduityOutlook, type AssiduityOutlook } from '$lib/domain/assiduity-outlook.ts';
import { arrange, inscriptionsOf } from '$lib/domain/assiduity.ts';
import { isHeld } from '$lib/domain/closing.ts';
import type { Closing, WorkshopType } from '$lib/domain/documents.ts';
import type { PersonInTerm } from './queries.ts';

/** One workshop in which somebody may still become assidu, or no longer be it. */
export interface OutlookToTell extends AssiduityOutlook {
  readonly workshopType: WorkshopType;
  readonly needed: number;
}

/** Of the first meetings nothing can be told: everybody misses one. */
const heldToTell = 3;

/**
 * Workshops that count for assiduity, of which half or less was attended, and that can still be saved.
 * @param now the local date, and the site's time zone
 */
export function outlooksToTell(
  person: PersonInTerm,
  closings: Iterable<Closing>,
  now: { readonly today: string; readonly timeZone: string },
): OutlookToTell[] {
  const closingOf = new Map([...closings].map((closing) => [closing.occurrence, closing]));
  const occurrences = person.occurrences.map((one) =>
    isHeld(one, closingOf.get(one.occurrence)) ? { ...one, state: 'held' as const } : one,
  );
  const attendance = arrange({
    groups: person.groups,
    occurrences,
    marks: person.marks,
    timeZone: now.timeZone,
  });
  const upcoming = occurrences.filter(({ state, date }) => state === 'planned' && date >= now.today);
  return inscriptionsOf(person.enrolments, person.groups).flatMap((inscription) => {
    const workshopType = person.workshopTypes.find((one) => one.workshopType === inscription.workshopType);
    if (!workshopType?.countsForAssiduity) return [];
    const outlook = assiduityOutlook(inscription, attendance, upcoming);
    const { needed, isUnderHalf, held } = outlook;
    return isUnderHalf && held >= heldToTell && needed ? [{ ...outlook, needed, workshopType }] : [];
  });
}
