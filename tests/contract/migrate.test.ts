/** Handing over to a CouchDB: the one of `COUCH_URL`, or a second server of ours, which speaks the same protocol. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { CouchClient, CouchFailed } from '../../sync-server/couchdb/client.ts';
import { migrate } from '../../sync-server/couchdb/migrate.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

/** Another one for each test: a CouchDB that is given keeps what the one before handed over. */
let site = '';
let name = '';
const password = 'a-password-that-stays';

let source: PresenceServer;
let closeSource: () => Promise<void>;
let target: { url: string; close: () => Promise<void> };

async function openTarget() {
  const given = process.env.COUCH_URL;
  if (given) return { url: given, close: async () => undefined };
  const { server, close } = await openServer();
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const { host } = new URL(origin);
  return { url: `http://${admin.name}:${admin.password}@${host}/couch`, close };
}

beforeEach(async () => {
  site = `moved${Date.now().toString(36)}`;
  name = `${site}-s1`;
  ({ server: source, close: closeSource } = await openServer());
  target = await openTarget();
  const created = source.engine.create(name);
  if (!created.ok) throw new Error(created.why);
  created.database.setSecurity({
    admins: { roles: ['_admin'], names: [] },
    members: { roles: ['x'], names: [] },
  });
  const history = (start: number, hashes: string[]) => ({
    edit: { revision: { start, hashes } },
    isDeleted: false,
  });
  const hashes = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [string, string, string, string];
  created.database.write([
    { id: 'split', body: { by: 'one' }, ...history(2, [hashes[1], hashes[0]]) },
    { id: 'split', body: { by: 'other' }, ...history(2, [hashes[2], hashes[0]]) },
    { id: 'gone', body: {}, ...history(1, [hashes[3]]), isDeleted: true },
    {
      id: 'with-file',
      body: {},
      isDeleted: false,
      attachments: new Map([['x.txt', { contentType: 'text/plain', data: Buffer.from('content') }]]),
      edit: { parent: undefined },
    },
    ...Array.from({ length: 500 }, (_, n) => ({
      id: `note:${n}`,
      body: { n },
      isDeleted: false,
      edit: { parent: undefined },
    })),
  ]);
  await source.http.inject({
    method: 'PUT',
    url: `/couch/_users/org.couchdb.user:${site}`,
    headers: { authorization: basic(`${admin.name}:${admin.password}`), 'content-type': 'application/json' },
    payload: JSON.stringify({ type: 'user', name: site, roles: ['x'], password }),
  });
});
afterEach(async () => {
  await closeSource();
  const couch = new CouchClient(target.url);
  await couch.ask('DELETE', `/${name}`);
  const account = `/_users/org.couchdb.user:${site}`;
  const { json } = await couch.ask('GET', account);
  await couch.ask('DELETE', `${account}?rev=${(json as { _rev?: string })._rev ?? ''}`);
  await target.close();
});

const root = () => {
  const { origin, pathname } = new URL(target.url);
  return origin + pathname;
};
const asUser = async (path: string) =>
  (
    await fetch(root() + path, {
      headers: { authorization: basic(`${site}:${password}`), accept: 'application/json' },
    })
  ).json();

describe('handing over to a CouchDB', () => {
  it('takes along every version, tombstone, attachment and password', async () => {
    const progress: number[] = [];
    const moved = await migrate({
      engine: source.engine,
      couch: new CouchClient(target.url),
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(moved.find(({ database }) => database === name)).toEqual({
      database: name,
      documents: 503,
      revisions: 504,
    });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((x, y) => x - y));
    expect(await asUser(`/${name}/split?conflicts=true`)).toMatchObject({
      by: 'other',
      _conflicts: [expect.stringMatching(/^2-b/)],
    });
    expect(await asUser(`/${name}/gone`)).toMatchObject({ error: 'not_found', reason: 'deleted' });
    expect(await asUser(`/${name}/with-file?attachments=true`)).toMatchObject({
      _attachments: { 'x.txt': { data: Buffer.from('content').toString('base64') } },
    });
  });

  it('goes on where it was broken off', async () => {
    const whole = new CouchClient(target.url);
    let writes = 0;
    const broken = {
      address: whole.address,
      ask(method: string, path: string, body?: unknown) {
        if (path === `/${name}/_bulk_docs` && ++writes === 2) throw new CouchFailed('the line broke');
        return whole.ask(method, path, body);
      },
    } as CouchClient;
    await expect(migrate({ engine: source.engine, couch: broken })).rejects.toThrow('the line broke');
    let resumed = 0;
    const counting = {
      address: whole.address,
      ask(method: string, path: string, body?: unknown) {
        if (path === `/${name}/_bulk_docs`) resumed += 1;
        return whole.ask(method, path, body);
      },
    } as CouchClient;
    await migrate({ engine: source.engine, couch: counting });
    expect(resumed).toBe(2);
    expect(await asUser(`/${name}/note:499`)).toMatchObject({ n: 499 });
  });

  it('says so when the password is wrong, and does not repeat it', async () => {
    const url = target.url.replace(/\/\/[^@]*@/, `//${site}:no-such-password@`);
    await expect(migrate({ engine: source.engine, couch: new CouchClient(url) })).rejects.toThrow('refuses');
    const program = join(import.meta.dirname, '../../sync-server/keep.ts');
    const { stderr, status } = spawnSync(
      process.execPath,
      [program, 'couchdb', 'migrate', '--to', 'ftp://admin:no-such-password@host'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).not.toContain('no-such-password');
  });
});
