/** One occurrence cancelled, restored or moved, or given a theme. */
import { withChange } from './changes.ts';
import type { Author, Occurrence } from './documents.ts';
import type { ThemeId, VenueCode } from './ids.ts';
import { weekOf, type Slot, type TermCalendar } from './schedule.ts';

/** Longest reason, in characters. */
export const longestReason = 200;

/** Called off, with the reason that everybody will read; `undefined` when nothing would change. */
export function cancelOccurrence(
  occurrence: Occurrence,
  reason: string,
  author: Author,
): Occurrence | undefined {
  // A cut may leave half of a character, which no CouchDB takes.
  const cancelReason = reason.trim().slice(0, longestReason).toWellFormed();
  if (!cancelReason || (occurrence.state === 'cancelled' && occurrence.cancelReason === cancelReason))
    return undefined;
  // Cancelled by somebody's word: no edit of the series takes it up again.
  const { isDropped: _dropped, ...rest } = occurrence;
  return withChange<Occurrence>(occurrence, { ...rest, state: 'cancelled', cancelReason }, author);
}

/** Takes place after all. @param isOver its hours are past: then it was held */
export function restoreOccurrence(
  occurrence: Occurrence,
  isOver: boolean,
  author: Author,
): Occurrence | undefined {
  if (occurrence.state !== 'cancelled') return undefined;
  const { cancelReason: _reason, isDropped: _dropped, ...rest } = occurrence;
  return withChange<Occurrence>(occurrence, { ...rest, state: isOver ? 'held' : 'planned' }, author);
}

/** With the theme set ahead for it, or without any; `undefined` when nothing would change. */
export function setThemeAhead(
  occurrence: Occurrence,
  theme: ThemeId | undefined,
  author: Author,
): Occurrence | undefined {
  if (occurrence.theme === theme) return undefined;
  const { theme: _theme, ...rest } = occurrence;
  return withChange<Occurrence>(occurrence, theme === undefined ? rest : { ...rest, theme }, author);
}

export type Moved =
  | { readonly ok: true; readonly occurrence: Occurrence }
  | { readonly ok: false; readonly why: 'unchanged' | 'ends before it starts' | 'outside the term' };

/**
 * Another day, hour or room. Its id, and so every mark given, stays: it is the same meeting.
 * @param to.place where, in words, when that is no room of the site
 */
export function moveOccurrence(
  occurrence: Occurrence,
  to: Slot & { readonly venue: VenueCode; readonly place?: string | undefined },
  term: TermCalendar,
  author: Author,
): Moved {
  const { date, start, end, venue, place } = to;
  const isSame = [
    [date, occurrence.date],
    [start, occurrence.start],
    [end, occurrence.end],
    [venue, occurrence.venue],
    [place, occurrence.place],
  ].every(([one, other]) => one === other);
  if (isSame) return { ok: false, why: 'unchanged' };
  if (end <= start) return { ok: false, why: 'ends before it starts' };
  const week = weekOf(term, date);
  if (week === undefined || date < term.start) return { ok: false, why: 'outside the term' };
  const { place: _former, ...rest } = occurrence;
  const where = place === undefined ? { venue } : { venue, place };
  const moved = { ...rest, date, start, end, week, ...where, isMoved: true };
  return { ok: true, occurrence: withChange<Occurrence>(occurrence, moved, author) };
}
