import type { Suite } from '../exchange.ts';

const docs = [
  { _id: 'a', type: 'x', n: 1, deep: { er: 'one', other: 1 } },
  { _id: 'b', type: 'x', n: 2 },
  { _id: 'c', type: 'y', n: 3 },
  { _id: '_design/d', language: 'javascript' },
];

/** Searching by selector, copying, purging, and what is not run. */
export const findExchanges: Suite = {
  about: 'searching, copying and purging',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    { does: 'writes documents', ask: 'POST /{db}/_bulk_docs', body: { docs }, status: 201 },
    {
      does: 'finds what a selector describes, design documents apart',
      ask: 'POST /{db}/_find',
      body: { selector: { type: { $in: ['x', 'y'] } } },
      status: 200,
      gives: { docs: [{ _id: 'a', n: 1 }, { _id: 'b' }, { _id: 'c' }], bookmark: '*' },
    },
    {
      does: 'gives the fields asked for, those within others too',
      ask: 'POST /{db}/_find',
      body: { selector: { n: 1 }, fields: ['deep.er', 'none'] },
      status: 200,
      gives: { docs: [{ deep: { er: 'one' } }] },
    },
    {
      does: 'gives so many',
      ask: 'POST /{db}/_find',
      body: { selector: { n: { $gt: 0 } }, limit: 1, skip: 1 },
      status: 200,
      gives: { docs: [{ _id: 'b' }] },
      keep: { mark: 'bookmark' },
    },
    {
      does: 'goes on from a bookmark',
      ask: 'POST /{db}/_find',
      body: { selector: { n: { $gt: 0 } }, limit: 5, bookmark: '{mark}' },
      status: 200,
      gives: { docs: [{ _id: 'c' }] },
    },
    {
      does: 'refuses a selector that is none',
      ask: 'POST /{db}/_find',
      body: { selector: { n: { $almost: 3 } } },
      status: 400,
    },
    { does: 'refuses a search for nothing', ask: 'POST /{db}/_find', body: {}, status: 400 },
    {
      does: 'refuses an order without an index',
      ask: 'POST /{db}/_find',
      body: { selector: { n: { $gt: 0 } }, sort: ['n'] },
      status: 400,
      gives: { error: 'no_usable_index' },
    },
    { does: 'lists the one index', ask: 'GET /{db}/_index', status: 200, gives: { total_rows: 1 } },
    {
      does: 'copies a document',
      ask: 'COPY /{db}/a',
      headers: { destination: 'copy' },
      status: 201,
      gives: { ok: true, id: 'copy', rev: '1-*' },
      keep: { copied: 'rev' },
    },
    { does: 'has the copy', ask: 'GET /{db}/copy', status: 200, gives: { type: 'x', n: 1 } },
    {
      does: 'copies over a document when its revision is named',
      ask: 'COPY /{db}/b',
      headers: { destination: 'copy?rev={copied}' },
      status: 201,
      gives: { rev: '2-*' },
      keep: { second: 'rev' },
    },
    {
      does: 'does not copy over a document otherwise',
      ask: 'COPY /{db}/b',
      headers: { destination: 'copy' },
      status: 409,
    },
    { does: 'wants to know where to copy', ask: 'COPY /{db}/a', status: 400 },
    {
      does: 'copies nothing that is not there',
      ask: 'COPY /{db}/zz',
      headers: { destination: 'q' },
      status: 404,
    },
    {
      does: 'purges a leaf and nothing else',
      ask: 'POST /{db}/_purge',
      body: { copy: ['{copied}', '{second}'] },
      status: 201,
      gives: { purged: { copy: ['{second}'] } },
    },
    { does: 'has forgotten it', ask: 'GET /{db}/copy', status: 404 },
    { does: 'counts what is left', ask: 'GET /{db}', status: 200, gives: { doc_count: 4 } },
    {
      does: 'does not run views, and says so',
      ask: 'GET /{db}/_design/d/_view/v',
      status: 501,
      onlyHere: true,
      gives: { error: 'not_implemented' },
    },
    {
      does: 'tells which databases changed',
      ask: 'GET /_db_updates',
      status: 200,
      onlyHere: true,
      says: /"db_name":"contract-/,
    },
  ],
};
