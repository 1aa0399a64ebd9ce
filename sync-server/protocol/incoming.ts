/** Documents as clients send them: checked once here, trusted inside. */
import type { Body, Incoming } from '../engine/engine.ts';
import { HttpError, badRequest, forbidden, tooLarge } from '../http/http-error.ts';
import { isRevisionText, parseRevision } from '../revisions/revision.ts';
import { pathOf, type RevisionPath } from '../revisions/tree.ts';
import { attachmentsOf, type Following } from './incoming-attachments.ts';

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

/** No document is edited so often; what begins beyond it would soon be a number that nobody can read. */
const latestGeneration = 1_000_000;

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
  if (!isRevisionText(rev)) throw badRequest('Invalid rev format');
  return rev;
}

const badMember = (field: string) =>
  new HttpError(400, 'doc_validation', `Bad special document member: ${field}`);

function isDeleted({ _deleted: given }: Record<string, unknown>): boolean {
  if (given !== undefined && typeof given !== 'boolean') throw badMember('_deleted');
  return given === true;
}

/** The fields that are the document's own. */
export function ownFields(document: Record<string, unknown>): Body {
  const body: Body = {};
  for (const [field, value] of Object.entries(document)) {
    if (!field.startsWith('_') || keptSpecial.test(field)) body[field] = value;
    else if (!special.has(field)) throw badMember(field);
  }
  return body;
}

export function checkSize(id: string, text: string | Buffer, limitBytes: number): void {
  if (text.length > limitBytes || (text.length * 3 > limitBytes && Buffer.byteLength(text) > limitBytes))
    throw tooLarge(id);
}

/** An edit: made on `_rev`, or on the newest of its `_revisions`. */
export function asEdit(value: unknown, id: string, following?: Following): Incoming {
  const document = asObject(value);
  return {
    id,
    body: ownFields(document),
    isDeleted: isDeleted(document),
    attachments: attachmentsOf(document, following, false),
    edit: { parent: parentOf(document) },
  };
}

function parentOf({ _rev: rev, _revisions: revisions }: Record<string, unknown>): string | undefined {
  const path = revisionsOf(revisions);
  if (rev !== undefined) return checkRevision(rev);
  return path && `${path.start}-${path.hashes[0]}`;
}

/** A revision made elsewhere (`new_edits:false`), with the ancestors it brings. */
export function asReplicated(value: unknown, id: string, following?: Following): Incoming {
  const document = asObject(value);
  const { _rev: rev, _revisions: revisions } = document;
  const path = revisions === undefined ? ownPath(rev) : revisionsOf(revisions);
  if (!path) throw badRequest('When `new_edits: false`, the document needs `_rev` or `_revisions` specified');
  refuseUnreadable(path);
  return {
    id,
    body: ownFields(document),
    isDeleted: isDeleted(document),
    attachments: attachmentsOf(document, following, true),
    edit: { revision: path },
  };
}

/** One that no client can read would stop all of them at its place in the feed. It is refused for its document alone. */
function refuseUnreadable({ start, hashes }: RevisionPath): void {
  if (start > latestGeneration || hashes.includes('')) throw forbidden('No edit leads to this revision.');
}

function ownPath(rev: unknown): RevisionPath | undefined {
  if (rev === undefined) return undefined;
  const revision = parseRevision(rev);
  if (!revision) throw badRequest('Invalid rev format');
  return pathOf(revision);
}

function revisionsOf(value: unknown): RevisionPath | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badMember('_revisions');
  const { start, ids } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(start))
    throw new HttpError(400, 'doc_validation', "_revisions.start isn't an integer.");
  const isPath =
    Array.isArray(ids) &&
    ids.length <= (start as number) &&
    ids.every((hash) => typeof hash === 'string' && parseRevision(`1-${hash}`) !== undefined);
  if (!isPath) throw new HttpError(400, 'doc_validation', "Invalid '_revisions'");
  return ids.length ? { start: start as number, hashes: ids as string[] } : undefined;
}
