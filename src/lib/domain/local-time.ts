/**
 * Calendar dates and wall clocks of a place. A date (`yyyy-mm-dd`) has no time zone: its arithmetic runs in UTC,
 * where every day lasts 24 hours. Instants are ISO UTC; only `Intl` knows the clock changes between the two.
 */

const dayMs = 86_400_000;
const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The date `days` later (earlier when negative). */
export const addDays = (date: string, days: number) => dateOf(midnight(date) + days * dayMs);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string) => (midnight(to) - midnight(from)) / dayMs;

/** ISO: 1 is Monday, 7 Sunday. */
export const weekdayOf = (date: string) => ((new Date(midnight(date)).getUTCDay() + 6) % 7) + 1;

/** The Monday of a date's week. */
export const mondayOf = (date: string) => addDays(date, 1 - weekdayOf(date));

const sundays = new Map<string, string>();

/** The Sunday of a date's week; reckoned once a date: figures ask for the same few hundred again and again. */
export function sundayOf(date: string): string {
  let sunday = sundays.get(date);
  if (sunday === undefined) sundays.set(date, (sunday = addDays(mondayOf(date), 6)));
  return sunday;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      ...digits,
      ...time,
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What calendar and clock show at an instant in a time zone: `yyyy-mm-dd` and `hh:mm`. */
export function localMoment(instant: string | number, timeZone: string): { date: string; time: string } {
  const moment = new Date(instant);
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of clockOf(timeZone).formatToParts(moment)) shown[part.type] = part.value;
  const { year = '', month, day, hour, minute } = shown;
  return { date: `${year.padStart(4, '0')}-${month}-${day}`, time: `${hour}:${minute}` };
}

/** The calendar date at an instant in a time zone. */
export const todayIn = (timeZone: string, now: string | number) => localMoment(now, timeZone).date;

const offsets = new Map<string, Map<number, number>>();
/** Clocks change on a quarter of an hour, everywhere. */
const quarterMs = 15 * 60_000;

/** How far local clocks are from UTC at an instant, in milliseconds. `Intl` is slow: asked once a quarter of an hour. */
function offsetMs(ms: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (known === undefined) offsets.set(timeZone, (known = new Map()));
  const quarter = Math.floor(ms / quarterMs) * quarterMs;
  let offset = known.get(quarter);
  if (offset === undefined) {
    const { date, time } = localMoment(quarter, timeZone);
    offset = Date.parse(`${date}T${time}:00Z`) - quarter;
    known.set(quarter, offset);
  }
  return offset;
}

/**
 * The instant (ISO UTC) at which the clocks of a place show a date and time. When they show it twice (autumn), the
 * first; when they skip it (spring), as long after the change as the time is after the skipped hour began.
 */
export function instantOf(date: string, time: string, timeZone: string): string {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const before = offsetMs(asUtc - dayMs, timeZone);
  const after = offsetMs(asUtc + dayMs, timeZone);
  if (before === after) return new Date(asUtc - before).toISOString();
  const candidates = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)];
  const shown = candidates.find((ms) => offsetMs(ms, timeZone) === asUtc - ms);
  return new Date(shown ?? asUtc - before).toISOString();
}
