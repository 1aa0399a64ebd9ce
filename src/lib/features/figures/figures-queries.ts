/** What the figures of a device are counted from: everything that a coordinator's laptop holds of the site. */
import type { AnyDocument, DocumentType } from '$lib/domain/documents.ts';
import { reportOf, type Report } from '$lib/domain/indicators/report.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';
import type { SiteDocuments } from '$lib/domain/indicators/site-reading.ts';
import type { Store } from '$lib/store/store.ts';

export interface FigureStores {
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly terms: readonly Store[];
}

const ofCommons = ['site', 'workshopType', 'venue', 'theme'] as const;
const ofRegistry = ['participant', 'exit'] as const;
const ofTerm = [
  ...(['term', 'group', 'occurrence', 'closing', 'rosterCard', 'enrolment'] as const),
  ...(['mark', 'debrief', 'volunteer', 'shift'] as const),
];

const read = async (store: Store, types: readonly DocumentType[]): Promise<AnyDocument[]> =>
  (await Promise.all(types.map((type) => store.ofType(type)))).flat();

async function readSite({ commons, registry, terms }: FigureStores): Promise<SiteDocuments> {
  return {
    commons: await read(commons, ofCommons),
    registry: registry ? await read(registry, ofRegistry) : [],
    terms: await Promise.all(terms.map((term) => read(term, ofTerm))),
  };
}

/** Every figure of a scope: thousands of documents, so a worker counts them. */
export const readFigures = async (stores: FigureStores, scope: Scope): Promise<Report> =>
  reportOf([await readSite(stores)], scope).report;
