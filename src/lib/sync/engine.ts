/**
 * The sync engine of one signed-in device. It decides when a round with the server runs, and says truly how things
 * stand. Framework-free; time, chance, network and locks are passed in.
 */
import type { AccountName, DeviceId } from '../domain/ids.ts';
import type { AuditResult } from './audit.ts';
import { waitAfter } from './back-off.ts';
import { ClockSkew } from './clock-skew.ts';
import type { Replica } from './cycle.ts';
import { waitForChange } from './longpoll.ts';
import { oneTab, type Locks, type Outcome } from './one-tab.ts';
import type { Provision } from './provision.ts';
import { remoteUrl, type Fetch } from './request.ts';
import { mayMerge } from './rights.ts';
import { createStanding } from './standing.ts';
import { CycleFailed, type SyncStatus } from './status.ts';
import { listenToPage } from './triggers.ts';

export interface SyncEngineOptions {
  /** Address of the protocol: `https://…/couch`. */
  readonly server: string;
  /** Whose replicas these are. */
  readonly account: AccountName;
  /** Which device this is: what it merges says so. */
  readonly device: DeviceId;
  readonly replicas: readonly Replica[];
  /** The remote database whose changes are listened to while the page is visible. */
  readonly listenTo?: string;
  /** Names the lock that lets one tab sync at a time; one for each account unless told otherwise. */
  readonly lockName?: string;
  /** The first round compares everything with the server: somebody just signed in. */
  readonly auditsFirst?: boolean;
  /** Called when the audit asked for by `auditsFirst` came to its end. */
  readonly onAudited?: () => void;
  /** Where the databases of terms are made and closed, for those who may. */
  readonly provision?: () => Promise<Provision>;
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
  /** Syncs one more replica from the next round on: a term that was just made. */
  add(replica: Replica): void;
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

  const replicas = [...options.replicas];
  const skew = new ClockSkew();
  const stopping = new AbortController();
  const { signal } = stopping;
  let mustAudit = options.auditsFirst ?? false;
  let failures = 0;
  let running: Promise<void> | undefined;
  let isAgainWanted = false;
  let isStarted = false;
  let stopTriggers: () => void = () => undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let listening: AbortController | undefined;
  /** Until the server said so, what others wrote is left to them. */
  let merges = false;

  const standing = createStanding(replicas, options.lastSyncAt, () => {
    if (isStarted && !running) schedule();
  });
  const { set } = standing;

  const tabs = oneTab(options.lockName ?? `presence-sync~${options.account}`, locks, (outcome) => {
    if (!running) void hear(outcome);
  });

  /** Another tab ended a round: it holds here too, except for what was written here since. */
  const hear = async (outcome: Outcome) => {
    const { isProof, ...counts } = await standing.count();
    if (running) return;
    set({ ...outcome, ...counts, isProven: outcome.isProven && isProof }, [
      'failure',
      'nextTryAt',
      'clockSkewMs',
      'progress',
    ]);
  };
  const tellTabs = () => {
    const {
      unsent: _unsent,
      refused: _refused,
      carried: _carried,
      progress: _progress,
      ...outcome
    } = standing.status;
    tabs.tell(outcome);
  };

  const succeeded = async (seqs: ReadonlyMap<string, string>) => {
    failures = 0;
    const { isProof, ...counts } = await standing.count();
    // What is carried is not sent from here: another round at once would not change it.
    if (!isProof && counts.refused === 0 && (counts.carried === 0 || counts.unsent > 0)) isAgainWanted = true;
    const clockSkewMs = skew.noticeable;
    const lastSyncAt = new Date(now()).toISOString();
    set(
      {
        phase: counts.refused > 0 ? 'refused' : 'idle',
        ...counts,
        isProven: isProof,
        lastSyncAt,
        ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
      },
      ['progress', 'failure', 'nextTryAt', 'clockSkewMs'],
    );
    options.onSynced?.(lastSyncAt);
    listen(seqs);
  };

  const failed = async (error: unknown): Promise<void> => {
    const why = error instanceof CycleFailed ? error.why : 'storage';
    const { isProof: _isProof, ...counts } = await standing.count();
    if (signal.aborted) return;
    if (why === 'signed-out') {
      // Whoever signs in next: what the server holds is compared before anything is called proven.
      mustAudit = true;
      set({ phase: 'signed-out', isProven: false, ...counts }, ['progress', 'failure', 'nextTryAt']);
      return;
    }
    if (why === 'revoked') {
      set({ phase: 'revoked', isProven: false, ...counts }, ['progress', 'failure', 'nextTryAt']);
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

  const cycle = async (): Promise<void> => {
    set({ phase: 'syncing' }, ['failure', 'nextTryAt', 'progress']);
    try {
      const { runCycle } = await loadCycle();
      const seqs = await runCycle({
        fetch,
        server: options.server,
        account: options.account,
        device: options.device,
        replicas,
        ...(options.provision ? { provision: options.provision } : {}),
        now,
        skew,
        signal,
        auditsFirst: mustAudit,
        onRoles(roles) {
          merges = mayMerge(roles);
          options.onRoles?.(roles);
        },
        onProgress: (progress) => set({ progress: { ...progress } }),
      });
      if (mustAudit) options.onAudited?.();
      mustAudit = false;
      await succeeded(seqs);
    } catch (error) {
      await failed(error);
    }
    tellTabs();
  };

  const oneRound = async (waits: boolean): Promise<void> => {
    clearTimeout(retry);
    clearTimeout(soon);
    if (!isOnline()) {
      const { isProof: _isProof, ...counts } = await standing.count();
      set({ phase: 'offline', isProven: false, ...counts }, ['progress', 'nextTryAt']);
      return;
    }
    // Where another tab is at it, it works for both, and tells how it went.
    if (!(await tabs.alone(cycle, { waits }))) await standing.refresh();
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
  const isHeldBack = () => {
    const { phase, nextTryAt } = standing.status;
    return (
      phase === 'signed-out' ||
      phase === 'revoked' ||
      (nextTryAt !== undefined && Date.parse(nextTryAt) > now())
    );
  };

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
    const url = remoteUrl(options.server, remote);
    void waitForChange({ fetch, url, since, signal: mine.signal }).then((hasChanged) => {
      if (hasChanged && !mine.signal.aborted) void round();
    });
  };

  return {
    get status() {
      return standing.status;
    },
    subscribe: standing.subscribe,
    add(replica) {
      replicas.push(replica);
      standing.add(replica);
      schedule();
    },
    start() {
      isStarted = true;
      stopTriggers = listenToPage(isVisible, {
        onWake: () => {
          if (standing.status.phase !== 'signed-out') void round();
        },
        onRest: () => listening?.abort(),
        onOffline: () => {
          listening?.abort();
          set({ phase: 'offline', isProven: false }, ['progress']);
        },
        onBeat: () => {
          if (isVisible() && !isHeldBack()) void round();
        },
      });
      void round();
    },
    stop() {
      stopping.abort();
      listening?.abort();
      clearTimeout(soon);
      clearTimeout(retry);
      stopTriggers();
      tabs.close();
      standing.close();
    },
    async syncNow() {
      // What runs may have begun before the last write: wait for it, then run one of our own.
      while (running) await running;
      await round(true);
      return standing.status;
    },
    async audit(onProgress) {
      const { auditReplicas } = await import('./audit.ts');
      const { server } = options;
      const onlyBy = merges ? undefined : options.account;
      const result = await auditReplicas({ fetch, server, replicas, signal, onlyBy, onProgress });
      if (result.missing > 0) void round();
      return result;
    },
  };
}
