/** One occurrence cancelled, restored or moved; and what it would then clash with. */
import type { Author, Enrolment, Occurrence, Shift } from './documents.ts';
import type { OccurrenceId, VenueCode } from './ids.ts';
import { isEnrolledOn } from './roster.ts';
import { weekOf, type Slot, type TermCalendar } from './schedule.ts';

/** Longest reason, in characters. */
export const longestReason = 200;

/** Called off, with the reason that everybody will read; `undefined` when nothing would change. */
export function cancelOccurrence(
  occurrence: Occurrence,
  reason: string,
  author: Author,
): Occurrence | undefined {
  const cancelReason = reason.trim().slice(0, longestReason);
  if (!cancelReason || (occurrence.state === 'cancelled' && occurrence.cancelReason === cancelReason))
    return undefined;
  return { ...occurrence, ...author, state: 'cancelled', cancelReason };
}

/** Takes place after all. @param isOver its hours are past: then it was held */
export function restoreOccurrence(
  occurrence: Occurrence,
  isOver: boolean,
  author: Author,
): Occurrence | undefined {
  if (occurrence.state !== 'cancelled') return undefined;
  const { cancelReason: _reason, ...rest } = occurrence;
  return { ...rest, ...author, state: isOver ? 'held' : 'planned' };
}

export type Moved =
  | { readonly ok: true; readonly occurrence: Occurrence }
  | { readonly ok: false; readonly why: 'unchanged' | 'ends before it starts' | 'outside the term' };

/** Another day, hour or room. Its id, and so every mark given, stays: it is the same meeting. */
export function moveOccurrence(
  occurrence: Occurrence,
  to: Slot & { readonly venue: VenueCode },
  term: TermCalendar,
  author: Author,
): Moved {
  const { date, start, end, venue } = to;
  const isSame = [
    [date, occurrence.date],
    [start, occurrence.start],
    [end, occurrence.end],
    [venue, occurrence.venue],
  ].every(([one, other]) => one === other);
  if (isSame) return { ok: false, why: 'unchanged' };
  if (end <= start) return { ok: false, why: 'ends before it starts' };
  const week = weekOf(term, date);
  if (week === undefined || date < term.start) return { ok: false, why: 'outside the term' };
  return { ok: true, occurrence: { ...occurrence, ...author, date, start, end, venue, week } };
}

export interface Clash {
  readonly with: Occurrence;
  readonly why: 'venue' | 'facilitator' | 'people';
  /** How many facilitators or people would be in two places. */
  readonly count: number;
}

export const overlap = (a: Slot, b: Slot) => a.date === b.date && a.start < b.end && b.start < a.end;

/** Who or what would be in two places at once. Cancelled occurrences clash with nothing. */
export function clashesOf(
  occurrence: Occurrence,
  others: readonly Occurrence[],
  shifts: readonly Shift[],
  enrolments: readonly Enrolment[],
): Clash[] {
  const teamOf = (id: OccurrenceId) =>
    new Set(
      shifts.filter((one) => one.occurrence === id && one.state !== 'cancelled').map((one) => one.volunteer),
    );
  const peopleOf = ({ group, date }: Occurrence) =>
    new Set(
      enrolments
        .filter((one) => one.group === group && isEnrolledOn(one, date))
        .map((one) => one.participant),
    );
  return others.flatMap((other): Clash[] => {
    if (
      other.occurrence === occurrence.occurrence ||
      other.state === 'cancelled' ||
      !overlap(occurrence, other)
    )
      return [];
    const team = teamOf(other.occurrence);
    const people = peopleOf(other);
    const [led, enrolled] = [
      [...teamOf(occurrence.occurrence)].filter((one) => team.has(one)).length,
      [...peopleOf(occurrence)].filter((one) => people.has(one)).length,
    ];
    return [
      ...(other.venue === occurrence.venue ? [{ with: other, why: 'venue' as const, count: 1 }] : []),
      ...(led ? [{ with: other, why: 'facilitator' as const, count: led }] : []),
      ...(enrolled ? [{ with: other, why: 'people' as const, count: enrolled }] : []),
    ];
  });
}
