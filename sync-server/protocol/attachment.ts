import type { Row } from '../engine/engine.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { isKnown } from '../http/etag.ts';
import { HttpError, conflict, notFound } from '../http/http-error.ts';
import type { AttachmentStub, Body, IncomingAttachment } from '../engine/engine.ts';
import { byteRanges } from './byte-ranges.ts';
import { checkAttachmentName } from './incoming-attachments.ts';
import { checkRevision, checkSize } from './incoming.ts';
import { requireRightToWrite, revisionOfRequest } from './right-to-write.ts';
import { writeDocument } from './write.ts';

/** `/{db}/{id}/{attachment}`: one attachment read, written or removed by itself. */
export function attachmentOf(call: Call, id: string, name: string): Answer {
  switch (call.method) {
    case 'PUT':
      return put(call, id, name);
    case 'DELETE':
      return remove(call, id, name);
    case 'COPY':
      throw new HttpError(405, 'method_not_allowed', 'Only DELETE,GET,HEAD,PUT allowed');
    default:
      return read(call, id, name);
  }
}

type Stubs = Readonly<Record<string, AttachmentStub>>;
type Attachments = ReadonlyMap<string, IncomingAttachment>;

const none = () => new HttpError(404, 'not_found', 'Document is missing attachment');

/** A revision's own fields and attachments. */
function contentOf(call: Call, row: Row, rev: string): { fields: Body; stubs: Stubs } {
  const text = call.database.bodyOf(row.id, rev);
  if (text === undefined) throw notFound('missing');
  const { _attachments: stubs = {}, ...fields } = JSON.parse(text) as Body & { _attachments?: Stubs };
  return { fields, stubs };
}

function read(call: Call, id: string, name: string): Answer {
  const row = call.database.row(id);
  if (!row) throw notFound('missing');
  const asked = call.query.text('rev');
  if (asked === undefined && row.isDeleted) throw notFound('deleted');
  const { stubs } = contentOf(call, row, asked === undefined ? row.rev : checkRevision(asked));
  const stub = Object.hasOwn(stubs, name) ? stubs[name] : undefined;
  const content = stub && call.database.attachment(stub.digest);
  if (!stub || !content) throw none();
  const etag = `"${stub.digest.slice('md5-'.length)}"`;
  if (isKnown(call.headers, etag)) return { status: 304, headers: { etag } };
  const answer = byteRanges(call.headers.range, { type: stub.content_type, content });
  return {
    ...answer,
    // Whatever it is, it runs nothing with the rights of this address.
    headers: { ...answer.headers, etag, 'content-security-policy': "sandbox; default-src 'none'" },
  };
}

function put(call: Call, id: string, name: string): Answer {
  checkAttachmentName(name);
  checkSize(id, call.bytes, call.service.limits.documentBytes);
  const contentType = String(call.headers['content-type'] ?? 'application/octet-stream');
  const data = Buffer.from(call.bytes);
  // The newest stands first, as a CouchDB counts them.
  const { rev } = change(
    call,
    id,
    (before) => new Map([[name, { contentType, data }], ...without(before, name)]),
  );
  const path = [call.database.name, id, ...name.split('/')].map(encodeURIComponent).join('/');
  return {
    status: 201,
    headers: { etag: `"${rev}"`, location: `${call.origin}/${path}` },
    body: { ok: true, id, rev },
  };
}

function remove(call: Call, id: string, name: string): Answer {
  checkAttachmentName(name);
  const { rev } = change(call, id, (before) => {
    if (!before.has(name)) throw none();
    return new Map(without(before, name));
  });
  return { headers: { etag: `"${rev}"` }, body: { ok: true, id, rev } };
}

const without = (attachments: Attachments, name: string) => [...attachments].filter(([one]) => one !== name);

/** Writes the document anew with other attachments, on the revision that the request names. */
function change(call: Call, id: string, edit: (before: Attachments) => Attachments): { rev: string } {
  requireRightToWrite(call, id);
  const row = call.database.row(id);
  const parent = revisionOfRequest(call);
  const isThere =
    row && (parent === undefined ? row.isDeleted : call.database.bodyOf(id, parent) !== undefined);
  if (row && !isThere) throw conflict();
  if (!row && call.method === 'DELETE') throw notFound('missing');
  const { fields, stubs } =
    row && parent !== undefined ? contentOf(call, row, parent) : { fields: {}, stubs: {} as Stubs };
  const attachments = edit(
    new Map(
      Object.entries(stubs).map(([one, { content_type, revpos }]) => [
        one,
        { contentType: content_type, revpos },
      ]),
    ),
  );
  return writeDocument(call, { id, body: fields, isDeleted: false, attachments, edit: { parent } });
}
