/** When occurrences take place: the weekly slot of a group over a term, and where « now » stands in it. */
import type { Group, Occurrence, Term } from './documents.ts';
import { occurrenceId, type OccurrenceId, type VenueCode } from './ids.ts';
import { addDays, daysBetween, instantOf, mondayOf, todayIn } from './local-time.ts';

/** What a term's calendar is made of. Days off include public holidays: callers bring them. */
export type TermCalendar = Pick<Term, 'start' | 'weeks' | 'daysOff'>;

/**
 * The Mondays of a term's weeks, in order. Weeks run from Monday to Sunday, the first holds the start of the term; a
 * week whose seven days are all off is a pause and has no number.
 */
export function weeksOf(term: TermCalendar): string[] {
  const daysOff = new Set(term.daysOff);
  const mondays: string[] = [];
  for (let monday = mondayOf(term.start); mondays.length < term.weeks; monday = addDays(monday, 7)) {
    const isPause = [0, 1, 2, 3, 4, 5, 6].every((day) => daysOff.has(addDays(monday, day)));
    if (!isPause) mondays.push(monday);
    // A calendar that is nothing but days off ends too.
    if (daysBetween(term.start, monday) > 7 * (term.weeks + term.daysOff.length)) break;
  }
  return mondays;
}

/** The week of a term that a date is in, from 1; `undefined` before, after and in a pause. */
export function weekOf(term: TermCalendar, date: string): number | undefined {
  const week = weeksOf(term).indexOf(mondayOf(date)) + 1;
  return week > 0 ? week : undefined;
}

/** One dated meeting, as planned. */
export interface PlannedOccurrence {
  readonly occurrence: OccurrenceId;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly venue: VenueCode;
  readonly week: number;
}

/** The meetings of a group over a term, in the order of time: none before the start of the term nor on a day off. */
export function plannedOccurrences(
  group: Pick<Group, 'group' | 'weekday' | 'start' | 'end' | 'venue' | 'moreSlots'>,
  term: TermCalendar,
): PlannedOccurrence[] {
  const daysOff = new Set(term.daysOff);
  const { venue, moreSlots = [] } = group;
  const planned = weeksOf(term).flatMap((monday, index) =>
    [group, ...moreSlots].flatMap(({ weekday, start, end }) => {
      const date = addDays(monday, weekday - 1);
      if (date < term.start || daysOff.has(date)) return [];
      return [
        { occurrence: occurrenceId(group.group, date, start), date, start, end, venue, week: index + 1 },
      ];
    }),
  );
  return planned.sort(byTime);
}

/** What is needed to know when an occurrence is. */
export type Slot = Pick<Occurrence, 'date' | 'start' | 'end'>;

/** Start and end as instants (ISO UTC). An end before the start is on the next day. */
export function hoursOf(slot: Slot, timeZone: string): { startsAt: string; endsAt: string } {
  const endDate = slot.end < slot.start ? addDays(slot.date, 1) : slot.date;
  return {
    startsAt: instantOf(slot.date, slot.start, timeZone),
    endsAt: instantOf(endDate, slot.end, timeZone),
  };
}

/** Start and end, in milliseconds since 1970. */
interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

const spans = new WeakMap<Slot, Slot & Span & { readonly timeZone: string }>();

/** Start and end, reckoned once for each meeting: every answer about it asks. */
export function spanOf(slot: Slot, timeZone: string): Span {
  const { date, start, end } = slot;
  const known = spans.get(slot);
  if (known?.date === date && known.start === start && known.end === end && known.timeZone === timeZone)
    return known;
  const { startsAt, endsAt } = hoursOf(slot, timeZone);
  const span = { date, start, end, timeZone, startMs: Date.parse(startsAt), endMs: Date.parse(endsAt) };
  spans.set(slot, span);
  return span;
}

/** Minutes that really pass between start and end, clock changes included. */
export function durationMinutes(slot: Slot, timeZone: string): number {
  const { startMs, endMs } = spanOf(slot, timeZone);
  return (endMs - startMs) / 60_000;
}

/** Where `now` (instant) stands: the start belongs to the occurrence, the end does not. */
export function momentOf(slot: Slot, now: string, timeZone: string): 'upcoming' | 'current' | 'over' {
  const { startsAt, endsAt } = hoursOf(slot, timeZone);
  if (Date.parse(now) < Date.parse(startsAt)) return 'upcoming';
  return Date.parse(now) < Date.parse(endsAt) ? 'current' : 'over';
}

export const isOver = (slot: Slot, now: string, timeZone: string) => momentOf(slot, now, timeZone) === 'over';

/** On the calendar date that it is at `now` in the site's time zone. */
export const isToday = (slot: Pick<Slot, 'date'>, now: string, timeZone: string) =>
  slot.date === todayIn(timeZone, now);

/** Minutes left before the start, rounded up (« Dans 20 minutes »); 0 or less once it has begun. */
export function minutesUntilStart(slot: Slot, now: string, timeZone: string): number {
  const minutes = (Date.parse(hoursOf(slot, timeZone).startsAt) - Date.parse(now)) / 60_000;
  return Math.ceil(minutes);
}

/** In the order of the day: by date, start, end, then id. */
export function byTime<Meeting extends Slot & Pick<Occurrence, 'occurrence'>>(
  a: Meeting,
  b: Meeting,
): number {
  return (
    inOrder(a.date, b.date) ||
    inOrder(a.start, b.start) ||
    inOrder(a.end, b.end) ||
    inOrder(a.occurrence, b.occurrence)
  );
}

const inOrder = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Whether two meetings of a day are at one time, in part. */
export const overlap = (a: Slot, b: Slot) => a.date === b.date && a.start < b.end && b.start < a.end;
