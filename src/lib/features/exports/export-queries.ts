/** Everything that this device holds of its site, as exports take it. */
import { parseDocument, type AnyDocument } from '$lib/domain/documents.ts';
import type { SiteStores } from '$lib/store/site-documents.ts';
import type { Store } from '$lib/store/store.ts';
import type { HeldSite } from './make-export.ts';

/** `paris13-s3-2023`, of whichever account the replica is. */
const databaseOf = ({ name }: Pick<Store, 'name'>) => name.split('~').at(-1) ?? name;

interface HeldDatabase {
  readonly documents: AnyDocument[];
  readonly unread: Readonly<Record<string, unknown>>[];
}

/** The versions that stand first, none that was deleted. */
async function readAll(store: Store, onPage: () => void): Promise<HeldDatabase> {
  const quarantined = new Set((await store.quarantined()).map(({ id }) => id));
  const held: HeldDatabase = { documents: [], unread: [] };
  for await (const page of store.everything()) {
    for (const { id, rev, isDeleted, body } of page) {
      if (isDeleted) continue;
      const document = { ...body, _id: id, _rev: rev };
      // What stands in the replica was parsed on its way in; what was not readable then may be by now.
      if (!quarantined.has(id)) held.documents.push(document as unknown as AnyDocument);
      else {
        const parsed = parseDocument(document);
        if (parsed.ok) held.documents.push(parsed.document);
        else held.unread.push(document);
      }
    }
    onPage();
  }
  return held;
}

/**
 * @param onProgress from 0 to 1, by the number of documents
 * @throws on a device that holds no registry: it makes no exports
 */
export async function readHeld(
  { commons, registry, terms }: SiteStores,
  onProgress: (share: number) => void,
): Promise<HeldSite> {
  if (!registry) throw new Error('this device has no registry');
  const stores = [commons, registry, ...terms];
  const counts = await Promise.all(stores.map((store) => store.count()));
  const pages = counts.reduce((sum, count) => sum + Math.ceil(count / 500), 0);
  let read = 0;
  const unread = new Map<string, readonly Readonly<Record<string, unknown>>[]>();
  const all: AnyDocument[][] = [];
  for (const store of stores) {
    const held = await readAll(store, () => onProgress(Math.min(1, ++read / Math.max(pages, 1))));
    all.push(held.documents);
    if (held.unread.length) unread.set(databaseOf(store), held.unread);
  }
  const [ofCommons = [], ofRegistry = [], ...ofTerms] = all;
  return {
    documents: { commons: ofCommons, registry: ofRegistry, terms: ofTerms },
    names: {
      commons: databaseOf(commons),
      registry: databaseOf(registry),
      terms: terms.map(databaseOf),
    },
    unread,
  };
}
