import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

/** What is sent to harm: too much, or what only looks like JSON. */
describe('requests out of the ordinary', () => {
  let server: PresenceServer;
  let close = async () => {};

  beforeAll(async () => {
    ({ server, close } = await openServer({ requestBytes: 100_000, documentBytes: 10_000 }));
    await send('PUT', '/db');
  });
  afterAll(() => close());

  const send = (method: string, path: string, text?: string) =>
    server.http.inject({
      method: method as 'GET',
      url: `/couch${path}`,
      headers: {
        authorization: basic(`${admin.name}:${admin.password}`),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(text === undefined ? {} : { payload: text }),
    });

  it('refuses a document over the limit and keeps nothing of the batch', async () => {
    const docs = [{ _id: 'small' }, { _id: 'large', text: 'x'.repeat(11_000) }];
    const answer = await send('POST', '/db/_bulk_docs', JSON.stringify({ docs }));
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ error: 'document_too_large' });
    expect((await send('GET', '/db/small')).statusCode).toBe(404);
    expect((await send('PUT', '/db/large', JSON.stringify(docs[1]))).statusCode).toBe(413);
  });

  it('counts bytes, not letters', async () => {
    const answer = await send('PUT', '/db/letters', JSON.stringify({ text: 'س'.repeat(6_000) }));
    expect(answer.statusCode).toBe(413);
  });

  it('refuses a request over the limit', async () => {
    const answer = await send('POST', '/db/_bulk_docs', `{"docs":["${'x'.repeat(110_000)}"]}`);
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toHaveProperty('reason');
  });

  it('takes names that objects have of themselves for names and nothing more', async () => {
    const answer = await send('PUT', '/db/proto', '{"__proto__":{"isAdmin":true},"v":1}');
    expect(answer.json()).toMatchObject({ error: 'doc_validation' });
    await send('PUT', '/db/inside', '{"a":{"__proto__":{"isAdmin":true}}}');
    expect((await send('GET', '/db/inside')).body).toContain('"__proto__":{"isAdmin":true}');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const other = await send('PUT', '/db/constructor', '{"constructor":{"prototype":{"v":1}}}');
    expect(other.statusCode).toBe(201);
    expect((await send('GET', '/db/constructor')).json().constructor).toEqual({ prototype: { v: 1 } });
  });

  it('answers questions about ids that objects have of themselves', async () => {
    const asked = '{"__proto__":["1-a"],"constructor":["1-b"],"toString":["1-c"]}';
    const answer = await send('POST', '/db/_revs_diff', asked);
    expect(answer.statusCode).toBe(200);
    expect(Object.keys(answer.json())).toContain('toString');
  });

  it.each([
    ['a very deep list', '['.repeat(40_000) + ']'.repeat(40_000)],
    ['half a document', '{"a":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '1e999'],
  ])('answers %s with an error of the client', async (_what, text) => {
    for (const [method, path] of [
      ['PUT', '/db/odd'],
      ['POST', '/db/_bulk_docs'],
      ['POST', '/db/_revs_diff'],
      ['POST', '/db/_bulk_get'],
      ['POST', '/_session'],
    ] as const) {
      const { statusCode } = await send(method, path, text);
      expect([method, path, statusCode >= 400 && statusCode < 500]).toEqual([method, path, true]);
    }
  });

  it('answers a very deep document with an error of the client', async () => {
    const deep = await openServer();
    const answer = await deep.server.http.inject({
      method: 'POST',
      url: '/couch/_users',
      headers: {
        authorization: basic(`${admin.name}:${admin.password}`),
        'content-type': 'application/json',
      },
      payload: `{"_id":"_design/deep","a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
    });
    await deep.close();
    expect(answer.statusCode).toBe(400);
  });

  it.each([
    '{"docs":[{"_id":1}]}',
    '{"docs":[{"_id":"_odd"}]}',
    '{"docs":[{"_id":""}]}',
    '{"docs":[{"_id":"a","_rev":7}]}',
    '{"docs":[{"_id":"a","_rev":"1"}],"new_edits":false}',
    '{"docs":[{"_id":"a","_rev":"2-b","_revisions":{"start":2,"ids":[]}}],"new_edits":false}',
    '{"docs":[{"_id":"a","_rev":"2-b","_revisions":{"start":-1,"ids":["b"]}}],"new_edits":false}',
    '{"docs":[{"_id":"a","_rev":"2-b","_revisions":{"start":2,"ids":[{},[]]}}],"new_edits":false}',
  ])('refuses %s', async (text) => {
    expect((await send('POST', '/db/_bulk_docs', text)).statusCode).toBe(400);
  });

  it.each(['{"name":[null]}', '{"$nothing":1}', '{"$or":7}', '{"v":{"$regex":"("}}', '{"v":{"$in":3}}'])(
    'finds nothing by the selector %s, or refuses it',
    async (selector) => {
      const answer = await send('POST', '/db/_changes?filter=_selector', `{"selector":${selector}}`);
      if (answer.statusCode === 200) expect(answer.json().results).toEqual([]);
      else expect([selector, answer.statusCode]).toEqual([selector, 400]);
    },
  );

  it('property: meets no JSON with an error of its own', async () => {
    const fields = fc.constantFrom(
      '_id',
      '_rev',
      '_revisions',
      '_deleted',
      '_attachments',
      'docs',
      'new_edits',
      'keys',
      'start',
      'ids',
      'id',
      'rev',
      'name',
      'password',
      'selector',
      'doc_ids',
      'members',
      'roles',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(
          fc.constantFrom(null, true, false, 0, -1, 2, 1e300, '', 'a', '1-a', '2-b', '_local/x', '_design/x'),
        ),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fields, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    const targets = fc.constantFrom(
      ...(
        ['/db/_bulk_docs', '/db/_bulk_get', '/db/_revs_diff', '/db/_all_docs', '/_session', '/db'] as const
      ).map((path) => ['POST', path] as const),
      ...(
        ['/db/_changes?filter=_selector', '/db/_changes?filter=_doc_ids', '/db/_missing_revs'] as const
      ).map((path) => ['POST', path] as const),
      ...(
        [
          '/db/fuzzed',
          '/db/_local/fuzzed',
          '/db/fuzzed?new_edits=false',
          '/_users/org.couchdb.user:a',
          '/db/_revs_limit',
          '/db/_security',
        ] as const
      ).map((path) => ['PUT', path] as const),
    );
    await fc.assert(
      fc.asyncProperty(targets, tree, async ([method, path], body) => {
        const { statusCode } = await send(method, path, JSON.stringify(body));
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: process.env.LONG_SEARCH ? 20_000 : 400 },
    );
  });

  it('still serves after all that', async () => {
    expect((await send('PUT', '/db/last', '{"v":1}')).statusCode).toBe(201);
    expect((await send('GET', '/_up')).json()).toMatchObject({ status: 'ok' });
  });
});
