/** How things stand: the one status that tabs and screens see, and the counts and the proof it rests on. */
import type { Replica } from './cycle.ts';
import type { SyncStatus } from './status.ts';

interface Counts {
  readonly unsent: number;
  readonly refused: number;
  readonly carried: number;
}

/** A count, and whether it may be called a proof: nothing was written while it was taken. */
interface Counted extends Counts {
  readonly isProof: boolean;
}

export interface Standing {
  readonly status: SyncStatus;
  subscribe(listener: () => void): () => void;
  /** Changes the status; `drop` takes fields away. */
  set(change: Partial<SyncStatus>, drop?: readonly (keyof SyncStatus)[]): void;
  /** What waits and what was refused; the last counts where the stores cannot be read. */
  count(): Promise<Counted>;
  /** Counts again and says so if anything changed; a proof that no longer holds is taken back. */
  refresh(): Promise<void>;
  /** Watches one more replica. */
  add(replica: Replica): void;
  close(): void;
}

/**
 * Watches the outboxes of all replicas. A write in this tab takes the proof back at once, before the screen confirms
 * it; one in another tab as soon as it is heard of.
 * @param onUnsent called when a count finds something to send
 */
export function createStanding(
  given: readonly Replica[],
  lastSyncAt: string | undefined,
  onUnsent: () => void,
): Standing {
  const replicas: Replica[] = [];
  const listeners = new Set<() => void>();
  const cleanups: (() => void)[] = [];
  let isClosed = false;
  /** Counts writes of this tab. */
  let writes = 0;
  let status: SyncStatus = {
    phase: 'idle',
    unsent: 0,
    refused: 0,
    carried: 0,
    isProven: false,
    ...(lastSyncAt ? { lastSyncAt } : {}),
  };

  const set: Standing['set'] = (change, drop = []) => {
    if (isClosed) return;
    const kept = Object.entries(status).filter(([key]) => !drop.includes(key as keyof SyncStatus));
    status = { ...(Object.fromEntries(kept) as unknown as SyncStatus), ...change };
    for (const listener of [...listeners]) listener();
  };

  const count = async (): Promise<Counted> => {
    const before = writes;
    let unsent = 0;
    let refused = 0;
    let carried = 0;
    try {
      for (const { store } of replicas) {
        unsent += await store.outbox.pendingCount();
        refused += (await store.outbox.refused()).length;
        carried += (await store.outbox.carried()).length;
      }
    } catch {
      return { unsent: status.unsent, refused: status.refused, carried: status.carried, isProof: false };
    }
    // A write that came while we counted may be in none of the counts.
    const isProof = unsent + refused + carried === 0 && writes === before;
    return { unsent, refused, carried, isProof };
  };

  const refresh = async () => {
    const { unsent, refused, carried } = await count();
    if (unsent > 0) onUnsent();
    const isProven = status.isProven && unsent + refused + carried === 0;
    const isSame = unsent === status.unsent && refused === status.refused && carried === status.carried;
    if (isSame && isProven === status.isProven) return;
    set({ unsent, refused, carried, isProven });
  };

  const add = (replica: Replica) => {
    replicas.push(replica);
    cleanups.push(
      replica.store.onWrite(() => {
        writes += 1;
        if (status.isProven) set({ isProven: false });
      }),
      replica.store.outbox.watch(() => void refresh()),
    );
  };
  for (const replica of given) add(replica);

  return {
    get status() {
      return status;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    count,
    refresh,
    add,
    close() {
      isClosed = true;
      for (const cleanup of cleanups.splice(0)) cleanup();
    },
  };
}
