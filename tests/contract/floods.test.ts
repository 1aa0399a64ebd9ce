/** Too much at once, from somebody who is not known here. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const asAdmin = basic(`${admin.name}:${admin.password}`);

describe('a flood', () => {
  let port = 0;
  let origin = '';
  let close: () => Promise<void>;

  beforeAll(async () => {
    const opened = await openServer({ passwordIterations: 400_000 });
    ({ close } = opened);
    origin = await opened.server.listen({ host: '127.0.0.1', port: 0 });
    port = Number(new URL(origin).port);
    await fetch(`${origin}/couch/db`, { method: 'PUT', headers: { authorization: asAdmin } });
  });
  afterAll(() => close());

  /** The head of a request alone, and the first line of what is answered to it. */
  const begin = (head: readonly string[]) =>
    new Promise<string>((answered) => {
      const socket = connect(port, '127.0.0.1');
      socket.write([...head, 'Host: presence', 'Content-Type: application/json', '', ''].join('\r\n'));
      socket.once('data', (said) => {
        answered(said.toString().split('\r\n', 1)[0] ?? '');
        socket.destroy();
      });
    });

  it('of bodies is not read before it is known whose it is', async () => {
    for (const path of ['/couch/db/_bulk_docs', '/couch/_session', '/api/invitations/accept', '/couch/db'])
      for (const size of ['Content-Length: 60000000', 'Transfer-Encoding: chunked']) {
        expect(await begin([`POST ${path} HTTP/1.1`, size])).toMatch(/^HTTP\/1.1 401/);
        expect(await begin([`POST ${path} HTTP/1.1`, size, 'Cookie: AuthSession=AAAA'])).toMatch(/401/);
      }
    const text = JSON.stringify({ docs: [{ _id: 'large', text: 'x'.repeat(2_000_000) }] });
    const { status } = await fetch(`${origin}/couch/db/_bulk_docs`, {
      method: 'POST',
      headers: { authorization: asAdmin, 'content-type': 'application/json' },
      body: text,
    });
    expect(status).toBe(201);
  });

  it('of sign-ins leaves room for everything else, and turns away what cannot have its turn', async () => {
    const signIns = Array.from({ length: 300 }, (_, n) =>
      fetch(`${origin}/couch/_session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: `name${n}`, password: 'guess' }),
      }).then(({ status }) => status),
    );
    let done = 0;
    for (const signIn of signIns) void signIn.then(() => (done += 1));
    // What is packed needs the threads in which passwords are looked at.
    const read = await fetch(`${origin}/couch/_uuids?count=1000`, { headers: { 'accept-encoding': 'gzip' } });
    expect(read.headers.get('content-encoding')).toBe('gzip');
    expect(await read.text()).toContain('uuids');
    expect(done).toBeLessThan(50);
    const statuses = await Promise.all(signIns);
    // From one address a hundred are looked at; the others are refused without being looked at.
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 403)).toHaveLength(200);
  });

  it('of sign-ins from everywhere is not queued without end', async () => {
    const { server, close: closeOther } = await openServer({ passwordIterations: 100_000 });
    const signIns = Array.from({ length: 400 }, (_, n) =>
      server.http.inject({
        method: 'POST',
        url: '/couch/_session',
        payload: { name: `name${n}`, password: 'guess' },
        remoteAddress: `192.0.2.${n % 200}`,
      }),
    );
    const statuses = (await Promise.all(signIns)).map(({ statusCode }) => statusCode);
    await closeOther();
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(50);
  });

  it('of backtracking in a selector is stopped', async () => {
    const send = (method: string, path: string, body: unknown) =>
      fetch(`${origin}/couch/db${path}`, {
        method,
        headers: { authorization: asAdmin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await send('PUT', '/long', { text: `${'a'.repeat(60)}!` });
    for (const pattern of ['^(a+)+$', '^(?=a)(a|a)*$', '^((a)|b\\2)*(a+)+$']) {
      const selector = { text: { $regex: pattern } };
      expect((await send('POST', '/_find', { selector })).status).toBe(400);
      expect((await send('POST', '/_changes?filter=_selector', { selector })).status).toBe(400);
    }
    const found = await send('POST', '/_find', { selector: { text: { $regex: '^a+!$' } } });
    expect(await found.json()).toMatchObject({ docs: [{ _id: 'long' }] });
  });
});
