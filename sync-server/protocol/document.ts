import { isServerAdmin } from '../accounts/user.ts';
import type { AttachmentStub, Row } from '../engine/engine.ts';
import type { Answer, Call, Endpoint } from '../http/endpoint.ts';
import { badRequest, conflict, notFound } from '../http/http-error.ts';
import { ancestryOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { asEdit, asObject, asReplicated, checkId, checkRevision, checkSize } from './incoming.ts';
import { requireRightToWrite, revisionOfRequest } from './right-to-write.ts';
import { deleteLocal, getLocal, putLocal } from './local-document.ts';
import { attachmentOf } from './attachment.ts';
import { contentsAsked, mixedAnswer, related, relatedAnswer, takes } from './multipart.ts';
import { revisionText, treeOf, type Extras } from './outgoing.ts';
import { withHashedPassword, withoutSecrets } from './users-document.ts';
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
        return isLocal ? putLocal(call, id) : put(call, id);
      case 'DELETE':
        return isLocal ? deleteLocal(call, id) : remove(call, id);
      case 'COPY':
        return copy(call, id);
      default:
        return isLocal ? getLocal(call, id) : shown(call, read(call, id));
    }
  },
};

/** The document of a path, and behind it the name of an attachment: `/db/id/name`, `/db/_design/id/name`. */
function placeOf(call: Call): { id: string; attachment?: string } {
  const [first = '', ...rest] = call.rawPath.split('/').slice(2).map(decoded);
  const isPrefixed = first === '_design' || first === '_local';
  const id = checkId(isPrefixed ? [first, ...rest.splice(0, 1)].join('/') : first);
  if (rest.length && first === '_local') throw badRequest('_local documents do not accept attachments.');
  return rest.length ? { id, attachment: rest.join('/') } : { id };
}

const shown = ({ database, user }: Call, answer: Answer): Answer =>
  database.name === '_users' && !isServerAdmin(user) && answer.raw !== undefined
    ? { ...answer, raw: withoutSecrets(answer.raw) }
    : answer;

function read(call: Call, id: string): Answer {
  const { database, query } = call;
  const row = database.row(id);
  if (!row) throw notFound('missing');
  if (query.text('open_revs') !== undefined) return openRevisions(call, row);
  const asked = query.text('rev');
  if (asked === undefined && row.isDeleted) throw notFound('deleted');
  const rev =
    asked === undefined ? row.rev : resolve(row, checkRevision(asked), query.flag('latest') ?? false);
  const isMeta = query.flag('meta');
  const extras: Extras = {
    revs: query.flag('revs'),
    revsInfo: query.flag('revs_info') ?? isMeta,
    conflicts: query.flag('conflicts') ?? isMeta,
    deletedConflicts: query.flag('deleted_conflicts') ?? isMeta,
    localSeq: query.flag('local_seq'),
    contents: contentsAsked(call),
  };
  const isPlain = Object.values(extras).every((extra) => !extra);
  const etag = `"${rev}"`;
  if (isPlain && call.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  const raw = revisionText(database, row, rev, extras);
  if (raw === undefined) throw notFound('missing');
  if (extras.contents && call.method === 'GET' && takes(call, 'multipart/related')) return relatedAnswer(raw);
  return { raw, ...(isPlain || extras.revs ? { headers: { etag } } : {}) };
}

/** With `latest`, the leaf that descends from the revision asked for. */
function resolve(row: Row, rev: string, wantsLatest: boolean): string {
  return wantsLatest ? (leavesBelow(treeOf(row), rev)[0] ?? rev) : rev;
}

function openRevisions(call: Call, row: Row): Answer {
  const { database, query } = call;
  const contents = contentsAsked(call);
  const asked = query.text('open_revs') === 'all' ? 'all' : query.json('open_revs');
  const tree = treeOf(row);
  if (asked !== 'all' && !Array.isArray(asked)) throw badRequest('Invalid open_revs');
  const wanted =
    asked === 'all'
      ? leavesOf(tree)
          .map((leaf) => leaf.rev)
          .sort()
      : asked.map(checkRevision).flatMap((rev: string) => {
          const leaves = query.flag('latest') ? leavesBelow(tree, rev) : [];
          return leaves.length ? leaves : [rev];
        });
  const rows = [...new Set(wanted)].map((rev) => {
    const text =
      ancestryOf(tree, rev) && revisionText(database, row, rev, { revs: query.flag('revs'), contents });
    return text === undefined ? { missing: rev } : { text };
  });
  if (takes(call, 'multipart/mixed'))
    return mixedAnswer(
      rows.map(({ text, missing }) =>
        text === undefined ? { error: JSON.stringify({ missing }) } : { document: text },
      ),
    );
  const texts = rows.map(({ text, missing }) =>
    text === undefined ? `{"missing":${JSON.stringify(missing)}}` : `{"ok":${text}}`,
  );
  return { raw: `[${texts.join(',')}]` };
}

function put(call: Call, id: string): Promise<Answer> {
  const { document, following } = related(call) ?? { document: call.json(), following: undefined };
  const value = asObject(document);
  // The path says which document it is; an id in the body must be one and means nothing.
  if (value._id !== undefined) checkId(value._id);
  const rev = revisionOfRequest(call);
  if (rev !== undefined && value._rev !== undefined && value._rev !== rev)
    throw badRequest('The document names another revision than the request.');
  return writeEdit(call, id, value, rev, following);
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
  if (id.startsWith('_local/')) return putLocal(call, id);
  requireRightToWrite(call, id);
  const ready = call.database.name === '_users' ? await withHashedPassword(call, id, value) : value;
  const isReplicated = call.query.flag('new_edits') === false;
  const incoming = isReplicated ? asReplicated(ready, id, following) : asEdit(ready, id, rev, following);
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

/** `COPY`, to the id of the header `Destination`: `other`, or `other?rev=…` over a document that is there. */
function copy(call: Call, id: string): Promise<Answer> {
  const header = call.headers.destination;
  if (typeof header !== 'string' || header === '')
    throw badRequest('Destination header is mandatory for COPY.');
  if (/^[a-z]+:\/\//i.test(header)) throw badRequest('Destination URL must be relative.');
  const [path = '', query = ''] = header.split('?', 2);
  const target = checkId(decoded(path));
  const over = new URLSearchParams(query).get('rev');
  const source = id.startsWith('_local/') ? getLocal(call, id) : read(call, id);
  const value = asObject(source.raw === undefined ? source.body : JSON.parse(source.raw));
  const { _id, _rev, _revisions, _attachments, ...fields } = value;
  if (_attachments) fields._attachments = contentsOf(call, _attachments as Stubs);
  return writeEdit(call, target, fields, over === null ? undefined : checkRevision(over));
}

type Stubs = Readonly<Record<string, AttachmentStub>>;

/** Attachments of a copy: whole, for its target has no revision to take them over from. */
const contentsOf = ({ database }: Call, stubs: Stubs) =>
  Object.fromEntries(
    Object.entries(stubs).map(([name, { content_type, digest }]) => [
      name,
      { content_type, data: database.attachment(digest)?.toString('base64') ?? '' },
    ]),
  );

/** A piece of a path; `+` stands for a space there, as in a query. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The address is not well formed.');
  }
}

function remove(call: Call, id: string): Answer {
  const row = call.database.row(id);
  if (!row) throw notFound('missing');
  requireRightToWrite(call, id);
  const parent = revisionOfRequest(call);
  if (row.isDeleted && (parent === undefined || parent === row.rev)) throw notFound('deleted');
  if (parent === undefined) throw conflict();
  const written = writeDocument(call, { id, body: {}, isDeleted: true, edit: { parent } });
  return { headers: { etag: `"${written.rev}"` }, body: { ok: true, id, rev: written.rev } };
}
