import { HttpError, badRequest, forbidden } from '../http/http-error.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import type { Incoming } from '../engine/engine.ts';
import { whyNotHandedIn } from './hand-in.ts';
import { asEdit, asObject, asReplicated, checkId, checkSize } from './incoming.ts';
import { writeLocal } from './local-document.ts';
import { newId } from './new-id.ts';
import { requireRightToWrite } from './right-to-write.ts';
import { withHashedPassword } from './users-document.ts';
import { writeDocuments } from './write.ts';

type ResultRow = { ok?: true; id: string; rev?: string; error?: string; reason?: string };

/**
 * `POST /{db}/_bulk_docs`: writes many documents in one transaction. With `new_edits:false` the revisions are kept as
 * they come and only refusals are answered.
 */
export const bulkDocs: Endpoint = {
  methods: ['POST'],
  path: '/:db/_bulk_docs',
  access: 'member',
  takesTurns: true,
  forRevoked: ['POST'],
  async handle(call) {
    const request = asObject(call.json());
    if (request.docs === undefined) throw badRequest('POST body must include `docs` parameter.');
    if (!Array.isArray(request.docs)) throw badRequest('`docs` parameter must be an array.');
    if (request.new_edits !== undefined && typeof request.new_edits !== 'boolean')
      throw badRequest('`new_edits` parameter must be a boolean.');
    const isReplicated = request.new_edits === false;
    if (request.all_or_nothing === true && !isReplicated && request.docs.length > 0)
      throw new HttpError(417, 'not_implemented', 'all_or_nothing is not supported');
    const rows: (ResultRow | undefined)[] = [];
    const accepted: { at: number; rev: string | undefined; incoming: Incoming }[] = [];
    const documents = request.docs.map(asObject);
    for (const [at, value] of documents.entries()) {
      const result = await prepare(call, value, isReplicated);
      if ('incoming' in result)
        accepted.push({
          at,
          rev: isReplicated ? String(value._rev) : undefined,
          incoming: result.incoming,
        });
      else rows[at] = result.row;
    }
    const written = writeDocuments(
      call,
      accepted.map(({ incoming }) => incoming),
    );
    for (const [n, result] of written.entries()) {
      const at = accepted[n]?.at ?? 0;
      if (!result.ok && result.why === 'refused') {
        const { id, error, reason } = result;
        const rev = accepted[n]?.rev;
        rows[at] = { id, ...(rev === undefined ? {} : { rev }), error, reason };
      } else if (!result.ok)
        rows[at] = { id: result.id, error: 'conflict', reason: 'Document update conflict.' };
      else if (!isReplicated) rows[at] = { ok: true, id: result.id, rev: result.rev };
    }
    return { status: 201, body: rows.filter((row) => row !== undefined) };
  },
};

/** One document made ready, or the row that refuses it (or that answers a `_local/` one). */
async function prepare(
  call: Call,
  value: Record<string, unknown>,
  isReplicated: boolean,
): Promise<{ incoming: Incoming } | { row: ResultRow }> {
  const id = value._id === undefined ? newId() : checkId(value._id);
  checkSize(id, sizeProbe(call, value), call.service.limits.documentBytes);
  const { user } = call;
  const notTaken = user.device?.isRevoked ? whyNotHandedIn(value, user.name) : undefined;
  if (notTaken === undefined && id.startsWith('_local/')) return { row: localRow(call, id, value) };
  try {
    if (notTaken !== undefined) throw forbidden(notTaken);
    requireRightToWrite(call, id);
    const ready = call.database.name === '_users' ? await withHashedPassword(call, id, value) : value;
    return { incoming: isReplicated ? asReplicated(ready, id) : asEdit(ready, id) };
  } catch (error) {
    if (!(error instanceof HttpError) || (error.status !== 401 && error.status !== 403)) throw error;
    const rev = typeof value._rev === 'string' && isReplicated ? { rev: value._rev } : {};
    return { row: { id, ...rev, error: error.error, reason: error.reason } };
  }
}

function localRow({ database }: Call, id: string, value: Record<string, unknown>): ResultRow {
  if (value._deleted !== true) return { ok: true, id, rev: writeLocal(database, id, value) };
  database.deleteLocalDocument(id);
  return { ok: true, id, rev: '0-0' };
}

/** The document's text, made only when the whole request is large enough to hide an oversize one. */
const sizeProbe = (call: Call, value: unknown) =>
  call.bytes.length * 3 > call.service.limits.documentBytes ? JSON.stringify(value) : '';
