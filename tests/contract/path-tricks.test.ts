/** Addresses bent to reach what another wall keeps: sent as they stand, without a client that mends them first. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { openCouch, openGateway } from './gateways.ts';
import { admin, openServer } from './targets.ts';

const secret = 'what-nobody-else-may-read';
const there = 'paris13-s3-2023';
const elsewhere = 'paris13-s2-2023';

/** Ways to write the address of a document of `there`. */
const tricks = [
  `/couch/${there}/doc`,
  `//couch/${there}/doc`,
  `/couch//${there}/doc`,
  `/couch/${there}//doc`,
  `/couch/${there}%2Fdoc`,
  `/couch/%70aris13-s3-2023/doc`,
  `/couch/paris13%2ds3%2d2023/doc`,
  `/couch/./${there}/doc`,
  `/couch/${elsewhere}/../${there}/doc`,
  `/couch/${elsewhere}/%2e%2e/${there}/doc`,
  `/couch/${elsewhere}%2f..%2f${there}/doc`,
  `/couch/${elsewhere}/..%2f${there}%2fdoc`,
  `/couch/${elsewhere}/_design/../../${there}/doc`,
  `/couch/${there}/_all_docs/../doc`,
  `/couch/${there}/doc/`,
  `/couch/${there}/doc?rev=`,
  `/couch/${there}/doc/file.txt`,
  `/couch/${there}/_local/note`,
  `/couch/${there}/_local%2Fnote`,
  `/couch/${elsewhere}/../${there}/_local/note`,
  `/couch/${there}/_all_docs?include_docs=true`,
  `/couch/${there}/%5fall_docs?include_docs=true`,
  `/couch/${there}/_changes?include_docs=true`,
  `/couch/${there}/_design%2Frules`,
  `/couch/_users/org.couchdb.user:member`,
  `/couch/_users/org.couchdb.user:stranger/../org.couchdb.user:member`,
  `/couch/_users/org.couchdb.user:stranger%2f..%2forg.couchdb.user:member`,
  `/couch/%5fusers/org.couchdb.user%3amember`,
  `/couch/_users/_all_docs?include_docs=true`,
  `/couch/_users/_local/note`,
  `/couch/presence-server/_all_docs?include_docs=true`,
  `/api/../couch/${there}/doc`,
  `/api/sites/paris13/accounts`,
  `/api/sites/paris13%2faccounts`,
  `/api//sites/paris13/accounts`,
  `/couch/..%2f..%2f..%2fetc%2fpasswd`,
  `/couch/${elsewhere}\\..\\${there}\\doc`,
  `/couch/${there}/doc#/x`,
  `/couch/_users/org.couchdb.user:stranger#/../org.couchdb.user:member`,
  `/%63ouch/${there}/doc`,
  `/%63ouch/_users/org.couchdb.user:member`,
  `http://presence/couch/${there}/doc`,
  `https://doc/couch/${there}/x`,
  `https://org.couchdb.user:member/couch/_users/org.couchdb.user:stranger`,
];

/** Where a server listens, and its administrator. */
const servers = {
  async 'on this server'() {
    const { server, close } = await openServer();
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    return { origin, asAdmin: `${admin.name}:${admin.password}`, close };
  },
  async 'through the gateway'() {
    const couch = await openCouch();
    const gateway = await openGateway(couch);
    const { username, password } = new URL(couch.url);
    return {
      origin: gateway.origin,
      asAdmin: `${username}:${password}`,
      async close() {
        for (const name of [there, elsewhere]) await couch.ask('DELETE', `/${name}`);
        await gateway.close();
        await couch.close();
      },
    };
  },
};

describe.each(Object.entries(servers))('addresses with tricks, %s', (_where, openOne) => {
  let close: () => Promise<void>;
  let port = 0;
  let administrator = '';

  const ask = (method: string, path: string, as?: string, body?: unknown) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(as ? { authorization: basic(as) } : {}),
          },
        },
        (response) => {
          let said = '';
          response.on('data', (piece: Buffer) => (said += piece.toString()));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text: said }));
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  const asAdmin = (method: string, path: string, body?: unknown) => ask(method, path, administrator, body);

  beforeAll(async () => {
    const { origin, ...opened } = await openOne();
    ({ asAdmin: administrator, close } = opened);
    port = Number(new URL(origin).port);
    for (const [name, term] of [
      ['member', 's3-2023'],
      ['stranger', 's2-2023'],
    ] as const)
      await asAdmin('PUT', `/couch/_users/org.couchdb.user:${name}`, {
        type: 'user',
        name,
        roles: [`volunteer:paris13:${term}`],
        password: `${name}-pw`,
        note: name === 'member' ? secret : '',
      });
    for (const name of [there, elsewhere]) {
      await asAdmin('PUT', `/couch/${name}`);
      await asAdmin('PUT', `/couch/${name}/_security`, {
        members: { roles: [`volunteer:paris13:${name.slice('paris13-'.length)}`], names: [] },
      });
    }
    await asAdmin('PUT', `/couch/${there}/doc`, {
      secret,
      _attachments: { 'file.txt': { content_type: 'text/plain', data: btoa(secret) } },
    });
    await asAdmin('PUT', `/couch/${there}/_local/note`, { secret });
    await asAdmin('PUT', `/couch/${there}/_design/rules`, { secret });
    await asAdmin('PUT', '/couch/presence-server/note', { secret });
  });
  afterAll(() => close());

  it('the secret is there to be found, by who may', async () => {
    for (const path of [`/couch/${there}/doc`, `/couch/${there}/_local/note`, `/couch/${there}/doc/file.txt`])
      expect((await ask('GET', path, 'member:member-pw')).text).toContain(secret);
  });

  it('write nothing onto an account, not even with its revision', async () => {
    const account = '/couch/_users/org.couchdb.user:member';
    const { _rev: rev } = JSON.parse((await asAdmin('GET', account)).text) as { _rev: string };
    const own = '/couch/_users/org.couchdb.user:stranger';
    for (const path of [`https://org.couchdb.user:member${own}?rev=${rev}`, `${own}#/x`, `${own}/x`])
      expect((await ask('PUT', path, 'stranger:stranger-pw', {})).status, path).toBeGreaterThanOrEqual(400);
    expect(JSON.parse((await asAdmin('GET', account)).text)).toMatchObject({ _rev: rev });
  });

  for (const path of tricks)
    it(`tell nobody else: ${path}`, async () => {
      for (const as of [undefined, 'stranger:stranger-pw']) {
        const { text } = await ask('GET', path, as);
        expect(text).not.toContain(secret);
        // In the own database an odd id is a document like any other.
        const isOwn = as !== undefined && path.startsWith(`/couch/${elsewhere}/`);
        for (const method of ['PUT', 'DELETE']) {
          const { status } = await ask(method, path, as, { written: true });
          if (!isOwn) expect(status, method).toBeGreaterThanOrEqual(400);
        }
      }
      const { text } = await asAdmin('GET', `/couch/${there}/doc`);
      expect(JSON.parse(text)).toMatchObject({ secret, _rev: expect.stringMatching(/^1-/) as string });
    });
});
