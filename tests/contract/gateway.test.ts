/** What a phone and a coordinator do, through our server in front of a CouchDB. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { openCouch, openGateway, type Couch, type Gateway, type Headers } from './gateways.ts';

const site = `gate${Date.now().toString(36)}`;
const phone = { id: 'devicedevice01', label: '' };

let couch: Couch;
let gateway: Gateway;
let asAdmin: Headers;

beforeEach(async () => {
  couch = await openCouch();
  gateway = await openGateway(couch);
  ({ asAdmin } = couch);
});
afterEach(async () => {
  await gateway.close();
  await couch.close();
});

const ask: Gateway['ask'] = (...request) => gateway.ask(...request);

const mark = (by: string) => {
  const said = { status: 'present', at: '2023-11-20T13:00:00.000Z', by, device: phone.id };
  return { type: 'mark', v: 1, occurrence: 'o', participant: 'p', ...said, history: [said] };
};

/** Asks until it is so: what is mirrored arrives a moment later. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 200; left > 0; left--) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect.fail('it did not come to that');
}

/** A coordinator's own account, made in the CouchDB itself. */
async function coordinator(): Promise<Record<string, string>> {
  const name = `${site}.elise`;
  const account = { type: 'user', name, roles: [`coordinator:${site}`], password: 'elise-password' };
  const found = await ask('GET', `/couch/_users/org.couchdb.user:${name}`, asAdmin);
  if (found.status === 404) await ask('PUT', `/couch/_users/org.couchdb.user:${name}`, asAdmin, account);
  let cookie = '';
  await until(async () => {
    const signIn = { name, password: 'elise-password', device: phone };
    ({ cookie } = await ask('POST', '/couch/_session', {}, signIn));
    return cookie !== '';
  });
  return { cookie };
}

describe('in front of a CouchDB', () => {
  it('everything is the same: a site, a term, an invitation, a mark by the rules, a revoked phone', async () => {
    const elise = await coordinator();
    // Sites are made by the CouchDB's administrator; here in the CouchDB itself, as a migration leaves them.
    const security = {
      admins: { roles: ['_admin'], names: [] },
      members: { roles: [`coordinator:${site}`], names: [] },
    };
    await ask('PUT', `/couch/${site}-commons`, asAdmin);
    await ask('PUT', `/couch/${site}-commons/_security`, asAdmin, security);
    expect((await ask('POST', `/api/sites/${site}/terms`, elise, { term: 's1' })).status).toBe(201);
    const invited = await ask('POST', `/api/sites/${site}/invitations`, elise, {
      name: `${site}.maia`,
      displayName: 'Maïa',
      role: 'volunteer',
      terms: ['s1'],
    });
    expect(invited.status).toBe(201);
    const accepted = await ask(
      'POST',
      '/api/invitations/accept',
      {},
      { token: invited.json.token, device: phone },
    );
    expect(accepted).toMatchObject({ status: 200, json: { name: `${site}.maia` } });
    const maia = { cookie: accepted.cookie };
    expect((await ask('GET', '/couch/_session', maia)).json).toMatchObject({
      userCtx: { name: `${site}.maia` },
    });

    // The CouchDB's own rights and rules.
    expect((await ask('PUT', `/couch/${site}-s1/mark:o:p`, maia, mark(`${site}.maia`))).status).toBe(201);
    expect((await ask('PUT', `/couch/${site}-s1/mark:o:q`, maia, mark('noor'))).status).toBe(403);
    expect((await ask('GET', `/couch/${site}-registry`, maia)).status).toBeGreaterThanOrEqual(400);
    expect((await ask('GET', '/couch/_all_dbs', maia)).status).toBe(401);
    const { json: direct } = await couch.ask('GET', `/${site}-s1/mark:o:p`);
    expect(direct).toMatchObject({ by: `${site}.maia` });

    const { json } = await ask('GET', `/api/sites/${site}/accounts`, elise);
    const accounts = json.accounts as { name: string; devices: { id: string }[] }[];
    const device = accounts.find(({ name }) => name === `${site}.maia`)?.devices[0]?.id ?? '';
    await ask('DELETE', `/api/sites/${site}/accounts/${site}.maia/devices/${device}`, elise);
    expect(await ask('GET', `/couch/${site}-s1/_all_docs`, maia)).toMatchObject({
      status: 401,
      json: { reason: 'device_revoked' },
    });
    expect((await ask('POST', `/couch/${site}-s1/_bulk_docs`, maia, { docs: [] })).status).toBe(201);
  });

  it('hands feeds on as they come, and ends them when the client leaves', async () => {
    const name = `${site}-feed`;
    await ask('PUT', `/couch/${name}`, asAdmin);
    const leaving = new AbortController();
    const feed = await fetch(`${gateway.origin}/couch/${name}/_changes?feed=continuous&heartbeat=1000`, {
      headers: asAdmin,
      signal: leaving.signal,
    });
    await ask('PUT', `/couch/${name}/a`, asAdmin, {});
    const reader = feed.body?.getReader();
    let said = '';
    while (!said.includes('"id":"a"')) said += Buffer.from((await reader?.read())?.value ?? []).toString();
    leaving.abort();
    // 202: not every node of a cluster has heard of it yet.
    expect([200, 202]).toContain((await ask('DELETE', `/couch/${name}`, asAdmin)).status);
  });

  it('refuses pages of another site, and locks out who guesses', async () => {
    const elise = await coordinator();
    const foreign = { ...elise, origin: 'https://elsewhere.example' };
    expect((await ask('POST', `/couch/${site}-s1/_bulk_docs`, foreign, { docs: [] })).status).toBe(403);
    const guess = async (_: unknown, n: number) =>
      (await ask('GET', '/couch/_all_dbs', { authorization: basic(`nobody:guess-${n}`) })).status;
    const guesses = await Promise.all(Array.from({ length: 40 }, guess));
    expect(guesses.filter((status) => status === 401)).toHaveLength(10);
    expect(guesses.filter((status) => status === 403)).toHaveLength(30);
  });

  it('lets nobody guess passwords by another spelling of the sign-in', async () => {
    const elise = await coordinator();
    const right = { name: `${site}.elise`, password: 'elise-password' };
    // Neither the right password nor a wrong one is looked at there.
    for (const path of [
      ...['//_session', '/_session//', '/%5fsession', '/./_session', '/x/../_session', '/%2e/_session'],
      ...['/%5F%73ession', '/_sessio%6e', '/x/%2e%2e/_session'],
    ])
      for (const headers of [{}, elise, { authorization: asAdmin.authorization ?? '' }])
        for (const body of [right, { ...right, password: 'wrong' }]) {
          const answer = await gateway.raw('POST', `/couch${path}`, headers, JSON.stringify(body));
          expect([path, answer.status]).toEqual([path, 400]);
          expect(answer.text).not.toContain(site);
        }
    // With somebody else's credentials it is counted like any other.
    const ways = ['/couch/_session', '/couch/_session/', '/couch/_session?x=_session'];
    const guesses = Array.from({ length: 10 }, (_, n) =>
      ask('POST', ways[n % 3] ?? '', asAdmin, { ...right, password: `guess-${n}` }),
    );
    for (const { status } of await Promise.all(guesses)) expect(status).toBe(401);
    expect((await ask('POST', '/couch/_session', {}, right)).status).toBe(403);
  });

  it('lets a disabled account in neither by cookie nor by password', async () => {
    const elise = await coordinator();
    const name = `${site}.jean`;
    const account = { type: 'user', name, roles: [`volunteer:${site}:s1`], password: 'jean-password' };
    await ask('PUT', `/couch/_users/org.couchdb.user:${name}`, asAdmin, account);
    const own = `/couch/_users/org.couchdb.user:${name}`;
    const password = { authorization: basic(`${name}:jean-password`) };
    expect((await ask('GET', own, password)).status).toBe(200);
    // The mirror hears of the account, and the coordinator disables it.
    await expect
      .poll(
        async () =>
          (await ask('PUT', `/api/sites/${site}/accounts/${name}`, elise, { isDisabled: true })).status,
      )
      .toBe(200);
    expect((await ask('GET', own, password)).status).toBe(401);
    expect((await ask('POST', '/couch/_session', {}, { name, password: 'jean-password' })).status).toBe(401);
  });

  it('makes a site for the administrator of the CouchDB, and for nobody else', async () => {
    const other = `${site}x${Math.random().toString(36).slice(2, 8)}`;
    const body = { site: other, name: 'Ailleurs' };
    expect((await ask('POST', '/api/sites', await coordinator(), body)).status).toBe(401);
    expect((await ask('POST', '/api/sites', { authorization: basic('nobody:guess') }, body)).status).toBe(
      401,
    );
    expect((await ask('POST', '/api/sites', asAdmin, body)).status).toBe(201);
    expect((await ask('GET', `/couch/${other}-commons/site:${other}`, asAdmin)).json).toMatchObject({
      name: 'Ailleurs',
    });
  });

  it('is not locked out of the CouchDB by who guesses at its own name', async () => {
    const guess = { authorization: basic(`${couch.administrator}:guess`) };
    for (let attempt = 0; attempt < 6; attempt++)
      expect((await ask('GET', '/couch/_all_dbs', guess)).status).toBe(401);
    expect((await ask('GET', '/couch/_all_dbs', asAdmin)).status).toBe(200);
    expect((await ask('GET', '/couch/_session', asAdmin)).json).toMatchObject({ ok: true });
  });

  it('lets a disabled account in with no password', async () => {
    const elise = await coordinator();
    const asElise = { authorization: basic(`${site}.elise:elise-password`) };
    expect((await ask('GET', '/couch/_session', asElise)).status).toBe(200);
    const path = `/couch/_users/org.couchdb.user:${site}.elise`;
    const { json } = await ask('GET', path, asAdmin);
    await ask('PUT', path, asAdmin, { ...json, disabled: true });
    // Told by the device's cookie: a password that is tried too early counts as a guess.
    const state = async () => (await ask('GET', '/couch/_session', elise)).json.device;
    await until(async () => (await state()) === 'revoked');
    expect((await ask('GET', '/couch/_session', asElise)).status).toBe(401);
    await ask('PUT', path, asAdmin, { ...json, _rev: (await ask('GET', path, asAdmin)).json._rev });
    await until(async () => (await state()) === undefined);
    expect((await ask('GET', '/couch/_session', asElise)).status).toBe(200);
  });

  it('settles an account that was changed in two places, which a CouchDB lets do nothing', async () => {
    await coordinator();
    const path = `/couch/_users/org.couchdb.user:${site}.elise`;
    const { json } = await ask('GET', path, asAdmin);
    const [parent = ''] = String(json._rev).split('-').slice(1);
    const generation = Number.parseInt(String(json._rev), 10);
    const versions = ['a', 'f'].map((letter) => ({
      ...json,
      ...(letter === 'a' ? { disabled: true } : { displayName: 'Élise' }),
      _rev: `${generation + 1}-${letter.repeat(32)}`,
      _revisions: { start: generation + 1, ids: [letter.repeat(32), parent] },
    }));
    await ask('POST', '/couch/_users/_bulk_docs', asAdmin, { new_edits: false, docs: versions });
    await until(async () => {
      const { json: now } = await ask('GET', `${path}?conflicts=true`, asAdmin);
      return now._conflicts === undefined && now.disabled === true && now.displayName === 'Élise';
    });
    // No CouchDB takes its password, until it is enabled again.
    expect((await couch.ask('GET', path.slice('/couch'.length))).json).toMatchObject({ derived_key: '' });
    const account = `/api/sites/${site}/accounts/${site}.elise`;
    expect((await ask('PUT', account, asAdmin, { isDisabled: false })).status).toBe(200);
    const credentials = { name: `${site}.elise`, password: 'elise-password' };
    expect((await ask('POST', '/couch/_session', {}, credentials)).status).toBe(200);
  });

  it('takes no cookie for a user that the client made up', async () => {
    const forged = Buffer.concat([
      Buffer.from(`${couch.administrator}:67000000:`),
      Buffer.alloc(32),
    ]).toString('base64url');
    expect((await ask('GET', '/couch/_all_dbs', { cookie: `AuthSession=${forged}` })).status).toBe(401);
    const named = { 'x-auth-couchdb-username': couch.administrator, 'x-auth-couchdb-roles': '_admin' };
    expect((await ask('GET', '/couch/_all_dbs', named)).status).toBe(401);
  });
});
