/** The full audit: does the server hold every leaf revision that is here? What it lacks is sent again. */
import type { Store } from '../store/store.ts';
import { missingRevisions, type SyncFailure } from './push.ts';
import { remoteUrl, type Fetch } from './request.ts';

export type AuditResult =
  | { ok: true; compared: number; missing: number }
  | { ok: false; why: SyncFailure | 'signed-out'; compared: number; missing: number };

/** Compares one replica with its remote database and marks unsent what is missing there. */
export async function auditReplica(options: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly store: Store;
  /** The account whose documents alone may be sent from here: what others wrote is theirs to send again. */
  readonly onlyBy?: string | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (compared: number) => void;
}): Promise<AuditResult> {
  const { store, onlyBy } = options;
  let compared = 0;
  let missing = 0;
  for await (const page of store.leaves()) {
    const answer = await missingRevisions(options, page);
    if (!answer.ok) return { ok: false, why: answer.why, compared, missing };
    const unknown = page.filter(({ id, rev }) => answer.revs.get(id)?.has(rev));
    const lost = onlyBy === undefined ? unknown : await store.writtenBy(unknown, onlyBy);
    await store.outbox.markUnsent(lost);
    compared += page.length;
    missing += lost.length;
    options.onProgress?.(compared);
  }
  return { ok: true, compared, missing };
}

/** Compares all replicas; what had been refused may try again. */
export async function auditReplicas(options: {
  readonly fetch: Fetch;
  readonly server: string;
  readonly onlyBy?: string | undefined;
  readonly replicas: readonly { readonly store: Store; readonly remote: string }[];
  readonly signal?: AbortSignal;
  readonly onProgress?: ((compared: number) => void) | undefined;
}): Promise<AuditResult> {
  let compared = 0;
  let missing = 0;
  for (const { store, remote } of options.replicas) {
    const before = compared;
    const result = await auditReplica({
      ...options,
      store,
      url: remoteUrl(options.server, remote),
      onProgress: (count) => options.onProgress?.(before + count),
    });
    compared += result.compared;
    missing += result.missing;
    if (!result.ok) return { ok: false, why: result.why, compared, missing };
    await store.outbox.retryRefused();
  }
  return { ok: true, compared, missing };
}
