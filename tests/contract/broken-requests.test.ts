/** Requests that are broken off, cut up or no HTTP at all, over a socket: refused or left, and the server goes on. */
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const isLong = process.env.LONG_SEARCH === '1';
const authorization = `Authorization: ${basic(`${admin.name}:${admin.password}`)}`;

describe('requests that are broken', () => {
  let origin = '';
  let port = 0;
  let close = async () => {};
  beforeAll(async () => {
    const opened = await openServer();
    ({ close } = opened);
    origin = await opened.server.listen({ host: '127.0.0.1', port: 0 });
    port = Number(new URL(origin).port);
    await fetch(`${origin}/couch/db`, { method: 'PUT', headers: auth() });
  });
  afterAll(() => close());

  const auth = () => ({ authorization: basic(`${admin.name}:${admin.password}`) });
  const isWell = async () =>
    (await fetch(`${origin}/couch/db/_all_docs`, { headers: auth(), signal: AbortSignal.timeout(20_000) }))
      .status;

  /** Sends pieces, each by itself, and answers what came until the server, or we, had enough. */
  async function send(pieces: readonly (string | Buffer)[], isEnded = true): Promise<string> {
    const socket: Socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    // The server may leave first.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (isEnded) socket.end();
    else socket.destroy();
    await closed;
    return text;
  }
  const head = (line: string, ...headers: string[]) =>
    `${[`${line} HTTP/1.1`, 'Host: presence', authorization, ...headers].join('\r\n')}\r\n\r\n`;
  const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const json = 'Content-Type: application/json';
  const chunked = 'Transfer-Encoding: chunked';

  it.each([
    ['a body in chunks', [head('PUT /couch/db/whole', json, chunked), '2\r\n{}\r\n', '0\r\n\r\n'], [201]],
    ['a body in single letters', [head('PUT /couch/db/letters', json, 'Content-Length: 2'), '{', '}'], [201]],
    ['chunks that are no numbers', [head('PUT /couch/db/a', json, chunked), 'zz\r\n{}\r\n0\r\n\r\n'], [400]],
    ['a chunk longer than it says', [head('PUT /couch/db/a', json, chunked), '1\r\n{}\r\n0\r\n\r\n'], [400]],
    [
      'a chunk of a length that overflows',
      [head('PUT /couch/db/a', json, chunked), `${'f'.repeat(17)}\r\n`],
      [400],
    ],
    ['chunks that do not end', [head('PUT /couch/db/a', json, chunked), '2\r\n{}\r\n'], [0, 400]],
    ['a body that is cut off', [head('PUT /couch/db/a', json, 'Content-Length: 99'), '{"a":'], [0, 400]],
    [
      'a body longer than it says',
      [head('PUT /couch/db/long', json, 'Content-Length: 2'), '{}{"a":1}'],
      [201, 400],
    ],
    ['a length that is none', [head('PUT /couch/db/a', json, 'Content-Length: x'), '{}'], [400]],
    ['a length below nothing', [head('PUT /couch/db/a', json, 'Content-Length: -1'), '{}'], [400]],
    ['two lengths', [head('PUT /couch/db/a', json, 'Content-Length: 2', 'Content-Length: 3'), '{} '], [400]],
    [
      'a length and chunks',
      [head('PUT /couch/db/a', json, 'Content-Length: 2', chunked), '2\r\n{}\r\n0\r\n\r\n'],
      [400],
    ],
    ['a length beyond the limit', [head('PUT /couch/db/a', json, 'Content-Length: 99999999999')], [413]],
    [
      'chunks called something else',
      [head('PUT /couch/db/a', json, 'Transfer-Encoding: xchunked'), '2\r\n{}\r\n0\r\n\r\n'],
      [400, 501],
    ],
    ['a very large header', [head('GET /couch/db', `X-Large: ${'x'.repeat(100_000)}`)], [431]],
    [
      'very many headers',
      [head('GET /couch/db', ...Array.from({ length: 5000 }, (_, n) => `X-${n}: 1`))],
      [200, 431],
    ],
    ['a very long address', [head(`GET /couch/db/${'x'.repeat(100_000)}`)], [414, 431]],
    ['a header with a line in it', [head('GET /couch/db', 'X-A: 1\rX-B: 2')], [400]],
    ['a header without a name', [head('GET /couch/db', ': 1')], [400]],
    ['a folded header', [head('GET /couch/db', 'X-A: 1\r\n  2')], [200, 400]],
    ['a NUL in a header', [head('GET /couch/db', 'X-A: \u0000')], [400]],
    ['a NUL in an address', [head('GET /couch/db/\u0000')], [400]],
    ['an address of bytes', [Buffer.from(head('GET /couch/db/\u00ff\u00fe'), 'latin1')], [200, 400, 404]],
    ['no host', ['GET /couch/db HTTP/1.1\r\n\r\n'], [400]],
    ['another version', ['GET /couch/db HTTP/3.7\r\n\r\n'], [400, 505]],
    ['a method that nobody knows', [head('STEAL /couch/db')], [400, 405]],
    ['the greeting of TLS', [Buffer.from('16030100', 'hex'), Buffer.alloc(200, 1)], [400]],
    ['lines of nothing', ['\r\n\r\n\r\n', head('GET /couch/db')], [200]],
    ['an upgrade', [head('GET /couch/db', 'Connection: upgrade', 'Upgrade: websocket')], [200]],
    ['an address of another server', [head('GET http://elsewhere/couch/db')], [400]],
    ['a tunnel', [head('CONNECT elsewhere:443')], [0, 400, 404, 405]],
    [
      'something to wait for',
      [head('PUT /couch/db/wait', json, 'Content-Length: 2', 'Expect: 100-continue'), '{}'],
      [100, 201],
    ],
    [
      'something else to wait for',
      [head('PUT /couch/db/a', json, 'Content-Length: 2', 'Expect: what'), '{}'],
      [400, 417],
    ],
  ] as const)('%s is answered', async (_what, pieces, statuses) => {
    const text = await send(pieces);
    expect(statuses).toContain(statusOf(text));
    expect(await isWell()).toBe(200);
  });

  it('keeps requests apart that come in one piece', async () => {
    const body = '{"n":1}';
    const put = (id: string) => head(`PUT /couch/db/${id}`, json, `Content-Length: ${body.length}`) + body;
    const text = await send([put('one') + put('two') + head('GET /couch/db/one', 'Connection: close')]);
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201', 'HTTP/1.1 200']);
  });

  it('goes on when clients leave in the middle', async () => {
    for (const pieces of [
      [head('PUT /couch/db/left', json, 'Content-Length: 99'), '{"a":'],
      [head('GET /couch/db/_changes?feed=continuous&heartbeat=100')],
      [head('GET /couch/db/_changes?feed=longpoll&since=now')],
      [head('GET /couch/_db_updates?feed=eventsource')],
      [head('POST /couch/db/_bulk_docs', json, chunked), '5\r\n{"doc\r\n'],
    ])
      for (let n = 0; n < 20; n++) await send(pieces, false);
    expect(await isWell()).toBe(200);
    expect((await fetch(`${origin}/couch/db/left`, { headers: auth() })).status).toBe(404);
  });

  it('property: any pieces of requests in any order leave it well', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          'GET /couch/db HTTP/1.1\r\n',
          'PUT /couch/db/p HTTP/1.1\r\n',
          'POST /couch/db/_bulk_docs HTTP/1.1\r\n',
        ],
        ...[
          'Host: a\r\n',
          `${authorization}\r\n`,
          `${json}\r\n`,
          `${chunked}\r\n`,
          'Content-Length: 2\r\n',
          '\r\n',
        ],
        ...[
          '{}',
          '2\r\n{}\r\n',
          '0\r\n\r\n',
          '0\r\nX-Trailer: 1\r\n\r\n',
          '{"docs":[{}]}',
          '\n',
          ' ',
          '\u0000',
          ': ',
        ],
        ...[
          'Content-Encoding: gzip\r\n',
          'Expect: 100-continue\r\n',
          'Connection: close\r\n',
          'Range: bytes=0-0\r\n',
        ],
      ),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 16 }), fc.boolean(), async (pieces, isEnded) => {
        const text = await send(pieces, isEnded);
        for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d{3})/g))
          expect(Number(status)).toBeLessThan(500);
      }),
      { numRuns: isLong ? 3000 : 150 },
    );
    expect(await isWell()).toBe(200);
  });
});

describe('multipart bodies that are broken', () => {
  let origin = '';
  let close = async () => {};
  beforeAll(async () => {
    const opened = await openServer();
    ({ close } = opened);
    origin = await opened.server.listen({ host: '127.0.0.1', port: 0 });
    await fetch(`${origin}/couch/db`, {
      method: 'PUT',
      headers: { authorization: basic(`${admin.name}:${admin.password}`) },
    });
  });
  afterAll(() => close());

  const put = (type: string, body: string) =>
    fetch(`${origin}/couch/db/m?new_edits=false`, {
      method: 'PUT',
      headers: { authorization: basic(`${admin.name}:${admin.password}`), 'content-type': type },
      body: Buffer.from(body),
    });
  const document = JSON.stringify({
    _rev: '1-a',
    _revisions: { start: 1, ids: ['a'] },
    _attachments: { x: { follows: true, length: 5, content_type: 'a/b' } },
  });
  const part = (head: string, body: string) => `--b\r\n${head === '' ? '' : `${head}\r\n`}\r\n${body}\r\n`;
  const first = part('Content-Type: application/json', document);

  it.each([
    ['without a boundary', 'multipart/related', `${first}${part('', 'hello')}--b--`],
    ['with an empty boundary', 'multipart/related; boundary=""', `${first}${part('', 'hello')}--b--`],
    ['with another boundary', 'multipart/related; boundary=c', `${first}${part('', 'hello')}--b--`],
    ['without an end', 'multipart/related; boundary=b', `${first}${part('', 'hello')}`],
    ['with nothing in it', 'multipart/related; boundary=b', ''],
    ['with an end and nothing else', 'multipart/related; boundary=b', '--b--'],
    ['with one part too few', 'multipart/related; boundary=b', `${first}--b--`],
    [
      'with one part too many',
      'multipart/related; boundary=b',
      `${first}${part('', 'hello')}${part('', 'hello')}--b--`,
    ],
    ['with a part without a head', 'multipart/related; boundary=b', `${first}--b\r\nhello\r\n--b--`],
    ['with a document that is none', 'multipart/related; boundary=b', `${part('', '{"_attachments":')}--b--`],
    ['with a list for a document', 'multipart/related; boundary=b', `${part('', '[]')}--b--`],
    [
      'with a boundary in the content',
      'multipart/related; boundary=b',
      `${first}${part('', 'he\r\n--b\r\nllo')}--b--`,
    ],
  ])('are refused %s', async (_what, type, body) => {
    const response = await put(type, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('reason');
  });

  it.each([
    [
      'a boundary named twice',
      'multipart/related; boundary=b; boundary=c',
      `${first}${part('', 'hello')}--b--`,
    ],
    ['a boundary in quotation marks', 'multipart/related; boundary="b"', `${first}${part('', 'hello')}--b--`],
    [
      'something before and after',
      'multipart/related; boundary=b',
      `before\r\n${first}${part('', 'hello')}--b--\r\nafter\r\n--b\r\n`,
    ],
    [
      'a boundary with signs that mean something to a pattern',
      'multipart/related; boundary="(.*)+?"',
      `${first}${part('', 'hello')}--b--`.replaceAll('--b', '--(.*)+?'),
    ],
  ])('are taken with %s', async (_what, type, body) => {
    expect((await put(type, body)).status).toBe(201);
  });
});
