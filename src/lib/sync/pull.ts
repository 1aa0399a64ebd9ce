/**
 * The pull: CouchDB's replication protocol, read by us. While one batch is written the next one travels; a batch costs
 * one request when its documents are new, and two when some must be asked for.
 */
import type { Store } from '../store/store.ts';
import { fetchBatch, type Batch, type FetchedBatch } from './pull-batch.ts';
import type { SyncFailure } from './push.ts';
import type { Fetch } from './request.ts';

export type Pulled = { ok: true; written: number } | { ok: false; why: SyncFailure | 'signed-out' };

export interface PullOptions {
  readonly fetch: Fetch;
  /** Address of the remote database. */
  readonly url: string;
  readonly store: Store;
  readonly signal?: AbortSignal | undefined;
  /** @param pending how many changes are still to come, where the server says so */
  readonly onProgress?: (written: number, pending: number | undefined) => void;
}

const largestBatch = 1000;
/** Below this a batch that takes too long says that the line is dead, not that it is slow. */
const smallestSlowBatch = 100;

/** Brings in all that the server has and this device has not. Goes on from where the last pull stopped. */
export async function pull(options: PullOptions): Promise<Pulled> {
  const { store, onProgress } = options;
  const since = await checkpointOf(store);
  // A replica that was never filled: bodies come with the list of changes, and nothing needs to be compared.
  const isFirst = since === undefined && (await store.count()) === 0;
  let limit = largestBatch;
  let written = 0;
  let next: Promise<FetchedBatch> | undefined = fetchBatch(options, since ?? '0', limit, isFirst);
  let at = since ?? '0';
  while (next) {
    const fetched: FetchedBatch = await next;
    if (!fetched.ok) {
      if (fetched.why !== 'timeout' || limit <= smallestSlowBatch) return fetched;
      limit = Math.floor(limit / 3);
      next = fetchBatch(options, at, limit, isFirst);
      continue;
    }
    const batch: Batch = fetched.batch;
    next = batch.isLast ? undefined : fetchBatch(options, batch.lastSeq, limit, isFirst);
    const stored = await keep(store, batch);
    if (!stored.ok) {
      await next;
      return stored;
    }
    written += stored.written;
    at = batch.lastSeq;
    onProgress?.(written, batch.pending);
  }
  return { ok: true, written };
}

/** Writes a batch, then how far the feed was read: a crash between the two only makes the batch come again. */
async function keep(store: Store, batch: Batch): Promise<Pulled> {
  try {
    const written = await store.writeReplicated(batch.revisions);
    await store.setNote(note, { since: batch.lastSeq });
    return { ok: true, written };
  } catch {
    return { ok: false, why: 'storage' };
  }
}

const note = 'pulled';

async function checkpointOf(store: Store): Promise<string | undefined> {
  const found = await store.note(note);
  return typeof found?.since === 'string' ? found.since : undefined;
}

/** The next pull begins at the start of the server's feed: it may be another server by now. */
export const forgetCheckpoint = (store: Store) => store.setNote(note, undefined);
