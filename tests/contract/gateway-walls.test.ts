/** What is tried against our server in front of a CouchDB: round it, through it, and between two of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { openCouch, openGateway, type Couch, type Gateway, type Headers } from './gateways.ts';

const phone = (id: string) => ({ id: `device${id}`.padEnd(14, '0'), label: '' });

let couch: Couch;
let gateways: Gateway[];
let asAdmin: Headers;
let site = '';
let term = '';
let sites = 0;

beforeEach(async () => {
  couch = await openCouch();
  ({ asAdmin } = couch);
  gateways = [];
  await another();
  site = `walls${Date.now().toString(36)}${(sites += 1)}`;
  term = `${site}-s1`;
  expect((await first().ask('POST', '/api/sites', asAdmin, { site, name: 'Ici' })).status).toBe(201);
  expect((await first().ask('POST', `/api/sites/${site}/terms`, asAdmin, { term: 's1' })).status).toBe(201);
});
afterEach(async () => {
  for (const gateway of gateways) await gateway.close();
  for (const name of [term, `${site}-commons`, `${site}-registry`]) await couch.ask('DELETE', `/${name}`);
  for (const { id, rev } of await accountsOf(site))
    await couch.ask('DELETE', `/_users/${encodeURIComponent(id)}?rev=${rev}`);
  await couch.close();
});

async function accountsOf(prefix: string) {
  const range = new URLSearchParams({
    startkey: JSON.stringify(`org.couchdb.user:${prefix}`),
    endkey: JSON.stringify(`org.couchdb.user:${prefix}\ufff0`),
  });
  const { rows } = (await couch.ask('GET', `/_users/_all_docs?${range}`)).json as {
    rows: { id: string; value: { rev: string } }[];
  };
  return rows.map(({ id, value: { rev } }) => ({ id, rev }));
}

async function another(options: Parameters<typeof openGateway>[1] = {}): Promise<Gateway> {
  const gateway = await openGateway(couch, options);
  gateways.push(gateway);
  return gateway;
}
const first = () => gateways[0] as Gateway;

const invited = (name: string, role = 'volunteer') => ({
  name: `${site}.${name}`,
  displayName: name,
  role,
  terms: role === 'volunteer' ? ['s1'] : [],
});
const invite = async (gateway: Gateway, name: string, role?: string) => {
  const { json } = await gateway.ask('POST', `/api/sites/${site}/invitations`, asAdmin, invited(name, role));
  return String(json.token);
};
const accept = (gateway: Gateway, token: string, device: string) =>
  gateway.ask('POST', '/api/invitations/accept', {}, { token, device: phone(device) });
const enrol = async (gateway: Gateway, name: string, role?: string): Promise<Headers> => ({
  cookie: (await accept(gateway, await invite(gateway, name, role), name)).cookie,
});
const setAccount = (name: string, fields: object) =>
  couch.ask('PUT', `/_users/org.couchdb.user:${site}.${name}`, {
    type: 'user',
    name: `${site}.${name}`,
    roles: [`volunteer:${site}:s1`],
    ...fields,
  });

describe('two servers before one CouchDB', () => {
  it('sign in one of two phones that open one invitation at the same moment', async () => {
    const second = await another();
    for (let round = 0; round < 5; round += 1) {
      const token = await invite(first(), `maia${round}`);
      const both = await Promise.all([
        accept(first(), token, `a${round}`),
        accept(second, token, `b${round}`),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
      expect((await accept(second, token, `c${round}`)).status).toBe(410);
      const { json } = await first().ask('GET', `/api/sites/${site}/accounts`, asAdmin);
      const accounts = json.accounts as { name: string; devices: unknown[] }[];
      const made = accounts.find(({ name }) => name === `${site}.maia${round}`);
      // Heard of from the other server a moment later, and never two.
      expect(made?.devices.length ?? 0).toBeLessThanOrEqual(1);
      const account = `/_users/org.couchdb.user:${site}.maia${round}?conflicts=true`;
      expect((await couch.ask('GET', account)).json).not.toHaveProperty('_conflicts');
    }
  });

  it('take an invitation that the other has just made, and none that it has withdrawn', async () => {
    const second = await another();
    expect((await accept(second, await invite(first(), 'maia'), 'one')).status).toBe(200);
    const { json } = await first().ask('POST', `/api/sites/${site}/invitations`, asAdmin, invited('noor'));
    await first().ask('DELETE', `/api/sites/${site}/invitations/${String(json.id)}`, asAdmin);
    expect((await accept(second, String(json.token), 'two')).status).toBe(410);
  });

  it('revoke a device and disable an account for each other', async () => {
    const second = await another();
    const maia = await enrol(first(), 'maia');
    const elise = await enrol(first(), 'elise', 'coordinator');
    const read = () => second.ask('GET', `/couch/${term}/_all_docs`, maia);
    await expect.poll(async () => (await read()).status).toBe(200);
    const { json } = await first().ask('GET', `/api/sites/${site}/accounts`, elise);
    const accounts = json.accounts as { name: string; devices: { id: string }[] }[];
    const id = accounts.find(({ name }) => name === `${site}.maia`)?.devices[0]?.id ?? '';
    const account = `/api/sites/${site}/accounts/${site}.maia`;
    expect((await first().ask('DELETE', `${account}/devices/${id}`, elise)).status).toBe(200);
    await expect.poll(async () => (await read()).json).toMatchObject({ reason: 'device_revoked' });
    expect((await second.ask('PUT', account, asAdmin, { isDisabled: true })).status).toBe(200);
    expect((await couch.ask('GET', `/_users/org.couchdb.user:${site}.maia`)).json).toMatchObject({
      disabled: true,
      derived_key: '',
    });
  });

  it('change an account over the newest one alone, whoever wrote it', async () => {
    const second = await another();
    await setAccount('jean', { password: 'jean-password' });
    // Each changes it while the other does; the roles that either gives must both be there, and the password too.
    const admissions = await Promise.all(
      [first(), second].map(async (gateway) => accept(gateway, await invite(gateway, 'jean'), 'same')),
    );
    expect(admissions.map(({ status }) => status)).toEqual([200, 200]);
    const { json } = await couch.ask('GET', `/_users/org.couchdb.user:${site}.jean?conflicts=true`);
    expect(json).not.toHaveProperty('_conflicts');
    const password = { authorization: basic(`${site}.jean:jean-password`) };
    expect((await second.ask('GET', `/couch/${term}`, password)).status).toBe(200);
  });

  it('make no account over one that came into being meanwhile', async () => {
    const token = await invite(first(), 'zoe');
    await setAccount('zoe', { password: 'zoe-password', roles: ['coordinator:elsewhere'] });
    expect((await accept(first(), token, 'zoe')).status).toBe(410);
    const { json } = await couch.ask('GET', `/_users/org.couchdb.user:${site}.zoe?conflicts=true`);
    expect(json).toMatchObject({ roles: ['coordinator:elsewhere'] });
    expect(json).not.toHaveProperty('_conflicts');
    expect(
      (await first().ask('POST', `/api/sites/${site}/invitations`, asAdmin, invited('zoe'))).status,
    ).toBe(409);
  });
});

describe('a site', () => {
  it('opens its common database to the volunteers of every term, of those made at once too', async () => {
    const codes = ['a1', 'a2', 'a3', 'a4'];
    const made = await Promise.all(
      codes.map((code) => first().ask('POST', `/api/sites/${site}/terms`, asAdmin, { term: code })),
    );
    expect(made.map(({ status }) => status)).toEqual(codes.map(() => 201));
    const { json } = await couch.ask('GET', `/${site}-commons/_security`);
    expect((json as { members: { roles: string[] } }).members.roles).toEqual(
      expect.arrayContaining(['s1', ...codes].map((code) => `volunteer:${site}:${code}`)),
    );
    for (const code of codes) await couch.ask('DELETE', `/${site}-${code}`);
  });

  it('that was begun and not finished is made by the next attempt, and one that is there is not taken', async () => {
    await couch.ask('PUT', `/${site}-b1`);
    const make = (code: string) => first().ask('POST', `/api/sites/${site}/terms`, asAdmin, { term: code });
    expect((await make('b1')).status).toBe(201);
    expect((await couch.ask('GET', `/${site}-b1/_design/presence`)).status).toBe(200);
    expect((await make('b1')).status).toBe(412);
    await couch.ask('PUT', `/${site}-b2`);
    await couch.ask('PUT', `/${site}-b2/diary`, {});
    expect((await make('b2')).status).toBe(412);
    for (const code of ['b1', 'b2']) await couch.ask('DELETE', `/${site}-${code}`);
  });
});

describe('the copy of the accounts', () => {
  it('goes on after an account that has an attachment', async () => {
    await setAccount('odd', {
      password: 'odd-password',
      _attachments: { 'a.txt': { content_type: 'text/plain', data: 'YQ==' } },
    });
    await setAccount('jean', { password: 'jean-password' });
    for (const name of ['odd', 'jean']) {
      const credentials = { name: `${site}.${name}`, password: `${name}-password` };
      expect((await first().ask('POST', '/couch/_session', {}, credentials)).status).toBe(200);
    }
  });

  it('is not the one of another CouchDB that stood at that address', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'presence-moved-'));
    try {
      await setAccount('jean', { password: 'jean-password' });
      const credentials = { name: `${site}.jean`, password: 'jean-password' };
      const before = await openGateway(couch, { dataDir });
      expect((await before.ask('POST', '/couch/_session', {}, credentials)).status).toBe(200);
      await before.close();
      const { COUCH_URL: given } = process.env;
      delete process.env.COUCH_URL;
      const other = await openCouch();
      if (given !== undefined) process.env.COUCH_URL = given;
      const after = await openGateway(other, { dataDir });
      expect((await after.ask('POST', '/couch/_session', {}, credentials)).status).toBe(401);
      await after.close();
      await other.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it('holds up nobody by an account whose password would take for ever to check', async () => {
    await setAccount('slow', {
      password_scheme: 'pbkdf2',
      pbkdf2_prf: 'sha256',
      iterations: 4_000_000_000,
      derived_key: 'ab'.repeat(32),
      salt: 'salt',
    });
    const credentials = { name: `${site}.slow`, password: 'x' };
    expect((await first().ask('POST', '/couch/_session', {}, credentials)).status).toBe(401);
  });
});

describe('a request that is handed on', () => {
  it('is one request, whatever its body looks like', async () => {
    const { port } = new URL(first().origin);
    const smuggled = [
      `PUT ${new URL(couch.url).pathname.replace(/\/$/, '')}/${term}/smuggled HTTP/1.1`,
      'Host: couch',
      `Authorization: ${asAdmin.authorization}`,
      'Content-Length: 2',
      '',
      '{}',
    ].join('\r\n');
    for (const method of ['DELETE', 'GET', 'POST', 'COPY', 'HEAD']) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        [
          `${method} /couch/${term}/nothing HTTP/1.1`,
          'Host: presence',
          'Transfer-Encoding: chunked',
          'Connection: close',
          '',
          smuggled.length.toString(16),
          smuggled,
          '0',
          '',
          '',
        ].join('\r\n'),
      );
      await new Promise((done) => socket.on('close', done).resume());
    }
    expect((await couch.ask('GET', `/${term}/smuggled`)).status).toBe(404);
  });

  it('takes no header along by which a CouchDB would know somebody else, or another method', async () => {
    const maia = await enrol(first(), 'maia');
    await couch.ask('PUT', `/${term}/group:g`, { type: 'group' });
    const tricks: Headers = {
      ...maia,
      'x-auth-couchdb-username': couch.administrator,
      'x-auth-couchdb-roles': '_admin',
      'x-http-method-override': 'DELETE',
      'x-couchdb-requested-path': '/_all_dbs',
      'x-forwarded-host': 'elsewhere.example',
    };
    const { rev } = (await couch.ask('GET', `/${term}/_all_docs?key="group:g"`)).json as { rev?: string };
    expect((await first().ask('POST', `/couch/${term}?rev=${rev}`, tricks, {})).status).toBe(403);
    expect((await couch.ask('GET', `/${term}/group:g`)).status).toBe(200);
    expect((await first().ask('GET', '/couch/_all_dbs', tricks)).status).toBe(401);
    const token = { ...maia, authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' };
    expect((await first().ask('GET', '/couch/_all_dbs', token)).status).toBe(401);
  });

  it('is answered with the address of this server, and with headers that let nothing run', async () => {
    const written = await first().ask('PUT', `/couch/${term}/group:g`, asAdmin, { type: 'group' });
    const location = decodeURIComponent(written.headers.get('location') ?? '');
    expect(location).toBe(`${first().origin}/couch/${term}/group:g`);
    for (const [name, value] of [
      ['content-security-policy', /^sandbox/],
      ['x-content-type-options', /nosniff/],
      ['cache-control', /no-store/],
    ] as const)
      expect(written.headers.get(name)).toMatch(value);
    expect(written.headers.get('server')).toBeNull();
    const unsigned = await first().ask('GET', `/couch/${term}`);
    expect(unsigned.status).toBe(401);
    expect(unsigned.headers.get('www-authenticate')).toBeNull();
  });

  it('asks for nothing but data: what is of the CouchDB itself is not reached', async () => {
    const jean = { authorization: basic(`${site}.jean:jean-password`) };
    await setAccount('jean', { password: 'jean-password' });
    for (const path of [
      ...['_node/_local/_config', '_utils/', '_replicate', '_scheduler/jobs', '_cluster_setup'],
      ...['_membership', '_replicator/_all_docs', '_global_changes', '_reshard', '_stats'],
    ])
      for (const who of [asAdmin, jean, {}])
        for (const method of ['GET', 'POST', 'PUT']) {
          const body = method === 'GET' ? undefined : {};
          const { status, json } = await first().ask(method, `/couch/${path}`, who, body);
          expect([path, method, [400, 401, 404, 501].includes(status)]).toEqual([path, method, true]);
          // In our own words, not the CouchDB's.
          expect(JSON.stringify(json)).toMatch(
            /"missing"|This server|You are not a server admin|Only lowercase characters/,
          );
        }
    // A CouchDB would fetch, for anybody who is signed in, from wherever it is told to.
    const fetching = { source: `http://127.0.0.1:1/${site}`, target: term };
    expect((await first().ask('POST', '/couch/_replicate', jean, fetching)).status).toBe(401);
  });
});

describe('accounts through the gateway', () => {
  it('are read and given a new password by their owners, and no more', async () => {
    await setAccount('jean', { password: 'jean-password' });
    await setAccount('noor', { password: 'noor-password' });
    const jean = { authorization: basic(`${site}.jean:jean-password`) };
    const own = `/couch/_users/org.couchdb.user:${site}.jean`;
    const { status, json } = await first().ask('GET', own, jean);
    expect({ status, json }).toMatchObject({ status: 200, json: { name: `${site}.jean` } });
    expect(Object.keys(json)).not.toContain('derived_key');
    expect((await first().ask('GET', own.replace('jean', 'noor'), jean)).status).toBe(404);
    for (const path of ['_users', '_users/_all_docs', '_users/_changes'])
      expect((await first().ask('GET', `/couch/${path}`, jean)).status).toBeGreaterThanOrEqual(401);
    const roles = [`coordinator:${site}`];
    expect((await first().ask('PUT', own, jean, { ...json, roles })).status).toBe(403);
    expect(
      (await first().ask('PUT', `${own}?new_edits=false`, jean, { ...json, _rev: '9-abc' })).status,
    ).toBe(403);
    expect((await first().ask('PUT', own, jean, { ...json, _deleted: true })).status).toBe(403);
    expect(
      (await first().ask('DELETE', `${own}?rev=${String(json._rev)}`, jean)).status,
    ).toBeGreaterThanOrEqual(401);
    expect((await first().ask('POST', '/couch/_users/_bulk_docs', jean, { docs: [json] })).status).toBe(401);
    expect((await first().ask('PUT', own, jean, { ...json, _rev: '1-abc' })).status).toBe(409);
    expect((await first().ask('PUT', own, jean, { ...json, password: 'another' })).status).toBe(201);
    expect((await first().ask('GET', own, jean)).status).toBe(401);
    expect((await first().ask('GET', own, { authorization: basic(`${site}.jean:another`) })).status).toBe(
      200,
    );
  });

  it('take no name of an administrator of the CouchDB', async () => {
    const who = { ...invited('x'), name: couch.administrator };
    expect((await first().ask('POST', `/api/sites/${site}/invitations`, asAdmin, who)).status).toBe(409);
  });

  it('of a revoked device write what its person said, document by document', async () => {
    const elise = await enrol(first(), 'elise', 'coordinator');
    const said = {
      status: 'present',
      at: '2023-11-20T13:00:00.000Z',
      by: `${site}.elise`,
      device: 'devicedevice01',
    };
    const mark = (participant: string) => ({
      _id: `mark:o:${participant}`,
      _rev: '1-abc',
      type: 'mark',
      v: 1,
      occurrence: 'o',
      participant,
      ...said,
      history: [said],
    });
    const { json } = await first().ask('GET', `/api/sites/${site}/accounts`, asAdmin);
    const accounts = json.accounts as { name: string; devices: { id: string }[] }[];
    const { name = '', devices = [] } = accounts.find((one) => one.name === `${site}.elise`) ?? {};
    await first().ask('DELETE', `/api/sites/${site}/accounts/${name}/devices/${devices[0]?.id}`, asAdmin);
    await couch.ask('PUT', `/${term}/group:g`, { type: 'group' });
    const docs = [
      mark('p'),
      { _id: 'group:g', _rev: '2-abc', _revisions: { start: 2, ids: ['abc', 'abd'] }, _deleted: true },
      { ...mark('q'), by: 'noor' },
    ];
    const handed = await first().ask('POST', `/couch/${term}/_bulk_docs`, elise, { new_edits: false, docs });
    expect(handed).toMatchObject({
      status: 201,
      json: [
        { id: 'group:g', error: 'forbidden' },
        { id: 'mark:o:q', error: 'forbidden' },
      ],
    });
    expect((await couch.ask('GET', `/${term}/mark:o:p`)).status).toBe(200);
    expect((await couch.ask('GET', `/${term}/group:g`)).status).toBe(200);
    for (const [method, path] of [
      ['GET', `${term}/mark:o:p`],
      ['POST', term],
      ['POST', `${term}/_bulk_get`],
      ['POST', '_users/_bulk_docs'],
      ['PUT', `${term}/_local/x`],
    ] as const)
      expect(
        (await first().ask(method, `/couch/${path}`, elise, method === 'GET' ? undefined : {})).json,
      ).toMatchObject({ reason: 'device_revoked' });
  });
});
