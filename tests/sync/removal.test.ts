import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import type { AccountName } from '../../src/lib/domain/ids.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import { openDevice, type PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import { rememberAccount, rememberedAccount, wasRemoved } from '../../src/lib/sync/remembered.ts';
import { isHandedIn, removeFromDevice } from '../../src/lib/sync/removal.ts';
import { signIn } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { isCut, isSound, openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { Kept } from './kept.ts';
import { markId, occurrence, person } from './phone.ts';
import { commons, openTestServer, site, term, termBase, type TestServer } from './test-server.ts';

const old = 's1-2026';
const oldBase = `${site}-${old}`;

let server: TestServer;
let line: FaultyLine;
let jar: CookieJar;
let devices: PresenceDevice[];
let people = 0;

beforeEach(async () => {
  vi.stubGlobal('localStorage', new Kept());
  // Databases of one test are not those of another.
  people += 1;
  server = await openTestServer([maia(), `${maia()}0`]);
  line = await openFaultyLine(server.origin);
  jar = new CookieJar();
  devices = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const device of devices) device.close();
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
  await line.close();
  await server.dispose();
  vi.unstubAllGlobals();
});

const maia = () => `ria${people}` as AccountName;
const at = () => `${line.origin}/couch`;

async function signInAs(name: string): Promise<void> {
  const result = await signIn(at(), name, `${name}-password`, jar.fetch);
  if (!result.ok) throw new Error(result.why);
  rememberAccount(result.account);
}

async function open(): Promise<PresenceDevice> {
  const account = rememberedAccount();
  if (!account) throw new Error('nobody is remembered');
  const opened = await openDevice(account, { server: at(), appVersion: '1', fetch: jar.fetch });
  if (!opened.ok) throw new Error(opened.why);
  devices.push(opened.device);
  return opened.device;
}

const markPresent = (device: PresenceDevice, n: number, place = 0) =>
  device.terms[place]?.store.commit([
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

const service = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${server.origin()}/api/sites/${site}/accounts${path}`, {
    method,
    headers: { authorization: `Basic ${btoa('admin:admin-password')}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { accounts: { name: string; devices: { id: string }[] }[] };
};
async function revokeDeviceOf(name: string): Promise<void> {
  const { accounts } = await service('GET', '');
  const id = accounts.find((one) => one.name === name)?.devices[0]?.id ?? '';
  await service('DELETE', `/${name}/devices/${id}`);
}

async function setRoles(name: string, terms: readonly string[]): Promise<void> {
  const path = `_users/org.couchdb.user:${name}`;
  const account = (await server.admin.get(path)) as object;
  const roles = terms.map((code) => `volunteer:${site}:${code}`);
  await server.admin.put(path, { ...account, roles });
}

/** A second term, of which the site's document tells or not. */
async function addTerm(): Promise<void> {
  await server.admin.put(oldBase, undefined);
  const roles = [`coordinator:${site}`, `volunteer:${site}:${old}`];
  await server.admin.put(`${oldBase}/_security`, { admins: { roles: ['_admin'] }, members: { roles } });
}
async function listTerm(isListed: boolean): Promise<void> {
  const path = `${commons}/site:${site}`;
  const document = (await server.admin.get(path)) as { terms: { term: string }[] };
  const added = { term: old, label: 'old', start: '2026-02-02', end: '2026-04-12', state: 'closed' };
  const terms = document.terms.filter((one) => one.term !== old);
  await server.admin.put(path, { ...document, terms: isListed ? [...terms, added] : terms });
}

const held = async (name: string) =>
  (await Dexie.getDatabaseNames()).filter((one) => one.startsWith(`presence~${name}~`)).sort();
const remove = (device: PresenceDevice) => removeFromDevice(device, at(), jar.fetch);

describe('a phone that was revoked', () => {
  it('hands in what it had not sent, then holds nothing of the account', async () => {
    await signInAs(maia());
    const device = await open();
    await device.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(device, 1);
    await revokeDeviceOf(maia());
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 0 });
    expect((await server.admin.allLeaves(termBase)).has(markId(1))).toBe(true);
    await remove(device);
    expect(await held(maia())).toEqual([]);
    expect([rememberedAccount(), wasRemoved(), jar.isEmpty]).toEqual([undefined, true, true]);
    const { accounts } = await service('GET', '');
    expect(accounts.find(({ name }) => name === maia())?.devices).toEqual([]);
  });

  it('hands in and removes what lies in a term that it no longer opens', async () => {
    await addTerm();
    await listTerm(true);
    await signInAs('coco');
    const before = await open();
    expect(before.terms.map((one) => one.term)).toEqual([term, old]);
    await listTerm(false);
    await before.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(before, 7, 1);
    before.close();

    const device = await open();
    expect(device.terms.map((one) => one.term)).toEqual([term]);
    await vi.waitFor(() => expect(device.status).toMatchObject({ phase: 'offline', unsent: 1 }));
    await revokeDeviceOf('coco');
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 0 });
    expect((await server.admin.allLeaves(oldBase)).has(markId(7))).toBe(true);
    await remove(device);
    expect(await held('coco')).toEqual([]);
  });

  it('says what the server would not take, and keeps it until somebody has decided', async () => {
    await addTerm();
    await setRoles(maia(), [term, old]);
    await signInAs(maia());
    const before = await open();
    await before.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(
      before,
      7,
      before.terms.findIndex((one) => one.term === old),
    );
    before.close();
    await setRoles(maia(), [term]);
    rememberAccount({ name: maia(), roles: [`volunteer:${site}:${term}`] });
    const device = await open();
    await revokeDeviceOf(maia());
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 1 });
    expect(await held(maia())).toHaveLength(3);
    await remove(device);
    expect(await held(maia())).toEqual([]);
  });

  it('long ago hands nothing in any more, and is still told', async () => {
    await signInAs(maia());
    const device = await open();
    await device.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(device, 1);
    await revokeDeviceOf(maia());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 1 });
    expect(await device.terms[0]?.store.outbox.refused()).toMatchObject([
      { id: markId(1), status: 401, reason: 'device_revoked' },
    ]);
    await remove(device);
    expect(await held(maia())).toEqual([]);
  });

  it('is not empty while something was written after the last count, or a database was not opened', async () => {
    await signInAs(maia());
    const device = await open();
    await device.engine.syncNow();
    await revokeDeviceOf(maia());
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 0 });
    expect(await isHandedIn(device)).toBe(true);
    await markPresent(device, 1);
    expect(await isHandedIn(device)).toBe(false);
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 0 });
    expect((await server.admin.allLeaves(termBase)).has(markId(1))).toBe(true);
    expect(await isHandedIn(device)).toBe(true);
    const unopened = new Dexie(`presence~${maia()}~${oldBase}`);
    unopened.version(1).stores({ docs: 'id' });
    await unopened.open();
    unopened.close();
    expect(await isHandedIn(device)).toBe(false);
    device.commons.close();
    expect(await isHandedIn(device)).toBe(false);
  });

  it('leaves another account’s data on that phone alone', async () => {
    const other = `${maia()}0`;
    await signInAs(other);
    const theirs = await open();
    await theirs.engine.syncNow();
    theirs.close();
    const names = await held(other);
    await signInAs(maia());
    const device = await open();
    await revokeDeviceOf(maia());
    await device.engine.syncNow();
    await remove(device);
    expect(await held(maia())).toEqual([]);
    expect(await held(other)).toEqual(names);
    expect(names.length).toBeGreaterThan(1);
  });
});

describe('a phone whose account was disabled', () => {
  it('hands in what it had not sent, then holds nothing of the account', async () => {
    await signInAs(maia());
    const device = await open();
    await device.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(device, 1);
    await service('PUT', `/${maia()}`, { isDisabled: true });
    line.faultOf = isSound;
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'revoked', unsent: 0, refused: 0 });
    expect((await server.admin.allLeaves(termBase)).has(markId(1))).toBe(true);
    await remove(device);
    expect(await held(maia())).toEqual([]);
    expect((await signIn(at(), maia(), `${maia()}-password`, jar.fetch)).ok).toBe(false);
  });
});

describe('a term that the account may no longer open', () => {
  it('goes from the phone at the next start when nothing waits in it', async () => {
    await addTerm();
    await setRoles(maia(), [term, old]);
    await signInAs(maia());
    const before = await open();
    await before.engine.syncNow();
    expect(await held(maia())).toHaveLength(3);
    await setRoles(maia(), [term]);
    await before.engine.syncNow();
    before.close();
    const device = await open();
    expect(device.terms.map((one) => one.term)).toEqual([term]);
    expect(await held(maia())).toEqual([`presence~${maia()}~${commons}`, `presence~${maia()}~${termBase}`]);
  });

  it('stays as long as something in it was not sent, and the phone says so', async () => {
    await addTerm();
    await setRoles(maia(), [term, old]);
    await signInAs(maia());
    const before = await open();
    await before.engine.syncNow();
    line.faultOf = isCut;
    await markPresent(
      before,
      7,
      before.terms.findIndex((one) => one.term === old),
    );
    before.close();
    await setRoles(maia(), [term]);
    rememberAccount({ name: maia(), roles: [`volunteer:${site}:${term}`] });
    line.faultOf = isSound;
    const device = await open();
    expect(await device.engine.syncNow()).toMatchObject({ phase: 'refused', refused: 1, isProven: false });
    expect(await held(maia())).toHaveLength(3);
    expect(device.stores.map(({ name }) => name)).toContain(`presence~${maia()}~${oldBase}`);
  });
});
