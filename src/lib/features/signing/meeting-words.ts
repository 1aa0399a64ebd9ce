/** The day and the hours that are signed for, in the language of whoever signs. */
import { weekdayOf } from '$lib/domain/local-time.ts';
import type { SigningLanguage } from './languages/signing-language.ts';

/** Our years are Gregorian, whatever the calendar of the language. */
const gregorian = (code: string) => `${code}-u-ca-gregory`;

/** « دوشنبه ۲۳ نومبر » @param date `yyyy-mm-dd` */
export function dayWords(date: string, { code, dates }: SigningLanguage): string {
  if (!dates) {
    const form = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(gregorian(code), form).format(new Date(`${date}T12:00:00Z`));
  }
  const [, month, day] = date.split('-').map(Number);
  const number = new Intl.NumberFormat(dates.digitsOf).format(day ?? 0);
  return `${dates.weekdays[weekdayOf(date) - 1]}${dates.between}${number} ${dates.months[(month ?? 1) - 1]}`;
}

/** « ۱۴:۳۰ – ۱۶:۳۰ »: hours set apart by a dash in every language. @param start, end `hh:mm` */
export function hoursWords(start: string, end: string, { code, dates }: SigningLanguage): string {
  const form = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;
  const format = new Intl.DateTimeFormat(gregorian(dates?.digitsOf ?? code), form);
  return [start, end].map((time) => format.format(new Date(`2024-01-01T${time}:00Z`))).join(' – ');
}
