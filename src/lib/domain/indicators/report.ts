/** All figures of a scope at once: what a page, an export or a frozen year is made from. Plain data: a worker sends it. */
import { findingsOf, type Finding } from './checker.ts';
import { definitions } from './definitions.ts';
import { evaluateAll, type Indicator } from './evaluate.ts';
import { factsOf, type Facts } from './facts.ts';
import { meansTable, type MeansColumn } from './means-table.ts';
import type { Scope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';
import type { Statement } from './statements.ts';

export interface Report {
  readonly indicators: readonly Indicator[];
  readonly means: readonly MeansColumn[];
  readonly excluded: Facts['excluded'];
  readonly terms: Facts['terms'];
  readonly findings: readonly Finding[];
}

/**
 * @param sites what is held of each, in any order
 * @param statements what was published or typed, to be held against what is counted
 * @returns the facts too: whoever drills into a figure finds its rows there
 */
export function reportOf(
  sites: Iterable<SiteDocuments>,
  scope: Scope,
  statements: readonly Statement[] = [],
): { readonly report: Report; readonly facts: Facts } {
  const facts = factsOf(sites, scope);
  const indicators = evaluateAll(definitions, facts.tables);
  return {
    facts,
    report: {
      indicators,
      means: meansTable(facts, indicators),
      excluded: facts.excluded,
      terms: facts.terms,
      findings: findingsOf(facts, indicators, statements),
    },
  };
}
