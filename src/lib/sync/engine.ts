/**
 * The sync engine of one signed-in device. It decides when a round with the server runs, and says truly how things
 * stand. Framework-free; time, chance, network and locks are passed in.
 */
import type { AuditResult } from './audit.ts';
import { auditReplica } from './audit.ts';
import { waitAfter } from './back-off.ts';
import { ClockSkew, noticeableSkewMs } from './clock-skew.ts';
import { remoteUrl, runCycle, type Replica } from './cycle.ts';
import { waitForChange } from './longpoll.ts';
import type { Fetch } from './request.ts';
import { CycleFailed, type SyncStatus } from './status.ts';

export interface SyncEngineOptions {
  /** Address of the protocol: `https://…/couch`. */
  readonly server: string;
  readonly replicas: readonly Replica[];
  /** The remote database whose changes are listened to while the page is visible. */
  readonly listenTo?: string;
  /** Names the lock that lets one tab sync at a time. */
  readonly lockName: string;
  readonly fetch?: Fetch;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly locks?: Pick<LockManager, 'request'> | undefined;
  readonly isOnline?: () => boolean;
  readonly isVisible?: () => boolean;
}

export interface SyncEngine {
  readonly status: SyncStatus;
  subscribe(listener: () => void): () => void;
  start(): void;
  /** Stops for good; what runs is given up, nothing is lost by it. */
  stop(): void;
  /** Runs a round now, whatever the last one said, and answers how things stand then. */
  syncNow(): Promise<SyncStatus>;
  /** Compares every local leaf revision with the server; what is missing there is sent again. */
  audit(onProgress?: (compared: number) => void): Promise<AuditResult>;
}

const commitDelayMs = 800;
const rhythmMs = 30_000;

export function createSyncEngine(options: SyncEngineOptions): SyncEngine {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const isOnline = options.isOnline ?? (() => globalThis.navigator?.onLine !== false);
  const isVisible = options.isVisible ?? (() => globalThis.document?.visibilityState !== 'hidden');
  const locks = 'locks' in options ? options.locks : globalThis.navigator?.locks;

  const skew = new ClockSkew();
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const cleanups: (() => void)[] = [];
  let status: SyncStatus = { phase: 'idle', unsent: 0, refused: 0, isProven: false };
  let failures = 0;
  let running: Promise<void> | undefined;
  let isAgainWanted = false;
  let writes = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let listening: AbortController | undefined;

  const set = (change: Partial<SyncStatus>, drop: readonly (keyof SyncStatus)[] = []) => {
    const kept = Object.entries(status).filter(([key]) => !drop.includes(key as keyof SyncStatus));
    status = { ...(Object.fromEntries(kept) as unknown as SyncStatus), ...change };
    for (const listener of [...listeners]) listener();
  };

  /** Counts again what waits; a write that nobody has proven yet ends « À jour ». */
  const recount = async (): Promise<{ unsent: number; refused: number }> => {
    let unsent = 0;
    let refused = 0;
    for (const { store } of options.replicas) {
      unsent += await store.outbox.pendingCount();
      refused += (await store.outbox.refused()).length;
    }
    return { unsent, refused };
  };

  const recountAndTell = async () => {
    const counts = await recount();
    if (stopping.signal.aborted) return;
    if (counts.unsent === status.unsent && counts.refused === status.refused) return;
    set({ ...counts, isProven: status.isProven && counts.unsent + counts.refused === 0 });
  };

  /** One tab at a time: another one that is at it does the work for both. */
  const alone = async (work: () => Promise<void>): Promise<boolean> => {
    if (!locks) {
      await work();
      return true;
    }
    return locks.request(options.lockName, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await work();
      return true;
    });
  };

  const oneRound = async (): Promise<void> => {
    clearTimeout(retry);
    if (!isOnline()) {
      set({ phase: 'offline', isProven: false, ...(await recount()) }, ['progress', 'nextTryAt']);
      return;
    }
    try {
      const isDone = await alone(async () => {
        set({ phase: 'syncing' }, ['failure', 'nextTryAt', 'progress']);
        const writesBefore = writes;
        const seqs = await runCycle({
          fetch,
          server: options.server,
          replicas: options.replicas,
          now,
          skew,
          signal: stopping.signal,
          onProgress: (progress) => set({ progress: { ...progress } }),
        });
        failures = 0;
        const counts = await recount();
        const isProven = counts.unsent === 0 && counts.refused === 0;
        if (writes !== writesBefore && counts.unsent > 0) isAgainWanted = true;
        set(
          {
            phase: counts.refused > 0 ? 'refused' : 'idle',
            ...counts,
            isProven,
            lastSyncAt: new Date(now()).toISOString(),
            ...noticeable(skew),
          },
          ['progress', 'failure', 'nextTryAt', ...(skewIsNoticeable(skew) ? [] : (['clockSkewMs'] as const))],
        );
        listen(seqs);
      });
      if (!isDone) await recountAndTell();
    } catch (error) {
      if (stopping.signal.aborted) return;
      await failed(error);
    }
  };

  const failed = async (error: unknown): Promise<void> => {
    const why = error instanceof CycleFailed ? error.why : 'storage';
    const counts = await recount().catch(() => ({ unsent: status.unsent, refused: status.refused }));
    if (why === 'signed-out') {
      set({ phase: 'signed-out', isProven: false, ...counts }, ['progress', 'failure', 'nextTryAt']);
      return;
    }
    failures += 1;
    const wait = waitAfter(failures, random());
    set(
      {
        phase: why === 'network' ? 'offline' : 'failing',
        failure: why,
        isProven: false,
        nextTryAt: new Date(now() + wait).toISOString(),
        ...counts,
      },
      ['progress'],
    );
    retry = setTimeout(() => void round(), wait);
  };

  /** Runs a round; a call while one runs makes another follow it. */
  const round = (): Promise<void> => {
    if (stopping.signal.aborted) return Promise.resolve();
    if (running) {
      isAgainWanted = true;
      return running;
    }
    isAgainWanted = false;
    running = oneRound().finally(() => {
      running = undefined;
      if (isAgainWanted && status.phase !== 'signed-out' && !stopping.signal.aborted) schedule();
    });
    return running;
  };

  const schedule = () => {
    clearTimeout(soon);
    soon = setTimeout(() => void round(), commitDelayMs);
  };

  /** Waits, while the page is looked at, for others' changes in one database: one open request, no polling. */
  const listen = (seqs: ReadonlyMap<string, string>): void => {
    const remote = options.listenTo;
    const since = remote && seqs.get(remote);
    listening?.abort();
    if (!remote || !since || !isVisible() || stopping.signal.aborted) return;
    const mine = (listening = new AbortController());
    void waitForChange({
      fetch,
      url: remoteUrl(options.server, remote),
      since,
      signal: AbortSignal.any([mine.signal, stopping.signal]),
    }).then((hasChanged) => {
      if (hasChanged && !mine.signal.aborted) void round();
    });
  };

  const wake = () => {
    // A sign-in that ran out is for its owner to renew: no round will.
    if (isVisible() && status.phase !== 'signed-out') void round();
  };

  return {
    get status() {
      return status;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      for (const { store } of options.replicas)
        cleanups.push(
          store.onWrite(() => {
            writes += 1;
            void recountAndTell().then(() => {
              if (status.unsent > 0 && !running && status.phase !== 'signed-out') schedule();
            });
          }),
        );
      const on = (target: EventTarget | undefined, event: string, react: () => void) => {
        target?.addEventListener(event, react);
        cleanups.push(() => target?.removeEventListener(event, react));
      };
      on(globalThis.window, 'online', wake);
      on(globalThis.window, 'offline', () => {
        listening?.abort();
        set({ phase: 'offline', isProven: false }, ['progress']);
      });
      on(globalThis.document, 'visibilitychange', () => {
        if (isVisible()) wake();
        else listening?.abort();
      });
      const rhythm = setInterval(() => {
        const isWaiting = status.nextTryAt !== undefined && Date.parse(status.nextTryAt) > now();
        if (isVisible() && !isWaiting && status.phase !== 'signed-out') void round();
      }, rhythmMs);
      cleanups.push(() => clearInterval(rhythm));
      void round();
    },
    stop() {
      stopping.abort();
      listening?.abort();
      clearTimeout(soon);
      clearTimeout(retry);
      for (const cleanup of cleanups.splice(0)) cleanup();
    },
    async syncNow() {
      // What runs may have begun before the last write: wait for it, then run one of our own.
      if (running) await running;
      await round();
      return status;
    },
    async audit(onProgress) {
      let compared = 0;
      let missing = 0;
      for (const { store, remote } of options.replicas) {
        const before = compared;
        const result = await auditReplica({
          fetch,
          store,
          url: remoteUrl(options.server, remote),
          signal: stopping.signal,
          onProgress: (count) => onProgress?.(before + count),
        });
        compared += result.compared;
        missing += result.missing;
        if (!result.ok) return { ok: false, why: result.why, compared, missing };
      }
      if (missing > 0) void round();
      return { ok: true, compared, missing };
    },
  };
}

const skewIsNoticeable = (skew: ClockSkew) => Math.abs(skew.current ?? 0) > noticeableSkewMs;

const noticeable = (skew: ClockSkew) =>
  skewIsNoticeable(skew) && skew.current !== undefined ? { clockSkewMs: Math.round(skew.current) } : {};
