/** Whose rate is half or less while it can still be saved. */
import { assiduityOutlook, type AssiduityOutlook } from './assiduity-outlook.ts';
import { arrange, inscriptionsOf } from './assiduity.ts';
import { isHeld } from './closing.ts';
import type { Closing, Enrolment, Group, Mark, Occurrence, WorkshopType } from './documents.ts';
import type { ParticipantId } from './ids.ts';

/** One workshop in which somebody may still become assidu, or no longer be it. */
export interface OutlookToTell extends AssiduityOutlook {
  readonly participant: ParticipantId;
  readonly workshopType: WorkshopType;
  readonly needed: number;
}

/** What it is told from: of one term, for one person or for all. */
export interface OutlookFacts {
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly enrolments: readonly Enrolment[];
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
  readonly workshopTypes: readonly WorkshopType[];
}

/** Of the first meetings nothing can be told: everybody misses one. */
const heldToTell = 3;

/**
 * Workshops that count for assiduity, of which half or less was attended, and that can still be saved.
 * @param now the local date, and the site's time zone
 */
export function outlooksToTell(
  facts: OutlookFacts,
  now: { readonly today: string; readonly timeZone: string },
): OutlookToTell[] {
  const closingOf = new Map(facts.closings.map((closing) => [closing.occurrence, closing]));
  const occurrences = facts.occurrences.map((one) =>
    isHeld(one, closingOf.get(one.occurrence)) ? { ...one, state: 'held' as const } : one,
  );
  const { groups, marks } = facts;
  const attendance = arrange({ groups, occurrences, marks, timeZone: now.timeZone });
  const upcoming = occurrences.filter(({ state, date }) => state === 'planned' && date >= now.today);
  return inscriptionsOf(facts.enrolments, groups).flatMap((inscription) => {
    const workshopType = facts.workshopTypes.find((one) => one.workshopType === inscription.workshopType);
    if (!workshopType?.countsForAssiduity) return [];
    const outlook = assiduityOutlook(inscription, attendance, upcoming);
    const { needed, isUnderHalf, held } = outlook;
    const { participant } = inscription;
    return isUnderHalf && held >= heldToTell && needed
      ? [{ ...outlook, participant, needed, workshopType }]
      : [];
  });
}
