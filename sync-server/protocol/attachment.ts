import type { Row } from '../engine/engine.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { HttpError, conflict, notFound } from '../http/http-error.ts';
import type { AttachmentStub, Body, IncomingAttachment } from '../engine/engine.ts';
import { checkAttachmentName, checkRevision, checkSize } from './incoming.ts';
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
  if (call.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return {
    // Whatever it is, it runs nothing with the rights of this address.
    headers: { etag, 'content-security-policy': "sandbox; default-src 'none'" },
    bytes: { type: stub.content_type, content },
  };
}

function put(call: Call, id: string, name: string): Answer {
  checkAttachmentName(name);
  checkSize(id, call.bytes, call.service.limits.documentBytes);
  const contentType = String(call.headers['content-type'] ?? 'application/octet-stream');
  const { rev } = change(call, id, (stubs) =>
    stubs.set(name, { contentType, data: Buffer.from(call.bytes) }),
  );
  const path = [call.database.name, id, ...name.split('/')].map(encodeURIComponent).join('/');
  return {
    status: 201,
    headers: { etag: `"${rev}"`, location: `${call.origin}/${path}` },
    body: { ok: true, id, rev },
  };
}

function remove(call: Call, id: string, name: string): Answer {
  const { rev } = change(call, id, (stubs) => {
    if (!stubs.delete(name)) throw none();
  });
  return { headers: { etag: `"${rev}"` }, body: { ok: true, id, rev } };
}

/** Writes the document anew with other attachments, on the revision that the request names. */
function change(
  call: Call,
  id: string,
  edit: (attachments: Map<string, IncomingAttachment>) => void,
): { rev: string } {
  requireRightToWrite(call, id);
  const row = call.database.row(id);
  const parent = revisionOfRequest(call);
  const isThere =
    row && (parent === undefined ? row.isDeleted : call.database.bodyOf(id, parent) !== undefined);
  if (row && !isThere) throw conflict();
  if (!row && call.method === 'DELETE') throw notFound('missing');
  const { fields, stubs } =
    row && parent !== undefined ? contentOf(call, row, parent) : { fields: {}, stubs: {} as Stubs };
  const attachments = new Map<string, IncomingAttachment>(
    Object.entries(stubs).map(([one, stub]) => [
      one,
      { contentType: stub.content_type, digest: stub.digest },
    ]),
  );
  edit(attachments);
  return writeDocument(call, { id, body: fields, isDeleted: false, attachments, edit: { parent } });
}
