/** Which part of what is held is counted: some terms, a year, any period; of all sites, or some. */
import type { Term } from '../documents.ts';
import type { SiteCode, TermCode } from '../ids.ts';

/**
 * A term belongs to the period in which it begins, and its inscriptions with it; a meeting to the period of its date.
 * So periods that follow one another add up, and nothing counts in two of them.
 */
export type Scope = (
  | { readonly kind: 'terms'; readonly terms: readonly TermCode[] }
  /** Local dates, both included. */
  | { readonly kind: 'period'; readonly from: string; readonly to: string }
) & {
  /** None: all of them. */
  readonly sites?: readonly SiteCode[];
};

export const yearScope = (year: number): Scope => ({
  kind: 'period',
  from: `${year}-01-01`,
  to: `${year}-12-31`,
});

export const includesSite = ({ sites }: Scope, site: SiteCode) => sites === undefined || sites.includes(site);

export const includesTerm = (scope: Scope, { term, start }: Pick<Term, 'term' | 'start'>) =>
  scope.kind === 'terms' ? scope.terms.includes(term) : scope.from <= start && start <= scope.to;

/** @param term the one that the meeting belongs to @param date local */
export const includesMeeting = (scope: Scope, term: TermCode, date: string) =>
  scope.kind === 'terms' ? scope.terms.includes(term) : scope.from <= date && date <= scope.to;
