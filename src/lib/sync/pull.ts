/** The pull: PouchDB's replication into the tables of the store. PouchDB is loaded when it is first needed. */
import type { PouchConstructor, ReplicationResult } from '../store/pouchdb-adapter/pouchdb.ts';
import type { Store } from '../store/store.ts';
import type { SyncFailure } from './push.ts';
import { defaultTimeoutMs, type Fetch } from './request.ts';

export type Pulled = { ok: true; written: number } | { ok: false; why: SyncFailure | 'signed-out' };

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

/** Brings in all that the server has and this device has not. Goes on from where the last pull stopped. */
export async function pull(options: PullOptions): Promise<Pulled> {
  let failure: SyncFailure | 'signed-out' | undefined;
  const watchedFetch: Fetch = async (url, init) => {
    const limit = AbortSignal.timeout(defaultTimeoutMs * 2);
    const signals = [limit, init?.signal, options.signal].filter((signal) => signal != null);
    try {
      const headers = plainHeaders(init?.headers);
      const response = await options.fetch(url, { ...init, headers, signal: AbortSignal.any(signals) });
      if (response.status === 401) failure = 'signed-out';
      if (response.status >= 500) failure = 'server';
      const type = response.headers.get('content-type') ?? '';
      if (response.ok && !type.includes('json')) {
        failure = 'not-json';
        throw new TypeError('not the server');
      }
      return response;
    } catch (error) {
      failure ??= limit.aborted ? 'timeout' : 'network';
      throw error;
    }
  };
  const PouchDB = await loadPouch().catch(() => undefined);
  if (!PouchDB) return { ok: false, why: 'network' };
  const local = options.store.pouch(PouchDB);
  const remote = new PouchDB(options.url, { adapter: 'http', skip_setup: true, fetch: watchedFetch });
  try {
    const replication = local.replicate.from(remote, { batch_size: 1000, batches_limit: 4, retry: false });
    options.signal?.addEventListener('abort', () => replication.cancel(), { once: true });
    replication.on('change', (change: ReplicationResult) =>
      options.onProgress?.(change.docs_written, change.pending),
    );
    const result = await replication;
    if (failure) return { ok: false, why: failure };
    if (result.doc_write_failures > 0 || !result.ok) return { ok: false, why: 'storage' };
    return { ok: true, written: result.docs_written };
  } catch (error) {
    return { ok: false, why: failure ?? whyOf(error) };
  } finally {
    await Promise.all([local.close(), remote.close()]).catch(() => undefined);
  }
}

/** Outside browsers PouchDB brings a `Headers` class of its own, which the platform's `fetch` does not know. */
function plainHeaders(headers: HeadersInit | undefined): Record<string, string> {
  const plain: Record<string, string> = {};
  (headers as Headers | undefined)?.forEach((value, name) => {
    plain[name] = value;
  });
  return plain;
}

/** PouchDB's error told apart: half an answer does not parse, a full device does not write. */
function whyOf(error: unknown): SyncFailure | 'signed-out' {
  const { name, status } = (error ?? {}) as { name?: string; status?: number };
  if (status === 401) return 'signed-out';
  if (name === 'SyntaxError') return 'not-json';
  if (name === 'TypeError') return 'network';
  if (status !== undefined && status >= 400) return 'server';
  return 'storage';
}
