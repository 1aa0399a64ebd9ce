/** Where an edit goes in the tree of its document. */
import { parseRevision, revisionHash } from '../../revisions/revision.ts';
import { ancestryOf, leavesOf, type RevisionPath } from '../../revisions/tree.ts';
import type { Body, Incoming } from '../engine.ts';
import { treeOf, type StoredRow } from './stored-row.ts';

/** Most likely a document that is not there yet: it is written without looking first. */
export const isBeginning = (edit: Incoming['edit']) =>
  'revision' in edit ? edit.revision.start === 1 : edit.parent === undefined;

/**
 * The path of a new edit, or `undefined` when it conflicts: an edit is made on a leaf; one without a parent begins a
 * document. A document that is deleted goes on from its tombstone, by an edit without a parent and no other.
 */
export function editPath(
  stored: StoredRow | undefined,
  parent: string | undefined,
  isDeleted: boolean,
  body: Body,
): RevisionPath | undefined {
  if (!stored) return parent ? undefined : { start: 1, hashes: [revisionHash(undefined, isDeleted, body)] };
  const tree = treeOf(stored);
  const isOnLeaf = stored.deleted
    ? parent === undefined && !isDeleted
    : leavesOf(tree).some((leaf) => leaf.rev === parent);
  const base = parent ?? stored.rev;
  const ancestry = isOnLeaf ? ancestryOf(tree, base) : undefined;
  const revision = parseRevision(base);
  if (!ancestry || !revision) return undefined;
  return {
    start: revision.generation + 1,
    hashes: [revisionHash(revision, isDeleted, body), ...ancestry.hashes],
  };
}
