/** What is to be printed, as it is chosen and as it stands in the address. */
type What = 'meeting' | 'group' | 'term' | 'person';

/** Links to the page name what they are about. */
export interface Choice {
  readonly what: What;
  readonly term: string;
  readonly group: string;
  readonly occurrence: string;
  readonly participant: string;
  /** Of a certificate. */
  readonly period: PeriodChoice;
}

/** All of it; a year; the code of a term; or two local dates, both included. */
export type PeriodChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'year'; readonly year: string }
  | { readonly kind: 'term'; readonly term: string }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string };

/** `?session=s3-2023&groupe=…&seance=…`, `?personne=…` */
export function choiceIn(search: URLSearchParams): Choice {
  const [term, group, occurrence, participant] = ['session', 'groupe', 'seance', 'personne'].map(
    (name) => search.get(name) ?? '',
  ) as [string, string, string, string];
  const what = participant ? 'person' : group && !occurrence ? 'group' : 'meeting';
  return { what, term, group, occurrence, participant, period: { kind: 'all' } };
}
