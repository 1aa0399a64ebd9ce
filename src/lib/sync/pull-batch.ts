/** One batch of the server's changes, with the revisions that lack here. */
import * as z from 'zod/mini';
import type { RevisionKey } from '../store/outbox.ts';
import type { IncomingRevision } from '../store/replicated.ts';
import type { PullOptions } from './pull.ts';
import type { SyncFailure } from './push.ts';
import { requestJson, type Answered } from './request.ts';

export interface Batch {
  readonly revisions: readonly IncomingRevision[];
  readonly lastSeq: string;
  /** How many changes come after this batch, where the server says so. */
  readonly pending: number | undefined;
  readonly isLast: boolean;
}

type Failed = { readonly ok: false; readonly why: SyncFailure | 'signed-out' };
export type FetchedBatch = { readonly ok: true; readonly batch: Batch } | Failed;

const revision = z.string().check(z.regex(/^[1-9]\d*-.+$/));
const document = z.looseObject({
  _id: z.string(),
  _rev: revision,
  _deleted: z.optional(z.boolean()),
  _revisions: z.optional(z.object({ start: z.number(), ids: z.array(z.string()) })),
});
type RemoteDocument = z.infer<typeof document>;

const sequence = z.union([z.string(), z.number()]);
const feed = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      changes: z.array(z.object({ rev: revision })),
      doc: z.optional(z.nullable(document)),
    }),
  ),
  last_seq: sequence,
  pending: z.optional(z.number()),
});

const bulkGot = z.object({
  results: z.array(
    z.object({
      docs: z.array(
        z.union([z.object({ ok: document }), z.object({ error: z.looseObject({ error: z.string() }) })]),
      ),
    }),
  ),
});

/** Long enough for a thousand documents on a poor line. */
const batchMs = 60_000;

/**
 * Fetches what changed after `since`. Never throws.
 * @param withBodies asks for bodies at once: right when most of the documents are new here
 */
export async function fetchBatch(
  options: PullOptions,
  since: string,
  limit: number,
  withBodies: boolean,
): Promise<FetchedBatch> {
  const { fetch, url, signal, store } = options;
  const query = new URLSearchParams({ style: 'all_docs', since, limit: String(limit) });
  if (withBodies) query.set('include_docs', 'true');
  const parsed = parse(
    feed,
    await requestJson(fetch, `${url}/_changes?${query}`, { timeoutMs: batchMs, signal }),
  );
  if (!parsed.ok) return parsed;
  const { results, last_seq: lastSeq, pending } = parsed.value;

  const revisions: IncomingRevision[] = [];
  const asked: RevisionKey[] = [];
  for (const { id, changes, doc } of results) {
    // Rules of the server: nothing for a screen.
    if (id.startsWith('_design/')) continue;
    const [only] = changes;
    // A first revision has no ancestors: its body is all there is to know.
    if (doc && changes.length === 1 && doc._rev === only?.rev && doc._rev.startsWith('1-'))
      revisions.push(incoming(doc));
    else for (const { rev } of changes) asked.push({ id, rev });
  }
  try {
    const missing = asked.length ? await store.missing(asked) : [];
    if (missing.length) {
      const got = await bulkGet(options, missing);
      if (!got.ok) return got;
      revisions.push(...got.value);
    }
  } catch {
    return { ok: false, why: 'storage' };
  }
  const isLast = results.length < limit;
  return { ok: true, batch: { revisions, lastSeq: String(lastSeq), pending, isLast } };
}

async function bulkGet(
  { fetch, url, signal }: PullOptions,
  docs: readonly RevisionKey[],
): Promise<{ ok: true; value: IncomingRevision[] } | Failed> {
  const answered = await requestJson(fetch, `${url}/_bulk_get?revs=true&latest=true`, {
    method: 'POST',
    body: { docs },
    timeoutMs: batchMs,
    signal,
  });
  const parsed = parse(bulkGot, answered);
  if (!parsed.ok) return parsed;
  const revisions: IncomingRevision[] = [];
  for (const row of parsed.value.results.flatMap((result) => result.docs)) {
    if ('ok' in row) revisions.push(incoming(row.ok));
    // Gone since the list was made (purged): nothing is left to bring. Anything else is to be asked for again.
    else if (row.error.error !== 'not_found') return { ok: false, why: 'server' };
  }
  return { ok: true, value: revisions };
}

function parse<T>(schema: z.ZodMiniType<T>, answered: Answered): { ok: true; value: T } | Failed {
  if (!answered.ok) return answered;
  if (answered.status === 401) return { ok: false, why: 'signed-out' };
  if (answered.status !== 200) return { ok: false, why: 'server' };
  const parsed = z.safeParse(schema, answered.json);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, why: 'not-json' };
}

/** Apart what is the document's own from what tells of its revision. */
function incoming({ _id: id, _rev: rev, _deleted, _revisions, ...rest }: RemoteDocument): IncomingRevision {
  const dash = rev.indexOf('-');
  const { start, ids } = _revisions ?? { start: Number(rev.slice(0, dash)), ids: [rev.slice(dash + 1)] };
  return { id, rev, isDeleted: _deleted === true, start, hashes: ids, body: rest };
}
