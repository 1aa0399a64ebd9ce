/** One round with the server: is it the same as before, push, pull, merge, push what merging wrote. */
import type { Author } from '../domain/documents.ts';
import type { AccountName, DeviceId } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import { auditReplica } from './audit.ts';
import { releaseArrived, sendCarried } from './carried.ts';
import type { ClockSkew } from './clock-skew.ts';
import { describeDatabase, greet, type DatabaseState } from './greeting.ts';
import type { Merges } from './merge-conflicts.ts';
import { forgetCheckpoint, pull } from './pull.ts';
import type { Provision } from './provision.ts';
import { push, refuseAll } from './push.ts';
import { remoteUrl, type Fetch } from './request.ts';
import { mayMerge } from './rights.ts';
import { CycleFailed } from './status.ts';

/**
 * Merges what a pull, or another phone, brought into conflict. Only coordinators' devices do: how it is done is theirs
 * to keep (`.config/coordinator-files.ts`), and volunteers' phones never ask for it.
 */
export async function mergeConflicts(store: Store, author: Author): Promise<Merges> {
  const merging = await import('./merge-conflicts.ts').catch(() => {
    throw new CycleFailed('network');
  });
  return merging.mergeConflicts(store, author);
}

/** A store of this device and the name of the database it replicates. */
export interface Replica {
  readonly store: Store;
  readonly remote: string;
}

export interface CycleOptions {
  readonly fetch: Fetch;
  /** Address of the protocol: `https://…/couch`. */
  readonly server: string;
  /** Whose replicas these are: nothing is sent under another name. */
  readonly account: AccountName;
  /** Which device this is: what it merges says so. */
  readonly device: DeviceId;
  readonly replicas: readonly Replica[];
  readonly now: () => number;
  readonly skew: ClockSkew;
  readonly signal: AbortSignal;
  /** Compares everything first, and lets refused documents try again. */
  readonly auditsFirst?: boolean;
  /** Where the databases of terms are made and closed, for those who may. */
  readonly provision?: () => Promise<Provision>;
  /** What the account may do, as the server says. */
  readonly onRoles?: (roles: readonly string[]) => void;
  readonly onProgress: (progress: { sent: number; received: number; toReceive?: number }) => void;
}

interface Totals {
  sent: number;
  received: number;
}

/** What a replica remembers of its server, in its note `server`. */
type Known = Record<string, unknown> & Partial<DatabaseState> & { uuid?: string };

/** Sequences are opaque but for their leading number, which only ever grows on one server. */
const numberOf = (seq: unknown) => Number.parseInt(String(seq), 10) || 0;

/**
 * Runs one round. A database that the server refuses as a whole does not hold up the others; a line that fails ends
 * the round. Throws `CycleFailed` when any part fell short.
 * @returns for each remote database, the sequence up to which everything was pulled
 */
export async function runCycle(options: CycleOptions): Promise<Map<string, string>> {
  const { uuid, roles, isRevoked } = await greet(options);
  if (isRevoked) await handIn(options);
  options.onRoles?.(roles);
  const seqs = new Map<string, string>();
  const totals: Totals = { sent: 0, received: 0 };
  let failure: CycleFailed | undefined;
  for (const replica of options.replicas) {
    try {
      seqs.set(
        replica.remote,
        await syncReplica(options, replica, { uuid, merges: mayMerge(roles) }, totals),
      );
    } catch (error) {
      if (!(error instanceof CycleFailed) || error.why !== 'server') throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return seqs;
}

/** All that a revoked device may still do; what the server takes no more is set aside with its reason. */
async function handIn(options: CycleOptions): Promise<never> {
  const totals: Totals = { sent: 0, received: 0 };
  const at = () => new Date(options.now()).toISOString();
  for (const replica of options.replicas)
    try {
      await pushReplica(options, replica, totals);
    } catch (error) {
      if (!(error instanceof CycleFailed) || error.why !== 'signed-out') throw error;
      await refuseAll(replica.store.outbox, { status: 401, reason: 'device_revoked', at });
    }
  throw new CycleFailed('revoked');
}

async function syncReplica(
  options: CycleOptions,
  replica: Replica,
  { uuid, merges }: { uuid: string; merges: boolean },
  totals: Totals,
): Promise<string> {
  const { store, remote } = replica;
  const url = remoteUrl(options.server, remote);
  const found = await describeOrMake(options, remote, url);
  if (found === 'forbidden' || found === 'missing') {
    // No longer a member, or the database is gone: what waits is set aside with the server's own words.
    await pushReplica(options, replica, totals);
    throw new CycleFailed('server');
  }
  const known: Known | undefined = await store.note('server');
  const isRestored = known !== undefined && isAnotherPast(known, uuid, found);
  if (isRestored || options.auditsFirst) await audit(options, replica, merges ? undefined : options.account);
  if (isRestored) await forgetCheckpoint(store);

  if (merges) await sendCarried(store);
  const hasSent = await pushReplica(options, replica, totals);
  const released = await releaseArrived({ ...options, url, store });
  if (!released.ok) throw new CycleFailed(released.why);
  await (await options.provision?.())?.settle(replica);
  const state = hasSent ? await describeAgain(options, url) : found;
  // Pulled up to there already: most rounds end here.
  if (!isRestored && known?.uuid === uuid && known.seq === state.seq) return state.seq;
  await pullReplica(options, replica, totals);
  if (merges && (await mergeConflicts(store, authorOf(options))).merged)
    await pushReplica(options, replica, totals);
  await store.setNote('server', { uuid, ...state });
  return state.seq;
}

const authorOf = ({ account: by, device, now }: CycleOptions): Author => ({
  at: new Date(now()).toISOString(),
  by,
  device,
});

/** Another server, another database of that name, or one whose sequence went backwards: a backup was put back. */
const isAnotherPast = (known: Known, uuid: string, found: DatabaseState) =>
  known.uuid !== uuid || known.createdAt !== found.createdAt || numberOf(known.seq) > numberOf(found.seq);

async function describeAgain(options: CycleOptions, url: string): Promise<DatabaseState> {
  const found = await describeDatabase(options, url);
  if (found === 'forbidden' || found === 'missing') throw new CycleFailed('server');
  return found;
}

/** A term made on this device has no database on the server yet: it is made with the first round. */
async function describeOrMake(options: CycleOptions, remote: string, url: string) {
  const found = await describeDatabase(options, url);
  if (found !== 'missing') return found;
  const provision = await options.provision?.();
  if (!(await provision?.make(remote))) return found;
  return describeDatabase(options, url);
}

/** What the server once confirmed and no longer holds is to be sent again. */
async function audit(
  { fetch, server, signal }: CycleOptions,
  { store, remote }: Replica,
  onlyBy: string | undefined,
): Promise<void> {
  const result = await auditReplica({ fetch, signal, store, url: remoteUrl(server, remote), onlyBy });
  if (!result.ok) throw new CycleFailed(result.why);
  await store.outbox.retryRefused();
}

/** Answers whether the server's database changed by it. */
async function pushReplica(
  options: CycleOptions,
  { store, remote }: Replica,
  totals: Totals,
): Promise<boolean> {
  const { fetch, server, signal, now } = options;
  const before = totals.sent;
  const pushed = await push({
    fetch,
    signal,
    url: remoteUrl(server, remote),
    outbox: store.outbox,
    now: () => new Date(now()).toISOString(),
    onProgress: (sent) => {
      totals.sent = before + sent;
      options.onProgress(totals);
    },
  });
  if (!pushed.ok) throw new CycleFailed(pushed.why);
  return pushed.sent > 0;
}

async function pullReplica(options: CycleOptions, { store, remote }: Replica, totals: Totals): Promise<void> {
  const { fetch, server, signal } = options;
  const before = totals.received;
  const pulled = await pull({
    fetch,
    signal,
    store,
    url: remoteUrl(server, remote),
    onProgress: (written, pending) => {
      totals.received = before + written;
      options.onProgress(
        pending === undefined ? totals : { ...totals, toReceive: totals.received + pending },
      );
    },
  });
  if (!pulled.ok) throw new CycleFailed(pulled.why);
  totals.received = before + pulled.written;
}
