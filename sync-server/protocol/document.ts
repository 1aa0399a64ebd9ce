import { isDatabaseAdmin, isServerAdmin } from '../accounts/user.ts';
import type { Row } from '../engine/engine.ts';
import type { Answer, Call, Endpoint } from '../http/endpoint.ts';
import { badRequest, conflict, forbidden, notFound } from '../http/http-error.ts';
import { ancestryOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { asEdit, asObject, asReplicated, checkId, checkRevision, checkSize } from './incoming.ts';
import { deleteLocal, getLocal, putLocal } from './local-document.ts';
import { revisionText, treeOf, type Extras } from './outgoing.ts';
import { withHashedPassword, withoutSecrets } from './users-document.ts';
import { writeDocument } from './write.ts';

/** `/{db}/{id}`, `/{db}/_design/{id}` and `/{db}/_local/{id}`. */
export const document: Endpoint = {
  methods: ['GET', 'HEAD', 'PUT', 'DELETE', 'COPY'],
  path: '/:db/*',
  access: 'member',
  handle(call) {
    const id = checkId(call.params['*']);
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
  };
  const isPlain = Object.values(extras).every((extra) => !extra);
  const etag = `"${rev}"`;
  if (isPlain && call.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  const raw = revisionText(database, row, rev, extras);
  if (raw === undefined) throw notFound('missing');
  return { raw, ...(isPlain || extras.revs ? { headers: { etag } } : {}) };
}

/** With `latest`, the leaf that descends from the revision asked for. */
function resolve(row: Row, rev: string, wantsLatest: boolean): string {
  return wantsLatest ? (leavesBelow(treeOf(row), rev)[0] ?? rev) : rev;
}

function openRevisions({ database, query }: Call, row: Row): Answer {
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
    const text = ancestryOf(tree, rev) && revisionText(database, row, rev, { revs: query.flag('revs') });
    return text === undefined ? `{"missing":${JSON.stringify(rev)}}` : `{"ok":${text}}`;
  });
  return { raw: `[${rows.join(',')}]` };
}

function put(call: Call, id: string): Promise<Answer> {
  const value = asObject(call.json());
  if (value._id !== undefined && value._id !== id)
    throw badRequest('Document ID must match the ID in the URL');
  return writeEdit(call, id, value, revisionOfRequest(call));
}

/** Writes one document and answers as CouchDB does. */
export async function writeEdit(
  call: Call,
  id: string,
  value: Record<string, unknown>,
  rev?: string,
): Promise<Answer> {
  checkSize(id, call.bytes, call.service.limits.documentBytes);
  if (id.startsWith('_local/')) return putLocal(call, id);
  requireRightToWrite(call, id);
  const ready = call.database.name === '_users' ? await withHashedPassword(call, id, value) : value;
  const isReplicated = call.query.flag('new_edits') === false;
  const incoming = isReplicated ? asReplicated(ready, id) : asEdit(ready, id, rev);
  const written = writeDocument(call, incoming);
  // `batch=ok` asks not to wait for the disk. It was waited for; the answer is the one that such a client expects.
  if (call.query.text('batch') === 'ok') return { status: 202, body: { ok: true, id } };
  return {
    status: 201,
    headers: {
      etag: `"${written.rev}"`,
      location: `${call.origin}/${encodeURIComponent(call.database.name)}/${encodeURIComponent(id)}`,
    },
    body: { ok: true, id, rev: written.rev },
  };
}

/** Design documents hold rules: administrators of the database alone may write them. */
export function requireRightToWrite({ user, database }: Call, id: string): void {
  if (id.startsWith('_design/') && !isDatabaseAdmin(user, database.security()))
    throw forbidden('You are not a db or server admin.');
}

/** The revision named by `?rev=` or `If-Match`. */
function revisionOfRequest({ query, headers }: Call): string | undefined {
  const rev = query.text('rev') ?? headers['if-match'];
  if (rev === undefined) return undefined;
  return checkRevision(String(rev).replace(/^"|"$/g, ''));
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
  const { _id, _rev, _revisions, ...fields } = value;
  return writeEdit(call, target, fields, over === null ? undefined : checkRevision(over));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest('Destination header is not a URL.');
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
