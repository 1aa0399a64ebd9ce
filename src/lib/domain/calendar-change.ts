/** A term's dates or days off changed while meetings are planned: which of them it touches, and where they could go. */
import { isHeld } from './closing.ts';
import { withChange } from './changes.ts';
import type { Author, Closing, Group, Mark, Occurrence } from './documents.ts';
import { addDays, mondayOf, weekdayOf } from './local-time.ts';
import { restoreOccurrence } from './occurrence-edits.ts';
import { isUnmarked } from './roll-call.ts';
import { byTime, plannedOccurrences, weekOf, weeksOf, type TermCalendar } from './schedule.ts';
import { plannedMeetings } from './term-copy.ts';

export interface Touched {
  readonly occurrence: Occurrence;
  readonly why: 'day off' | 'outside the term';
  /** Answers were given, or it was held: it stays where it is. */
  readonly isFixed: boolean;
  /** A free day for it, the same hours and room. */
  readonly freeDay: string | undefined;
}

/** What happened at a term's meetings, as far as it keeps them where they are. */
export interface Happened {
  readonly marks: Iterable<Mark>;
  readonly closings: Iterable<Closing>;
}

const isOutside = (calendar: TermCalendar, date: string) =>
  date < calendar.start || weekOf(calendar, date) === undefined;

/**
 * The meetings that stand on a day off or outside the term by the new calendar and did not by the old one, in the
 * order of time. Cancelled ones are left in peace.
 * @param today local date: no day before it is proposed
 */
export function touchedBy(
  before: TermCalendar,
  after: TermCalendar,
  occurrences: readonly Occurrence[],
  happened: Happened,
  today: string,
): Touched[] {
  const marked = new Set(
    [...happened.marks].filter((mark) => !isUnmarked(mark)).map(({ occurrence }) => occurrence),
  );
  const closingOf = new Map([...happened.closings].map((closing) => [closing.occurrence, closing]));
  const [wasOff, isOff] = [new Set(before.daysOff), new Set(after.daysOff)];
  const alive = occurrences.filter(({ state }) => state !== 'cancelled').sort(byTime);
  const taken = new Set(alive.map(({ group, date }) => `${group} ${date}`));
  const touched: Touched[] = [];
  for (const occurrence of alive) {
    const { date, group } = occurrence;
    const isNewlyOff = isOff.has(date) && !wasOff.has(date);
    const isNewlyOutside = isOutside(after, date) && !isOutside(before, date) && !isOff.has(date);
    if (!isNewlyOff && !isNewlyOutside) continue;
    const isFixed =
      marked.has(occurrence.occurrence) || isHeld(occurrence, closingOf.get(occurrence.occurrence));
    const freeDay = isFixed ? undefined : freeDayFor(occurrence, after, taken, today);
    // Two meetings of one group are not sent to the same day.
    if (freeDay !== undefined) taken.add(`${group} ${freeDay}`);
    touched.push({ occurrence, why: isNewlyOff ? 'day off' : 'outside the term', isFixed, freeDay });
  }
  return touched;
}

/** Another day of the same week, the next ones first and no Sunday; else the same weekday of the latest week left. */
function freeDayFor(
  { group, date }: Occurrence,
  calendar: TermCalendar,
  taken: ReadonlySet<string>,
  today: string,
): string | undefined {
  const off = new Set(calendar.daysOff);
  const isFree = (day: string) =>
    day >= today && !off.has(day) && !isOutside(calendar, day) && !taken.has(`${group} ${day}`);
  const weekday = weekdayOf(date);
  const monday = mondayOf(date);
  const sameWeek = [1, 2, 3, 4, 5, 6]
    .filter((day) => day !== weekday)
    .sort((a, b) => (a < weekday ? a + 7 : a) - (b < weekday ? b + 7 : b))
    .map((day) => addDays(monday, day - 1));
  const otherWeeks = weeksOf(calendar)
    .reverse()
    .map((each) => addDays(each, weekday - 1));
  return [...sameWeek, ...otherWeeks].find(isFree);
}

/** A meeting that a calendar gives back: a new one, or one that was cancelled and takes place after all. */
export interface Gained {
  readonly before: Occurrence | undefined;
  readonly after: Occurrence;
}

/**
 * The meetings that the weekly slots of groups have by the new calendar and had not by the old one (a day that is no
 * longer off, a week more), from a local date on and in the order of time. Days on which a group meets already are left
 * alone, and so is what the old calendar had and somebody took away.
 */
export function gainedBy(
  before: TermCalendar,
  after: TermCalendar,
  series: { readonly groups: readonly Group[]; readonly occurrences: readonly Occurrence[] },
  today: string,
  author: Author,
): Gained[] {
  const known = new Map(series.occurrences.map((one) => [one.occurrence, one]));
  const meets = new Set(
    series.occurrences
      .filter(({ state }) => state !== 'cancelled')
      .map(({ group, date }) => `${group} ${date}`),
  );
  return series.groups
    .filter(({ isArchived, isOneOff }) => !isArchived && !isOneOff)
    .flatMap((group) => {
      const had = new Set(plannedOccurrences(group, before).map(({ occurrence }) => occurrence));
      return plannedMeetings(group, after, author).flatMap((planned): Gained[] => {
        const { occurrence, date } = planned;
        if (had.has(occurrence) || date < today || meets.has(`${group.group} ${date}`)) return [];
        const former = known.get(occurrence);
        if (!former) return [{ before: undefined, after: planned }];
        const restored = former.date === date ? restoreOccurrence(former, false, author) : undefined;
        return restored ? [{ before: former, after: renumbered(restored, after, author) }] : [];
      });
    })
    .sort((a, b) => byTime(a.after, b.after));
}

/** The same meeting in the week that its date has by a calendar; as it was where that is its week already. */
export function renumbered(occurrence: Occurrence, calendar: TermCalendar, author: Author): Occurrence {
  const week = weekOf(calendar, occurrence.date);
  return week === undefined ? occurrence : withChange(occurrence, { ...occurrence, week }, author);
}
