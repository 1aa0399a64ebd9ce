/** A document changed in the CouchDB where it lives: whoever was quicker there has won. */
import * as z from 'zod/mini';
import type { ChangeRecord } from '../accounts/change-record.ts';
import { CouchFailed, type CouchClient } from './client.ts';

const attempts = 6;

const stored = z.looseObject({
  _id: z.string(),
  _rev: z.string(),
  _revisions: z.object({ start: z.number(), ids: z.array(z.string()) }),
});
const written = z.object({ rev: z.string() });

type Changed = Record<string, unknown> & { _id: string; _rev: string };

/**
 * @returns the document as it stands there now, with its history; `undefined` when it was left as it was
 * Throws `CouchFailed`.
 */
export async function changeRemotely(
  couch: CouchClient,
  database: string,
  id: string,
  change: Parameters<ChangeRecord>[2],
): Promise<Changed | undefined> {
  const path = `/${encodeURIComponent(database)}/${encodeURIComponent(id)}`;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const read = await couch.ask('GET', `${path}?revs=true`);
    const found = z.safeParse(stored, read.json);
    if (read.status === 200 ? !found.success : read.status !== 404)
      throw new CouchFailed(`${couch.address} answers ${read.status}.`, read.status);
    const { _id, _rev, _revisions, ...before } = found.success ? found.data : {};
    const body = change(found.success ? before : undefined);
    if (!body) return undefined;
    const put = await couch.ask('PUT', path, { ...body, ...(_rev === undefined ? {} : { _rev }) });
    const done = z.safeParse(written, put.json);
    // 202: not every node has it yet.
    if (put.status < 300 && done.success) {
      const [, hash = ''] = done.data.rev.split('-');
      const start = Number.parseInt(done.data.rev, 10);
      const ids = [hash, ...(start === (_revisions?.start ?? 0) + 1 ? (_revisions?.ids ?? []) : [])];
      return { ...body, _id: id, _rev: done.data.rev, _revisions: { start, ids } };
    }
    if (put.status !== 409) throw new CouchFailed(`${couch.address} answers ${put.status}.`, put.status);
    // Somebody else was quicker, or this node has not heard of the last change yet.
    await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));
  }
  throw new CouchFailed(`${couch.address} does not come to an end with ${database}.`);
}
