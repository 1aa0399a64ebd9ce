/** `_local/` documents: not replicated, one revision `0-n`. Checkpoints live here. */
import { MISSING_DOC, REV_CONFLICT, createError } from 'pouchdb-errors';
import type { ReplicaTables } from './tables.ts';

type LocalDocument = Record<string, unknown> & { _id: string; _rev?: string };

export async function getLocal(tables: ReplicaTables, id: string): Promise<object> {
  const row = await tables.local.get(id);
  if (!row) throw createError(MISSING_DOC, 'missing');
  return { ...row.body, _id: row.id, _rev: row.rev };
}

/**
 * Writes one, on a transaction of its own or, inside `bulkDocs`, on the one that runs: there a refusal must not end
 * the whole batch, as the end of a nested transaction would.
 */
export const putLocal = (tables: ReplicaTables, document: LocalDocument, isInside: boolean) =>
  isInside ? put(tables, document) : tables.transaction('rw', tables.local, () => put(tables, document));

async function put(tables: ReplicaTables, document: LocalDocument): Promise<object> {
  const { _id: id, _rev: given, _revisions: _, ...body } = document;
  const row = await tables.local.get(id);
  if (row?.rev !== given) throw createError(REV_CONFLICT);
  const rev = `0-${given ? Number(given.slice(2)) + 1 : 1}`;
  await tables.local.put({ id, rev, body });
  return { ok: true, id, rev };
}

/** Removes one; inside `bulkDocs` on the transaction that runs. */
export const removeLocal = (tables: ReplicaTables, document: LocalDocument, isInside: boolean) =>
  isInside
    ? remove(tables, document)
    : tables.transaction('rw', tables.local, () => remove(tables, document));

async function remove(tables: ReplicaTables, document: LocalDocument): Promise<object> {
  const row = await tables.local.get(document._id);
  if (!row || row.rev !== document._rev) throw createError(MISSING_DOC, 'missing');
  await tables.local.delete(document._id);
  return { ok: true, id: document._id, rev: '0-0' };
}
