import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { onNext } from './faulty-line.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
import { openKillableServer, openTestServer, termBase, type TestServer } from './test-server.ts';

const open: { close?(): Promise<void>; dispose?(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.close?.() ?? one.dispose?.());
});

async function phoneOf(server: TestServer, log: Confirmed[], account = 'maia'): Promise<Phone> {
  const phone = await openPhone({ server, log, account });
  open.push(phone);
  return phone;
}

const everyone = Array.from({ length: 300 }, (_, n) => n + 1);

describe('a server that is killed', () => {
  // At several moments of the push: while the batch travels, while it is written, before the receipt.
  it.each([0, 5, 15, 40])('%d ms into a push loses nothing', async (delayMs) => {
    const log: Confirmed[] = [];
    const server = await openKillableServer();
    open.push(server);
    const maia = await phoneOf(server, log);
    await maia.mark('present', ...everyone);
    let killing: Promise<void> | undefined;
    maia.line.faultOf = ({ path }) => {
      if (path.includes('_bulk_docs'))
        killing ??= new Promise((wait) => setTimeout(wait, delayMs)).then(() => server.stop());
      return undefined;
    };
    const { isProven } = await maia.engine.syncNow();
    await killing;
    await server.start();
    // What was proven before the kill is on the disk.
    const told = await expectNothingLost(server, log, [maia]);
    if (isProven) expect(told.onServer).toBe(log.length);
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });
});

describe('a backup put back', () => {
  it.each([
    ['told by the server', { isMarked: true }],
    ['seen by the sequence that went backwards', { isMarked: false }],
  ])('%s: what it lacks is sent again', async (_name, options) => {
    const log: Confirmed[] = [];
    const server = await openTestServer();
    open.push(server);
    const [maia, noor] = [await phoneOf(server, log), await phoneOf(server, log, 'noor')];
    await maia.mark('present', 1, 2, 3);
    await maia.engine.syncNow();
    await noor.engine.syncNow();
    await server.stop();
    const copy = server.backUp();
    await server.start();

    await maia.mark('late', 2);
    await maia.mark('absent', 4, 5);
    await noor.mark('excused', 6);
    for (const phone of [maia, noor, maia]) await phone.engine.syncNow();
    await expectAllArrived(server, log, [maia, noor]);

    await server.stop();
    server.restore(copy, options);
    await server.start();
    expect((await server.admin.allLeaves(termBase)).has(markId(4))).toBe(false);
    for (const phone of [maia, noor, maia]) await phone.engine.syncNow();
    await expectAllArrived(server, log, [maia, noor]);
    expect(await noor.statusOf(4)).toBe('absent');
    expect(await maia.statusOf(6)).toBe('excused');
  });

  it('is also found by an audit, which says how much it compared', async () => {
    const log: Confirmed[] = [];
    const server = await openTestServer();
    open.push(server);
    const maia = await phoneOf(server, log);
    await maia.mark('present', ...everyone);
    await maia.engine.syncNow();
    expect(await maia.engine.audit()).toEqual({ ok: true, compared: 300, missing: 0 });
    // The server says it misses one that it holds: it is sent again, and proven again.
    maia.line.faultOf = onNext('_revs_diff', {
      kind: 'rewrite',
      change: () => JSON.stringify({ [markId(9)]: { missing: [leaf] } }),
    });
    const leaf = (await maia.store.get('mark', markId(9)))?._rev;
    expect(await maia.engine.audit()).toEqual({ ok: true, compared: 300, missing: 1 });
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });
});

describe('a database made anew under the same name', () => {
  it('gets everything again', async () => {
    const log: Confirmed[] = [];
    const server = await openTestServer();
    open.push(server);
    const maia = await phoneOf(server, log);
    await maia.mark('present', 1, 2);
    await maia.engine.syncNow();
    const security = await server.admin.get(`${termBase}/_security`);
    await server.admin.delete(termBase);
    // Longer than the old one, so that its sequence gives nothing away.
    await new Promise((wait) => setTimeout(wait, 1100));
    await server.admin.put(termBase, undefined);
    await server.admin.put(`${termBase}/_security`, security);
    await server.admin.post(`${termBase}/_bulk_docs`, {
      docs: everyone.map((n) => ({ _id: `note:${n}` })),
    });
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });
});

describe("a phone's clock", () => {
  it.each([
    ['a day ahead', 86_400_000],
    ['a day behind', -86_400_000],
  ])('%s is told, and changes nothing else', async (_name, skewMs) => {
    const log: Confirmed[] = [];
    const server = await openTestServer();
    open.push(server);
    const maia = await openPhone({ server, log, engine: { now: () => Date.now() + skewMs } });
    open.push(maia);
    await maia.mark('present', 1);
    const { clockSkewMs } = await maia.engine.syncNow();
    expect(Math.abs((clockSkewMs ?? 0) - skewMs)).toBeLessThan(2000);
    await expectAllArrived(server, log, [maia]);
  });

  it('that is right within minutes is not worth a word', async () => {
    const server = await openTestServer();
    open.push(server);
    const maia = await openPhone({ server, log: [], engine: { now: () => Date.now() + 300_000 } });
    open.push(maia);
    expect((await maia.engine.syncNow()).clockSkewMs).toBeUndefined();
  });
});
