/**
 * The sync engine of one signed-in device. It decides when a round with the server runs, and says truly how things
 * stand. Framework-free; time, chance, network and locks are passed in.
 */
import type { AuditResult } from './audit.ts';
import { waitAfter } from './back-off.ts';
import { ClockSkew } from './clock-skew.ts';
import type { Replica } from './cycle.ts';
import { waitForChange } from './longpoll.ts';
import { oneTab, type Locks, type Outcome } from './one-tab.ts';
import { remoteUrl, type Fetch } from './request.ts';
import { CycleFailed, type SyncStatus } from './status.ts';
import { listenToPage } from './triggers.ts';

export interface SyncEngineOptions {
  /** Address of the protocol: `https://…/couch`. */
  readonly server: string;
  /** Whose replicas these are. */
  readonly account: string;
  readonly replicas: readonly Replica[];
  /** The remote database whose changes are listened to while the page is visible. */
  readonly listenTo?: string;
  /** Names the lock that lets one tab sync at a time; one for each account unless told otherwise. */
  readonly lockName?: string;
  /** The first round compares everything with the server: somebody just signed in. */
  readonly auditsFirst?: boolean;
  /** Called when the audit asked for by `auditsFirst` came to its end. */
  readonly onAudited?: () => void;
  /** What the account may do, as the server says at each round. */
  readonly onRoles?: (roles: readonly string[]) => void;
  /** Called with the moment at which a round ended well. */
  readonly onSynced?: (at: string) => void;
  /** When the last round ended well in an earlier run. */
  readonly lastSyncAt?: string;
  readonly fetch?: Fetch;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly locks?: Locks | undefined;
  readonly isOnline?: () => boolean;
  readonly isVisible?: () => boolean;
}

export interface SyncEngine {
  readonly status: SyncStatus;
  subscribe(listener: () => void): () => void;
  /** Begins: a round now, then whenever something calls for one. */
  start(): void;
  /** Stops for good; what runs is given up, nothing is lost by it. */
  stop(): void;
  /** Runs a round now, whatever the last one said, and answers how things stand then. */
  syncNow(): Promise<SyncStatus>;
  /** Compares every local leaf revision with the server; what is missing there is sent again. */
  audit(onProgress?: (compared: number) => void): Promise<AuditResult>;
}

/** What a round needs is loaded with the first one: the first screen does not wait for it. */
const loadCycle = () =>
  import('./cycle.ts').catch(() => {
    throw new CycleFailed('network');
  });

const commitDelayMs = 800;

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
  const { signal } = stopping;
  const cleanups: (() => void)[] = [];
  let status: SyncStatus = {
    phase: 'idle',
    unsent: 0,
    refused: 0,
    isProven: false,
    ...(options.lastSyncAt ? { lastSyncAt: options.lastSyncAt } : {}),
  };
  let mustAudit = options.auditsFirst ?? false;
  let failures = 0;
  let running: Promise<void> | undefined;
  let isAgainWanted = false;
  /** Counts writes of this tab: a proof holds for what was there when it began. */
  let writes = 0;
  let isStarted = false;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let listening: AbortController | undefined;

  const set = (change: Partial<SyncStatus>, drop: readonly (keyof SyncStatus)[] = []) => {
    if (signal.aborted) return;
    const kept = Object.entries(status).filter(([key]) => !drop.includes(key as keyof SyncStatus));
    status = { ...(Object.fromEntries(kept) as unknown as SyncStatus), ...change };
    for (const listener of [...listeners]) listener();
  };

  /** What waits and what was refused. */
  const recount = async (): Promise<{ unsent: number; refused: number }> => {
    let unsent = 0;
    let refused = 0;
    for (const { store } of options.replicas) {
      unsent += await store.outbox.pendingCount();
      refused += (await store.outbox.refused()).length;
    }
    return { unsent, refused };
  };
  const lastCounts = () => ({ unsent: status.unsent, refused: status.refused });

  const recountAndTell = async () => {
    const counts = await recount().catch(lastCounts);
    if (counts.unsent > 0 && isStarted && !running) schedule();
    const isProven = status.isProven && counts.unsent + counts.refused === 0;
    if (counts.unsent === status.unsent && counts.refused === status.refused && isProven === status.isProven)
      return;
    set({ ...counts, isProven });
  };

  const tabs = oneTab(options.lockName ?? `presence-sync~${options.account}`, locks, (outcome) => {
    if (!running) void hear(outcome);
  });

  /** Another tab ended a round: it holds here too, except for what was written here since. */
  const hear = async (outcome: Outcome) => {
    const before = writes;
    const counts = await recount().catch(lastCounts);
    if (running) return;
    const isProven = outcome.isProven && writes === before && counts.unsent + counts.refused === 0;
    set({ ...outcome, ...counts, isProven }, ['failure', 'nextTryAt', 'clockSkewMs', 'progress']);
  };
  const tellTabs = () => {
    const { unsent: _unsent, refused: _refused, progress: _progress, ...outcome } = status;
    tabs.tell(outcome);
  };

  const succeeded = async (seqs: ReadonlyMap<string, string>) => {
    failures = 0;
    const before = writes;
    const counts = await recount();
    // A write that came while we counted may be in none of the counts.
    const isProven = counts.unsent + counts.refused === 0 && writes === before;
    if (counts.unsent > 0 || writes !== before) isAgainWanted = true;
    const skewMs = skew.noticeable;
    const lastSyncAt = new Date(now()).toISOString();
    set(
      {
        phase: counts.refused > 0 ? 'refused' : 'idle',
        ...counts,
        isProven,
        lastSyncAt,
        ...(skewMs === undefined ? {} : { clockSkewMs: skewMs }),
      },
      ['progress', 'failure', 'nextTryAt', 'clockSkewMs'],
    );
    options.onSynced?.(lastSyncAt);
    listen(seqs);
  };

  const failed = async (error: unknown): Promise<void> => {
    const why = error instanceof CycleFailed ? error.why : 'storage';
    const counts = await recount().catch(lastCounts);
    if (why === 'signed-out') {
      // Whoever signs in next: what the server holds is compared before anything is called proven.
      mustAudit = true;
      set({ phase: 'signed-out', isProven: false, ...counts }, ['progress', 'failure', 'nextTryAt']);
      return;
    }
    failures += 1;
    const wait = waitAfter(failures, random());
    const failing = why === 'server' && counts.refused > 0 ? 'refused' : 'failing';
    set(
      {
        phase: why === 'network' ? 'offline' : failing,
        failure: why,
        isProven: false,
        nextTryAt: new Date(now() + wait).toISOString(),
        ...counts,
      },
      ['progress'],
    );
    retry = setTimeout(() => void round(), wait);
  };

  const oneRound = async (waits: boolean): Promise<void> => {
    clearTimeout(retry);
    clearTimeout(soon);
    if (!isOnline()) {
      set({ phase: 'offline', isProven: false, ...(await recount().catch(lastCounts)) }, [
        'progress',
        'nextTryAt',
      ]);
      return;
    }
    const hasRun = await tabs.alone(
      async () => {
        set({ phase: 'syncing' }, ['failure', 'nextTryAt', 'progress']);
        try {
          const { runCycle } = await loadCycle();
          const seqs = await runCycle({
            fetch,
            server: options.server,
            account: options.account,
            replicas: options.replicas,
            now,
            skew,
            signal,
            auditsFirst: mustAudit,
            ...(options.onRoles ? { onRoles: options.onRoles } : {}),
            onProgress: (progress) => set({ progress: { ...progress } }),
          });
          if (mustAudit) options.onAudited?.();
          mustAudit = false;
          await succeeded(seqs);
        } catch (error) {
          await failed(error);
        }
        tellTabs();
      },
      { waits },
    );
    if (!hasRun) await recountAndTell();
  };

  /** Runs a round; a call while one runs makes another follow it. */
  const round = (waits = false): Promise<void> => {
    if (signal.aborted) return Promise.resolve();
    if (running) {
      isAgainWanted = true;
      return running;
    }
    isAgainWanted = false;
    running = oneRound(waits).finally(() => {
      running = undefined;
      if (isAgainWanted) schedule();
    });
    return running;
  };

  /** A failure is being waited out, or only its owner can renew a sign-in: no round of its own accord. */
  const isHeldBack = () =>
    status.phase === 'signed-out' || (status.nextTryAt !== undefined && Date.parse(status.nextTryAt) > now());

  const schedule = () => {
    if (isHeldBack() || signal.aborted) return;
    clearTimeout(soon);
    soon = setTimeout(() => void round(), commitDelayMs);
  };

  /** Waits, while the page is looked at, for others' changes in one database: one open request, no polling. */
  const listen = (seqs: ReadonlyMap<string, string>): void => {
    const remote = options.listenTo;
    const since = remote && seqs.get(remote);
    listening?.abort();
    if (!remote || !since || !isVisible() || signal.aborted) return;
    const mine = (listening = new AbortController());
    void waitForChange({
      fetch,
      url: remoteUrl(options.server, remote),
      since,
      signal: mine.signal,
    }).then((hasChanged) => {
      if (hasChanged && !mine.signal.aborted) void round();
    });
  };

  for (const { store } of options.replicas) {
    cleanups.push(
      store.onWrite(() => {
        writes += 1;
        // At once, before the screen confirms: what was just written is not proven.
        if (status.isProven) set({ isProven: false });
      }),
      // Counts follow, whichever tab wrote.
      store.outbox.watch(() => void recountAndTell()),
    );
  }

  return {
    get status() {
      return status;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      isStarted = true;
      cleanups.push(
        listenToPage(isVisible, {
          onWake: () => {
            if (status.phase !== 'signed-out') void round();
          },
          onRest: () => listening?.abort(),
          onOffline: () => {
            listening?.abort();
            set({ phase: 'offline', isProven: false }, ['progress']);
          },
          onBeat: () => {
            if (isVisible() && !isHeldBack()) void round();
          },
        }),
      );
      void round();
    },
    stop() {
      stopping.abort();
      listening?.abort();
      clearTimeout(soon);
      clearTimeout(retry);
      tabs.close();
      for (const cleanup of cleanups.splice(0)) cleanup();
    },
    async syncNow() {
      // What runs may have begun before the last write: wait for it, then run one of our own.
      while (running) await running;
      await round(true);
      return status;
    },
    async audit(onProgress) {
      const { auditReplica } = await import('./audit.ts');
      let compared = 0;
      let missing = 0;
      for (const { store, remote } of options.replicas) {
        const before = compared;
        const result = await auditReplica({
          fetch,
          store,
          url: remoteUrl(options.server, remote),
          signal,
          onProgress: (count) => onProgress?.(before + count),
        });
        compared += result.compared;
        missing += result.missing;
        if (!result.ok) return { ok: false, why: result.why, compared, missing };
        await store.outbox.retryRefused();
      }
      if (missing > 0) void round();
      return { ok: true, compared, missing };
    },
  };
}
