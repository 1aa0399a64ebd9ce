/** `COPY` of a document, to the id of the header `Destination`: `other`, or `other?rev=…` over one that is there. */
import type { AttachmentStub } from '../engine/engine.ts';
import type { Call } from '../http/endpoint.ts';
import { badRequest, notFound } from '../http/http-error.ts';
import { checkId, checkRevision } from './incoming.ts';
import { revisionText } from './outgoing.ts';
import { decoded } from './path.ts';
import { revisionOfRequest } from './right-to-write.ts';

/** Where a copy goes, and on which revision of what is there. */
export function targetOf({ headers }: Call): { id: string; rev: string | undefined } {
  const { destination } = headers;
  if (typeof destination !== 'string') throw badRequest('Destination header is mandatory for COPY.');
  if (/^[a-z]+:\/\//i.test(destination)) throw badRequest('Destination URL must be relative.');
  const [path = '', query = ''] = destination.split('?', 2);
  const rev = new URLSearchParams(query).get('rev');
  return { id: checkId(decoded(path)), rev: rev === null ? undefined : checkRevision(rev) };
}

/** The fields of a document, its attachments whole: the target has no revision to take them over from. */
export function copyOf(call: Call, id: string): Record<string, unknown> {
  const text = id.startsWith('_local/') ? localText(call, id) : textOf(call, id);
  const { _id, _rev, _deleted, _attachments, ...fields } = JSON.parse(text) as Record<string, unknown>;
  const isDeleted = _deleted === true ? { _deleted } : {};
  if (!_attachments) return { ...fields, ...isDeleted };
  return { ...fields, ...isDeleted, _attachments: contentsOf(call, _attachments as Stubs) };
}

function localText({ database }: Call, id: string): string {
  const found = database.localDocument(id);
  if (!found) throw notFound('missing');
  return JSON.stringify(found.body);
}

function textOf(call: Call, id: string): string {
  const row = call.database.row(id);
  const rev = revisionOfRequest(call);
  if (!row) throw notFound('missing');
  if (rev === undefined && row.isDeleted) throw notFound('deleted');
  const text = revisionText(call.database, row, rev ?? row.rev);
  if (text === undefined) throw notFound('missing');
  return text;
}

type Stubs = Readonly<Record<string, AttachmentStub>>;

const contentsOf = ({ database }: Call, stubs: Stubs) =>
  Object.fromEntries(
    Object.entries(stubs).map(([name, { content_type, digest }]) => [
      name,
      { content_type, data: database.attachment(digest)?.toString('base64') ?? '' },
    ]),
  );
