/** The pull: PouchDB's replication into the tables of the store. PouchDB is loaded when it is first needed. */
import * as z from 'zod/mini';
import type { PouchConstructor, ReplicationResult } from '../store/pouchdb-adapter/pouchdb.ts';
import type { Store } from '../store/store.ts';
import type { SyncFailure } from './push.ts';
import { defaultTimeoutMs, requestJson, type Fetch } from './request.ts';

export type Pulled = { ok: true; written: number } | { ok: false; why: Failure };

export interface PullOptions {
  readonly fetch: Fetch;
  readonly url: string;
  readonly store: Store;
  readonly signal?: AbortSignal;
  readonly onProgress?: (written: number, pending: number | undefined) => void;
}

let loading: Promise<PouchConstructor> | undefined;

/** PouchDB with what replication needs, once. */
export function loadPouch(): Promise<PouchConstructor> {
  loading ??= Promise.all([
    import('pouchdb-core'),
    import('pouchdb-adapter-http'),
    import('pouchdb-replication'),
    import('../store/pouchdb-adapter/adapter.ts'),
  ]).then(([core, http, replication, dexie]) =>
    core.default.plugin(http.default).plugin(replication.default).plugin(dexie.default),
  );
  // A chunk that could not be fetched is fetched again next time.
  loading.catch(() => (loading = undefined));
  return loading;
}

type Failure = SyncFailure | 'signed-out';

/** Brings in all that the server has and this device has not. Goes on from where the last pull stopped. */
export async function pull(options: PullOptions): Promise<Pulled> {
  const line = watchedLine(options);
  const PouchDB = await loadPouch().catch(() => undefined);
  if (!PouchDB) return { ok: false, why: 'network' };
  const local = options.store.pouch(PouchDB);
  const remote = new PouchDB(options.url, { adapter: 'http', skip_setup: true, fetch: line.fetch });
  // PouchDB's own gives up `_bulk_get` for as long as the page lives when its first one fails, as it may on a bad
  // line, and from then on asks for every document by itself.
  remote.bulkGet = ({ docs }) => line.bulkGet(docs);
  try {
    const replication = local.replicate.from(remote, { batch_size: 1000, batches_limit: 4, retry: false });
    options.signal?.addEventListener('abort', () => replication.cancel(), { once: true });
    replication.on('change', (change: ReplicationResult) =>
      options.onProgress?.(change.docs_written, change.pending),
    );
    const result = await replication;
    if (line.failure) return { ok: false, why: line.failure };
    if (result.doc_write_failures > 0 || !result.ok) return { ok: false, why: 'storage' };
    return { ok: true, written: result.docs_written };
  } catch (error) {
    return { ok: false, why: line.failure ?? whyOf(error) };
  } finally {
    await Promise.all([local.close(), remote.close()]).catch(() => undefined);
  }
}

const pullMs = defaultTimeoutMs * 2;

/** The line of one pull: it keeps what went wrong first, and carries nothing after that. */
function watchedLine(options: PullOptions) {
  const line = {
    failure: undefined as Failure | undefined,

    fetch: async (url: string, init?: RequestInit): Promise<Response> => {
      if (line.failure) throw new TypeError('the line has failed');
      const limit = AbortSignal.timeout(pullMs);
      const signals = [limit, init?.signal, options.signal].filter((signal) => signal != null);
      try {
        const headers = plainHeaders(init?.headers);
        const response = await options.fetch(url, { ...init, headers, signal: AbortSignal.any(signals) });
        if (response.status === 401) line.failure = 'signed-out';
        // No checkpoint yet is no failure.
        else if (response.status >= 400 && response.status !== 404) line.failure = 'server';
        else if (!(response.headers.get('content-type') ?? '').includes('json')) line.failure = 'not-json';
        if (line.failure === 'not-json') throw new TypeError('not the server');
        return response;
      } catch (error) {
        line.failure ??= limit.aborted ? 'timeout' : 'network';
        throw error;
      }
    },

    bulkGet: async (docs: readonly object[]): Promise<{ results: unknown[] }> => {
      const answered = await requestJson(options.fetch, `${options.url}/_bulk_get?revs=true&latest=true`, {
        method: 'POST',
        body: { docs },
        timeoutMs: pullMs,
        signal: options.signal,
      });
      if (!answered.ok) line.failure ??= answered.why;
      else if (answered.status === 401) line.failure ??= 'signed-out';
      else if (answered.status !== 200) line.failure ??= 'server';
      else {
        const parsed = z.safeParse(bulkGot, answered.json);
        if (parsed.success) return parsed.data;
        line.failure ??= 'not-json';
      }
      throw new TypeError('the line has failed');
    },
  };
  return line;
}

const bulkGot = z.object({
  results: z.array(z.looseObject({ id: z.string(), docs: z.array(z.looseObject({})) })),
});

/** Outside browsers PouchDB brings a `Headers` class of its own, which the platform's `fetch` does not know. */
function plainHeaders(headers: HeadersInit | undefined): Record<string, string> {
  const plain: Record<string, string> = {};
  (headers as Headers | undefined)?.forEach((value, name) => {
    plain[name] = value;
  });
  return plain;
}

/** PouchDB's error told apart: half an answer does not parse, a full device does not write. */
function whyOf(error: unknown): Failure {
  const { name, status } = (error ?? {}) as { name?: string; status?: number };
  if (status === 401) return 'signed-out';
  if (name === 'SyntaxError') return 'not-json';
  if (name === 'TypeError') return 'network';
  if (status !== undefined && status >= 400) return 'server';
  return 'storage';
}
