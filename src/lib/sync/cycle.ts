/** One round with the server: is it the same as before, push, pull, merge, push what merging wrote. */
import * as z from 'zod/mini';
import type { Store } from '../store/store.ts';
import { auditReplica } from './audit.ts';
import type { ClockSkew } from './clock-skew.ts';
import { mergeConflicts } from './merge-conflicts.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { requestJson, type Fetch } from './request.ts';
import { CycleFailed } from './status.ts';

/** A store of this device and the name of the database it replicates. */
export interface Replica {
  readonly store: Store;
  readonly remote: string;
}

export interface CycleOptions {
  readonly fetch: Fetch;
  /** Address of the protocol: `https://…/couch`. */
  readonly server: string;
  readonly replicas: readonly Replica[];
  readonly now: () => number;
  readonly skew: ClockSkew;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { sent: number; received: number; toReceive?: number }) => void;
}

const welcome = z.looseObject({ couchdb: z.literal('Welcome'), uuid: z.optional(z.string()) });
const databaseInfo = z.looseObject({ update_seq: z.union([z.string(), z.number()]) });

export const remoteUrl = (server: string, remote: string) => `${server}/${encodeURIComponent(remote)}`;

/** Sequence numbers are opaque but for their leading number, which only ever grows on one server. */
const numberOf = (seq: string | number) => Number.parseInt(String(seq), 10);

/**
 * Runs one round. Throws `CycleFailed` where it stops short.
 * @returns for each remote database, the sequence up to which everything was pulled
 */
export async function runCycle(options: CycleOptions): Promise<Map<string, string>> {
  const uuid = await greet(options);
  const seqs = new Map<string, string>();
  const total = { sent: 0, received: 0 };
  for (const replica of options.replicas) {
    const seq = await describe(options, replica);
    await auditIfRestored(options, replica, uuid, seq);
    await pushReplica(options, replica, total);
    await pullReplica(options, replica, total);
    const { merged } = await mergeConflicts(replica.store);
    if (merged) await pushReplica(options, replica, total);
    await replica.store.setNote('server', { uuid, seq });
    seqs.set(replica.remote, seq);
  }
  return seqs;
}

/** Is this really the server, and which one? */
async function greet({ fetch, server, skew, now, signal }: CycleOptions): Promise<string> {
  const sentAt = now();
  const answered = await requestJson(fetch, `${server}/`, { timeoutMs: 10_000, signal });
  if (!answered.ok) throw new CycleFailed(answered.why);
  skew.note(answered.date, sentAt, now());
  if (answered.status >= 500) throw new CycleFailed('server');
  const parsed = z.safeParse(welcome, answered.json);
  if (!parsed.success) throw new CycleFailed('not-json');
  return parsed.data.uuid ?? '';
}

/** How far the remote database has come; also tells whether we are signed in. */
async function describe({ fetch, server, signal }: CycleOptions, { remote }: Replica): Promise<string> {
  const answered = await requestJson(fetch, remoteUrl(server, remote), { signal });
  if (!answered.ok) throw new CycleFailed(answered.why);
  if (answered.status === 401) throw new CycleFailed('signed-out');
  const parsed = z.safeParse(databaseInfo, answered.json);
  if (answered.status !== 200 || !parsed.success) throw new CycleFailed('server');
  return String(parsed.data.update_seq);
}

/** Another server, or one whose sequence went backwards, may have lost what it once confirmed: compare everything. */
async function auditIfRestored(
  options: CycleOptions,
  { store, remote }: Replica,
  uuid: string,
  seq: string,
): Promise<void> {
  const known = await store.note('server');
  if (!known) return;
  if (known.uuid === uuid && numberOf(String(known.seq)) <= numberOf(seq)) return;
  const { fetch, server, signal } = options;
  const result = await auditReplica({ fetch, signal, store, url: remoteUrl(server, remote) });
  if (!result.ok) throw new CycleFailed(result.why);
  await store.forgetCheckpoints();
}

async function pushReplica(
  options: CycleOptions,
  { store, remote }: Replica,
  total: { sent: number; received: number },
): Promise<void> {
  const { fetch, server, signal, now } = options;
  const before = total.sent;
  const pushed = await push({
    fetch,
    signal,
    url: remoteUrl(server, remote),
    outbox: store.outbox,
    now: () => new Date(now()).toISOString(),
    onProgress: (sent) => {
      total.sent = before + sent;
      options.onProgress(total);
    },
  });
  if (!pushed.ok) throw new CycleFailed(pushed.why);
}

async function pullReplica(
  options: CycleOptions,
  { store, remote }: Replica,
  total: { sent: number; received: number },
): Promise<void> {
  const { fetch, server, signal } = options;
  const before = total.received;
  const pulled = await pull({
    fetch,
    signal,
    store,
    url: remoteUrl(server, remote),
    onProgress: (written, pending) => {
      total.received = before + written;
      options.onProgress(pending === undefined ? total : { ...total, toReceive: total.received + pending });
    },
  });
  if (!pulled.ok) throw new CycleFailed(pulled.why);
  total.received = before + pulled.written;
}
