import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Site, Term } from '../../src/lib/domain/documents.ts';
import { siteDocId, termDocId, type SiteCode, type TermCode } from '../../src/lib/domain/ids.ts';
import { openDevice, type PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import { rememberAccount, rememberedAccount } from '../../src/lib/sync/remembered.ts';
import { signIn } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { openFaultyLine, isCut, isSound, type FaultyLine } from './faulty-line.ts';
import { openTestServer, registry, site, type TestServer } from './test-server.ts';

class Kept {
  readonly #entries = new Map<string, string>();
  getItem = (key: string) => this.#entries.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#entries.set(key, value);
  removeItem = (key: string) => void this.#entries.delete(key);
}

const code = 's1-2027' as TermCode;
const within = { timeout: 8000, interval: 25 };

let server: TestServer;
let line: FaultyLine;
let devices: PresenceDevice[];

beforeEach(async () => {
  server = await openTestServer(['maia']);
  line = await openFaultyLine(server.origin);
  devices = [];
});
afterEach(async () => {
  for (const device of devices) device.close();
  for (const store of devices.flatMap((device) => device.stores)) await store.destroy();
  await line.close();
  await server.dispose();
  vi.unstubAllGlobals();
});

/** A browser of its own: what it remembers, its cookies. */
async function deviceOf(name: string): Promise<PresenceDevice> {
  vi.stubGlobal('localStorage', new Kept());
  const jar = new CookieJar();
  const result = await signIn(`${line.origin}/couch`, name, `${name}-password`, jar.fetch);
  if (!result.ok) throw new Error(result.why);
  rememberAccount(result.account);
  const account = rememberedAccount();
  if (!account) throw new Error('nobody is remembered');
  const opened = await openDevice(account, {
    server: `${line.origin}/couch`,
    appVersion: '1',
    fetch: jar.fetch,
  });
  if (!opened.ok) throw new Error(opened.why);
  devices.push(opened.device);
  return opened.device;
}

const listed = (state: Term['state']) => ({
  term: code,
  label: 'S1.27',
  start: '2027-02-01',
  end: '2027-04-11',
  state,
});

async function setState(device: PresenceDevice, state: Term['state']): Promise<void> {
  const replica = await device.openTerm(code);
  await replica?.store.commit([
    {
      id: termDocId(code),
      change: (): Term => ({
        _id: termDocId(code),
        type: 'term',
        v: 1,
        ...device.author(),
        ...listed(state),
        weeks: 10,
        daysOff: [],
      }),
    },
  ]);
  await device.commons.commit([
    {
      id: siteDocId(site as SiteCode),
      change: (current) => {
        const known = current as Site;
        const others = known.terms.filter(({ term }) => term !== code);
        return { ...known, ...device.author(), terms: [...others, listed(state)] };
      },
    },
  ]);
}

describe('a term that a coordinator makes', () => {
  it('is made without a network, and has its database as soon as there is one', async () => {
    const coco = await deviceOf('coco');
    expect(coco.registry).toBeDefined();
    line.faultOf = isCut;
    await setState(coco, 'planned');
    expect(coco.terms.map(({ term }) => term)).toContain(code);
    line.faultOf = isSound;
    await coco.engine.syncNow();
    await vi.waitFor(() => expect(coco.status.isProven).toBe(true), within);
    expect(await server.admin.get(`${site}-${code}/term:${code}`)).toMatchObject({ state: 'planned' });
  });

  it('opens by itself on another coordinator’s device', async () => {
    const coco = await deviceOf('coco');
    const cleo = await deviceOf('cleo');
    await setState(coco, 'open');
    await coco.engine.syncNow();
    await cleo.engine.syncNow();
    await vi.waitFor(() => expect(cleo.terms.map(({ term }) => term)).toContain(code), within);
    await cleo.engine.syncNow();
    const replica = await cleo.openTerm(code);
    await vi.waitFor(
      async () => expect(await replica?.store.get('term', termDocId(code))).toMatchObject({ state: 'open' }),
      within,
    );
  });

  it('is closed on the server when its document says so, and opened again', async () => {
    const coco = await deviceOf('coco');
    await setState(coco, 'open');
    await coco.engine.syncNow();
    await setState(coco, 'closed');
    await coco.engine.syncNow();
    const security = `${site}-${code}/_security`;
    await vi.waitFor(
      async () => expect(await server.admin.get(security)).toMatchObject({ closed: true }),
      within,
    );
    await setState(coco, 'open');
    await coco.engine.syncNow();
    await vi.waitFor(
      async () => expect(await server.admin.get(security)).not.toHaveProperty('closed'),
      within,
    );
  });
});

describe('the registry', () => {
  it('is no part of a volunteer’s device', async () => {
    const maia = await deviceOf('maia');
    expect(maia.registry).toBeUndefined();
    expect(maia.stores.some(({ name }) => name.includes(registry))).toBe(false);
  });
});
