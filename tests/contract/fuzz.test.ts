/** Whatever is sent: an answer that is no error of the server's own, and a server that goes on. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiEndpoints } from '../../sync-server/api/endpoints.ts';
import type { PresenceServer } from '../../sync-server/app.ts';
import { endpoints } from '../../sync-server/protocol/endpoints.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const isLong = process.env.LONG_SEARCH === '1';
const runs = isLong ? 5000 : 300;
const authorization = basic(`${admin.name}:${admin.password}`);

/** Names that mean something to the protocol, beside any other. */
const word = fc.oneof(
  fc.constantFrom(
    ...[
      '_id',
      '_rev',
      '_deleted',
      '_revisions',
      '_attachments',
      'docs',
      'keys',
      'new_edits',
      'selector',
      'rev',
    ],
    ...['start', 'ids', 'id', 'data', 'stub', 'follows', 'fields', 'sort', 'limit', 'bookmark', '__proto__'],
    ...['constructor', 'type', 'name', 'roles', 'password', 'members', 'admins', 'names', 'token', 'device'],
  ),
  fc.string({ maxLength: 6 }),
);
const leaf = fc.oneof(
  fc.constantFrom('1-a', '2-bb', '', '_local/x', '_design/d', 'a', '\u0000', '\ud800', '0', '-1', 'true'),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(word, tie('value')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...[
          'rev',
          'open_revs',
          'revs',
          'since',
          'limit',
          'startkey',
          'keys',
          'feed',
          'filter',
          'attachments',
        ],
        ...[
          'atts_since',
          'new_edits',
          'include_docs',
          'descending',
          'skip',
          'timeout',
          'latest',
          'style',
          'batch',
        ],
      ),
      fc.oneof(
        leaf.map(String),
        value.map((one) => JSON.stringify(one)),
      ),
    ),
    { maxLength: 3 },
  )
  // Feeds that stay open have tests of their own.
  .map((pairs) => new URLSearchParams(pairs.filter(([name]) => name !== 'feed')).toString().toWellFormed());

const all = [
  ...endpoints.map(({ path, methods }) => ({ path: `/couch${path}`, methods })),
  ...apiEndpoints.map(({ path, methods }) => ({ path: `/api${path}`, methods })),
];

describe('whatever is sent', () => {
  let server: PresenceServer;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ server, close } = await openServer());
  });
  afterAll(() => close());

  async function ask(method: string, url: string, payload: string | Buffer | undefined, type: string) {
    if (!server.engine.open('fuzzed')) server.engine.create('fuzzed');
    const response = await server.http.inject({
      method: method as 'GET',
      url,
      headers: { authorization, 'content-type': type, destination: 'copy' },
      ...(payload === undefined ? {} : { payload }),
    });
    return response.statusCode;
  }
  const isAnswer = (status: number) => status < 500 || status === 501;

  it('property: JSON to any endpoint is answered, and no error is the server’s own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), fc.nat(), value, query, async (endpoint, at, body, asked) => {
        const method = endpoint.methods[at % endpoint.methods.length] ?? 'GET';
        const path = endpoint.path.replace(':db', 'fuzzed').replace('*', 'a').replaceAll(/:\w+/g, 'x');
        const text = method === 'GET' || method === 'HEAD' ? undefined : JSON.stringify(body);
        const status = await ask(method, `${path}?${asked}`, text, 'application/json');
        expect(isAnswer(status), `${method} ${path}: ${status}`).toBe(true);
      }),
      { numRuns: runs * 3 },
    );
  });

  it('property: bytes that are no JSON are the client’s error', async () => {
    const documents = [
      '/couch/fuzzed/_bulk_docs',
      '/couch/fuzzed/_find',
      '/couch/fuzzed/_bulk_get',
      '/api/sites',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        fc.uint8Array({ maxLength: 60 }),
        async (path, bytes) => {
          const status = await ask('POST', path, Buffer.from(bytes), 'application/json');
          expect(isAnswer(status), `${path}: ${status}`).toBe(true);
        },
      ),
      { numRuns: runs },
    );
  });

  it('property: multipart bodies, whole and broken, are taken or refused', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '--b',
        '\r\n--b',
        '--b--',
        '\r\n\r\n',
        '\r\n',
        'Content-Type: application/json',
        ': ',
        '"',
      ),
      fc.constant('{"_attachments":{"x":{"follows":true,"length":1}}}'),
      fc.string({ maxLength: 10 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        const status = await ask(
          'PUT',
          '/couch/fuzzed/m',
          pieces.join(''),
          'multipart/related; boundary="b"',
        );
        expect(isAnswer(status), String(status)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('a document nested ten thousand deep is refused or kept, and the server goes on', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    for (const [method, path] of [
      ['PUT', '/couch/fuzzed/deep'],
      ['POST', '/couch/fuzzed/_find'],
    ] as const)
      expect(isAnswer(await ask(method, path, deep, 'application/json'))).toBe(true);
    expect(await ask('GET', '/couch/_up', undefined, 'application/json')).toBe(200);
  });
});
