/** `_local/` documents: not replicated, one revision `0-n`; checkpoints live here. */
import { createHash } from 'node:crypto';
import type { Body } from '../engine/engine.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { conflict, notFound } from '../http/http-error.ts';
import { checkRevision, ownFields } from './incoming.ts';

const etagOf = (rev: string, body: Body) =>
  `"${createHash('md5')
    .update(rev + JSON.stringify(body))
    .digest('base64url')}"`;

export function getLocal({ database, query }: Call, id: string): Answer {
  const found = database.localDocument(id);
  const asked = query.text('rev');
  if (!found || (asked !== undefined && checkRevision(asked) !== found.rev)) throw notFound('missing');
  const revisions = query.isOn('revs') ? { _revisions: { start: 0, ids: [found.rev.slice(2)] } } : {};
  return {
    headers: { etag: etagOf(found.rev, found.body) },
    body: { _id: id, _rev: found.rev, ...found.body, ...revisions },
  };
}

/** Writes a document from its fields: a write without `_rev` begins again at `0-1`, as CouchDB does. */
export function writeLocal(database: Call['database'], id: string, value: Record<string, unknown>): string {
  const given = /^0-(\d{1,15})$/.exec(String(value._rev ?? '0-0'));
  if (!given) throw conflict();
  const rev = `0-${Number(given[1]) + 1}`;
  database.putLocalDocument(id, rev, ownFields(value));
  return rev;
}

export function putLocal(call: Call, id: string, value: Record<string, unknown>): Answer {
  if (value._deleted === true) return deleteLocal(call, id);
  const rev = writeLocal(call.database, id, value);
  return {
    status: 201,
    headers: {
      etag: etagOf(rev, value),
      location: `${call.origin}/${encodeURIComponent(call.database.name)}/${encodeURIComponent(id)}`,
    },
    body: { ok: true, id, rev },
  };
}

export function deleteLocal({ database }: Call, id: string): Answer {
  if (!database.deleteLocalDocument(id)) throw notFound('missing');
  return { body: { ok: true, id, rev: '0-0' } };
}
