/** Revisions that were made elsewhere: which of them lack here, and writing them with their ancestors. */
import { traverseRevTree } from 'pouchdb-merge';
import { Batch, readLosers, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables } from './pouchdb-adapter/tables.ts';
import type { RevisionKey } from './outbox.ts';

/** A revision as it came: its body's own fields, and its path to the root, newest first. */
export interface IncomingRevision extends RevisionKey {
  readonly isDeleted: boolean;
  readonly start: number;
  readonly hashes: readonly string[];
  readonly body: Record<string, unknown>;
}

/** Those revisions that no tree here knows. */
export async function missingHere(
  tables: ReplicaTables,
  asked: readonly RevisionKey[],
): Promise<RevisionKey[]> {
  const ids = [...new Set(asked.map(({ id }) => id))];
  const found = await tables.docs.bulkGet(ids);
  const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  return asked.filter(({ id, rev }) => {
    const row = rows.get(id);
    if (!row) return true;
    if (row.rev === rev) return false;
    let isKnown = false;
    traverseRevTree(treeOf(row), (_isLeaf, pos, hash) => {
      if (`${pos}-${hash}` === rev) isKnown = true;
    });
    return !isKnown;
  });
}

const longestHistory = 1000;

/**
 * Writes them all, or none, in one transaction. What is known already is left as it is.
 * @returns how many documents changed
 */
export async function writeReplicated(
  tables: ReplicaTables,
  revisions: readonly IncomingRevision[],
): Promise<number> {
  if (revisions.length === 0) return 0;
  const ids = [...new Set(revisions.map(({ id }) => id))];
  const changed = await tables.transaction('rw', tables.docs, tables.revs, async () => {
    const [found, last] = await Promise.all([tables.docs.bulkGet(ids), tables.lastSeq()]);
    const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
    const batch = new Batch(tables, last, await readLosers(tables, found));
    for (const { id, rev, isDeleted, start, hashes, body } of revisions)
      batch.addReplicated(
        batch.rows.get(id) ?? rows.get(id),
        { start, ids: hashes },
        { id, rev, dead: isDeleted, body },
        longestHistory,
        true,
      );
    await batch.flush();
    return batch.rows.size;
  });
  if (changed) tables.wrote();
  return changed;
}
