/** The versions of documents as they travel: every leaf with its body and its ancestors' names. */
import { collectLeaves } from 'pouchdb-merge';
import { ancestryOf, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables } from './pouchdb-adapter/tables.ts';
import type { IncomingRevision } from './replicated.ts';
import type { Store } from './store.ts';

/** All leaves of these documents; what is not here, or is quarantined, is left out. */
export const leafRevisions = (store: Store, ids: readonly string[]): Promise<IncomingRevision[]> =>
  store.apart((tables) => leavesOf(tables, ids));

async function leavesOf(tables: ReplicaTables, ids: readonly string[]): Promise<IncomingRevision[]> {
  return tables.transaction('r', tables.docs, tables.revs, async () => {
    const revisions: IncomingRevision[] = [];
    for (const row of await tables.docs.bulkGet([...new Set(ids)])) {
      if (!row || row.quarantined) continue;
      const tree = treeOf(row);
      for (const { rev, opts } of collectLeaves(tree)) {
        const kept = rev === row.rev ? row : await tables.revs.get([row.id, rev]);
        const path = ancestryOf(tree, rev);
        if (!kept || !path) continue;
        const isDeleted = opts.deleted === true;
        const body = tables.codec.decode(kept.body);
        revisions.push({ id: row.id, rev, isDeleted, start: path.start, hashes: path.ids, body });
      }
    }
    return revisions;
  });
}
