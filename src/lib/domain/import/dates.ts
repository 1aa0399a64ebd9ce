/**
 * Dates as spreadsheets hold them: « 03/02/1990 » (the day first, as in French), « 3 février 1990 », “Feb 3, 1990”,
 * 1990-02-03, 03.02.90, and the serial number that Excel counts days with.
 */
import { normaliseName } from '../names.ts';
import { addDays } from '../local-time.ts';
import { saysNothing } from './cell-text.ts';
import type { Reading } from './issues.ts';

/** Which of the first two numbers is the day; the second one where a file was made in American English. */
export type DateOrder = 'dayFirst' | 'monthFirst';

const monthNames = [
  'janvier janv jan january',
  'fevrier fevr fev february feb',
  'mars mar march',
  'avril avr april apr',
  'mai may',
  'juin june jun',
  'juillet juil july jul',
  'aout august aug',
  'septembre sept sep september',
  'octobre oct october',
  'novembre nov november',
  'decembre dec december',
];
const months = new Map(
  monthNames.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
const asideWords = new Set(
  (
    'lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim monday tuesday wednesday thursday ' +
    'friday saturday sunday mon tue wed thu fri sat sun le ne nee nele the of de du en in born on depuis since'
  )
    .split(' ')
    .filter((word) => !months.has(word)),
);

/** Days since 30 December 1899: what Excel calls a date. 1927 to 2118. */
const serialPattern = /^\d{5}(?:[.,]\d+)?$/;
const dateOfSerial = (serial: string) => addDays('1899-12-30', Math.floor(Number(serial.replace(',', '.'))));

const two = (number: number) => String(number).padStart(2, '0');

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

interface Parts {
  readonly day: number;
  readonly month: number;
  /** As written: `90` or `1990`. */
  readonly year: string;
}

/** The three numbers of a date, in whatever order they are written. */
function partsOfDate(text: string, order: DateOrder): Parts | undefined {
  const words = normaliseName(text.replace(/(\d)(?:T|\s+(?:à|at)?\s*)\d{1,2}\s?[:hH]\s?\d{2}.*$/, '$1'))
    .split(' ')
    .flatMap((word) => word.match(/\d+|[a-z]+/g) ?? [])
    .filter((word) => !asideWords.has(word) && !/^(?:er|st|nd|rd|th|e)$/.test(word));
  if (words.length !== 3) return undefined;
  const [first = '', second = '', third = ''] = words;
  const [one, other, last] = words.map((word) => months.get(word));
  const isNumber = (word: string) => /^\d{1,4}$/.test(word);
  if (other !== undefined && isNumber(first) && isNumber(third))
    return first.length === 4
      ? { day: Number(third), month: other, year: first }
      : { day: Number(first), month: other, year: third };
  if (one !== undefined && isNumber(second) && isNumber(third))
    return { day: Number(second), month: one, year: third };
  if (last !== undefined || !words.every(isNumber)) return undefined;
  if (first.length >= 3) return { day: Number(third), month: Number(second), year: first };
  return order === 'dayFirst'
    ? { day: Number(first), month: Number(second), year: third }
    : { day: Number(second), month: Number(first), year: third };
}

/** « 90 » is 1990 and « 23 » 2023: the latest such year that is not after `latest`. */
function fullYear(year: string, latest: number): number {
  if (year.length > 2) return Number(year);
  const century = Math.floor(latest / 100) * 100;
  return century + Number(year) > latest ? century - 100 + Number(year) : century + Number(year);
}

export interface DateContext {
  readonly order: DateOrder;
  /** Local date. */
  readonly today: string;
}

function readParts(text: string, order: DateOrder, latest: number): Reading<string> {
  if (serialPattern.test(text)) return { value: dateOfSerial(text) };
  if (/^\d{8}$/.test(text) && /^(?:19|20)/.test(text))
    return readParts(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, order, latest);
  const parts = partsOfDate(text, order);
  if (!parts) return { issue: 'dateUnreadable' };
  const year = fullYear(parts.year, latest);
  if (String(parts.year).length === 3) return { issue: 'dateUnreadable' };
  if (parts.month < 1 || parts.month > 12) {
    // « 02/13/1990 » in a column of days first: only one reading is a date at all.
    if (parts.day >= 1 && parts.day <= 12 && parts.month <= 31)
      return { ...dated(year, parts.day, parts.month), issue: 'monthFirst' };
    return { issue: 'dateUnreal' };
  }
  return dated(year, parts.month, parts.day);
}

function dated(year: number, month: number, day: number): Reading<string> {
  if (day < 1 || day > daysIn(year, month)) return { issue: 'dateUnreal' };
  return { value: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` };
}

/** A date of the programme: a status, a consent, an entry. Local, `yyyy-mm-dd`; from 1950 to two years ahead. */
export function readDate(text: string, { order, today }: DateContext): Reading<string> {
  if (saysNothing(text)) return {};
  const latest = Number(today.slice(0, 4)) + 2;
  const read = readParts(text, order, latest);
  const year = Number(read.value?.slice(0, 4));
  if (read.value !== undefined && (year < 1950 || year > latest)) return { issue: 'yearOutOfRange' };
  if (
    read.value !== undefined &&
    order === 'monthFirst' &&
    read.issue === undefined &&
    !/^\d{5}|[a-zé]/i.test(text)
  )
    return { ...read, issue: 'monthFirst' };
  return read;
}

const oldest = 99;
const youngest = 10;

function yearInRange(year: number, today: string, issue?: Reading<number>['issue']): Reading<number> {
  const age = Number(today.slice(0, 4)) - year;
  if (age < youngest || age > oldest) return { issue: 'yearOutOfRange' };
  return issue ? { value: year, issue } : { value: year };
}

/** The year of birth, from a date or a year; the day is not kept. */
export function readBirthYear(text: string, { order, today }: DateContext): Reading<number> {
  if (saysNothing(text)) return {};
  const year =
    /^(?:(?:vers|env(?:iron)?|circa|ca?\.?|±|~)\s*)?(?:nee?\s+|née?\s+|born\s+)?(?:en\s+|in\s+)?(\d{4})(?:[.,]0+)?(\s*\?)?$/i.exec(
      text,
    );
  if (year?.[1]) {
    const isAbout = /^(?:vers|env|circa|ca?\.?\s|±|~)/i.test(text) || year[2] !== undefined;
    return yearInRange(Number(year[1]), today, isAbout ? 'approximateYear' : undefined);
  }
  const read = readParts(text, order, Number(today.slice(0, 4)) - youngest);
  if (read.value === undefined) return read.issue ? { issue: read.issue } : {};
  // The day and month do not matter for a year.
  return yearInRange(Number(read.value.slice(0, 4)), today);
}

/** The year of birth of somebody of an age in years: right to a year. */
export function readAge(text: string, { today }: DateContext): Reading<number> {
  if (saysNothing(text)) return {};
  const age = /^(\d{1,3})(?:[.,]\d+)?\s*(?:ans?|years?(?: old)?|y\.?o?\.?)?$/i.exec(text)?.[1];
  if (age === undefined) return { issue: 'dateUnreadable' };
  return yearInRange(Number(today.slice(0, 4)) - Number(age), today, 'approximateYear');
}

/**
 * How a column writes its dates: the month first only where some of them make no sense otherwise and none the other
 * way round.
 */
export function orderOfDates(texts: Iterable<string>): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const text of texts) {
    const found = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ]\d{2,4}\b/.exec(text);
    if (!found) continue;
    if (Number(found[1]) > 12) dayFirst += 1;
    if (Number(found[2]) > 12) monthFirst += 1;
  }
  return monthFirst > 0 && dayFirst === 0 ? 'monthFirst' : 'dayFirst';
}
