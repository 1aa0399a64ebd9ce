import type { Suite } from '../exchange.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const related = [
  '--edge',
  'Content-Type: application/json',
  '',
  '{"n":1,"_attachments":{"a.bin":{"content_type":"application/x-thing","follows":true,"length":5}}}',
  '--edge',
  '',
  'first',
  '--edge--',
].join('\r\n');
const replicated = { _id: 'far', _rev: '2-bb', _revisions: { start: 2, ids: ['bb', 'aa'] } };

/** Attachments: inline, by themselves, taken over as stubs, and beside their document. */
export const attachmentExchanges: Suite = {
  about: 'attachments',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'takes one inline',
      ask: 'PUT /{db}/a',
      body: { n: 1, _attachments: { 'x.txt': { content_type: 'text/plain', data: base64('hello') } } },
      status: 201,
      keep: { first: 'rev' },
    },
    {
      does: 'names it as a stub',
      ask: 'GET /{db}/a',
      status: 200,
      gives: { n: 1, _attachments: { 'x.txt': { stub: true, length: 5, revpos: 1 } } },
    },
    { does: 'gives it by itself', ask: 'GET /{db}/a/x.txt', status: 200, says: /^hello$/ },
    { does: 'gives none that is not there', ask: 'GET /{db}/a/y.txt', status: 404 },
    {
      does: 'takes it over by its stub',
      ask: 'PUT /{db}/a',
      body: { _rev: '{first}', n: 2, _attachments: { 'x.txt': { stub: true } } },
      status: 201,
      keep: { second: 'rev' },
    },
    {
      does: 'still says which revision brought it',
      ask: 'GET /{db}/a?attachments=true',
      headers: { accept: 'application/json' },
      status: 200,
      gives: { n: 2, _attachments: { 'x.txt': { revpos: 1, data: base64('hello') } } },
    },
    {
      does: 'refuses a stub of nothing',
      ask: 'PUT /{db}/b',
      body: { _attachments: { 'x.txt': { stub: true } } },
      status: 412,
      gives: { error: 'missing_stub' },
    },
    {
      does: 'writes nothing of a batch with such a stub',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [{ _id: 'good' }, { _id: 'bad', _attachments: { x: { stub: true } } }] },
      status: 412,
    },
    // A CouchDB writes shard by shard: what lies in another one may be there.
    { does: 'has none of it', ask: 'GET /{db}/good', status: 404, onlyHere: true },
    {
      does: 'takes one by itself, beside the others',
      ask: 'PUT /{db}/a/dir/y.bin?rev={second}',
      text: 'world',
      headers: { 'content-type': 'application/x-thing' },
      status: 201,
      keep: { third: 'rev' },
    },
    {
      does: 'keeps both and the fields',
      ask: 'GET /{db}/a',
      status: 200,
      gives: { n: 2, _attachments: { 'x.txt': { revpos: 1 }, 'dir/y.bin': { revpos: 3, length: 5 } } },
    },
    {
      does: 'gives one of an older revision',
      ask: 'GET /{db}/a/x.txt?rev={first}',
      status: 200,
      says: /hello/,
    },
    { does: 'wants to know on which revision', ask: 'PUT /{db}/a/z?rev=1-0', text: 'z', status: 409 },
    { does: 'refuses to remove without a revision', ask: 'DELETE /{db}/a/x.txt', status: 409 },
    { does: 'removes one', ask: 'DELETE /{db}/a/x.txt?rev={third}', status: 200, gives: { rev: '4-*' } },
    { does: 'leaves the others', ask: 'GET /{db}/a/dir/y.bin', status: 200, says: /^world$/ },
    {
      does: 'makes a document for one',
      ask: 'PUT /{db}/new/z',
      text: 'z',
      status: 201,
      gives: { rev: '1-*' },
    },
    {
      does: 'takes a document with contents beside it',
      ask: 'PUT /{db}/beside',
      text: related,
      headers: { 'content-type': 'multipart/related; boundary="edge"' },
      status: 201,
    },
    { does: 'has what followed', ask: 'GET /{db}/beside/a.bin', status: 200, says: /^first$/ },
    {
      does: 'gives a document with contents beside it',
      ask: 'GET /{db}/beside?attachments=true',
      headers: { accept: 'multipart/related' },
      status: 200,
      says: /"follows":true[^]*\r\n\r\nfirst\r\n--/,
    },
    {
      does: 'gives several documents with contents beside them',
      ask: 'POST /{db}/_bulk_get?attachments=true',
      headers: { accept: 'multipart/mixed' },
      body: { docs: [{ id: 'beside' }, { id: 'nothing' }] },
      status: 200,
      says: /multipart\/related[^]*first[^]*error="true"/,
    },
    {
      does: 'refuses a multipart body that is cut off',
      ask: 'PUT /{db}/cut',
      text: related.slice(0, 120),
      headers: { 'content-type': 'multipart/related; boundary="edge"' },
      status: 400,
      // A CouchDB answers 500.
      onlyHere: true,
    },
    {
      does: 'refuses contents that are not base64',
      ask: 'PUT /{db}/odd',
      body: { _attachments: { x: { data: '§§' } } },
      status: 400,
    },
    {
      does: 'takes one with a replicated revision',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { ...replicated, _attachments: { x: { revpos: 1, data: base64('far'), content_type: 'a/b' } } },
        ],
      },
      status: 201,
      gives: [],
    },
    {
      does: 'says which revision brought it there',
      ask: 'GET /{db}/far',
      status: 200,
      gives: { _attachments: { x: { revpos: 1, length: 3 } } },
    },
    {
      does: 'leaves out what the client has',
      ask: 'GET /{db}/far?atts_since=["1-aa"]',
      headers: { accept: 'application/json' },
      status: 200,
      gives: { _attachments: { x: { stub: true } } },
    },
    {
      does: 'copies them with a document',
      ask: 'COPY /{db}/far',
      headers: { destination: 'near' },
      status: 201,
    },
    { does: 'has the copy', ask: 'GET /{db}/near/x', status: 200, says: /^far$/ },
    { does: 'keeps them when it compacts', ask: 'POST /{db}/_compact', body: {}, status: 202 },
    { does: 'has them after that', ask: 'GET /{db}/far/x', status: 200, says: /^far$/ },
  ],
};
