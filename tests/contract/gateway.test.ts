/** Our server in front of a CouchDB: the one of `COUCH_URL`, or a second server of ours, which speaks the same protocol. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGateway } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const site = `gate${Date.now().toString(36)}`;
const phone = { id: 'devicedevice01', label: '' };

let dataDir = '';
let origin = '';
let couchRoot = '';
let administrator = '';
let stops: (() => Promise<void>)[] = [];
let asAdmin: Record<string, string>;

async function openCouch(): Promise<{ url: string; secret?: string }> {
  const given = process.env.COUCH_URL;
  if (given) return { url: given };
  const { server, dataDir: folder, close } = await openServer();
  stops.push(close);
  const { host } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
  const { secret } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { secret: string };
  return { url: `http://${admin.name}:${admin.password}@${host}/couch`, secret };
}

beforeEach(async () => {
  stops = [];
  dataDir = mkdtempSync(join(tmpdir(), 'presence-gateway-'));
  const { url, secret } = await openCouch();
  const { username, password, origin: couch, pathname } = new URL(url);
  couchRoot = couch + pathname;
  administrator = decodeURIComponent(username);
  asAdmin = { authorization: basic(`${administrator}:${decodeURIComponent(password)}`) };
  const gateway = await buildGateway({ dataDir, couchUrl: url, couchSecret: secret, passwordIterations: 10 });
  stops.unshift(() => gateway.close());
  origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const stop of stops) await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
  const response = await fetch(origin + path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const cookie = /AuthSession=[^;]*/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? '';
  return { status: response.status, cookie, json: JSON.parse(text || 'null') as Record<string, unknown> };
}

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
    const direct = await fetch(`${couchRoot}/${site}-s1/mark:o:p`, { headers: asAdmin });
    expect(await direct.json()).toMatchObject({ by: `${site}.maia` });

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
    const feed = await fetch(`${origin}/couch/${name}/_changes?feed=continuous&heartbeat=1000`, {
      headers: asAdmin,
      signal: leaving.signal,
    });
    await ask('PUT', `/couch/${name}/a`, asAdmin, {});
    const reader = feed.body?.getReader();
    let said = '';
    while (!said.includes('"id":"a"')) said += Buffer.from((await reader?.read())?.value ?? []).toString();
    leaving.abort();
    expect((await ask('DELETE', `/couch/${name}`, asAdmin)).status).toBe(200);
  });

  it('refuses pages of another site, and locks out who guesses', async () => {
    const elise = await coordinator();
    const foreign = { ...elise, origin: 'https://elsewhere.example' };
    expect((await ask('POST', `/couch/${site}-s1/_bulk_docs`, foreign, { docs: [] })).status).toBe(403);
    const wrong = { authorization: basic('nobody:guess') };
    const guess = async () => (await ask('GET', '/couch/_all_dbs', wrong)).status;
    const guesses = await Promise.all(Array.from({ length: 10 }, guess));
    expect(guesses.filter((status) => status !== 401 && status !== 403)).toEqual([]);
    expect(await guess()).toBe(403);
  });

  it('is not locked out of the CouchDB by who guesses at its own name', async () => {
    const guess = { authorization: basic(`${administrator}:guess`) };
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
    await until(async () => {
      const { userCtx } = (await ask('GET', '/couch/_session', elise)).json as { userCtx: { name: unknown } };
      return userCtx.name === null;
    });
    expect((await ask('GET', '/couch/_session', asElise)).status).toBe(401);
    await ask('PUT', path, asAdmin, { ...json, _rev: (await ask('GET', path, asAdmin)).json._rev });
    await until(async () => (await ask('GET', '/couch/_session', asElise)).status === 200);
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
  });

  it('takes no cookie for a user that the client made up', async () => {
    const forged = Buffer.concat([Buffer.from(`${admin.name}:67000000:`), Buffer.alloc(32)]).toString(
      'base64url',
    );
    expect((await ask('GET', '/couch/_all_dbs', { cookie: `AuthSession=${forged}` })).status).toBe(401);
    const named = { 'x-auth-couchdb-username': admin.name, 'x-auth-couchdb-roles': '_admin' };
    expect((await ask('GET', '/couch/_all_dbs', named)).status).toBe(401);
  });
});
