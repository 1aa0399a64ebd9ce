/**
 * Accounts, devices and invitations that were changed in two places at once. A CouchDB lets an account in conflict do
 * nothing at all, so there must not be two versions of one for long.
 */
import { withRestrictionsOf } from '../accounts/restrictions.ts';
import type { Database, Incoming } from '../engine/engine.ts';
import { leavesOf, readTree } from '../revisions/tree.ts';

/**
 * Leaves one version of each document, the one that every replica shows, with the restrictions of all. Every server that
 * does this writes the same revisions, so that none disputes another's.
 */
export function settleConflicts(database: Database, ids: readonly string[]): void {
  database.write([...new Set(ids)].flatMap((id) => settling(database, id)));
}

/** The same, as documents to be written in the CouchDB itself: what is only copied here is changed there alone. */
export function settlements(copy: Database, ids: readonly string[]): Record<string, unknown>[] {
  return [...new Set(ids)]
    .flatMap((id) => settling(copy, id))
    .map(({ id, body, isDeleted, edit }) => ({
      ...body,
      _id: id,
      ...('parent' in edit && edit.parent !== undefined ? { _rev: edit.parent } : {}),
      ...(isDeleted ? { _deleted: true } : {}),
    }));
}

function settling(database: Database, id: string): Incoming[] {
  const row = database.row(id);
  if (!row || row.isDeleted) return [];
  const losers = leavesOf(readTree(row.tree, row)).filter(
    ({ rev, isDeleted }) => !isDeleted && rev !== row.rev,
  );
  if (losers.length === 0) return [];
  const others = losers.map(({ rev }) => fieldsOf(database.bodyOf(id, rev) ?? '{}'));
  const body = withRestrictionsOf(fieldsOf(row.body), others);
  const deletions = losers.map(({ rev }) => ({ id, body: {}, isDeleted: true, edit: { parent: rev } }));
  if (!body) return deletions;
  return [{ id, body, isDeleted: false, edit: { parent: row.rev } }, ...deletions];
}

const fieldsOf = (text: string) => JSON.parse(text) as Record<string, unknown>;
