/** What can be chosen to be counted: the years of a site's terms, and each term. */
import type { Site } from '$lib/domain/documents.ts';
import { yearScope, type Scope } from '$lib/domain/indicators/scope.ts';

export interface ScopeChoice {
  /** Of the control: the year, or the code of the term. */
  readonly value: string;
  readonly scope: Scope;
  /** One of the two: a year, or a term's label. */
  readonly year: string | undefined;
  readonly label: string;
  /** The year whose annual report it goes into. */
  readonly reportYear: string;
}

/** Years first, the latest first; then terms, the latest first. */
export function scopeChoices(terms: Site['terms']): ScopeChoice[] {
  const years = [...new Set(terms.map(({ start }) => start.slice(0, 4)))].sort().reverse();
  const latest = [...terms].sort((a, b) => (a.start < b.start ? 1 : -1));
  return [
    ...years.map((year) => ({
      value: year,
      scope: yearScope(Number(year)),
      year,
      label: year,
      reportYear: year,
    })),
    ...latest.map(({ term, label, start }) => ({
      value: term as string,
      scope: { kind: 'terms' as const, terms: [term] },
      year: undefined,
      label,
      reportYear: start.slice(0, 4),
    })),
  ];
}
