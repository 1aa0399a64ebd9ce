import type { Exchange, Suite } from '../exchange.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [string, string, string];
const filters = {
  inside: 'function (doc) { return doc.kind === "in"; }',
  deleted: 'function (doc) { return !!doc._deleted; }',
  second: 'function (doc) { return doc._revisions.start === 2 && doc._revisions.ids.length === 1; }',
  asked: 'function (doc, req) { return req.query.kind === doc.kind && req.path[1] === "_changes"; }',
};
const views = { inside: { map: 'function (doc) { if (doc.kind === "in") emit(doc._id); }' } };

const refused = (does: string, ask: string, body: unknown, reason: string): Exchange => ({
  does,
  ask,
  ...(body === undefined ? {} : { body }),
  status: 400,
  gives: { error: 'bad_request', reason },
});
const selected = (does: string, body: object, ...ids: string[]): Exchange => ({
  does,
  ask: 'POST /{db}/_changes?filter=_selector',
  body,
  status: 200,
  gives: { results: ids.map((id) => ({ id })) },
});

/** Filters of the feed: what they are asked about, and what is no filter. */
export const changesFilterExchanges: Suite = {
  about: 'filters of the feed',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}?q=1', status: 201 },
    {
      does: 'takes its documents',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { _id: 'm', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, kind: 'in' },
          { _id: 'n', _rev: `1-${a}`, kind: 'in', n: 1 },
          { _id: 'o', _deleted: true, _rev: `2-${a}`, _revisions: { start: 2, ids: [a, b] }, kind: 'in' },
        ],
      },
      status: 201,
    },
    {
      does: 'takes a conflict whose winner is of another kind',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: 'm', _rev: `2-${c}`, _revisions: { start: 2, ids: [c, a] }, kind: 'out' }],
      },
      status: 201,
    },
    { does: 'takes its functions', ask: 'PUT /{db}/_design/d', body: { filters, views }, status: 201 },
    {
      does: 'asks a function about winners',
      ask: 'GET /{db}/_changes?filter=d/inside',
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o', deleted: true }] },
    },
    {
      does: 'asks it about every leaf when every leaf is told',
      ask: 'GET /{db}/_changes?filter=d/inside&style=all_docs',
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o' }, { id: 'm', changes: [{ rev: `2-${b}` }] }] },
    },
    {
      does: 'asks a view about every leaf too',
      ask: 'GET /{db}/_changes?filter=_view&view=d/inside&style=all_docs',
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o' }, { id: 'm', changes: [{ rev: `2-${b}` }] }] },
    },
    {
      does: 'shows a function that a document was deleted',
      ask: 'GET /{db}/_changes?filter=d/deleted',
      status: 200,
      gives: { results: [{ id: 'o' }] },
    },
    {
      does: 'shows a function which revision it is asked about',
      ask: 'GET /{db}/_changes?filter=d/second',
      status: 200,
      gives: { results: [{ id: 'o' }, { id: 'm' }] },
    },
    {
      does: 'shows a function the request',
      ask: 'GET /{db}/_changes?filter=d/asked&kind=out',
      status: 200,
      gives: { results: [{ id: 'm' }] },
    },
    {
      does: 'takes a filter whose name is escaped',
      ask: 'GET /{db}/_changes?filter=d%2Finside',
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o' }] },
    },
    {
      does: 'takes an empty filter for none',
      ask: 'GET /{db}/_changes?filter=',
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o' }, { id: 'm' }, { id: '_design/d' }] },
    },
    selected('compares a selector with winners', { selector: { kind: 'in' } }, 'n', 'o'),
    selected('finds what was deleted', { selector: { _deleted: true } }, 'o'),
    selected('finds all with an empty selector', { selector: {} }, 'n', 'o', 'm', '_design/d'),
    selected('finds by the beginning of a text', { selector: { _rev: { $beginsWith: '2-' } } }, 'o', 'm'),
    {
      does: 'compares a selector with every leaf when every leaf is told',
      ask: 'POST /{db}/_changes?filter=_selector&style=all_docs',
      body: { selector: { kind: 'in' } },
      status: 200,
      gives: { results: [{ id: 'n' }, { id: 'o' }, { id: 'm', changes: [{ rev: `2-${b}` }] }] },
    },
    {
      does: 'brings of a document the fields that go with a selector',
      ask: 'POST /{db}/_changes?filter=_selector&include_docs=true',
      body: { selector: { n: 1 }, fields: ['n', '_id'] },
      status: 200,
      says: /"doc":\{"n":1,"_id":"n"\}/,
    },
    {
      does: 'finds the newest of what is wanted, however far back it lies',
      ask: 'GET /{db}/_changes?descending=true&limit=1&filter=_doc_ids&doc_ids=%5B%22n%22%5D',
      status: 200,
      gives: { results: [{ id: 'n' }] },
    },
    refused(
      'wants a selector to be an object',
      'POST /{db}/_changes?filter=_selector',
      { selector: 'x' },
      'Selector error: expected a JSON object',
    ),
    refused(
      'wants a selector',
      'POST /{db}/_changes?filter=_selector',
      {},
      'Selector error: expected a JSON object',
    ),
    refused(
      'wants a selector to be sent',
      'GET /{db}/_changes?filter=_selector',
      undefined,
      'Selector must be specified in POST payload',
    ),
    refused(
      'says what in a selector it does not know',
      'POST /{db}/_changes?filter=_selector',
      { selector: { n: { $almost: 3 } } },
      'Invalid operator: $almost',
    ),
    refused(
      'wants a list of fields',
      'POST /{db}/_changes?filter=_selector',
      { selector: {}, fields: 'n' },
      'Selector error: fields must be JSON array',
    ),
    refused('wants ids that are texts', 'POST /{db}/_changes?filter=_doc_ids', { doc_ids: [1] }, '*'),
    refused('wants ids', 'GET /{db}/_changes?filter=_doc_ids', undefined, '*'),
    refused('knows no other of its own', 'GET /{db}/_changes?filter=_odd', undefined, '*'),
    refused('takes no path for a function', 'GET /{db}/_changes?filter=d/inside/odd', undefined, '*'),
    refused('takes no half of a path', 'GET /{db}/_changes?filter=d', undefined, '*'),
    refused('wants the name of a view', 'GET /{db}/_changes?filter=_view', undefined, '*'),
    {
      does: 'knows no view that is not there',
      ask: 'GET /{db}/_changes?filter=_view&view=d/no',
      status: 404,
    },
  ],
};
