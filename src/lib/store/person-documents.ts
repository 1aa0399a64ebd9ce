/** Everything that the databases of this device hold about some people, whatever its type; and writing it as planned. */
import { schemas, type AnyDocument, type Author, type DocumentType } from '../domain/documents.ts';
import { registryDatabase, termDatabase, type ParticipantId, type SiteCode } from '../domain/ids.ts';
import type { HeldDocuments, PlannedChange } from '../domain/person-merge.ts';
import type { Committed } from './commit.ts';
import type { PeopleStores } from './people.ts';
import type { Store } from './store.ts';

/** Types that are about one person: found by the index of that field. */
const aboutOne = (Object.keys(schemas) as DocumentType[]).filter((type) =>
  Object.hasOwn(schemas[type].shape, 'participant'),
);

/** A database of the site with its replica here: the registry first, then the terms. */
export interface NamedStore {
  readonly database: string;
  readonly store: Store;
}

export const namedStores = (
  { registry, terms }: PeopleStores & { readonly registry: Store },
  site: SiteCode,
): NamedStore[] => [
  { database: registryDatabase(site), store: registry },
  ...terms.map(({ term, store }) => ({ database: termDatabase(site, term), store })),
];

export const documentsAbout = (
  stores: readonly NamedStore[],
  people: readonly ParticipantId[],
): Promise<HeldDocuments[]> =>
  Promise.all(
    stores.map(async ({ database, store }) => {
      const [distinctions, ...found] = await Promise.all([
        store.ofType('distinction'),
        ...aboutOne.map((type) => store.whereAnyOf(type, 'participant', people)),
      ]);
      const documents: AnyDocument[] = [
        ...distinctions.filter(({ participants }) => participants.some((one) => people.includes(one))),
        ...found.flat(),
      ];
      return { database, documents };
    }),
  );

/** `stale`: a document is no longer as the plan found it; nothing was written. */
export type Written = Committed | { readonly ok: false; readonly why: 'stale' };

/** Writes what was planned for one database, all or nothing, and only while every document is as the plan found it. */
export async function writePlanned(
  { database, store }: NamedStore,
  changes: readonly PlannedChange[],
  author: Author,
): Promise<Written> {
  let isStale = false;
  const own = changes.filter((change) => change.database === database);
  if (own.length === 0) return { ok: true, written: [] };
  const done = await store.commit(
    own.map(({ id, before, after }) => ({
      id,
      change: (current) => {
        if (current?._rev !== before?._rev) {
          isStale = true;
          throw new Error('changed since it was read');
        }
        // What goes leaves nothing of the person behind.
        return after ?? (before && tombstoneOf(before, author));
      },
    })),
  );
  return isStale ? { ok: false, why: 'stale' } : done;
}

const tombstoneOf = ({ _id, type, v }: AnyDocument, author: Author) =>
  ({ _id, type, v, ...author, _deleted: true }) as unknown as AnyDocument;
