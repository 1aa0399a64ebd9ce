/** What is tried with accounts: to become somebody else, to keep what was taken back, to learn who there is. */
import { pbkdf2Sync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const id = 'org.couchdb.user:maia';
const own = `/_users/${id}`;
const roles = ['volunteer:paris13:s3-2023'];

let server: PresenceServer;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ server, close } = await openServer());
  expect((await asAdmin('PUT', own, { type: 'user', name: 'maia', roles, password: 'maia-pw' })).status).toBe(
    201,
  );
});
afterEach(() => close());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await server.http.inject({
    method: method as 'GET',
    url: `/couch${path}`,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers };
}
const asAdmin = (method: string, path: string, body?: unknown) =>
  ask(method, path, body, { authorization: basic(`${admin.name}:${admin.password}`) });
const asMaia = (method: string, path: string, body?: unknown, headers = {}) =>
  ask(method, path, body, { authorization: basic('maia:maia-pw'), ...headers });
const stored = async () => JSON.parse((await asAdmin('GET', own)).text) as Record<string, unknown>;

describe('an account', () => {
  it('gives its owner no right that was not given', async () => {
    const account = await stored();
    for (const changed of [
      { roles: ['coordinator:paris13'] },
      { roles: ['_admin'] },
      { roles: [...roles, 'x'] },
      { roles: undefined },
      { name: 'elise' },
      { type: 'admin' },
      { _deleted: true },
    ])
      expect((await asMaia('PUT', own, { ...account, ...changed })).status, JSON.stringify(changed)).toBe(
        403,
      );
    for (const [method, path] of [
      ['DELETE', `${own}?rev=${String(account._rev)}`],
      ['PUT', `${own}/photo.png`],
      ['POST', '/_users'],
      ['POST', '/_users/_bulk_docs'],
      ['PUT', '/_users/_design/x'],
      ['PUT', '/_users/_local/x'],
      ['PUT', '/_users/org.couchdb.user:elise'],
      ['PUT', '/_users/_security'],
    ] as const)
      expect((await asMaia(method, path, { ...account, docs: [] })).status, path).toBe(401);
    expect(await stored()).toEqual(account);
  });

  it('is brought no revision by its owner, by which roles would come back when the newest one goes', async () => {
    const account = await stored();
    for (const _rev of ['1-abc', '9-abc'])
      expect((await asMaia('PUT', `${own}?new_edits=false`, { ...account, _rev })).status).toBe(403);
    expect(await stored()).toEqual(account);
  });

  it('is its own however its name is spelt in an address, and no other', async () => {
    // In a path `+` stands for a space.
    for (const name of ['a+b', 'a b'])
      expect(
        (
          await asAdmin('PUT', `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`, {
            ...{ type: 'user', name, roles, password: `${name}-pw`, note: `of ${name}` },
          })
        ).status,
      ).toBe(201);
    const plus = { authorization: basic('a+b:a+b-pw') };
    const account = { type: 'user', name: 'a b', roles, password: 'taken over' };
    for (const spelt of ['org.couchdb.user:a+b', 'org.couchdb.user:a%20b']) {
      const path = `/_users/${spelt}`;
      expect((await ask('GET', path, undefined, plus)).text).not.toContain('of a b');
      const { _rev } = JSON.parse((await asAdmin('GET', '/_users/org.couchdb.user:a%20b')).text) as {
        _rev: string;
      };
      const { status } = await ask('PUT', path, { ...account, _rev }, plus);
      expect([spelt, status >= 400]).toEqual([spelt, true]);
    }
    expect((await ask('POST', '/_session', { name: 'a b', password: 'a b-pw' })).status).toBe(200);
    const own = await ask('GET', '/_users/org.couchdb.user:a%2Bb', undefined, plus);
    expect(JSON.parse(own.text)).toMatchObject({ note: 'of a+b' });
  });

  it('is never an administrator of the server, not by an administrator, not by a batch', async () => {
    const root = {
      _id: 'org.couchdb.user:root',
      type: 'user',
      name: 'root',
      roles: ['_admin'],
      password: 'x',
    };
    expect((await asAdmin('PUT', '/_users/org.couchdb.user:root', root)).status).toBe(403);
    for (const new_edits of [true, false]) {
      const docs = [{ ...root, _rev: new_edits ? undefined : '1-abc' }];
      const { text } = await asAdmin('POST', '/_users/_bulk_docs', { docs, new_edits });
      expect(JSON.parse(text)).toMatchObject([{ error: 'forbidden' }]);
    }
    // However it came to the disk.
    const body: Record<string, unknown> = { ...(await stored()), roles: ['_admin', '_metrics', ...roles] };
    server.engine.open('_users')?.write([
      {
        id,
        body: Object.fromEntries(Object.entries(body).filter(([field]) => !field.startsWith('_'))),
        isDeleted: false,
        edit: { parent: String(body._rev) },
      },
    ]);
    expect(JSON.parse((await asMaia('GET', '/_session')).text)).toMatchObject({ userCtx: { roles } });
    expect((await asMaia('GET', '/_all_dbs')).status).toBe(401);
  });

  it.each([
    ['_maia', {}],
    ['ma:ia', {}],
    ['noor', { password_scheme: 'none' }],
    ['noor', { password_scheme: 'pbkdf2', derived_key: 'ab' }],
    ['noor', { password_scheme: 'pbkdf2', iterations: 10 }],
  ])('named %s with %j is refused as a CouchDB refuses it', async (name, fields) => {
    const account = { type: 'user', name, roles: [], ...fields };
    const path = `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
    expect((await asAdmin('PUT', path, account)).status).toBe(403);
  });

  it('shows its owner nothing of what its password was made into, however it is asked for', async () => {
    await asAdmin('PUT', own, { ...(await stored()), password: 'maia-pw' });
    for (const query of ['', '?revs=true', '?open_revs=all', '?attachments=true', '?meta=true', '?rev=1-'])
      for (const accept of ['application/json', 'multipart/mixed', 'multipart/related', '*/*']) {
        const rev = query === '?rev=1-' ? `?rev=${String((await stored())._rev)}` : query;
        const { text } = await asMaia('GET', own + rev, undefined, { accept });
        expect([rev, accept, text]).toEqual([rev, accept, expect.stringContaining('"maia"')]);
        expect(text).not.toMatch(/derived_key|"salt"|iterations/);
      }
  });

  it('of its owner stays small: it is read at each request', async () => {
    const note = 'x'.repeat(100_000);
    expect((await asMaia('PUT', own, { ...(await stored()), note })).status).toBe(413);
  });

  it('of which the rounds would hold up everybody lets nobody in, at once', async () => {
    const key = { pbkdf2_prf: 'sha256', derived_key: 'ab'.repeat(32), salt: 's' };
    for (const iterations of [4_000_000_000, 0, -1, 0.5]) {
      const account = {
        type: 'user',
        name: 'slow',
        roles: [],
        password_scheme: 'pbkdf2',
        ...key,
        iterations,
      };
      const path = '/_users/org.couchdb.user:slow';
      const { _rev } = JSON.parse((await asAdmin('GET', path)).text) as { _rev?: string };
      expect((await asAdmin('PUT', path, { ...account, _rev })).status).toBe(201);
      expect((await ask('POST', '/_session', { name: 'slow', password: 'x' })).status).toBe(401);
    }
  });

  it.each(['sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const)(
    'from a CouchDB that hashed by %s signs in, whatever letters its password is typed in',
    async (prf) => {
      // `é` as one letter and as two.
      const typed = 'cafe\u0301';
      const digest = prf === 'sha' ? 'sha1' : prf;
      const bytes = { sha: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }[prf];
      for (const password of [typed, typed.normalize('NFC')]) {
        const account = {
          ...{
            type: 'user',
            name: 'jean',
            roles: [],
            password_scheme: 'pbkdf2',
            pbkdf2_prf: prf,
            salt: 'salt',
          },
          iterations: 10,
          derived_key: pbkdf2Sync(password, 'salt', 10, bytes, digest).toString('hex'),
        };
        const path = '/_users/org.couchdb.user:jean';
        const { _rev } = JSON.parse((await asAdmin('GET', path)).text) as { _rev?: string };
        await asAdmin('PUT', path, { ...account, _rev });
        expect((await ask('POST', '/_session', { name: 'jean', password })).status).toBe(200);
      }
    },
  );
});

describe('a sign-in that fails', () => {
  it('takes as long for an account of few rounds and for one that is disabled', async () => {
    await close();
    ({ server, close } = await openServer({ passwordIterations: 300_000 }));
    const account = (name: string, fields: object) =>
      asAdmin('PUT', `/_users/org.couchdb.user:${name}`, { type: 'user', name, roles, ...fields });
    const old = { password_scheme: 'pbkdf2', iterations: 10, derived_key: 'ab'.repeat(20), salt: 'salt' };
    await account('old', old);
    await account('disabled', { ...old, disabled: true });
    await account('today', { password: 'today-pw' });
    const lasts = async (name: string) => {
      const start = performance.now();
      const { status, text } = await ask('POST', '/_session', { name, password: 'wrong' });
      expect({ status, text }).toEqual({
        status: 401,
        text: '{"error":"unauthorized","reason":"Name or password is incorrect."}',
      });
      return performance.now() - start;
    };
    await lasts('today');
    const today = await lasts('today');
    for (const name of ['old', 'disabled', 'nobody-at-all'])
      expect(await lasts(name)).toBeGreaterThan(today / 4);
  });

  it('counts for the network it comes from, however the proxy writes the address', async () => {
    await close();
    ({ server, close } = await openServer({ trustedProxies: 1 }));
    const guess = (address: string, n: number) =>
      ask('POST', '/_session', { name: 'maia', password: `guess-${n}` }, { 'x-forwarded-for': address });
    const spelt = [
      ...['203.0.113.7', '203.0.113.7:4711', '::ffff:203.0.113.7', '[::ffff:cb00:7107]:80', ' 203.0.113.7 '],
      // What the client says of itself stands before what the proxy says of it.
      ...['198.51.100.1, 203.0.113.7', '203.0.113.9, unknown, 203.0.113.7'],
    ];
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => guess(spelt[n % 7] ?? '', n)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    for (const address of spelt) expect((await guess(address, 10)).status, address).toBe(403);
    expect((await guess('203.0.113.8', 0)).status).toBe(401);
    const six = await Promise.all(Array.from({ length: 10 }, (_, n) => guess(`2001:db8:0:1::${n}`, n)));
    expect(six.map(({ status }) => status)).toEqual(six.map(() => 401));
    expect((await guess('2001:0db8:0000:0001:ffff::9', 0)).status).toBe(403);
    expect((await guess('2001:db8:0:2::1', 0)).status).toBe(401);
  });

  it('takes nobody’s word for the address without a proxy that is known', async () => {
    const guess = (n: number) =>
      ask(
        'POST',
        '/_session',
        { name: 'maia', password: `guess-${n}` },
        { 'x-forwarded-for': `203.0.113.${n}` },
      );
    await Promise.all(Array.from({ length: 10 }, (_, n) => guess(n)));
    expect((await guess(11)).status).toBe(403);
  });

  it('of many guesses by Basic at once is no more than ten', async () => {
    const guess = (n: number) =>
      ask('GET', '/_session', undefined, { authorization: basic(`maia:guess-${n}`) });
    const statuses = (await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)))).map(
      (one) => one.status,
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 403)).toHaveLength(30);
    expect((await asMaia('GET', '/_session')).status).toBe(403);
  });

  it('of one wrong password sent with many requests at once counts once', async () => {
    const wrong = { authorization: basic('maia:wrong') };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask('GET', '/_session', undefined, wrong)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await asMaia('GET', '/_session')).status).toBe(200);
  });
});
