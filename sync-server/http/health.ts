/** Whether the server can do its work now: what `/_up` tells. */
import { statfsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Below this a roll call may be the one that no longer fits. */
const leastFreeBytes = 32 * 2 ** 20;
/** A write that the disk refused counts for so long, or until there is room again. */
const refusedMs = 30_000;
/** Requests that wait this long behind others: the server is there and of no use. */
const longestDelayMs = 5000;

export interface Health {
  /** Why it cannot work, in words without any name; `undefined` when it can. */
  trouble(): string | undefined;
  /** The disk refused a write just now. */
  sawFullDisk(): void;
}

/** Watches the disk of a folder and the server's own delays until the signal aborts. */
export function watchHealth(folder: string, stopping: AbortSignal): Health {
  const delay = monitorEventLoopDelay({ resolution: 100 });
  delay.enable();
  // Of the last minute, not of the whole run.
  const forgetting = setInterval(() => delay.reset(), 60_000).unref();
  stopping.addEventListener('abort', () => {
    delay.disable();
    clearInterval(forgetting);
  });
  let refusedAt = Number.NEGATIVE_INFINITY;
  return {
    trouble() {
      const disk = statfsSync(folder);
      const isRefusing = Date.now() - refusedAt < refusedMs;
      if (isRefusing || disk.bavail * disk.bsize < leastFreeBytes)
        return 'The disk is full: writes are refused with 507, reads go on.';
      if (delay.max / 1e6 > longestDelayMs) return 'The server is overloaded: requests wait for seconds.';
      return undefined;
    },
    sawFullDisk() {
      refusedAt = Date.now();
    },
  };
}

/** SQLite's codes for a full disk (13) and for a file that may not grow (10, with a failed write or sync). */
export function isDiskFull(error: unknown): boolean {
  const { errcode = 0, code } = error as { errcode?: number; code?: string };
  return (
    (errcode & 255) === 13 ||
    [778, 1034, 1290, 4874].includes(errcode) ||
    code === 'ENOSPC' ||
    code === 'EFBIG'
  );
}
