import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiEndpoints } from '../../sync-server/api/endpoints.ts';
import { buildGateway, type PresenceServer } from '../../sync-server/app.ts';
import type { Endpoint } from '../../sync-server/http/endpoint.ts';
import { endpoints } from '../../sync-server/protocol/endpoints.ts';
import { notHere } from '../../sync-server/protocol/not-here.ts';
import { views } from '../../sync-server/protocol/views.ts';
import { readSettings } from '../../sync-server/server-settings.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

/** Statuses for: nobody, another term's volunteer, a volunteer of the term, a coordinator, the server's administrator. */
type Statuses = readonly [
  nobody: number,
  stranger: number,
  member: number,
  coordinator: number,
  admin: number,
];

const members: Statuses = [401, 403, 200, 200, 200];
const everybody: Statuses = [200, 200, 200, 200, 200];
const administrators = (status: number): Statuses => [401, 401, 401, 401, status];

/** The same for every method of some endpoints. */
const rowsOf = (some: readonly Endpoint[], statuses: Statuses) =>
  Object.fromEntries(
    some.flatMap(({ methods, path }) => methods.map((method) => [`${method} ${path}`, statuses])),
  );

/** Every method of every endpoint: one that is not here makes the test fail. */
const table: Record<string, Statuses> = {
  'GET /': everybody,
  'HEAD /': everybody,
  'GET /_up': everybody,
  'HEAD /_up': everybody,
  'GET /_metrics': administrators(200),
  'GET /_uuids': everybody,
  'GET /_db_updates': administrators(200),
  'HEAD /_db_updates': administrators(200),
  'GET /_active_tasks': administrators(200),
  'HEAD /_active_tasks': administrators(200),
  'GET /_dbs_info': administrators(200),
  'HEAD /_dbs_info': administrators(200),
  'POST /_dbs_info': administrators(400),
  'GET /_all_dbs': administrators(200),
  'HEAD /_all_dbs': administrators(200),
  'GET /_session': everybody,
  'HEAD /_session': everybody,
  'POST /_session': [400, 400, 400, 400, 400],
  'DELETE /_session': everybody,
  'GET /:db': members,
  'HEAD /:db': members,
  'POST /:db': [401, 403, 201, 201, 201],
  'PUT /:db': administrators(412),
  'DELETE /:db': administrators(200),
  'GET /:db/_security': members,
  'PUT /:db/_security': [401, 403, 401, 401, 200],
  'GET /:db/_revs_limit': members,
  'PUT /:db/_revs_limit': [401, 403, 401, 401, 400],
  'GET /:db/_purged_infos_limit': members,
  'POST /:db/_purge': administrators(201),
  'POST /:db/_find': members,
  'POST /:db/_explain': members,
  'GET /:db/_index': members,
  'POST /:db/_index': [401, 403, 400, 400, 400],
  'POST /:db/_index/_bulk_delete': [401, 403, 400, 400, 400],
  'DELETE /:db/_index/:design/json/:name': [401, 403, 404, 404, 404],
  'DELETE /:db/_index/_design/:design/json/:name': [401, 403, 404, 404, 404],
  ...rowsOf(views, [401, 403, 501, 501, 501]),
  ...rowsOf(notHere, administrators(501)),
  'POST /:db/_compact/:design': [401, 403, 401, 401, 404],
  'POST /:db/_view_cleanup': [401, 403, 401, 401, 202],
  'POST /:db/_compact': [401, 403, 401, 401, 202],
  'POST /:db/_ensure_full_commit': [401, 403, 201, 201, 201],
  ...Object.fromEntries(
    ['_all_docs', '_design_docs', '_local_docs'].flatMap((list) => [
      ...['GET', 'HEAD', 'POST'].map((method) => [`${method} /:db/${list}`, members]),
      [`POST /:db/${list}/queries`, [401, 403, 400, 400, 400]],
    ]),
  ),
  'POST /:db/_bulk_docs': [401, 403, 201, 201, 201],
  'POST /:db/_bulk_get': members,
  'GET /:db/_changes': members,
  'HEAD /:db/_changes': members,
  'POST /:db/_changes': members,
  'POST /:db/_revs_diff': members,
  'POST /:db/_missing_revs': members,
  'GET /:db/*': members,
  'HEAD /:db/*': members,
  'PUT /:db/*': [401, 403, 409, 409, 409],
  'DELETE /:db/*': [401, 403, 409, 409, 409],
  'COPY /:db/*': [401, 403, 400, 400, 400],
  'POST /api/sites': [401, 401, 401, 401, 400],
  'POST /api/sites/:site/terms': [401, 403, 403, 400, 400],
  'PUT /api/sites/:site/terms/:term': [401, 403, 403, 400, 400],
  'POST /api/sites/:site/invitations': [401, 403, 403, 400, 400],
  'DELETE /api/sites/:site/invitations/:invitation': [401, 403, 403, 404, 404],
  'POST /api/invitations/accept': [400, 400, 400, 400, 400],
  'GET /api/sites/:site/accounts': [401, 403, 403, 200, 200],
  'PUT /api/sites/:site/accounts/:name': [401, 403, 403, 400, 400],
  'PUT /api/sites/:site/accounts/:name/terms/:term': [401, 403, 403, 404, 404],
  'DELETE /api/sites/:site/accounts/:name/devices/:device': [401, 403, 403, 404, 404],
  'GET /api/sites/:site/terms/:term/calendars': members,
  'POST /api/sites/:site/terms/:term/calendars': [401, 403, 403, 201, 201],
  'DELETE /api/sites/:site/terms/:term/calendars/:calendar': [401, 403, 404, 404, 404],
  'GET /api/calendars/:file': [404, 404, 404, 404, 404],
  'HEAD /api/calendars/:file': [404, 404, 404, 404, 404],
  'GET /api/device': [401, 200, 200, 200, 200],
  'POST /api/device/forgotten': [401, 200, 200, 200, 200],
};

const callers = ['nobody', 'a stranger', 'a member', 'a coordinator', 'the administrator'] as const;
const credentials = [
  undefined,
  'stranger:stranger-pw',
  'member:member-pw',
  'coordinator:coordinator-pw',
  `${admin.name}:${admin.password}`,
];

type Asked = Pick<PresenceServer, 'http'>;

/** Our server, and our server in front of another one. */
const servers: Record<string, () => Promise<{ server: Asked; close: () => Promise<void> }>> = {
  'on this server': openServer,
  async 'through the gateway'() {
    const couch = await openServer();
    const dataDir = mkdtempSync(join(tmpdir(), 'presence-gateway-'));
    const { host } = new URL(await couch.server.listen({ host: '127.0.0.1', port: 0 }));
    const server = await buildGateway({
      dataDir,
      couchUrl: `http://${admin.name}:${admin.password}@${host}/couch`,
      couchSecret: readSettings(couch.dataDir).secret,
      passwordIterations: 10,
    });
    // What is handed on is taken over from a connection: there must be one.
    await server.listen({ host: '127.0.0.1', port: 0 });
    return {
      server,
      async close() {
        await server.close();
        await couch.close();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  },
};

describe.each(Object.keys(servers))('who may do what, %s', (where) => {
  let server: Asked;
  let close = async () => {};
  const cookies = new Map<string, string>();

  const ask = (method: string, path: string, as?: string, payload?: unknown, headers = {}) =>
    server.http.inject({
      method: method as 'GET',
      url: path.startsWith('/api') ? path : `/couch${path}`,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as ? { authorization: basic(as) } : {}),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
    });
  const asAdmin = (method: string, path: string, payload?: unknown) =>
    ask(method, path, credentials[4], payload);

  beforeAll(async () => {
    ({ server, close } = await (servers[where] as typeof openServer)());
    const roles = {
      stranger: ['volunteer:paris13:s2-2023'],
      member: ['volunteer:paris13:s3-2023'],
      coordinator: ['coordinator:paris13'],
    };
    for (const [name, held] of Object.entries(roles)) {
      await asAdmin('PUT', `/_users/org.couchdb.user:${name}`, {
        type: 'user',
        name,
        roles: held,
        password: `${name}-pw`,
      });
      const signedIn = await ask('POST', '/_session', undefined, { name, password: `${name}-pw` });
      cookies.set(`${name}:${name}-pw`, String(signedIn.headers['set-cookie']).split(';')[0] ?? '');
    }
  });
  beforeEach(async () => {
    await asAdmin('PUT', '/paris13-s3-2023');
    await asAdmin('PUT', '/paris13-s3-2023/_security', {
      admins: { names: [], roles: ['_admin'] },
      members: { names: [], roles: ['volunteer:paris13:s3-2023', 'coordinator:paris13'] },
    });
    await asAdmin('PUT', '/paris13-s3-2023/doc', { v: 1 });
  });
  afterAll(() => close());

  const bodies: Record<string, unknown> = {
    '/:db/_bulk_docs': { docs: [] },
    '/:db/_bulk_get': { docs: [] },
    '/:db/_find': { selector: {} },
    '/:db/_explain': { selector: {} },
    '/:db/*': { v: 2 },
  };

  const all = [...endpoints, ...apiEndpoints.map((one) => ({ ...one, path: `/api${one.path}` }))];
  for (const { path, methods } of all)
    for (const method of methods)
      it.each(['password', 'cookie'])(`${method} ${path}, by %s`, async (by) => {
        const expected = table[`${method} ${path}`];
        expect(expected, 'a row of the table').toBeDefined();
        const given: number[] = [];
        for (const as of credentials) {
          const url = path
            .replace(':db', 'paris13-s3-2023')
            .replace(':site', 'paris13')
            .replace(':term', 's3-2023')
            .replace(':design', 'rules')
            .replace('*', 'doc');
          const body = method === 'POST' || method === 'PUT' ? (bodies[path] ?? {}) : undefined;
          const cookie = by === 'cookie' && as !== undefined ? cookies.get(as) : undefined;
          const answer = cookie
            ? await ask(method, url, undefined, body, { cookie })
            : await ask(method, url, as, body);
          given.push(answer.statusCode);
        }
        expect(Object.fromEntries(callers.map((who, n) => [who, given[n]]))).toEqual(
          Object.fromEntries(callers.map((who, n) => [who, expected?.[n]])),
        );
      });

  it('lets a member make and remove no index: it is a design document', async () => {
    const index = { index: { fields: ['v'] }, ddoc: 'orders', name: 'by-v' };
    expect((await ask('POST', '/paris13-s3-2023/_index', credentials[2], index)).statusCode).toBe(403);
    await asAdmin('POST', '/paris13-s3-2023/_index', index);
    const removal = '/paris13-s3-2023/_index/orders/json/by-v';
    expect((await ask('DELETE', removal, credentials[2])).statusCode).toBe(403);
    const bulk = '/paris13-s3-2023/_index/_bulk_delete';
    expect((await ask('POST', bulk, credentials[2], { docids: ['orders'] })).statusCode).toBe(403);
    expect((await asAdmin('GET', '/paris13-s3-2023/_index')).json()).toMatchObject({ total_rows: 2 });
  });

  it('gives a database without members to administrators alone', async () => {
    await asAdmin('PUT', '/bare');
    expect((await ask('GET', '/bare', credentials[2])).statusCode).toBe(403);
    await asAdmin('PUT', '/bare/_security', {});
    expect((await ask('GET', '/bare', credentials[2])).statusCode).toBe(403);
    await asAdmin('PUT', '/bare/_security', { members: { names: [], roles: [] } });
    expect((await ask('GET', '/bare', credentials[2])).statusCode).toBe(403);
    expect((await ask('GET', '/bare')).statusCode).toBe(401);
  });

  it('does not tell a stranger which databases there are', async () => {
    const there = await ask('GET', '/paris13-s3-2023');
    const notThere = await ask('GET', '/paris13-s9-2023');
    expect([notThere.statusCode, there.statusCode]).toEqual([401, 401]);
    expect(notThere.json()).toEqual(there.json());
  });

  it.each([
    '//paris13-s3-2023',
    '/paris13-s3-2023//doc',
    '/paris13-s3-2023/%2e%2e/_users',
    '/%2e%2e%2fserver.json',
    '/..%2Fdatabases%2F_users',
    '/paris13-s3-2023/..%2F_users',
    '/_users/_all_docs',
    '/_users/org.couchdb.user:member',
    '/_node/_local/_config',
    '/%5Fusers/_changes',
  ])('is not led astray by %s', async (path) => {
    const { statusCode, body } = await ask('GET', path, credentials[1]);
    expect([400, 401, 403, 404]).toContain(statusCode);
    expect(body).not.toMatch(/derived_key|"v":1|secret/);
  });

  it('refuses to write for a page of another site', async () => {
    for (const [method, path] of [
      ['POST', '/_session'],
      ['POST', '/paris13-s3-2023/_bulk_docs'],
      ['PUT', '/paris13-s3-2023/other'],
      ['DELETE', '/paris13-s3-2023'],
    ] as const) {
      const answer = await ask(
        method,
        path,
        credentials[4],
        { docs: [] },
        { origin: 'https://elsewhere.example' },
      );
      expect([path, answer.statusCode]).toEqual([path, 403]);
    }
  });

  it('writes for its own page', async () => {
    const answer = await ask(
      'PUT',
      '/paris13-s3-2023/other',
      credentials[2],
      { v: 1 },
      { origin: 'http://presence.example', host: 'presence.example' },
    );
    expect(answer.statusCode).toBe(201);
  });
});
