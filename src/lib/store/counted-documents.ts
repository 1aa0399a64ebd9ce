import type { AnyDocument } from '../domain/documents.ts';
import { countedOfTerm } from '../domain/term-counts.ts';
import type { Store } from './store.ts';

/** Everything that the counts of a term rest on: its own documents, and the site's workshop types. */
export async function countedDocuments(commons: Store, store: Store): Promise<AnyDocument[]> {
  const read = await Promise.all([
    commons.ofType('workshopType'),
    ...countedOfTerm.map((type): Promise<AnyDocument[]> => store.ofType(type)),
  ]);
  return read.flat();
}
