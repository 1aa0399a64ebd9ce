import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const phone = { id: 'devicedevice01', label: 'Téléphone bleu' };
const asAdmin = { authorization: basic(`${admin.name}:${admin.password}`) };

let server: PresenceServer;
let close: () => Promise<void>;
let dataDir: string;
let elise: Record<string, string>;

async function ask<T = Record<string, unknown>>(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  payload?: unknown,
): Promise<{ status: number; cookie: string; body: T }> {
  const response = await server.http.inject({
    method: method as 'GET',
    url,
    headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  const cookie = /AuthSession=[^;]*/.exec(String(response.headers['set-cookie'] ?? ''))?.[0] ?? '';
  return { status: response.statusCode, cookie, body: response.json<T>() };
}

interface Invitation {
  id: string;
  token: string;
  url: string;
  expiresAt: string;
}
const maia = { name: 'maia', displayName: 'Maïa', role: 'volunteer', terms: ['s3-2023'] };
const invite = async (who: unknown = maia) =>
  (await ask<Invitation>('POST', '/api/sites/paris13/invitations', elise, who)).body;
const accept = (token: string, device = phone) =>
  ask('POST', '/api/invitations/accept', {}, { token, device });
/** Invites and accepts: the cookie of the device. */
const join = async (who: unknown = maia, device = phone) => ({
  cookie: (await accept((await invite(who)).token, device)).cookie,
});

interface Team {
  accounts: {
    name: string;
    roles: string[];
    isDisabled: boolean;
    devices: { id: string; label: string; revokedAt?: string }[];
  }[];
  invitations: { id: string; name: string }[];
}
const team = async () => (await ask<Team>('GET', '/api/sites/paris13/accounts', elise)).body;
const deviceOf = async (name: string) =>
  (await team()).accounts.find((one) => one.name === name)?.devices.at(-1)?.id ?? '';

const base = '/couch/paris13-s3-2023';
const mark = (by: string) => {
  const said = { status: 'present', at: '2023-11-20T13:00:00.000Z', by, device: phone.id };
  return { _id: 'mark:o:p', type: 'mark', v: 1, occurrence: 'o', participant: 'p', ...said, history: [said] };
};

beforeEach(async () => {
  ({ server, close, dataDir } = await openServer());
  await ask('POST', '/api/sites', asAdmin, { site: 'paris13', name: 'Paris 13' });
  const coordinator = { name: 'elise', displayName: 'Élise', role: 'coordinator' };
  const { body } = await ask<Invitation>('POST', '/api/sites/paris13/invitations', asAdmin, coordinator);
  elise = { cookie: (await accept(body.token, { ...phone, id: 'laptoplaptop01' })).cookie };
  expect((await ask('POST', '/api/sites/paris13/terms', elise, { term: 's3-2023' })).status).toBe(201);
});
afterEach(async () => {
  vi.useRealTimers();
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a site', () => {
  it('has databases with rules in them, for its own people alone', async () => {
    expect(server.engine.names()).toContain('paris13-registry');
    const volunteer = await join();
    expect((await ask('GET', base, volunteer)).status).toBe(200);
    expect((await ask('GET', '/couch/paris13-commons/site:paris13', volunteer)).status).toBe(200);
    expect((await ask('GET', '/couch/paris13-registry', volunteer)).status).toBe(403);
    expect((await ask('PUT', `${base}/group:g`, volunteer, { type: 'group' })).status).toBe(403);
    expect((await ask('PUT', `${base}/mark:o:p`, volunteer, mark('maia'))).status).toBe(201);
  });

  it('shows nothing of its registry to a volunteer, in any way of asking', async () => {
    const volunteer = await join();
    const registry = '/couch/paris13-registry';
    for (const [method, path, body] of [
      ...['', '/_all_docs', '/_changes', '/_local_docs', '/_design_docs', '/_security', '/_revs_limit'].map(
        (path) => ['GET', path] as const,
      ),
      ...['/_design/presence', '/_local/x', '/participant:p', '/_changes?filter=_design', '/_index'].map(
        (path) => ['GET', path] as const,
      ),
      ['GET', '/_changes?feed=continuous'],
      ['GET', '/_changes?filter=presence/none'],
      ['POST', '/_find', { selector: {} }],
      ['POST', '/_explain', { selector: {} }],
      ['POST', '/_bulk_get', { docs: [{ id: 'participant:p' }] }],
      ['POST', '/_revs_diff', { 'participant:p': ['1-a'] }],
      ['POST', '/_all_docs', { keys: ['participant:p'] }],
      ['POST', '/_bulk_docs', { docs: [] }],
      ['PUT', '/_local/x', {}],
    ] as const)
      expect([path, (await ask(method, registry + path, volunteer, body)).status]).toEqual([path, 403]);
  });

  it('takes no rule from anybody but the administrator, in any way of writing', async () => {
    const volunteer = await join();
    const rule = { validate_doc_update: 'function () {}' };
    const made = { ...rule, _id: '_design/mine', _rev: '1-abc' };
    await ask('PUT', `${base}/mark:o:p`, volunteer, mark('maia'));
    for (const who of [volunteer, elise]) {
      for (const id of ['_design/mine', '_design%2Fmine', '_design/presence', '_design/mine/file.js'])
        expect([id, (await ask('PUT', `${base}/${id}`, who, rule)).status]).toEqual([id, 403]);
      expect((await ask('PUT', `${base}/_design/mine?new_edits=false`, who, made)).status).toBe(403);
      expect((await ask('POST', base, who, { ...rule, _id: '_design/mine' })).status).toBe(403);
      const { _rev, ...edit } = made;
      for (const [new_edits, document] of [
        [false, made],
        [true, edit],
      ] as const)
        expect(
          (await ask('POST', `${base}/_bulk_docs`, who, { new_edits, docs: [document] })).body,
        ).toMatchObject([{ id: '_design/mine', error: 'forbidden' }]);
      const copied = await ask('COPY', `${base}/mark:o:p`, { ...who, destination: '_design/mine' });
      expect(copied.status).toBe(403);
      const { body } = await ask<{ _rev: string }>('GET', `${base}/_design/presence`, asAdmin);
      expect((await ask('DELETE', `${base}/_design/presence?rev=${body._rev}`, who)).status).toBe(403);
      for (const path of ['_security', '_revs_limit'])
        expect((await ask('PUT', `${base}/${path}`, who, {})).status).toBe(401);
    }
    expect((await ask('GET', `${base}/_design/mine`, asAdmin)).status).toBe(404);
  });

  it('is made once, and takes no name of the server’s own', async () => {
    const make = (site: string) => ask('POST', '/api/sites', asAdmin, { site, name: 'x' });
    expect((await make('paris13')).status).toBe(412);
    expect((await make('presence')).status).toBe(412);
    expect((await make('paris-13')).status).toBe(400);
    expect((await ask('POST', '/api/sites/paris13/terms', elise, { term: 'registry' })).status).toBe(412);
  });

  it('closes a term to all but coordinators', async () => {
    const volunteer = await join();
    const set = (isClosed: boolean) => ask('PUT', '/api/sites/paris13/terms/s3-2023', elise, { isClosed });
    expect((await set(true)).status).toBe(200);
    const refused = await ask('PUT', `${base}/mark:o:p`, volunteer, mark('maia'));
    expect(refused).toMatchObject({
      status: 403,
      body: { reason: expect.stringContaining('closed') as string },
    });
    await set(false);
    expect((await ask('PUT', `${base}/mark:o:p`, volunteer, mark('maia'))).status).toBe(201);
  });
});

describe('an invitation', () => {
  it('signs a device in without a password, behind an address that no log sees', async () => {
    const { url, token } = await invite();
    expect(url).toMatch(/\/invitation#[\w-]{43}$/);
    const { status, cookie, body } = await accept(token);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: 'maia', displayName: 'Maïa', roles: ['volunteer:paris13:s3-2023'] },
    });
    const me = await ask('GET', '/couch/_session', { cookie });
    expect(me.body).toMatchObject({ userCtx: { name: 'maia' } });
  });

  it('is good once, even for two devices at the same moment', async () => {
    const { token } = await invite();
    const both = await Promise.all([accept(token), accept(token, { ...phone, id: 'otherdevice001' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await accept(token)).status).toBe(410);
  });

  it('is good for 48 hours', async () => {
    const { token, expiresAt } = await invite();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(expiresAt) + 1 });
    expect((await accept(token)).status).toBe(410);
  });

  it('can be withdrawn', async () => {
    const { token, id } = await invite();
    expect((await team()).invitations).toMatchObject([{ id, name: 'maia' }]);
    expect((await ask('DELETE', `/api/sites/paris13/invitations/${id}`, elise)).status).toBe(200);
    expect((await accept(token)).status).toBe(410);
    expect((await team()).invitations).toEqual([]);
  });

  it('does not make anybody an account of another site, or the administrator', async () => {
    await ask('POST', '/api/sites', asAdmin, { site: 'lyon3', name: 'Lyon 3' });
    const zoe = { name: 'zoe', displayName: 'Zoé', role: 'coordinator' };
    const there = await ask<Invitation>('POST', '/api/sites/lyon3/invitations', asAdmin, zoe);
    await accept(there.body.token);
    for (const name of ['zoe', admin.name])
      expect((await ask('POST', '/api/sites/paris13/invitations', elise, { ...maia, name })).status).toBe(
        409,
      );
    expect((await ask('GET', '/api/sites/lyon3/accounts', elise)).status).toBe(403);
    expect((await ask('PUT', '/api/sites/paris13/accounts/zoe', elise, { isDisabled: true })).status).toBe(
      404,
    );
  });

  it('leaves no token on the disk', async () => {
    const { token } = await invite();
    const rows = server.engine.open('presence-server')?.changes(0, 100) ?? [];
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('a term that is opened to an account', () => {
  const next = '/couch/paris13-s4-2024';
  const openTo = (name: string, who = elise, term = 's4-2024', site = 'paris13') =>
    ask('PUT', `/api/sites/${site}/accounts/${name}/terms/${term}`, who);
  beforeEach(() => ask('POST', '/api/sites/paris13/terms', elise, { term: 's4-2024' }));

  it('is there for whoever served another one, on the phones they have', async () => {
    const volunteer = await join();
    expect((await ask('GET', next, volunteer)).status).toBe(403);
    for (let times = 0; times < 2; times += 1) expect((await openTo('maia')).status).toBe(200);
    for (const term of [base, next]) expect((await ask('GET', term, volunteer)).status).toBe(200);
    expect((await ask('GET', '/couch/paris13-registry', volunteer)).status).toBe(403);
    const { roles } = (await team()).accounts.find(({ name }) => name === 'maia') ?? {};
    expect(roles).toEqual(['volunteer:paris13:s3-2023', 'volunteer:paris13:s4-2024']);
  });

  it('is opened by a coordinator of its site alone', async () => {
    const volunteer = await join();
    await ask('POST', '/api/sites', asAdmin, { site: 'lyon3', name: 'Lyon 3' });
    const there = { name: 'zoe', displayName: 'Zoé', role: 'coordinator' };
    const { body } = await ask<Invitation>('POST', '/api/sites/lyon3/invitations', asAdmin, there);
    const zoe = { cookie: (await accept(body.token)).cookie };
    for (const who of [volunteer, zoe]) expect((await openTo('maia', who)).status).toBe(403);
    expect((await openTo('maia', {})).status).toBe(401);
    expect((await ask('GET', next, volunteer)).status).toBe(403);
    // Neither an account of another site, nor a term of one.
    expect((await openTo('zoe')).status).toBe(404);
    expect((await openTo('maia', elise, 's4-2024', 'lyon3')).status).toBe(403);
    expect((await openTo('maia', zoe, 's4-2024', 'lyon3')).status).toBe(404);
  });

  it('is one that there is, for an account that lets somebody in', async () => {
    await join();
    for (const term of ['s5-2024', 'commons', 'registry', 'S4'])
      expect([term, (await openTo('maia', elise, term)).status]).toEqual([term, 404]);
    expect((await openTo('nobody')).status).toBe(404);
    expect((await openTo(admin.name)).status).toBe(404);
    expect((await team()).accounts.map(({ name }) => name)).toEqual(['elise', 'maia']);
    await ask('PUT', '/api/sites/paris13/accounts/maia', elise, { isDisabled: true });
    expect((await openTo('maia')).status).toBe(409);
  });
});

describe('a device', () => {
  it('that is revoked hands in what it has, reads nothing, and then is forgotten', async () => {
    const device = await join();
    const id = await deviceOf('maia');
    expect((await ask('DELETE', `/api/sites/paris13/accounts/maia/devices/${id}`, elise)).status).toBe(200);
    expect((await ask('GET', '/couch/_session', device)).body).toMatchObject({ device: 'revoked' });
    expect((await ask('GET', '/api/device', device)).body).toEqual({ state: 'revoked', mayHandIn: true });
    for (const path of [`${base}/_all_docs`, `${base}/_changes`, `${base}/mark:o:p`, `${base}/_security`])
      expect(await ask('GET', path, device)).toMatchObject({
        status: 401,
        body: { reason: 'device_revoked' },
      });
    const handed = await ask('POST', `${base}/_bulk_docs`, device, { docs: [mark('maia')] });
    expect(handed).toMatchObject({ status: 201, body: [{ ok: true }] });
    expect((await ask('POST', '/api/device/forgotten', device)).status).toBe(200);
    expect((await ask('POST', `${base}/_bulk_docs`, device, { docs: [] })).status).toBe(401);
    expect((await team()).accounts.find(({ name }) => name === 'maia')?.devices).toEqual([]);
  });

  it('is one of several: the others of its account stay', async () => {
    const first = await join();
    const revoked = await deviceOf('maia');
    const second = await join(maia, { ...phone, id: 'otherdevice001' });
    await ask('DELETE', `/api/sites/paris13/accounts/maia/devices/${revoked}`, elise);
    expect((await ask('GET', base, second)).status).toBe(200);
    expect((await ask('GET', `${base}/_all_docs`, first)).status).toBe(401);
  });

  it('may hand in for 30 days, and is told so for as long as its sign-in lasts', async () => {
    const device = await join();
    await ask('DELETE', `/api/sites/paris13/accounts/maia/devices/${await deviceOf('maia')}`, elise);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    for (const [method, path] of [
      ['POST', '/_bulk_docs'],
      ['POST', '/_revs_diff'],
      ['GET', ''],
    ] as const)
      expect(
        await ask(method, base + path, device, method === 'GET' ? undefined : { docs: [] }),
      ).toMatchObject({
        status: 401,
        body: { reason: 'device_revoked' },
      });
    expect((await ask('GET', '/couch/_session', device)).body).toMatchObject({ device: 'revoked' });
    expect((await ask('GET', '/api/device', device)).body).toEqual({ state: 'revoked', mayHandIn: false });
    expect((await ask('POST', '/api/device/forgotten', device)).status).toBe(200);
    expect((await ask('GET', '/couch/_session', device)).body).toMatchObject({ userCtx: { name: null } });
  });

  it('goes with its account when that one is disabled, and comes back with it', async () => {
    const device = await join();
    const set = (isDisabled: boolean) =>
      ask('PUT', '/api/sites/paris13/accounts/maia', elise, { isDisabled });
    await set(true);
    expect(await ask('GET', `${base}/_all_docs`, device)).toMatchObject({
      status: 401,
      body: { reason: 'device_revoked' },
    });
    expect((await team()).accounts.find(({ name }) => name === 'maia')?.isDisabled).toBe(true);
    await set(false);
    expect((await ask('GET', `${base}/_all_docs`, device)).status).toBe(200);
    expect((await ask('PUT', '/api/sites/paris13/accounts/elise', elise, { isDisabled: true })).status).toBe(
      400,
    );
  });

  it('of a disabled account hands in what its person had said, and nothing else of the account gets in', async () => {
    const device = await join();
    const account = '/couch/_users/org.couchdb.user:maia';
    const { body } = await ask<{ _rev: string }>('GET', account, asAdmin);
    await ask('PUT', account, asAdmin, { ...body, password: 'maia-password' });
    const signIn = () => ask('POST', '/couch/_session', {}, { name: 'maia', password: 'maia-password' });
    const basicCredentials = { authorization: basic('maia:maia-password') };
    const bare = { cookie: (await signIn()).cookie };
    const bound = { cookie: (await join()).cookie };
    expect((await ask('GET', base, basicCredentials)).status).toBe(200);
    await ask('PUT', '/api/sites/paris13/accounts/maia', elise, { isDisabled: true });

    expect((await ask('GET', base, device)).status).toBe(401);
    expect((await ask('GET', base, bare)).status).toBe(401);
    expect((await ask('GET', base, basicCredentials)).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect((await ask('GET', '/couch/_session', bound)).body).toMatchObject({ device: 'revoked' });
    const docs = [mark('maia')];
    expect((await ask('POST', `${base}/_bulk_docs`, bound, { docs })).body).toMatchObject([{ ok: true }]);
    expect((await ask('POST', '/api/device/forgotten', bound)).status).toBe(200);
    expect((await ask('GET', '/couch/_session', bound)).body).toMatchObject({ userCtx: { name: null } });

    // No CouchDB to which it is replicated takes its password, until it is enabled again.
    const stored = () => JSON.parse(server.engine.open('_users')?.row('org.couchdb.user:maia')?.body ?? '{}');
    expect(stored()).toMatchObject({ disabled: true, derived_key: '' });
    await ask('PUT', '/api/sites/paris13/accounts/maia', elise, { isDisabled: false });
    expect(Object.keys(stored())).not.toContain('disabled_key');
    expect((await signIn()).status).toBe(200);
  });

  it('that is revoked deletes nothing and writes nothing for others, a coordinator’s as well', async () => {
    const second = { name: 'noor', displayName: 'Noor', role: 'coordinator' };
    const noor = await join(second, { ...phone, id: 'laptoplaptop02' });
    await ask('PUT', `${base}/mark:o:p`, elise, mark('elise'));
    const { body: kept } = await ask<{ _rev: string }>('GET', `${base}/mark:o:p`, elise);
    await ask('DELETE', `/api/sites/paris13/accounts/noor/devices/${await deviceOf('noor')}`, elise);
    const docs = [
      { _id: 'mark:o:p', _rev: kept._rev, _deleted: true },
      { ...mark('elise'), _rev: kept._rev },
      { _id: 'group:g', type: 'group', v: 1, at: mark('noor').at, by: 'noor', device: phone.id },
      { _id: '_local/x', a: 1 },
      { ...mark('noor'), _id: 'mark:o:q', participant: 'q' },
    ];
    const { body } = await ask<{ error?: string }[]>('POST', `${base}/_bulk_docs`, noor, { docs });
    expect(body.map(({ error }) => error)).toEqual([...Array(4).fill('forbidden'), undefined]);
    expect((await ask('GET', `${base}/mark:o:p`, elise)).body).toEqual(kept);
  });

  it('of a password sign-in is revoked alone as well, and ends with the password', async () => {
    await ask('PUT', '/couch/_users/org.couchdb.user:jean', asAdmin, {
      type: 'user',
      name: 'jean',
      roles: ['volunteer:paris13:s3-2023'],
      password: 'jean-password',
    });
    const signIn = (id: string, password = 'jean-password') =>
      ask('POST', '/couch/_session', {}, { name: 'jean', password, device: { id, label: '' } });
    const one = { cookie: (await signIn('jeandevice0001')).cookie };
    const two = { cookie: (await signIn('jeandevice0002')).cookie };
    await ask('DELETE', `/api/sites/paris13/accounts/jean/devices/${await deviceOf('jean')}`, elise);
    const states = await Promise.all([one, two].map((cookie) => ask('GET', `${base}/_all_docs`, cookie)));
    expect(states.map(({ status }) => status).sort()).toEqual([200, 401]);
    const account = await ask<{ _rev: string }>('GET', '/couch/_users/org.couchdb.user:jean', asAdmin);
    await ask('PUT', '/couch/_users/org.couchdb.user:jean', asAdmin, {
      ...account.body,
      password: 'another',
    });
    for (const cookie of [one, two]) expect((await ask('GET', base, cookie)).status).toBe(401);
  });
});

describe('failed sign-ins', () => {
  it('made at once are no more guesses than those made one by one', async () => {
    await ask('PUT', '/couch/_users/org.couchdb.user:jean', asAdmin, {
      type: 'user',
      name: 'jean',
      roles: [],
      password: 'jean-password',
    });
    const guess = (password: string) => ask('POST', '/couch/_session', {}, { name: 'jean', password });
    const guesses = Array.from({ length: 40 }, (_, n) => guess(n === 39 ? 'jean-password' : `guess-${n}`));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toEqual([]);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
  });

  it('are remembered from one start to the next', async () => {
    await join();
    const signIn = () => ask('POST', '/couch/_session', {}, { name: 'maia', password: 'wrong' });
    // At once: each answer waits, and they wait together.
    const answers = await Promise.all(Array.from({ length: 10 }, signIn));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect((await signIn()).status).toBe(403);
    await server.close();
    ({ server, close } = await openServer({ dataDir }));
    expect((await signIn()).status).toBe(403);
  });
});
