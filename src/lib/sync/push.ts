/**
 * The push: an outbox with receipts. A revision counts as sent when `_revs_diff` no longer misses it, and for no other
 * reason; a refused document is set aside and holds up nobody. Plain `fetch`, so that the service worker can run it.
 */
import * as z from 'zod/mini';
import type { OutgoingRevision, Outbox, RefusedDocument } from '../store/outbox.ts';
import { requestJson, type Fetch, type RequestFailure } from './request.ts';

export type SyncFailure = RequestFailure | 'server' | 'storage';

export type Pushed =
  | { ok: true; sent: number; refused: number }
  | { ok: false; why: SyncFailure | 'signed-out'; sent: number; refused: number };

export interface PushOptions {
  readonly fetch: Fetch;
  /** Address of the remote database. */
  readonly url: string;
  readonly outbox: Outbox;
  readonly now: () => string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (sent: number) => void;
}

const largestBatch = 200;

const refusalRows = z.array(
  z.looseObject({
    id: z.string(),
    rev: z.optional(z.string()),
    error: z.optional(z.string()),
    reason: z.optional(z.string()),
  }),
);
const diff = z.record(z.string(), z.object({ missing: z.array(z.string()) }));
const reasonOf = (json: unknown) => {
  const parsed = z.safeParse(z.looseObject({ reason: z.string() }), json);
  return parsed.success ? parsed.data.reason : '';
};

const statusOf: Record<string, number> = { unauthorized: 401, forbidden: 403, too_large: 413, conflict: 409 };

type Round =
  | { done: 'some'; sent: number; refused: number }
  /** A smaller batch may do better. */
  | { done: 'smaller'; why: SyncFailure }
  | { done: 'failed'; why: SyncFailure | 'signed-out' };

/** Sends all that waits, batch by batch, until nothing waits or something fails. */
export async function push(options: PushOptions): Promise<Pushed> {
  const { outbox } = options;
  let size = largestBatch;
  let sent = 0;
  let refused = 0;
  for (;;) {
    const batch = await outbox.nextBatch(size);
    if (batch.length === 0) return { ok: true, sent, refused };
    let round = await sendBatch(options, batch);
    if (round.done === 'smaller') {
      if (size > 1 && documentsOf(batch) > 1) {
        size = Math.max(1, Math.floor(Math.min(size, documentsOf(batch)) / 2));
        continue;
      }
      round = await setAsideIfOthersPass(options, batch, round.why);
    }
    if (round.done !== 'some') return { ok: false, why: round.why, sent, refused };
    sent += round.sent;
    refused += round.refused;
    size = Math.min(largestBatch, size * 2);
    options.onProgress?.(sent);
  }
}

const documentsOf = (batch: readonly OutgoingRevision[]) => new Set(batch.map(({ id }) => id)).size;

/** Below this a batch that takes too long says that the line is dead, not that it is slow. */
const smallestSlowBatch = 25;

async function sendBatch(options: PushOptions, batch: readonly OutgoingRevision[]): Promise<Round> {
  const { fetch, url, outbox, signal } = options;
  const answered = await requestJson(fetch, `${url}/_bulk_docs`, {
    method: 'POST',
    body: { new_edits: false, docs: batch.map((one) => one.document) },
    signal,
  });
  if (!answered.ok) {
    const isSlow = answered.why === 'timeout' && documentsOf(batch) > smallestSlowBatch;
    return { done: isSlow ? 'smaller' : 'failed', why: answered.why };
  }
  const { status, json } = answered;
  if (status === 401) return { done: 'failed', why: 'signed-out' };
  // No member of the database any more, or it is gone.
  if (status === 403 || status === 404) return refuse(options, batch, status, json);
  // Too large, or one document that spoils the batch: half of it, down to the one that is set aside.
  if (status === 413 || status === 400)
    return documentsOf(batch) > 1 ? { done: 'smaller', why: 'server' } : refuse(options, batch, status, json);
  if (status === 500) return { done: 'smaller', why: 'server' };
  if (status !== 201 && status !== 202) return { done: 'failed', why: 'server' };
  const rows = z.safeParse(refusalRows, json);
  if (!rows.success) return { done: 'failed', why: 'not-json' };

  const missing = await missingRevisions(options, batch);
  if (!missing.ok) return { done: 'failed', why: missing.why };
  const proven = batch.filter(({ id, rev }) => !missing.revs.get(id)?.has(rev));
  await outbox.markSent(proven);
  const refusals: RefusedDocument[] = [];
  for (const { id, rev } of batch) {
    if (!missing.revs.get(id)?.has(rev)) continue;
    const row = rows.data.find(
      (one) => one.id === id && one.error && (one.rev === undefined || one.rev === rev),
    );
    if (!row?.error) continue;
    const reason = row.reason || row.error;
    refusals.push({ id, rev, status: statusOf[row.error] ?? 400, reason, at: options.now() });
  }
  await outbox.markRefused(refusals);
  // Neither proven nor refused: the server does not do what it says, and asking again at once would never end.
  if (proven.length === 0 && refusals.length === 0) return { done: 'failed', why: 'server' };
  return { done: 'some', sent: proven.length, refused: refusals.length };
}

/**
 * The server fails over one document alone. When it takes another one, the fault lies with that document, and it is
 * set aside; otherwise the server is in trouble, and nothing is.
 */
async function setAsideIfOthersPass(
  options: PushOptions,
  batch: readonly OutgoingRevision[],
  why: SyncFailure,
): Promise<Round> {
  const id = batch[0]?.id;
  const others = (await options.outbox.nextBatch(2)).filter((one) => one.id !== id);
  if (others.length === 0) return { done: 'failed', why };
  const round = await sendBatch(options, others);
  if (round.done !== 'some' || round.sent === 0) return { done: 'failed', why };
  const setAside = await refuse(options, batch, 500, { reason: 'internal_server_error' });
  return setAside.done === 'some' ? { ...setAside, sent: round.sent } : setAside;
}

async function refuse(
  { outbox, now }: PushOptions,
  batch: readonly OutgoingRevision[],
  status: number,
  json: unknown,
): Promise<Round> {
  const reason = reasonOf(json) || String(status);
  await outbox.markRefused(batch.map(({ id, rev }) => ({ id, rev, status, reason, at: now() })));
  return { done: 'some', sent: 0, refused: batch.length };
}

/** Sets aside all that waits. */
export async function refuseAll(
  outbox: Outbox,
  { status, reason, at }: { status: number; reason: string; at: () => string },
): Promise<void> {
  for (;;) {
    const batch = await outbox.nextBatch(largestBatch);
    if (batch.length === 0) return;
    await outbox.markRefused(batch.map(({ id, rev }) => ({ id, rev, status, reason, at: at() })));
  }
}

/** Which of these revisions the server does not hold: the receipt. */
export async function missingRevisions(
  { fetch, url, signal }: Pick<PushOptions, 'fetch' | 'url' | 'signal'>,
  revisions: readonly { id: string; rev: string }[],
): Promise<{ ok: true; revs: Map<string, Set<string>> } | { ok: false; why: SyncFailure | 'signed-out' }> {
  const asked = new Map<string, string[]>();
  for (const { id, rev } of revisions) asked.set(id, [...(asked.get(id) ?? []), rev]);
  const answered = await requestJson(fetch, `${url}/_revs_diff`, {
    method: 'POST',
    body: Object.fromEntries(asked),
    signal,
  });
  if (!answered.ok) return { ok: false, why: answered.why };
  if (answered.status === 401) return { ok: false, why: 'signed-out' };
  const parsed = z.safeParse(diff, answered.json);
  if (answered.status !== 200 || !parsed.success) return { ok: false, why: 'server' };
  return {
    ok: true,
    revs: new Map(Object.entries(parsed.data).map(([id, { missing }]) => [id, new Set(missing)])),
  };
}
