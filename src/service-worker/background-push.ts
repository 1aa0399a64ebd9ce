/**
 * Pushes the outbox after the app was closed (Background Sync). What it must know stands in a note that the page left
 * (`src/lib/features/offline/outbox-note.ts`): a worker has no `localStorage`.
 */
import { openOutbox } from '$lib/store/outbox-alone.ts';
import { ClockSkew } from '$lib/sync/clock-skew.ts';
import { greet } from '$lib/sync/greeting.ts';
import { push } from '$lib/sync/push.ts';
import { CycleFailed } from '$lib/sync/status.ts';

interface OutboxNote {
  /** Whose marks these are: nothing is sent under another name. */
  readonly account: string;
  /** The lock that lets one tab, or this worker, sync at a time. */
  readonly lock: string;
  readonly replicas: readonly { readonly store: string; readonly remote: string }[];
}

async function readNote(): Promise<OutboxNote | undefined> {
  const found = await caches.match('/outbox-note.json', { cacheName: 'presence-outbox' });
  return found && ((await found.json()) as OutboxNote);
}

/**
 * Sends what waits. Rejects where another try may do better, so that the browser wakes the worker again; a
 * sign-in that ran out is not for this worker to mend.
 */
export async function pushOutbox(): Promise<void> {
  const note = await readNote();
  if (!note) return;
  // A page that is at it may finish first; then there is little or nothing left to send.
  await navigator.locks.request(note.lock, { signal: AbortSignal.timeout(30_000) }, async () => {
    try {
      await greet({
        fetch: (input, init) => fetch(input, init),
        server: `${location.origin}/couch`,
        account: note.account,
        now: Date.now,
        skew: new ClockSkew(),
        signal: AbortSignal.timeout(30_000),
      });
    } catch (error) {
      if (error instanceof CycleFailed && error.why === 'signed-out') return;
      throw error;
    }
    for (const { store: name, remote } of note.replicas) await pushOne(name, remote);
  });
}

async function pushOne(name: string, remote: string): Promise<void> {
  const opened = await openOutbox(name);
  if (!opened) return;
  try {
    const pushed = await push({
      fetch: (input, init) => fetch(input, init),
      url: `${location.origin}/couch/${encodeURIComponent(remote)}`,
      outbox: opened.outbox,
      now: () => new Date().toISOString(),
    });
    if (!pushed.ok && pushed.why !== 'signed-out') throw new Error(`push of the outbox: ${pushed.why}`);
  } finally {
    opened.close();
  }
}
