/** Makes the documents of ten sites over five years, then counts them: all, and one term; the times of each round. */
import { randomSite, type RandomSize } from '../../../src/lib/domain/indicators/random-site.ts';
import { reportOf } from '../../../src/lib/domain/indicators/report.ts';
import type { SiteDocuments } from '../../../src/lib/domain/indicators/site-reading.ts';

export interface FiguresTimes {
  readonly documents: number;
  readonly marks: number;
  readonly terms: number;
  readonly inscriptions: number;
  /** Milliseconds, of each round. */
  readonly all: readonly number[];
  readonly oneTerm: readonly number[];
  /** From the report made to its copy on the page's side. */
  readonly copied: number;
}

const rounds = 5;
const size = (site: string): RandomSize => ({
  ...{ site, terms: 15, weeks: 10, people: 75, places: 9 },
  groups: { socioprofessional: 7, language: 4, digital: 3, conversation: 1 },
});
const everything = { kind: 'period', from: '2020-01-01', to: '2030-12-31' } as const;

function times(count: number, work: () => unknown): number[] {
  return Array.from({ length: count }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

addEventListener('message', () => {
  const sites = Array.from({ length: 10 }, (_, place) => randomSite('bench', size(`site${place}`)));
  const held = sites.flatMap(({ commons, registry, terms }) => [commons, registry, ...terms]);
  const [first] = sites as [SiteDocuments];
  const one: SiteDocuments = { ...first, terms: first.terms.slice(0, 1) };
  const all = times(rounds, () => reportOf(sites, everything));
  const oneTerm = times(4 * rounds, () => reportOf([one], everything));
  const { report, facts } = reportOf(sites, everything);
  const [copied = Number.NaN] = times(1, () => structuredClone(report));
  const answer: FiguresTimes = {
    documents: held.reduce((sum, documents) => sum + documents.length, 0),
    marks: held.reduce((sum, documents) => sum + documents.filter(({ type }) => type === 'mark').length, 0),
    terms: sites.reduce((sum, { terms }) => sum + terms.length, 0),
    inscriptions: facts.tables.inscriptions.length,
    ...{ all, oneTerm, copied },
  };
  postMessage(answer);
});
