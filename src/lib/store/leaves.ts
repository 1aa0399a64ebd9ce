/** The leaves of a document: the versions that exist of it side by side. */
import { collectLeaves } from 'pouchdb-merge';
import type { AnyDocument } from '../domain/documents.ts';
import type { DocId } from '../domain/ids.ts';
import { ancestryOf, readLosers, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables, RevisionRow, Row } from './pouchdb-adapter/tables.ts';

export interface Leaf {
  readonly rev: string;
  readonly isDeleted: boolean;
  readonly document: AnyDocument;
}

export interface ConflictedDocument {
  readonly id: DocId;
  readonly winner: Leaf;
  /** Every version that stands, the winner first. */
  readonly leaves: readonly Leaf[];
  /** The last version that all of them come from, while its body is still here. */
  readonly ancestor: AnyDocument | undefined;
}

function leafOf(tables: ReplicaTables, id: string, rev: string, isDeleted: boolean, body: unknown): Leaf {
  const document = { ...tables.codec.decode(body), _id: id, _rev: rev };
  return { rev, isDeleted, document: document as unknown as AnyDocument };
}

/**
 * The versions of a document that stand against each other, the winner first. A tombstone that settled a conflict is
 * none; the deletion of a document that somebody else changed is one. Where every side is deleted nobody disagrees.
 */
export function liveLeavesOf(tables: ReplicaTables, row: Row, kept: readonly RevisionRow[]): Leaf[] {
  const leaves = unsettledLeavesOf(tables, row, kept);
  return leaves.every((leaf) => leaf.isDeleted) ? leaves.slice(0, 1) : leaves;
}

/** As {@link liveLeavesOf}, with every deletion of a document that is deleted on all sides. */
export function unsettledLeavesOf(tables: ReplicaTables, row: Row, kept: readonly RevisionRow[]): Leaf[] {
  const winner = leafOf(tables, row.id, row.rev, row.dead === 1, row.body);
  if (!row.leaves) return [winner];
  const others: Leaf[] = [];
  for (const { rev, opts } of collectLeaves(treeOf(row))) {
    if (rev === row.rev) continue;
    const body = kept.find((one) => one.id === row.id && one.rev === rev);
    if (!body) continue;
    const leaf = leafOf(tables, row.id, rev, opts.deleted === true, body.body);
    const isSettled = leaf.isDeleted && (leaf.document as Record<string, unknown>).isSettled === true;
    if (!isSettled) others.push(leaf);
  }
  return [winner, ...others];
}

/** The versions that stand of one document, a deletion included; none of a document that is not here. */
export async function leavesOf(tables: ReplicaTables, id: DocId): Promise<Leaf[]> {
  return tables.transaction('r', tables.docs, tables.revs, async () => {
    const row = await tables.docs.get(id);
    return row ? liveLeavesOf(tables, row, await readLosers(tables, [row])) : [];
  });
}

/** Documents of which several versions stand. */
export async function conflicts(tables: ReplicaTables): Promise<ConflictedDocument[]> {
  return tables.transaction('r', tables.docs, tables.revs, async () => {
    const rows = await tables.docs.where('leaves').above(1).toArray();
    const kept = await readLosers(tables, rows);
    const found: ConflictedDocument[] = [];
    for (const row of rows) {
      const leaves = liveLeavesOf(tables, row, kept);
      const [winner] = leaves;
      if (!winner || leaves.length < 2) continue;
      found.push({
        id: row.id as DocId,
        winner,
        leaves,
        ancestor: await commonAncestor(tables, row, leaves),
      });
    }
    return found;
  });
}

async function commonAncestor(
  tables: ReplicaTables,
  row: Row,
  leaves: readonly Leaf[],
): Promise<AnyDocument | undefined> {
  const tree = treeOf(row);
  const paths = leaves.map((leaf) => {
    const path = ancestryOf(tree, leaf.rev);
    return path ? path.ids.map((hash, back) => `${path.start - back}-${hash}`) : [];
  });
  const shared = paths[0]?.find((rev) => paths.every((path) => path.includes(rev)));
  if (!shared) return undefined;
  const kept = await tables.revs.get([row.id, shared]);
  return kept && leafOf(tables, row.id, shared, kept.dead === 1, kept.body).document;
}
