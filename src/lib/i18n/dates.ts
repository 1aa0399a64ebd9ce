/**
 * Dates and hours in words. Calendar dates are `yyyy-mm-dd` and hours `hh:mm`, both local to the site; instants are
 * ISO UTC and show in `timeZone` (the device's, unless given). French sets a narrow no-break space in « 14 h 30 ».
 */
import { m } from './paraglide/messages.js';
import { getLocale, type Locale } from './paraglide/runtime.js';

const narrow = '\u202F';
const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();
/** Building a format costs a millisecond on a phone: each is built once. */
function format(
  options: Intl.DateTimeFormatOptions & { timeZone?: string | undefined },
  tag = tags[getLocale()],
): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(tag, options)));
  return found;
}

/** Noon UTC of a calendar date: the same date in every time zone that we format it in (UTC). */
const noon = (date: string) => new Date(`${date}T12:00:00Z`);

/** French counts the first of a month: « 1er mai ». */
const withFirst = (text: string) => (getLocale() === 'fr' ? text.replace(/(^|\s)1(?=\s)/, '$11er') : text);
const inWords = (date: string, options: Intl.DateTimeFormatOptions) =>
  withFirst(
    format({ ...options, timeZone: 'UTC' })
      .format(noon(date))
      .replace(',', ''),
  );

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase(getLocale()) + text.slice(1);

/** « lundi 23 novembre », “Monday 23 November”. */
export const longDate = (date: string) => inWords(date, { weekday: 'long', day: 'numeric', month: 'long' });

/** « lundi 23 novembre 2026 »: where the year is not plain. */
export const fullDate = (date: string) =>
  inWords(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** « Lundi 23 novembre »: at the start of a line. */
export const titleDate = (date: string) => capitalised(longDate(date));

/** « 11 novembre » */
export const dayOfMonth = (date: string) => inWords(date, { day: 'numeric', month: 'long' });

/** « 23 nov. » */
export const shortDate = (date: string) => inWords(date, { day: 'numeric', month: 'short' });

/** « lundi »; `weekday` is ISO, 1 is Monday. */
export const weekdayName = (weekday: number) =>
  format({ weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday, 12)));

/** « 14 h 30 », “14:30”, from `hh:mm`. */
export function hour(time: string): string {
  const [hours = '0', minutes = '00'] = time.split(':');
  return getLocale() === 'fr' ? `${Number(hours)}${narrow}h${narrow}${minutes}` : `${hours}:${minutes}`;
}

/** The calendar date of an instant: `yyyy-mm-dd`. */
export function dateOf(instant: string | Date, timeZone?: string): string {
  // Swedish writes dates as ISO does.
  return format({ timeZone, dateStyle: 'short' }, 'sv-SE').format(new Date(instant));
}

/** The hour of an instant: `hh:mm`. */
export function timeOf(instant: string | Date, timeZone?: string): string {
  return format({ timeZone, timeStyle: 'short' }, 'sv-SE').format(new Date(instant));
}

/** The hour of an instant in words: « 14 h 42 ». */
export const hourOf = (instant: string | Date, timeZone?: string) => hour(timeOf(instant, timeZone));

const daysBetween = (from: string, to: string) => Math.round((+noon(to) - +noon(from)) / 86_400_000);

/** « aujourd'hui », « hier », « demain », else « lundi 23 novembre ». Both are calendar dates. */
export function relativeDay(date: string, today: string): string {
  switch (daysBetween(today, date)) {
    case 0:
      return m.dates_today();
    case -1:
      return m.dates_yesterday();
    case 1:
      return m.dates_tomorrow();
    default:
      return longDate(date);
  }
}

/** « aujourd'hui, 9 h 12 », « lundi 23 novembre, 18 h 10 ». */
export function moment(instant: string | Date, now: string | Date, timeZone?: string): string {
  const day = relativeDay(dateOf(instant, timeZone), dateOf(now, timeZone));
  return m.dates_day_and_hour({ day, hour: hourOf(instant, timeZone) });
}

/** « maintenant », « il y a 4 min », « il y a 2 h 05 », else as `moment`. An instant ahead of the clock is now. */
export function ago(instant: string | Date, now: string | Date, timeZone?: string): string {
  const minutes = Math.floor((+new Date(now) - +new Date(instant)) / 60_000);
  if (minutes < 1) return m.dates_now();
  if (minutes < 60) return m.dates_minutes_ago({ minutes });
  if (minutes < 12 * 60) return m.dates_ago({ duration: duration(minutes) });
  return moment(instant, now, timeZone);
}

/** « Dans 20 minutes », « Maintenant », « Commencé il y a 5 min »: to a meeting that starts in `minutes`. */
export function untilStart(minutes: number): string {
  if (minutes >= 60) return m.dates_in({ duration: duration(minutes) });
  if (minutes >= 1) return m.dates_in_minutes({ minutes });
  if (minutes > -1) return m.dates_starting();
  return m.dates_started({ duration: duration(-minutes) });
}

/** « 45 min », « 2 h », « 2 h 05 ». */
export function duration(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return `${rest}${narrow}min`;
  return rest ? `${hours}${narrow}h${narrow}${String(rest).padStart(2, '0')}` : `${hours}${narrow}h`;
}

/** « Semaine 8 sur 10 ». */
export const weekOf = (week: number, weeks: number) => m.dates_week_of({ week, weeks });

/** « lundi, mercredi et vendredi » */
export const listed = (parts: readonly string[]) =>
  new Intl.ListFormat(tags[getLocale()], { type: 'conjunction' }).format(parts);
