/** A document as its table holds it. */
import { readTree } from '../../revisions/tree.ts';
import type { Row } from '../engine.ts';

export interface StoredRow {
  id: string;
  seq: number;
  rev: string;
  deleted: number;
  tree: string;
  body: string;
}

export const toRow = (stored: StoredRow): Row => ({
  id: stored.id,
  seq: stored.seq,
  rev: stored.rev,
  isDeleted: stored.deleted === 1,
  body: stored.body,
  tree: stored.tree,
});

/** Its revision tree. */
export const treeOf = (stored: StoredRow) => readTree(stored.tree, toRow(stored));
