/** Requests as clients make them, with a part that is odd: answered in JSON, none with an error of the server's own. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const isLong = process.env.LONG_SEARCH === '1';
const authorization = basic(`${admin.name}:${admin.password}`);

const ids = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('a', 'b', 'é/ü ?#', '_design/d') },
  { weight: 1, arbitrary: fc.constantFrom('_local/l', '', '_odd', 'x'.repeat(7200), '\u0000') },
);
const hashes = fc.constantFrom('a', 'b', 'c', '967a00dff5e02add41819138abb3284d');
const revs = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 4 }), hashes).map(([n, hash]) => `${n}-${hash}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('0-a', '1-', 'x', '-1-a', '1') },
);
const odd = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300, '', 'x', [], {}, [null], '\ud800', 'true', '1'),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Mostly what it should be. */
const mostly = <Value>(usual: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 60, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });
/** An object with some of these fields. */
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, mostly(each)])), {
    requiredKeys: [],
  });
const listOf = (each: fc.Arbitrary<unknown>) => fc.array(mostly(each), { maxLength: 4 });

const attachment = some({
  content_type: fc.constantFrom('text/plain', 'image/png', 'a\r\nb', ''),
  data: fc.constantFrom('aGVsbG8=', 'aGVsbG8=', '', '$$$$'),
  stub: fc.constantFrom(false, false, true),
  follows: fc.constantFrom(false, false, true),
  revpos: fc.integer({ min: -1, max: 4 }),
  length: fc.integer({ min: -1, max: 9 }),
  encoding: fc.constantFrom('gzip', 'br'),
  digest: fc.constantFrom('md5-XUFAKrxLKna5cZ2REBfFkg==', 'md5-', 'x'),
});
const design = some({
  views: fc.constantFrom({ v: { map: 'function (doc) {}' } }, { v: {} }),
  filters: fc.constant({ f: 'function (doc, req) { return doc.n; }', g: 'x' }),
  language: fc.constantFrom('javascript', 'query'),
});
const content = fc.oneof(
  { weight: 4, arbitrary: some({ n: odd, m: fc.oneof(fc.integer(), fc.string()), _deleted: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: some({
      n: odd,
      _attachments: fc.dictionary(
        fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom('x', 'y/z', 'é') },
          { weight: 1, arbitrary: fc.constantFrom('', '_u', '__proto__') },
        ),
        mostly(attachment),
        { maxKeys: 3 },
      ),
    }),
  },
  { weight: 1, arbitrary: design },
);
const edit = fc
  .tuple(content, some({ _rev: revs }))
  .map(([fields, rev]) => ({ ...(fields as object), ...rev }));
const named = fc.tuple(edit, ids).map(([fields, _id]) => ({ ...fields, _id }));
/** As a replication sends it: a revision with those that it comes from. */
const replica = fc
  .tuple(content, ids, fc.integer({ min: 1, max: 5 }), fc.array(hashes, { minLength: 1, maxLength: 5 }))
  .map(([fields, _id, start, path]) => {
    const own = path.slice(0, start);
    return { ...(fields as object), _id, _rev: `${start}-${own[0]}`, _revisions: { start, ids: own } };
  });
const fieldNames = fc.constantFrom(
  'n',
  'm',
  '_id',
  '_rev',
  'a.b',
  'a\\.b',
  '',
  '.',
  '$n',
  '__proto__',
  'n.0',
);
const operators = fc.constantFrom(
  ...[
    '$eq',
    '$ne',
    '$lt',
    '$lte',
    '$gt',
    '$gte',
    '$exists',
    '$type',
    '$in',
    '$nin',
    '$size',
    '$mod',
    '$regex',
  ],
  ...[
    '$all',
    '$elemMatch',
    '$allMatch',
    '$keyMapMatch',
    '$not',
    '$and',
    '$or',
    '$nor',
    '$beginsWith',
    '$text',
    '$x',
  ],
);
const { selector } = fc.letrec((tie) => ({
  selector: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(fieldNames, odd, { maxKeys: 2 }),
    fc.dictionary(fieldNames, fc.dictionary(operators, fc.oneof(odd, tie('selector')), { maxKeys: 2 }), {
      maxKeys: 2,
    }),
    fc.dictionary(operators, fc.oneof(odd, tie('selector'), fc.array(tie('selector'), { maxLength: 3 })), {
      maxKeys: 2,
    }),
  ),
}));
const sort = listOf(
  fc.oneof(fieldNames, fc.dictionary(fieldNames, fc.constantFrom('asc', 'desc', 'x'), { maxKeys: 2 })),
);
const search = some({
  selector,
  sort,
  fields: listOf(fieldNames),
  limit: fc.integer({ min: -1, max: 30 }),
  skip: fc.integer({ min: -1, max: 5 }),
  bookmark: fc.constantFrom('nil', '', 'x', 'g2wAAAABaANkAA', 'eyJhIjoxfQ'),
  use_index: fc.constantFrom('d', '_design/d', ['d', 'v'], ['d'], []),
  execution_stats: fc.boolean(),
  conflicts: fc.boolean(),
  r: fc.integer(),
  allow_fallback: fc.boolean(),
});
const keys = listOf(ids);
const list = some({
  keys,
  key: ids,
  startkey: ids,
  endkey: ids,
  limit: fc.integer({ min: -1, max: 5 }),
  skip: fc.integer({ min: -1, max: 5 }),
  descending: fc.boolean(),
  inclusive_end: fc.boolean(),
  include_docs: fc.boolean(),
  conflicts: fc.boolean(),
  attachments: fc.boolean(),
  update_seq: fc.boolean(),
});
const revisions = fc.dictionary(ids, mostly(listOf(revs)), { maxKeys: 3 });
const seeds = fc
  .array(replica, { minLength: 3, maxLength: 8 })
  .map((docs) => docs.map((one) => ({ _attachments: { x: { data: 'aGVsbG8=' } }, ...one })));
const bulk = fc.oneof(
  fc.record({ docs: listOf(named) }),
  fc.record({ docs: listOf(replica), new_edits: fc.constant(false) }),
  some({ docs: listOf(named), new_edits: fc.boolean(), all_or_nothing: fc.boolean() }),
);
const wanted = fc.record({ docs: listOf(some({ id: ids, rev: revs, atts_since: listOf(revs) })) });
const index = some({
  index: some({ fields: sort, partial_filter_selector: selector }),
  ddoc: fc.constantFrom('d', '_design/i', ''),
  name: fc.constantFrom('i', ''),
  type: fc.constantFrom('json', 'text', 'x'),
  partitioned: fc.boolean(),
});
const people = some({ names: listOf(ids), roles: listOf(ids) });

/** Method, path and body. */
const requests: readonly (readonly [method: string, path: string, body?: fc.Arbitrary<unknown>])[] = [
  ['POST', '', named],
  ['GET', ''],
  ['GET', '/_all_docs'],
  ['POST', '/_all_docs', list],
  ['POST', '/_all_docs/queries', some({ queries: listOf(list) })],
  ['GET', '/_design_docs'],
  ['GET', '/_local_docs'],
  ['POST', '/_bulk_docs', bulk],
  ['POST', '/_bulk_docs', bulk],
  ['POST', '/_bulk_get', wanted],
  ['GET', '/_changes'],
  ['POST', '/_changes', some({ doc_ids: keys, selector, fields: listOf(fieldNames) })],
  ['POST', '/_find', search],
  ['POST', '/_explain', search],
  ['POST', '/_index', index],
  ['GET', '/_index'],
  ['DELETE', '/_index/d/json/i'],
  ['POST', '/_index/_bulk_delete', some({ docids: keys })],
  ['POST', '/_revs_diff', revisions],
  ['POST', '/_missing_revs', revisions],
  ['POST', '/_purge', revisions],
  ['PUT', '/_revs_limit', fc.constantFrom(1, 2, 1000)],
  ['PUT', '/_security', some({ admins: people, members: people })],
  ['POST', '/_compact', fc.constant({})],
  ['POST', '/_ensure_full_commit', fc.constant({})],
  ['GET', '/{id}'],
  ['GET', '/{id}'],
  ['PUT', '/{id}', edit],
  ['PUT', '/{id}', edit],
  ['DELETE', '/{id}'],
  ['COPY', '/{id}'],
  ['GET', '/{id}/x'],
  ['PUT', '/{id}/x', odd],
  ['DELETE', '/{id}/x'],
];
const json = (each: fc.Arbitrary<unknown>) => each.map((value) => JSON.stringify(value));
const query = some({
  rev: revs,
  open_revs: fc.oneof(fc.constant('all'), json(listOf(revs))),
  atts_since: json(listOf(revs)),
  ...Object.fromEntries(
    [
      ...[
        'revs',
        'revs_info',
        'latest',
        'meta',
        'conflicts',
        'deleted_conflicts',
        'local_seq',
        'attachments',
      ],
      ...[
        'att_encoding_info',
        'new_edits',
        'include_docs',
        'descending',
        'update_seq',
        'inclusive_end',
        'group',
      ],
    ].map((name) => [name, fc.boolean().map(String)]),
  ),
  limit: fc.integer({ min: -1, max: 3 }).map(String),
  skip: fc.integer({ min: -1, max: 3 }).map(String),
  startkey: json(ids),
  endkey: json(ids),
  key: json(ids),
  keys: json(keys),
  since: fc.constantFrom('0', 'now', '3', '3-x', '-1', '{}', '["1",2]', '""'),
  feed: fc.constantFrom('normal', 'continuous', 'longpoll', 'eventsource', 'live', 'x'),
  timeout: fc.constant('1'),
  style: fc.constantFrom('all_docs', 'main_only', 'x'),
  filter: fc.constantFrom('_doc_ids', '_selector', '_view', '_design', 'd/f', 'd/g', 'd', '_design/d/f', '/'),
  view: fc.constantFrom('d/v', 'x'),
  doc_ids: json(keys),
  seq_interval: fc.constantFrom('1', '0'),
  batch: fc.constant('ok'),
  w: fc.constant('3'),
});
const headers = some({
  accept: fc.constantFrom('application/json', 'multipart/mixed', 'multipart/related', '*/*', 'text/html', ''),
  'if-match': revs,
  'if-none-match': fc.oneof(revs, fc.constant('*')),
  range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'bytes=9-', 'bytes=0-0,1-1', 'x'),
  destination: fc.constantFrom('a', 'b?rev=1-a', '/fuzzed/c', '_design%2Fd', '%', '', 'http://x/y/z'),
  'last-event-id': fc.constantFrom('3', 'x'),
  'content-type': fc.constantFrom('application/json', 'multipart/related; boundary=x', 'text/plain', ''),
  'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
  'x-couch-full-commit': fc.constant('true'),
});

const plausible = fc.constantFrom(...requests).chain(([method, path, body]) =>
  fc.record({
    method: fc.constant(method),
    path: fc.constant(path),
    id: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', '_design/d') }, ids),
    query: fc.oneof(
      fc.constant({}),
      query,
      fc.tuple(query).map(([all]) => Object.fromEntries(Object.entries(all).slice(0, 2))),
    ),
    headers: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
    body: body ? mostly(body) : fc.constant(undefined),
  }),
);
type Plausible = typeof plausible extends fc.Arbitrary<infer One> ? One : never;

describe('requests that are nearly right', () => {
  let server: PresenceServer;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ server, close } = await openServer());
  });
  afterAll(() => close());

  const inject = (method: string, url: string, extra: object = {}, payload?: string) =>
    server.http.inject({
      method: method as 'GET',
      url: `/couch/fuzzed${url}`,
      headers: {
        authorization,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...extra,
      },
      ...(payload === undefined ? {} : { payload }),
    });

  /** As it goes over the line: headers are of Latin letters, lists and objects in an address are JSON. */
  function send({ method, path, id: wished, query: asked, headers: given, body }: Plausible) {
    // Without an id it would be the whole database that is deleted.
    const id = method === 'DELETE' && wished === '' ? 'a' : wished;
    const texts = Object.entries(asked).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value),
    ]);
    // A feed is left after a moment.
    const isFeed = path === '/_changes' && method !== 'PUT';
    const search = new URLSearchParams([...texts, ...(isFeed ? [['timeout', '1']] : [])]);
    const name =
      id.split('/')[0] === '_design' || id.split('/')[0] === '_local' ? id : encodeURIComponent(id);
    const latin = Object.entries(given).map(([field, value]) => [
      field,
      String(value).replaceAll(/[^ -~]/g, '?'),
    ]);
    return inject(
      method,
      `${path.replace('{id}', name)}?${search}`,
      Object.fromEntries(latin) as object,
      body === undefined ? undefined : (JSON.stringify(body) as string | undefined),
    );
  }

  it('property: are answered or refused, and everything can be read afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.array(plausible, { minLength: 1, maxLength: 12 }),
        async (docs, sequence) => {
          if (server.engine.open('fuzzed')) await inject('DELETE', '');
          await inject('PUT', '');
          await inject('POST', '/_bulk_docs', {}, JSON.stringify({ docs, new_edits: false }));
          for (const one of sequence) {
            const { statusCode, headers: sent, body } = await send(one);
            const what = `${one.method} ${one.path} ${statusCode} ${body}`;
            expect(statusCode < 500 || statusCode === 501, what).toBe(true);
            // A feed is line by line, a part of an attachment no whole text.
            const isWhole = one.path !== '/_changes' && statusCode !== 206;
            if (isWhole && body !== '' && String(sent['content-type']).startsWith('application/json'))
              expect(() => JSON.parse(body) as unknown, what).not.toThrow();
          }
          await inject('PUT', '/_security', {}, '{}');
          const all = await inject('GET', '/_all_docs?include_docs=true&conflicts=true&attachments=true');
          const changes = await inject('GET', '/_changes?include_docs=true&style=all_docs&attachments=true');
          expect([all.statusCode, changes.statusCode]).toEqual([200, 200]);
          const { results } = changes.json<{ results: { id: string; changes: { rev: string }[] }[] }>();
          for (const { id, changes: leaves } of results) {
            const path = `/${encodeURIComponent(id)}?open_revs=all&revs=true&attachments=true`;
            const read = await inject('GET', path, { accept: 'application/json' });
            expect(read.json<unknown[]>()).toHaveLength(leaves.length);
          }
        },
      ),
      { numRuns: isLong ? 4000 : 60 },
    );
  });
});
