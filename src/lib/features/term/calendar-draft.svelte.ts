/** A term's calendar while it is being chosen: start, weeks, and the days off made of public holidays and of others. */
import type { Term } from '$lib/domain/documents.ts';
import { addDays, mondayOf } from '$lib/domain/local-time.ts';
import type { TermCalendar } from '$lib/domain/schedule.ts';
import { daysOfWeek, endOf, fewestWeeks, inOrder, mostWeeks, pausesAmong } from '$lib/domain/terms.ts';
import { publicHolidaysBetween, type PublicHoliday } from './public-holidays.ts';

/** How far beyond the weeks asked for holidays are read: a term with pauses ends later. */
const weeksAhead = 60;
const datePattern = /^\d{4}-\d\d-\d\d$/;

export class CalendarDraft {
  start = $state('');
  weeks = $state('10');
  /** Days off that somebody chose, public holidays among them or not. */
  #chosen = $state.raw<readonly string[]>([]);
  /** Public holidays on which there are meetings all the same. */
  #worked = $state.raw<readonly string[]>([]);
  #holidays = $state.raw<readonly PublicHoliday[]>();
  #hasFailed = $state(false);
  #known: Pick<Term, 'start' | 'end' | 'daysOff'> | undefined;
  #reading = 0;
  readonly #region: () => string;

  /** @param known the calendar of a term that is to be changed; its public holidays stay as they were chosen */
  constructor(region: () => string, known?: Pick<Term, 'start' | 'end' | 'weeks' | 'daysOff'>) {
    this.#region = region;
    this.#known = known;
    if (!known) return;
    this.start = known.start;
    this.weeks = String(known.weeks);
    this.#chosen = known.daysOff;
  }

  get hasStart(): boolean {
    return datePattern.test(this.start);
  }
  get weekCount(): number | undefined {
    const weeks = Number(this.weeks);
    return Number.isInteger(weeks) && weeks >= fewestWeeks && weeks <= mostWeeks ? weeks : undefined;
  }
  get hasFailed(): boolean {
    return this.#hasFailed;
  }
  get isReading(): boolean {
    return this.hasStart && this.#holidays === undefined && !this.#hasFailed;
  }

  /** Reads the public holidays from the start on; again when the start changes. */
  async read(): Promise<void> {
    if (!this.hasStart) return;
    const mine = ++this.#reading;
    const from = this.start;
    const to = addDays(from, 7 * ((this.weekCount ?? mostWeeks) + weeksAhead));
    try {
      const holidays = await publicHolidaysBetween(this.#region(), mondayOf(from), to);
      if (mine !== this.#reading) return;
      this.#keepAsChosen(holidays);
      this.#holidays = holidays;
      this.#hasFailed = false;
    } catch {
      if (mine === this.#reading) this.#hasFailed = true;
    }
  }

  /** A holiday within a known calendar that is no day off there was unticked by somebody. */
  #keepAsChosen(holidays: readonly PublicHoliday[]): void {
    const known = this.#known;
    this.#known = undefined;
    if (!known) return;
    const within = holidays.filter(({ date }) => known.start <= date && date <= known.end);
    this.#worked = within.map(({ date }) => date).filter((date) => !known.daysOff.includes(date));
  }

  /** What is chosen, whole: `undefined` while start or weeks are not. */
  get calendar(): (TermCalendar & { readonly end: string }) | undefined {
    const weeks = this.weekCount;
    if (!this.hasStart || weeks === undefined) return undefined;
    const { start } = this;
    const holidays = (this.#holidays ?? [])
      .map(({ date }) => date)
      .filter((date) => !this.#worked.includes(date));
    const all = [...holidays, ...this.#chosen];
    const end = endOf({ start, weeks, daysOff: all });
    const daysOff = inOrder(all.filter((date) => mondayOf(start) <= date && date <= end));
    return { start, weeks, daysOff, end };
  }

  /** The public holidays of the term, and whether each is a day off. */
  get holidays(): readonly (PublicHoliday & { readonly isOff: boolean })[] {
    const calendar = this.calendar;
    if (!calendar) return [];
    return (this.#holidays ?? [])
      .filter(({ date }) => calendar.start <= date && date <= calendar.end)
      .map((holiday) => ({ ...holiday, isOff: !this.#worked.includes(holiday.date) }));
  }

  setHolidayOff(date: string, isOff: boolean): void {
    const others = this.#worked.filter((one) => one !== date);
    this.#worked = isOff ? others : [...others, date];
    this.#chosen = this.#chosen.filter((one) => one !== date);
  }

  /** Days off beside public holidays: whole weeks by their Monday, and single days. */
  get others(): { readonly pauses: readonly string[]; readonly days: readonly string[] } {
    const calendar = this.calendar;
    const within = this.#chosen.filter(
      (date) => calendar && mondayOf(calendar.start) <= date && date <= calendar.end,
    );
    const { pauses, days } = pausesAmong(within);
    const holidays = (this.#holidays ?? []).map(({ date }) => date);
    return { pauses, days: days.filter((date) => !holidays.includes(date)) };
  }

  /** Adds a day, or its whole week; false where it is outside the term. */
  add(date: string, whole: boolean): boolean {
    const calendar = this.calendar;
    if (!calendar || !datePattern.test(date) || date < calendar.start || date > calendar.end) return false;
    const days = whole ? daysOfWeek(date) : [date];
    this.#chosen = [...this.#chosen, ...days];
    this.#worked = this.#worked.filter((one) => !days.includes(one));
    return true;
  }

  /** Takes a day away, or a whole week by its Monday. */
  remove(date: string, whole: boolean): void {
    const days = whole ? daysOfWeek(date) : [date];
    this.#chosen = this.#chosen.filter((one) => !days.includes(one));
  }
}
