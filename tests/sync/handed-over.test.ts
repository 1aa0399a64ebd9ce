import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountName, DeviceId } from '../../src/lib/domain/ids.ts';
import { takeOver } from '../../src/lib/store/handed-over.ts';
import { leafRevisions } from '../../src/lib/store/leaf-revisions.ts';
import { mayMerge } from '../../src/lib/sync/rights.ts';
import { mergeConflicts } from '../../src/lib/sync/merge-conflicts.ts';
import { isCut, isSound } from './faulty-line.ts';
import { expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, site, term, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let log: Confirmed[];
let phones: Phone[];

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  phones = [];
});
afterEach(async () => {
  for (const phone of phones) await phone.close();
  await server.dispose();
});

/** A phone that has no network until it is given one. */
async function phoneOf(account: string): Promise<Phone> {
  const phone = await openPhone({ server, log, account });
  await phone.engine.syncNow();
  phone.line.faultOf = isCut;
  phones.push(phone);
  return phone;
}

const roles = (phone: Phone) =>
  phone.account.startsWith('c') ? [`coordinator:${site}`] : [`volunteer:${site}:${term}`];

/** All that the one holds of these people's marks goes to the other, without a network. */
async function handOver(from: Phone, to: Phone, ...people: number[]) {
  const passesOn = mayMerge(roles(to));
  const revisions = await leafRevisions(from.store, people.map(markId));
  const taken = await takeOver(to.store, revisions, { account: to.account, passesOn });
  if (passesOn)
    await mergeConflicts(to.store, {
      at: new Date().toISOString(),
      by: to.account as AccountName,
      device: to.name as DeviceId,
    });
  return taken;
}

async function online(phone: Phone) {
  phone.line.faultOf = isSound;
  return phone.engine.syncNow();
}

const leavesOnServer = async (n: number) => (await server.admin.allLeaves(termBase)).get(markId(n)) ?? [];

describe('a roll call handed from phone to phone', () => {
  it('reaches the server from a coordinator’s device, and once only when the first phone finds a network too', async () => {
    const [maia, coco] = [await phoneOf('maia'), await phoneOf('coco')];
    await maia.mark('present', 1, 2, 3);
    expect(await handOver(maia, coco, 1, 2, 3)).toMatchObject({ ok: true, toSend: 3, carried: 0 });
    expect(await coco.statusOf(2)).toBe('present');
    expect(await online(coco)).toMatchObject({ phase: 'idle', isProven: true, refused: 0 });
    expect(await leavesOnServer(1)).toMatchObject([{ status: 'present', by: 'maia' }]);
    expect(await online(maia)).toMatchObject({ isProven: true, refused: 0 });
    for (const n of [1, 2, 3]) expect(await leavesOnServer(n)).toHaveLength(1);
    await expectNothingLost(server, log, phones);
  });

  it('is held by another volunteer’s phone, never refused, never « À jour », until the server has it from elsewhere', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await maia.mark('present', 1, 2);
    expect(await handOver(maia, noor, 1, 2)).toMatchObject({ ok: true, toSend: 0, carried: 2 });
    expect(await noor.statusOf(1)).toBe('present');
    expect(await online(noor)).toMatchObject({ phase: 'idle', unsent: 0, refused: 0, carried: 2 });
    expect(noor.engine.status.isProven).toBe(false);
    expect(await leavesOnServer(1)).toEqual([]);
    await online(maia);
    expect(await noor.engine.syncNow()).toMatchObject({ isProven: true, carried: 0 });
  });

  it('sends what the receiver says on top of it, with both answers in its history', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await maia.mark('absent', 1);
    await handOver(maia, noor, 1);
    await noor.mark('late', 1);
    expect(await online(noor)).toMatchObject({ refused: 0, carried: 0, isProven: true });
    expect(await online(maia)).toMatchObject({ refused: 0, isProven: true });
    const [only, ...others] = await leavesOnServer(1);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ status: 'late', history: [{ by: 'maia' }, { by: 'noor' }] });
  });

  it('passes through a volunteer’s phone to a coordinator’s', async () => {
    const [maia, noor, coco] = [await phoneOf('maia'), await phoneOf('noor'), await phoneOf('coco')];
    await maia.mark('present', 1);
    await handOver(maia, noor, 1);
    expect(await handOver(noor, coco, 1)).toMatchObject({ toSend: 1 });
    await online(coco);
    expect(await online(noor)).toMatchObject({ isProven: true, carried: 0 });
  });

  it('sends one’s own answers from whichever phone they were brought to', async () => {
    const [one, other] = [await phoneOf('maia'), await phoneOf('maia')];
    await one.mark('present', 1);
    expect(await handOver(one, other, 1)).toMatchObject({ toSend: 1, carried: 0 });
    expect(await online(other)).toMatchObject({ isProven: true, refused: 0 });
  });

  it('adds nothing the second time', async () => {
    const [maia, coco] = [await phoneOf('maia'), await phoneOf('coco')];
    await maia.mark('present', 1, 2);
    await handOver(maia, coco, 1, 2);
    expect(await handOver(maia, coco, 1, 2)).toEqual({
      ok: true,
      toSend: 0,
      carried: 0,
      quarantined: 0,
      leftOut: 0,
    });
    expect(await coco.store.outbox.pendingCount()).toBe(2);
  });

  it('unites the same answer, and leaves different ones as a disagreement', async () => {
    const [maia, coco] = [await phoneOf('maia'), await phoneOf('coco')];
    await maia.mark('present', 1, 2);
    await coco.mark('present', 1);
    await coco.mark('absent', 2);
    await handOver(maia, coco, 1, 2);
    expect((await coco.store.conflicts()).map(({ id }) => id)).toEqual([markId(2)]);
    expect((await coco.store.get('mark', markId(1)))?.history).toHaveLength(2);
    await online(coco);
    await online(maia);
    await expectNothingLost(server, log, phones);
  });
});

describe('what fits no schema', () => {
  const odd = { type: 'mark', v: 1, status: 'dancing', at: 'yesterday', by: 'maia', device: 'd' };
  const revision = (n: number, hash: string, generation = 1) => ({
    id: markId(n),
    rev: `${generation}-${hash}`,
    isDeleted: false,
    start: generation,
    hashes: [hash],
    body: odd,
  });

  it('is kept out of sight, is not sent, and displaces nothing that is here', async () => {
    const coco = await phoneOf('coco');
    await coco.mark('present', 1);
    const sender = { account: coco.account, passesOn: true };
    const taken = await takeOver(coco.store, [revision(1, 'ff', 9), revision(2, 'ee')], sender);
    expect(taken).toMatchObject({ ok: true, toSend: 0, quarantined: 1, leftOut: 1 });
    expect(await coco.statusOf(1)).toBe('present');
    expect((await coco.store.quarantined()).map(({ id }) => id)).toEqual([markId(2)]);
    expect(await online(coco)).toMatchObject({ refused: 0 });
  });
});
