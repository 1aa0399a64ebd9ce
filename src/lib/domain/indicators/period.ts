/**
 * Which part of time is asked about: a term, a year, or any period; what it is compared with; and its one text, which
 * stands in an address and with a statement. Local dates throughout.
 */
import type { Site } from '../documents.ts';
import type { TermCode } from '../ids.ts';
import { addDays, daysBetween } from '../local-time.ts';
import { yearScope, type Scope } from './scope.ts';

export type Period =
  | { readonly kind: 'term'; readonly term: TermCode }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string };

type Terms = readonly Pick<Site['terms'][number], 'term' | 'start'>[];

const yearPattern = /^\d{4}$/;
const datesPattern = /^(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)$/;

const isDate = (text: string) => {
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
};

/** `2023`, `s1-2023`, `2023-02-01_2023-06-30`. */
export function periodText(period: Period): string {
  switch (period.kind) {
    case 'term':
      return period.term;
    case 'year':
      return String(period.year);
    case 'dates':
      return `${period.from}_${period.to}`;
    default:
      return period satisfies never;
  }
}

/** A text as an address has it; nothing of one that is none, or of a term that the site does not have. */
export function periodIn(text: string, terms: Terms): Period | undefined {
  if (yearPattern.test(text)) return { kind: 'year', year: Number(text) };
  const [, from = '', to = ''] = datesPattern.exec(text) ?? [];
  if (isDate(from) && isDate(to)) return from <= to ? { kind: 'dates', from, to } : undefined;
  const found = terms.find(({ term }) => (term as string) === text);
  return found && { kind: 'term', term: found.term };
}

export function scopeOf(period: Period): Scope {
  switch (period.kind) {
    case 'term':
      return { kind: 'terms', terms: [period.term] };
    case 'year':
      return yearScope(period.year);
    case 'dates':
      return { kind: 'period', from: period.from, to: period.to };
    default:
      return period satisfies never;
  }
}

/** The year whose annual report a period goes into: the one it begins in. */
export function reportYearOf(period: Period, terms: Terms): number {
  switch (period.kind) {
    case 'term':
      return Number(terms.find(({ term }) => term === period.term)?.start.slice(0, 4));
    case 'year':
      return period.year;
    case 'dates':
      return Number(period.from.slice(0, 4));
    default:
      return period satisfies never;
  }
}

/** The term before, the year before, or as many days just before; none before the first term. */
export function periodBefore(period: Period, terms: Terms): Period | undefined {
  switch (period.kind) {
    case 'term': {
      const start = terms.find(({ term }) => term === period.term)?.start ?? '';
      const before = terms
        .filter((one) => one.start < start)
        .reduce<Terms[number] | undefined>(
          (last, one) => (last && last.start > one.start ? last : one),
          undefined,
        );
      return before && { kind: 'term', term: before.term };
    }
    case 'year':
      return { kind: 'year', year: period.year - 1 };
    case 'dates': {
      const days = daysBetween(period.from, period.to) + 1;
      return { kind: 'dates', from: addDays(period.from, -days), to: addDays(period.from, -1) };
    }
    default:
      return period satisfies never;
  }
}

/** Years of the terms, the latest first. */
export const yearsOf = (terms: Terms): number[] =>
  [...new Set(terms.map(({ start }) => Number(start.slice(0, 4))))].sort((a, b) => b - a);
