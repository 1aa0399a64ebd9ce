/** Makes the documents of ten sites over five years, then counts them as often as it is asked: all, or one term. */
import { randomSite, type RandomSize } from '../../../src/lib/domain/indicators/random-site.ts';
import { reportOf } from '../../../src/lib/domain/indicators/report.ts';
import type { SiteDocuments } from '../../../src/lib/domain/indicators/site-reading.ts';

export interface Made {
  readonly documents: number;
  readonly marks: number;
  readonly terms: number;
}
export type Step = 'make' | 'all' | 'oneTerm' | 'copy';

const size = (site: string): RandomSize => ({
  ...{ site, terms: 15, weeks: 10, people: 75, places: 9 },
  groups: { socioprofessional: 7, language: 4, digital: 3, conversation: 1 },
});
const everything = { kind: 'period', from: '2020-01-01', to: '2030-12-31' } as const;

let sites: SiteDocuments[] = [];
let one: SiteDocuments[] = [];
let report: unknown;

function make(): Made {
  sites = Array.from({ length: 10 }, (_, place) => randomSite('bench', size(`site${place}`)));
  one = sites.slice(0, 1).map((site) => ({ ...site, terms: site.terms.slice(0, 1) }));
  const held = sites.flatMap(({ commons, registry, terms }) => [commons, registry, ...terms]);
  return {
    documents: held.reduce((sum, documents) => sum + documents.length, 0),
    marks: held.reduce((sum, documents) => sum + documents.filter(({ type }) => type === 'mark').length, 0),
    terms: sites.reduce((sum, { terms }) => sum + terms.length, 0),
  };
}

const steps: Record<Exclude<Step, 'make'>, () => unknown> = {
  all: () => (report = reportOf(sites, everything).report),
  oneTerm: () => reportOf(one, everything),
  copy: () => structuredClone(report),
};

addEventListener('message', ({ data }: MessageEvent<Step>) => {
  if (data === 'make') return postMessage(make());
  const start = performance.now();
  steps[data]();
  postMessage(performance.now() - start);
});
