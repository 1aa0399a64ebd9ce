import { expect } from 'vitest';
import type { Confirmed, Phone } from './phone.ts';
import { termBase, type TestServer } from './test-server.ts';

interface Said {
  readonly status: string | null;
  readonly at: string;
  readonly by: string;
  readonly device: string;
}

const says = (body: Record<string, unknown>, entry: Said) =>
  ((body.history ?? []) as Said[]).some(
    (said) =>
      said.status === entry.status &&
      said.at === entry.at &&
      said.by === entry.by &&
      said.device === entry.device,
  );

/** Everything this device holds of each document, all leaves. */
async function heldBy(phone: Phone): Promise<Map<string, Record<string, unknown>[]>> {
  const held = new Map<string, Record<string, unknown>[]>();
  for await (const page of phone.store.everything())
    for (const { id, body, others } of page) held.set(id, [body, ...others.map((other) => other.body)]);
  return held;
}

export interface Told {
  readonly onServer: number;
  readonly pending: number;
  readonly refused: number;
}

/**
 * The invariant: every confirmed mark is on the server, or on its device and shown as to send or refused with a
 * reason; no device claims proof while one of its marks is not on the server; what the status counts is what the
 * outbox holds.
 */
export async function expectNothingLost(
  server: TestServer,
  log: readonly Confirmed[],
  phones: readonly Phone[],
): Promise<Told> {
  // Claims are read before the facts: a claim made too early is caught even if it becomes true a moment later.
  const claims = new Map(phones.map((phone) => [phone.name, phone.engine.status]));
  const leaves = await server.admin.allLeaves(termBase);
  const told = { onServer: 0, pending: 0, refused: 0 };
  for (const phone of phones) {
    const held = await heldBy(phone);
    const pending = new Set<string>(await phone.store.outbox.pendingIds());
    const refused = new Map((await phone.store.outbox.refused()).map((one) => [one.id as string, one]));
    for (const entry of log.filter((one) => one.phone === phone.name)) {
      if ((leaves.get(entry.id) ?? []).some((leaf) => says(leaf, entry))) {
        told.onServer += 1;
        continue;
      }
      const where = `${phone.name} ${entry.id} ${entry.status} at ${entry.at}`;
      expect(claims.get(phone.name)?.isProven, `${where}: proven, but not on the server`).toBe(false);
      expect(
        (held.get(entry.id) ?? []).some((body) => says(body, entry)),
        `${where}: neither on the server nor on the device`,
      ).toBe(true);
      const refusal = refused.get(entry.id);
      expect(pending.has(entry.id) || refusal !== undefined, `${where}: neither to send nor refused`).toBe(
        true,
      );
      if (refusal) {
        expect(refusal.reason, `${where}: refused without a reason`).not.toBe('');
        told.refused += 1;
      } else told.pending += 1;
    }
  }
  return told;
}

/** Everything arrived, every device knows it, and nothing waits. */
export async function expectAllArrived(
  server: TestServer,
  log: readonly Confirmed[],
  phones: readonly Phone[],
): Promise<void> {
  const told = await expectNothingLost(server, log, phones);
  expect(told).toEqual({ onServer: log.length, pending: 0, refused: 0 });
  for (const phone of phones)
    expect(phone.engine.status, phone.name).toMatchObject({
      phase: 'idle',
      isProven: true,
      unsent: 0,
      refused: 0,
    });
}
