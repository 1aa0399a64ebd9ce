/**
 * What another phone handed over and this account may not send: it stays here until the server has it from elsewhere,
 * and is never offered under the wrong name.
 */
import { releaseCarried } from '../store/carried.ts';
import type { Store } from '../store/store.ts';
import { missingRevisions, type SyncFailure } from './push.ts';
import type { Fetch } from './request.ts';

/** On a coordinator's device, which may send what others wrote, all of it joins what waits. */
export async function sendCarried(store: Store): Promise<void> {
  const { outbox } = store;
  const carried = await outbox.carried();
  if (carried.length === 0) return;
  await outbox.markUnsent(carried);
  await releaseCarried(store, carried);
}

/** Lets go of what the server has by now. */
export async function releaseArrived(options: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly store: Store;
  readonly signal?: AbortSignal;
}): Promise<{ ok: true } | { ok: false; why: SyncFailure | 'signed-out' }> {
  const { store } = options;
  const carried = await store.outbox.carried();
  if (carried.length === 0) return { ok: true };
  const missing = await missingRevisions(options, carried);
  if (!missing.ok) return missing;
  const arrived = carried.filter(({ id, rev }) => !missing.revs.get(id)?.has(rev));
  if (arrived.length) await releaseCarried(store, arrived);
  return { ok: true };
}
