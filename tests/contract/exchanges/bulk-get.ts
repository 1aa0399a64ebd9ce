import type { Exchange, Suite } from '../exchange.ts';

const a = 'a'.repeat(32);
const b = 'b'.repeat(32);
const c = 'c'.repeat(32);
const none = (id: unknown, rev: unknown, error: string, reason: string) => ({
  id,
  docs: [{ error: { id, rev, error, reason } }],
});
const badRev = (rev: unknown) => none('d', rev, 'bad_request', 'Invalid rev format');
const badSince = (since: unknown) =>
  none('d', since, 'bad_request', 'att_since value must be array of revs.');
const both = { id: 'd', docs: [{ ok: { _rev: `2-${b}` } }, { ok: { _rev: `2-${c}` } }] };
const noObject = none(null, null, 'bad_request', 'document must be a JSON object');

const asked = (does: string, docs: unknown, results: unknown, query = ''): Exchange => ({
  does,
  ask: `POST /{db}/_bulk_get${query}`,
  body: { docs },
  status: 200,
  gives: { results },
});

/** What `_bulk_get` makes of entries and of queries that are none. */
export const bulkGetExchanges: Suite = {
  about: 'many revisions at once',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'takes a conflict',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { _id: 'd', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] } },
          { _id: 'd', _rev: `2-${c}`, _revisions: { start: 2, ids: [c, a] } },
        ],
      },
      status: 201,
    },
    {
      does: 'takes an attachment',
      ask: 'PUT /{db}/é/x%20%22y%22.bin',
      text: 'thing',
      headers: { 'content-type': 'application/x-thing' },
      status: 201,
    },
    asked(
      'answers the others when an entry is none',
      ['x', null, 3, [], {}, { id: 'd' }],
      [noObject, noObject, noObject, noObject, noObject, both],
    ),
    asked(
      'says that an id is missing',
      [{ rev: '1-a' }],
      [none(null, null, 'bad_request', 'document id missed')],
    ),
    asked(
      'says that an id cannot be',
      [{ id: '' }, { id: '_x' }],
      [
        none('', null, 'illegal_docid', 'Document id must not be empty'),
        none('_x', null, 'illegal_docid', 'Only reserved document ids may start with underscore.'),
      ],
    ),
    asked(
      'says that a revision is none',
      ['x', 3, null, ''].map((rev) => ({ id: 'd', rev })),
      ['x', 3, null, ''].map(badRev),
    ),
    asked(
      'says that revisions of attachments are none',
      ['x', null, {}].map((since) => ({ id: 'd', rev: `2-${b}`, atts_since: since })),
      ['x', null, {}].map(badSince),
    ),
    asked(
      'says which of them is none',
      [
        { id: 'd', atts_since: [`1-${a}`, 'x'] },
        { id: 'd', atts_since: [] },
      ],
      [badRev('x'), both],
    ),
    asked('answers one document as often as it is asked for', [{ id: 'd' }, { id: 'd' }], [both, both]),
    asked('goes on to the leaves when asked', [{ id: 'd', rev: `1-${a}` }], [both], '?latest=true'),
    asked('takes what is no flag for none', [{ id: 'd' }], [both], '?revs=what&attachments=1'),
    asked(
      'has local documents for nobody',
      [{ id: '_local/x' }],
      [none('_local/x', 'undefined', 'not_found', 'missing')],
    ),
    asked(
      'brings the contents that a client says it lacks',
      [{ id: 'é', atts_since: [`1-${a}`] }],
      [{ id: 'é', docs: [{ ok: { _attachments: { 'x "y".bin': { data: 'dGhpbmc=' } } } }] }],
    ),
    asked(
      'brings stubs when it says nothing',
      [{ id: 'é' }],
      [{ id: 'é', docs: [{ ok: { _attachments: { 'x "y".bin': { stub: true } } } }] }],
    ),
    ...['open_revs=all', 'new_edits=true', 'w=3', 'rev=1-a', 'atts_since=[]'].map((query): Exchange => ({
      does: `refuses ${query} for all`,
      ask: `POST /{db}/_bulk_get?${query}`,
      body: { docs: [{ id: 'd' }] },
      status: 400,
      gives: { reason: `"${query.split('=')[0]}" query parameter is not acceptable` },
    })),
    { does: 'wants a list', ask: 'POST /{db}/_bulk_get', body: {}, status: 400 },
    {
      does: 'names documents and revisions in the parts of a multipart answer',
      ask: 'POST /{db}/_bulk_get',
      headers: { accept: 'multipart/mixed' },
      body: { docs: [{ id: 'é' }, 'x', { id: 'd', rev: `9-${a}` }] },
      status: 200,
      says: /\r\nX-Doc-Id: é\r\nX-Rev-Id: 1-[0-9a-f]{32}\r\nContent-Type: multipart\/related;[^]*"follows":true[^]*filename="x [^\r\n]*y[^\r\n]*\.bin"[^]*\r\n\r\nthing\r\n[^]*error="true"\r\n\r\n\{[^{}]*"document must be a JSON object"[^]*error="true"\r\n\r\n\{[^{}]*"not_found"/,
    },
    {
      does: 'answers in JSON whoever takes that too',
      ask: 'POST /{db}/_bulk_get',
      headers: { accept: 'multipart/mixed, */*' },
      body: { docs: [{ id: 'd' }] },
      status: 200,
      gives: { results: [both] },
    },
  ],
};
