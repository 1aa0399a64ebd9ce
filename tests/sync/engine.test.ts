import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitAfter } from '../../src/lib/sync/back-off.ts';
import { isCut, isSound, onNext } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone, type PhoneOptions } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

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

async function phoneOf(account: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = await openPhone({ server, log, account, ...options });
  phones.push(phone);
  return phone;
}

const pause = (ms: number) => new Promise((wait) => setTimeout(wait, ms));
const rounds = (phone: Phone) => phone.line.log.filter(({ path }) => path === '/couch/_session').length;
const within = { timeout: 5000, interval: 25 };

describe('by itself', () => {
  it('sends a mark a moment after it was made, and many marks in one round', async () => {
    const maia = await phoneOf('maia');
    maia.engine.start();
    await vi.waitFor(() => expect(maia.engine.status.isProven).toBe(true), within);
    const before = rounds(maia);
    for (let n = 1; n <= 8; n++) await maia.mark('present', n);
    expect(maia.engine.status.isProven).toBe(false);
    await vi.waitFor(() => expect(maia.engine.status.isProven).toBe(true), within);
    expect(rounds(maia) - before).toBe(1);
    await expectAllArrived(server, log, phones);
  });

  it('waits out a failure instead of asking again at every tap', async () => {
    const maia = await phoneOf('maia', { engine: { random: () => 1 } });
    maia.line.faultOf = isCut;
    maia.engine.start();
    await vi.waitFor(() => expect(maia.engine.status.phase).toBe('offline'), within);
    const before = maia.line.log.length;
    for (let n = 1; n <= 5; n++) {
      await maia.mark('present', n);
      await pause(300);
    }
    expect(maia.line.log.length).toBe(before);
    expect(maia.engine.status).toMatchObject({ unsent: 5, nextTryAt: expect.any(String) });
    maia.line.faultOf = isSound;
    await vi.waitFor(() => expect(maia.engine.status.isProven).toBe(true), within);
    await expectAllArrived(server, log, phones);
  });

  it('sends what is written while it is sending', async () => {
    const maia = await phoneOf('maia');
    maia.engine.start();
    await vi.waitFor(() => expect(maia.engine.status.isProven).toBe(true), within);
    maia.line.faultOf = onNext('_bulk_docs', { kind: 'slow', ms: 200 });
    await maia.mark('present', 1);
    await vi.waitFor(() => expect(maia.engine.status.phase).toBe('syncing'), within);
    await pause(100);
    await maia.mark('absent', 1, 2);
    await vi.waitFor(() => expect(maia.engine.status.isProven).toBe(true), within);
    await expectAllArrived(server, log, phones);
  });

  it('asks nothing of a network that is known to be away', async () => {
    let isOnline = false;
    const maia = await phoneOf('maia', { engine: { isOnline: () => isOnline } });
    const before = maia.line.log.length;
    await maia.mark('present', 1);
    expect(await maia.engine.syncNow()).toMatchObject({ phase: 'offline', unsent: 1, isProven: false });
    expect(maia.line.log.length).toBe(before);
    isOnline = true;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
  });

  it('asks little when nothing changed', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', 1);
    await maia.engine.syncNow();
    await maia.engine.syncNow();
    const before = maia.line.log.length;
    await maia.engine.syncNow();
    expect(maia.line.log.slice(before).map(({ path }) => path)).toEqual([
      '/couch/',
      '/couch/_session',
      `/couch/${termBase}`,
    ]);
  });

  it('does nothing more once it was stopped', async () => {
    const maia = await phoneOf('maia');
    maia.engine.start();
    maia.engine.stop();
    await pause(100);
    const before = maia.line.log.length;
    await maia.mark('present', 1);
    await pause(1000);
    expect(maia.line.log.length).toBe(before);
  });
});

describe('marks of others', () => {
  const longpolls = (phone: Phone) =>
    phone.line.log.filter(({ path }) => path.includes('feed=longpoll')).length;

  it('arrive by themselves while the page is looked at, over one open request', async () => {
    const coco = await phoneOf('coco', { engine: { listenTo: termBase } });
    const maia = await phoneOf('maia');
    coco.engine.start();
    await vi.waitFor(() => expect(longpolls(coco)).toBe(1), within);
    await maia.mark('late', 7);
    await maia.engine.syncNow();
    await vi.waitFor(async () => expect(await coco.statusOf(7)).toBe('late'), within);
    await vi.waitFor(() => expect(longpolls(coco)).toBe(2), within);
    await maia.mark('absent', 7);
    await maia.engine.syncNow();
    await vi.waitFor(async () => expect(await coco.statusOf(7)).toBe('absent'), within);
  });

  it('are not waited for while nobody looks', async () => {
    const coco = await phoneOf('coco', { engine: { listenTo: termBase, isVisible: () => false } });
    coco.engine.start();
    await vi.waitFor(() => expect(coco.engine.status.isProven).toBe(true), within);
    await pause(200);
    expect(longpolls(coco)).toBe(0);
  });
});

describe('two tabs of one person', () => {
  it('sync one at a time, and both tell how it went', async () => {
    const one = await phoneOf('maia', { engine: { lockName: 'two-tabs' } });
    const other = await phoneOf('maia', { storeName: one.store.name, engine: { lockName: 'two-tabs' } });
    await one.mark('present', 1, 2, 3);
    one.line.faultOf = onNext('_bulk_docs', { kind: 'slow', ms: 300 });
    const round = one.engine.syncNow();
    await vi.waitFor(() => expect(one.engine.status.phase).toBe('syncing'), within);
    const before = other.line.log.length;
    other.engine.start();
    await pause(100);
    expect(other.line.log.length).toBe(before);
    await round;
    await vi.waitFor(
      () => expect(other.engine.status).toMatchObject({ phase: 'idle', isProven: true }),
      within,
    );
    await expectAllArrived(server, log, [one]);
  });

  it('neither claims proof of what the other has just written', async () => {
    const one = await phoneOf('maia', { engine: { lockName: 'two-tabs-2' } });
    const other = await phoneOf('maia', { storeName: one.store.name, engine: { lockName: 'two-tabs-2' } });
    await one.engine.syncNow();
    await vi.waitFor(() => expect(other.engine.status.isProven).toBe(true), within);
    await other.mark('late', 1);
    expect(other.engine.status.isProven).toBe(false);
    await vi.waitFor(() => expect(one.engine.status).toMatchObject({ isProven: false, unsent: 1 }), within);
    await one.engine.syncNow();
    await vi.waitFor(() => expect(other.engine.status).toMatchObject({ isProven: true, unsent: 0 }), within);
    await expectNothingLost(server, log, phones);
    expect((await server.admin.allLeaves(termBase)).get(markId(1))).toHaveLength(1);
  });
});

describe('the wait after a failure', () => {
  it('doubles up to five minutes, and spreads phones over half of it', () => {
    expect([1, 2, 3, 4].map((n) => waitAfter(n, 0.5))).toEqual([2000, 4000, 8000, 16_000]);
    expect(waitAfter(50, 0.5)).toBe(300_000);
    expect([waitAfter(3, 0), waitAfter(3, 1)]).toEqual([6000, 10_000]);
  });
});
