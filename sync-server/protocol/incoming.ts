/** Documents as clients send them: checked once here, trusted inside. */
import type { Body, Incoming } from '../engine/engine.ts';
import { HttpError, badRequest, tooLarge } from '../http/http-error.ts';
import { parseRevision } from '../revisions/revision.ts';
import { pathOf, type RevisionPath } from '../revisions/tree.ts';

const special = new Set([
  '_id',
  '_rev',
  '_revisions',
  '_deleted',
  '_attachments',
  '_revs_info',
  '_conflicts',
  '_deleted_conflicts',
  '_local_seq',
]);

/** Fields of CouchDB's replicator that belong to the body. */
const keptSpecial = /^_replication_(id|state|state_time|state_reason|stats)$/;

export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('Document must be a JSON object');
  return value as Record<string, unknown>;
}

/** CouchDB's rules for an id; `_local/` ids are looked at elsewhere. */
export function checkId(id: unknown): string {
  if (typeof id !== 'string') throw new HttpError(400, 'illegal_docid', 'Document id must be a string');
  if (id === '') throw new HttpError(400, 'illegal_docid', 'Document id must not be empty');
  if (id.startsWith('_') && !/^_(design|local)\/./.test(id))
    throw new HttpError(400, 'illegal_docid', 'Only reserved document ids may start with underscore.');
  if (Buffer.byteLength(id) > 7168) throw new HttpError(400, 'illegal_docid', 'Document id is too long');
  return id;
}

/** A revision in a query, a header or a document: CouchDB's 400 when it is none. */
export function checkRevision(rev: unknown): string {
  if (!parseRevision(rev)) throw badRequest('Invalid rev format');
  return rev as string;
}

/** The fields that are the document's own. */
export function ownFields(document: Record<string, unknown>): Body {
  const body: Body = {};
  for (const [field, value] of Object.entries(document)) {
    if (!field.startsWith('_') || keptSpecial.test(field)) body[field] = value;
    else if (!special.has(field))
      throw new HttpError(400, 'doc_validation', `Bad special document member: ${field}`);
  }
  const attachments = document._attachments;
  if (attachments && Object.keys(attachments).length > 0)
    throw new HttpError(501, 'not_implemented', 'Attachments are not kept by this server yet.');
  return body;
}

export function checkSize(id: string, text: string | Buffer, limitBytes: number): void {
  if (text.length > limitBytes || (text.length * 3 > limitBytes && Buffer.byteLength(text) > limitBytes))
    throw tooLarge(id);
}

/** An edit: made on `_rev`, or on the revision the request names. */
export function asEdit(value: unknown, id: string, rev?: string): Incoming {
  const document = asObject(value);
  const parent = rev ?? (document._rev === undefined ? undefined : checkRevision(document._rev));
  return { id, body: ownFields(document), isDeleted: document._deleted === true, edit: { parent } };
}

/** A revision made elsewhere (`new_edits:false`), with the ancestors it brings. */
export function asReplicated(value: unknown, id: string): Incoming {
  const document = asObject(value);
  const revision = parseRevision(document._rev);
  if (!revision) throw badRequest('Invalid rev format');
  return {
    id,
    body: ownFields(document),
    isDeleted: document._deleted === true,
    edit: { revision: revisionsOf(document._revisions) ?? pathOf(revision) },
  };
}

function revisionsOf(value: unknown): RevisionPath | undefined {
  if (value === undefined) return undefined;
  const { start, ids } = asObject(value);
  const isPath =
    Number.isSafeInteger(start) &&
    Array.isArray(ids) &&
    ids.length > 0 &&
    ids.length <= (start as number) &&
    ids.every((hash) => typeof hash === 'string' && parseRevision(`1-${hash}`) !== undefined);
  if (!isPath) throw new HttpError(400, 'doc_validation', "Invalid '_revisions'");
  return { start: start as number, hashes: ids as string[] };
}
