import { isServerAdmin } from '../accounts/user.ts';
import type { Answer, Call, Endpoint } from '../http/endpoint.ts';
import { badRequest, conflict, notFound } from '../http/http-error.ts';
import { attachmentOf } from './attachment.ts';
import { copyOf, targetOf } from './copy.ts';
import { asEdit, asObject, asReplicated, checkId, checkSize } from './incoming.ts';
import { deleteLocal, getLocal, putLocal } from './local-document.ts';
import { related } from './multipart.ts';
import { piecesOf } from './path.ts';
import { readDocument } from './read-document.ts';
import { requireRightToWrite, revisionOfRequest } from './right-to-write.ts';
import { withHashedPassword, withoutSecrets } from './users-document.ts';
import { refuseViews } from './views.ts';
import { writeDocument } from './write.ts';

/** `/{db}/{id}`, `/{db}/_design/{id}` and `/{db}/_local/{id}`. */
export const document: Endpoint = {
  methods: ['GET', 'HEAD', 'PUT', 'DELETE', 'COPY'],
  path: '/:db/*',
  access: 'member',
  handle(call) {
    const { id, attachment } = placeOf(call);
    if (attachment !== undefined) return attachmentOf(call, id, attachment);
    const isLocal = id.startsWith('_local/');
    switch (call.method) {
      case 'PUT':
        return put(call, id);
      case 'DELETE':
        return isLocal ? deleteLocal(call, id) : remove(call, id);
      case 'COPY': {
        const { id: target, rev } = targetOf(call);
        return writeEdit(call, target, copyOf(call, id), rev);
      }
      default:
        return isLocal ? getLocal(call, id) : shown(call, id);
    }
  },
};

/** The document of a path, and behind it the name of an attachment: `/db/id/name`, `/db/_design/id/name`. */
function placeOf(call: Call): { id: string; attachment?: string } {
  const [first = '', ...rest] = piecesOf(call.rawPath).slice(1);
  const isPrefixed = first === '_design' || first === '_local';
  const given = isPrefixed ? [first, ...rest.splice(0, 1)].join('/') : first;
  // A word of CouchDB's own that means nothing here is not there; it is no id that could be written either.
  const isReading = call.method === 'GET' || call.method === 'HEAD';
  if (isReading && given.startsWith('_') && !/^_(design|local)\/./.test(given)) throw notFound('missing');
  const id = checkId(given);
  if (rest.length && first === '_local') throw badRequest('_local documents do not accept attachments.');
  if (rest.length === 0) return { id };
  const attachment = rest.join('/');
  refuseViews(id, attachment);
  return { id, attachment };
}

/** Reads a document as its user may see it. */
function shown(call: Call, id: string): Answer {
  if (call.database.name !== '_users' || isServerAdmin(call.user)) return readDocument(call, id);
  // As JSON in any case, from which what is secret can be taken.
  const { raw, ...answer } = readDocument(
    { ...call, headers: { ...call.headers, accept: 'application/json' } },
    id,
  );
  return raw === undefined ? answer : { ...answer, raw: withoutSecrets(raw) };
}

function put(call: Call, id: string): Promise<Answer> {
  const { document, following } = related(call) ?? { document: call.json(), following: undefined };
  const value = asObject(document);
  // The path says which document it is; an id in the body must be one and means nothing.
  if (value._id !== undefined) checkId(value._id);
  return writeEdit(call, id, value, revisionOfRequest(call, value._rev), following);
}

/** Writes one document and answers as CouchDB does. */
export async function writeEdit(
  call: Call,
  id: string,
  value: Record<string, unknown>,
  rev?: string,
  following?: ReadonlyMap<string, Buffer>,
): Promise<Answer> {
  checkSize(id, call.bytes, call.service.limits.documentBytes);
  const named = rev === undefined ? value : { ...value, _rev: rev };
  if (id.startsWith('_local/')) return putLocal(call, id, named);
  requireRightToWrite(call, id);
  const ready = call.database.name === '_users' ? await withHashedPassword(call, id, named) : named;
  const isReplicated = call.query.text('new_edits') === 'false';
  const read = isReplicated ? asReplicated : asEdit;
  const incoming = read(ready, id, following);
  const written = writeDocument(call, incoming);
  // `batch=ok` asks not to wait for the disk. It was waited for; the answer is the one that such a client expects.
  if (call.query.text('batch') === 'ok') return { status: 202, body: { ok: true, id } };
  return {
    status: call.method === 'PUT' && incoming.isDeleted ? 200 : 201,
    headers: {
      etag: `"${written.rev}"`,
      location: `${call.origin}/${encodeURIComponent(call.database.name)}/${encodeURIComponent(id)}`,
    },
    body: { ok: true, id, rev: written.rev },
  };
}

function remove(call: Call, id: string): Answer {
  const row = call.database.row(id);
  if (!row) throw notFound('missing');
  requireRightToWrite(call, id);
  const parent = revisionOfRequest(call);
  if (row.isDeleted) throw notFound('deleted');
  if (parent === undefined) throw conflict();
  const written = writeDocument(call, { id, body: {}, isDeleted: true, edit: { parent } });
  return { headers: { etag: `"${written.rev}"` }, body: { ok: true, id, rev: written.rev } };
}
