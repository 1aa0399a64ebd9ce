/** One tab syncs at a time; the others hear how it went. */
import type { SyncStatus } from './status.ts';

/** How a round ended, as far as it holds for every tab of the account. */
export type Outcome = Pick<
  SyncStatus,
  'phase' | 'isProven' | 'lastSyncAt' | 'nextTryAt' | 'failure' | 'clockSkewMs'
>;

/** As much of the browser's locks as is used here. */
export type Locks = Pick<LockManager, 'request'>;

export interface OneTab {
  /**
   * Runs `work` while no other tab does. Answers false when another tab is at it; with `waits`, its turn is waited for.
   */
  alone(work: () => Promise<void>, options: { waits: boolean }): Promise<boolean>;
  tell(outcome: Outcome): void;
  close(): void;
}

const longestWaitMs = 90_000;

/** @param name of the lock and of the channel: one for each account */
export function oneTab(
  name: string,
  locks: Locks | undefined,
  onOutcome: (outcome: Outcome) => void,
): OneTab {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
  let isClosed = false;
  // Outside a browser an open channel would keep the program alive.
  (channel as { unref?: () => void } | undefined)?.unref?.();
  channel?.addEventListener('message', (event: MessageEvent<Outcome>) => onOutcome(event.data));
  return {
    async alone(work, { waits }) {
      if (!locks) {
        await work();
        return true;
      }
      const options = waits ? { signal: AbortSignal.timeout(longestWaitMs) } : { ifAvailable: true };
      let hasRun = false;
      await locks
        .request(name, options, async (lock) => {
          if (!lock) return;
          hasRun = true;
          await work();
        })
        .catch((error: unknown) => {
          // Waited in vain: the other tab goes on.
          if (hasRun) throw error;
        });
      return hasRun;
    },
    tell(outcome) {
      if (!isClosed) channel?.postMessage(outcome);
    },
    close() {
      isClosed = true;
      channel?.close();
    },
  };
}
