import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import { deviceDocId, type AccountName } from '../../src/lib/domain/ids.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import { openDevice, type PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import {
  isSignOutDue,
  rememberAccount,
  rememberedAccount,
  rememberedDevice,
} from '../../src/lib/sync/remembered.ts';
import { finishSignOut, signIn, signOut } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { isCut, isSound, openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { Kept } from './kept.ts';
import { markId, occurrence, person } from './phone.ts';
import { commons, openTestServer, site, term, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let line: FaultyLine;
let jar: CookieJar;
let devices: PresenceDevice[];
let accounts = 0;

beforeEach(async () => {
  vi.stubGlobal('localStorage', new Kept());
  // Databases of one test are not those of another.
  server = await openTestServer([`maia${++accounts}`]);
  line = await openFaultyLine(server.origin);
  jar = new CookieJar();
  devices = [];
});
afterEach(async () => {
  for (const device of devices) device.close();
  for (const store of devices.flatMap((device) => device.stores)) await store.destroy();
  await line.close();
  await server.dispose();
  vi.unstubAllGlobals();
});

const maia = () => `maia${accounts}` as AccountName;
const at = () => `${line.origin}/couch`;
const within = { timeout: 5000, interval: 25 };

async function signInAs(name: string): Promise<void> {
  const result = await signIn(at(), name, `${name}-password`, jar.fetch);
  if (!result.ok) throw new Error(result.why);
  rememberAccount(result.account);
}

async function open(): Promise<Awaited<ReturnType<typeof openDevice>>> {
  const account = rememberedAccount();
  if (!account) throw new Error('nobody is remembered');
  const opened = await openDevice(account, { server: at(), appVersion: '1', fetch: jar.fetch });
  if (opened.ok) devices.push(opened.device);
  return opened;
}

async function opened(): Promise<PresenceDevice> {
  const result = await open();
  if (!result.ok) throw new Error(result.why);
  return result.device;
}

const markPresent = (device: PresenceDevice, n: number) =>
  device.terms[0]?.store.commit([
    {
      id: markId(n),
      change: (current: AnyDocument | undefined) =>
        answer(
          current?.type === 'mark' ? current : undefined,
          { occurrence, participant: person(n), status: 'present' },
          device.author(),
        ),
    },
  ]);

async function addTerm(code: string): Promise<void> {
  const base = `${site}-${code}`;
  await server.admin.put(base, undefined);
  await server.admin.put(`${base}/_security`, await server.admin.get(`${termBase}/_security`));
  const siteDocument = (await server.admin.get(`${commons}/site:${site}`)) as { terms: object[] };
  const added = { term: code, label: code, start: '2026-02-02', end: '2026-04-12', state: 'closed' };
  await server.admin.put(`${commons}/site:${site}`, {
    ...siteDocument,
    terms: [added, ...siteDocument.terms],
  });
}

describe('the first sign-in on a phone', () => {
  it('brings in what the account may see, and tells the server of the phone once', async () => {
    await server.admin.post(`${termBase}/_bulk_docs`, {
      docs: Array.from({ length: 50 }, (_, n) => ({ _id: `note:${n}` })),
    });
    await signInAs(maia());
    const device = await opened();
    expect(device).toMatchObject({ site, isCoordinator: false, timeZone: 'Europe/Paris' });
    expect(device.terms.map((one) => one.term)).toEqual([term]);
    expect(await device.terms[0]?.store.count()).toBe(51);
    await vi.waitFor(() => expect(device.status.isProven).toBe(true), within);
    const id = deviceDocId(rememberedDevice().id);
    const written = (await server.admin.get(`${termBase}/${id}`)) as { _rev: string; user: string };
    expect(written).toMatchObject({ user: maia(), appVersion: '1', by: maia() });
    await device.engine.syncNow();
    device.close();
    const again = await opened();
    await vi.waitFor(() => expect(again.status.isProven).toBe(true), within);
    expect(((await server.admin.get(`${termBase}/${id}`)) as { _rev: string })._rev).toBe(written._rev);
  });

  it('compares what it holds with the server at a later sign-in, not at the first', async () => {
    const comparisons = () => line.log.filter(({ path }) => path.includes('_revs_diff')).length;
    await server.admin.post(`${termBase}/_bulk_docs`, { docs: [{ _id: 'note:1' }] });
    await signInAs(maia());
    const device = await opened();
    await vi.waitFor(() => expect(device.status.isProven).toBe(true), within);
    // The receipt of the phone's own document.
    expect(comparisons()).toBe(1);
    device.close();
    await signInAs(maia());
    const again = await opened();
    await vi.waitFor(() => expect(again.status.isProven).toBe(true), within);
    // One for each database.
    expect(comparisons()).toBe(3);
  });

  it('needs the server once', async () => {
    await signInAs(maia());
    line.faultOf = isCut;
    expect(await open()).toEqual({ ok: false, why: 'unreachable' });
    line.faultOf = isSound;
    expect((await open()).ok).toBe(true);
  });

  it('is of no use to an account that belongs to no site', async () => {
    rememberAccount({ name: 'admin' as AccountName, roles: ['_admin'] });
    expect(await open()).toEqual({ ok: false, why: 'no-site' });
  });

  it('opens every term of the site for a coordinator, the one in progress first', async () => {
    await addTerm('s1-2026');
    await signInAs('coco');
    const device = await opened();
    expect(device.isCoordinator).toBe(true);
    expect(device.terms.map((one) => one.term)).toEqual([term, 's1-2026']);
  });
});

describe('a phone that was used before', () => {
  it('opens without a network, with its marks, and sends them later', async () => {
    await signInAs(maia());
    const before = await opened();
    await vi.waitFor(() => expect(before.status.isProven).toBe(true), within);
    line.faultOf = isCut;
    await markPresent(before, 1);
    before.close();

    const device = await opened();
    await vi.waitFor(() => expect(device.status).toMatchObject({ phase: 'offline', unsent: 1 }), within);
    expect(device.status.lastSyncAt).toBeDefined();
    expect((await device.terms[0]?.store.get('mark', markId(1)))?.status).toBe('present');
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ isProven: true, unsent: 0 });
  });

  it('opens with the terms it has when a new one cannot be fetched yet', async () => {
    await signInAs('coco');
    const before = await opened();
    await vi.waitFor(() => expect(before.status.isProven).toBe(true), within);
    await addTerm('s1-2026');
    await before.engine.syncNow();
    before.close();
    line.faultOf = isCut;
    const device = await opened();
    expect(device.terms.map((one) => one.term)).toEqual([term, 's1-2026']);
    expect((await markPresent(device, 1))?.ok).toBe(true);
  });

  it('fills itself again when the browser has cleared its databases', async () => {
    await signInAs(maia());
    const before = await opened();
    await markPresent(before, 1);
    await before.engine.syncNow();
    before.close();
    for (const store of before.stores) await store.destroy();
    const device = await opened();
    expect((await device.terms[0]?.store.get('mark', markId(1)))?.status).toBe('present');
    expect(await device.engine.syncNow()).toMatchObject({ isProven: true, unsent: 0 });
  });

  it('goes on by itself when the same person signs in again', async () => {
    await signInAs(maia());
    const device = await opened();
    await vi.waitFor(() => expect(device.status.isProven).toBe(true), within);
    jar.spoil();
    await markPresent(device, 1);
    await vi.waitFor(() => expect(device.status).toMatchObject({ phase: 'signed-out', unsent: 1 }), within);
    await signInAs(maia());
    await vi.waitFor(() => expect(device.status).toMatchObject({ isProven: true, unsent: 0 }), within);
    expect((await server.admin.allLeaves(termBase)).has(markId(1))).toBe(true);
  });

  it('learns at a round what the account may do from now on', async () => {
    await signInAs(maia());
    const device = await opened();
    const path = `_users/org.couchdb.user:${maia()}`;
    const account = (await server.admin.get(path)) as { roles: string[] };
    await server.admin.put(path, { ...account, roles: [...account.roles, `volunteer:${site}:s1-2026`] });
    await device.engine.syncNow();
    expect(rememberedAccount()?.roles).toContain(`volunteer:${site}:s1-2026`);
  });
});

describe('signing out without a network', () => {
  it('is told to the server as soon as it can be', async () => {
    await signInAs(maia());
    line.faultOf = isCut;
    await signOut(at(), jar.fetch);
    expect([jar.isEmpty, isSignOutDue()]).toEqual([false, true]);
    line.faultOf = isSound;
    await finishSignOut(at(), jar.fetch);
    expect([jar.isEmpty, isSignOutDue()]).toEqual([true, false]);
  });
});
