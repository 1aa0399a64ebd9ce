/** What the figures of a device are counted from: everything that a coordinator's laptop holds of the site. */
import type { AnyDocument, DocumentType } from '../domain/documents.ts';
import type { SiteDocuments } from '../domain/indicators/site-reading.ts';
import type { Store } from './store.ts';

export interface SiteStores {
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly terms: readonly Store[];
}

/** Names of the replicas: what a worker is told, which opens them by itself. */
export interface SiteStoreNames {
  readonly commons: string;
  readonly registry: string | undefined;
  readonly terms: readonly string[];
}

export const namesOf = ({ commons, registry, terms }: SiteStores): SiteStoreNames => ({
  commons: commons.name,
  registry: registry?.name,
  terms: terms.map(({ name }) => name),
});

const ofCommons = ['site', 'workshopType', 'venue', 'theme'] as const;
const ofRegistry = ['participant', 'exit', 'statement'] as const;
const ofTerm = [
  ...(['term', 'group', 'occurrence', 'closing', 'rosterCard', 'enrolment'] as const),
  ...(['signUp', 'mark', 'debrief', 'volunteer', 'shift'] as const),
];

const read = async (store: Store, types: readonly DocumentType[]): Promise<AnyDocument[]> =>
  (await Promise.all(types.map((type) => store.ofType(type)))).flat();

export async function readSite({ commons, registry, terms }: SiteStores): Promise<SiteDocuments> {
  return {
    commons: await read(commons, ofCommons),
    registry: registry ? await read(registry, ofRegistry) : [],
    terms: await Promise.all(terms.map((term) => read(term, ofTerm))),
  };
}
