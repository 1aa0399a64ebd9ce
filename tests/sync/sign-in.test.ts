import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { designId } from '../../sync-server/design/presence-design.ts';
import { signIn, signOut } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { isCut, isSound, openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { openPhone, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let log: Confirmed[];
let open: { close(): Promise<void> }[];

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  open = [];
});
afterEach(async () => {
  for (const one of open) await one.close();
  await server.dispose();
});

async function phoneOf(...[options]: Parameters<typeof openPhone>): Promise<Phone> {
  const phone = await openPhone(options);
  open.push(phone);
  return phone;
}

async function lineOf(): Promise<FaultyLine> {
  const line = await openFaultyLine(server.origin);
  open.push(line);
  return line;
}

describe('signing in', () => {
  it('answers who it is and what they may do', async () => {
    const line = await lineOf();
    const jar = new CookieJar();
    expect(await signIn(`${line.origin}/couch`, ' maia ', 'maia-password', jar.fetch)).toEqual({
      ok: true,
      account: { name: 'maia', roles: ['volunteer:paris13:s3-2023'] },
    });
    await signOut(`${line.origin}/couch`, jar.fetch);
    expect(jar.isEmpty).toBe(true);
  });

  it.each([
    ['a wrong password', isSound, 'wrong-credentials'],
    ['no network', isCut, 'unreachable'],
    ['a captive portal', () => ({ kind: 'html' as const }), 'unreachable'],
    ['half an answer', () => ({ kind: 'truncate' as const }), 'unreachable'],
    ['too many attempts', () => ({ kind: 'status' as const, status: 429 }), 'locked-out'],
    ['a server in trouble', () => ({ kind: 'status' as const, status: 503 }), 'server'],
  ])('tells %s apart', async (_name, fault, why) => {
    const line = await lineOf();
    line.faultOf = fault;
    expect(await signIn(`${line.origin}/couch`, 'maia', 'not it', new CookieJar().fetch)).toEqual({
      ok: false,
      why,
    });
  });
});

describe('a sign-in that ran out', () => {
  it('stops the sending, not the recording; the same person signs in and all goes out', async () => {
    const maia = await phoneOf({ server, log });
    await maia.mark('present', 1, 2);
    await maia.engine.syncNow();
    maia.jar.spoil();
    await maia.mark('late', 2, 3);
    expect(await maia.engine.syncNow()).toMatchObject({ phase: 'signed-out', unsent: 2, isProven: false });
    await maia.mark('absent', 4);
    expect(await maia.statusOf(4)).toBe('absent');
    await expectNothingLost(server, log, [maia]);

    expect((await maia.signIn()).ok).toBe(true);
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });

  it('asks nothing more of the server by itself', async () => {
    const maia = await phoneOf({ server, log });
    maia.jar.spoil();
    await maia.engine.syncNow();
    const asked = maia.line.log.length;
    await maia.mark('present', 1);
    await new Promise((wait) => setTimeout(wait, 1200));
    expect(maia.line.log.length).toBe(asked);
  });

  it('is compared with the server in full once it is renewed', async () => {
    const maia = await phoneOf({ server, log });
    await maia.mark('present', 1, 2);
    await maia.engine.syncNow();
    maia.jar.spoil();
    await maia.engine.syncNow();
    await maia.signIn();
    const before = maia.line.log.length;
    await maia.engine.syncNow();
    const asked = maia.line.log.slice(before).filter(({ path }) => path.includes('_revs_diff'));
    expect(asked.some(({ body }) => body.includes('p1') && body.includes('p2'))).toBe(true);
  });
});

describe('another person on the same phone', () => {
  it('has other databases, and the marks of the first wait for their owner', async () => {
    const maia = await phoneOf({ server, log });
    maia.line.faultOf = isCut;
    await maia.mark('present', 1, 2);
    await maia.engine.syncNow();

    const noor = await phoneOf({ server, log, account: 'noor', storeName: `presence~noor~${maia.name}` });
    await noor.mark('late', 3);
    await noor.engine.syncNow();
    expect(await noor.store.count()).toBe(1);
    expect(noor.engine.status).toMatchObject({ isProven: true, unsent: 0 });
    await expectNothingLost(server, log, [maia, noor]);

    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    await noor.engine.syncNow();
    await expectAllArrived(server, log, [maia, noor]);
  });

  it('never sends under their name what somebody else marked', async () => {
    const maia = await phoneOf({ server, log });
    await maia.mark('present', 1);
    // In another tab Noor signs in: the browser has one cookie for both.
    await signIn(maia.server, 'noor', 'noor-password', maia.jar.fetch);
    expect(await maia.engine.syncNow()).toMatchObject({ phase: 'signed-out', unsent: 1 });
    expect([...(await server.admin.allLeaves(termBase)).keys()]).toEqual([designId]);
    await maia.signIn();
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });
});
