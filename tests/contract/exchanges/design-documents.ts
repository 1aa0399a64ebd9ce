import type { Exchange, Suite } from '../exchange.ts';

const map = 'function (doc) { emit(doc._id); }';
const wrong = (field: string, type: string) => `\`${field}\` field must have ${type} type`;

const refused: readonly (readonly [body: object, reason: string])[] = [
  [{ language: 3 }, wrong('language', 'string')],
  [{ validate_doc_update: {} }, wrong('validate_doc_update', 'string')],
  [{ filters: [] }, wrong('filters', 'object')],
  [{ filters: { a: 3 } }, wrong('filters.a', 'string or object')],
  [{ lists: 'x' }, wrong('lists', 'object')],
  [{ shows: { a: [] } }, wrong('shows.a', 'string or object')],
  [{ updates: null }, wrong('updates', 'object')],
  [{ options: 'x' }, wrong('options', 'object')],
  [{ rewrites: 3 }, wrong('rewrites', 'array or string')],
  [{ views: 'x' }, wrong('views', 'object')],
  [{ views: { a: 3 } }, wrong('views.a', 'object')],
  [{ views: { a: { map: 3 } } }, wrong('views.a.map', 'string')],
  [{ views: { a: { map, reduce: {} } } }, wrong('views.a.reduce', 'string')],
  [{ views: { a: { map, reduce: '_odd' } } }, '`_odd` is not a supported reduce function.'],
  [{ language: 'query', views: { a: { map } } }, wrong('views.a.map', 'object')],
  [{ options: { partitioned: 1 } }, wrong('options.partitioned', 'boolean')],
  [{ options: { partitioned: true } }, 'partitioned option cannot be true in a non-partitioned database.'],
  [{ views: { a: {} } }, 'View `a` must contain map function'],
];

/** What a design document must be to be taken, and who is told when it is none. */
export const designDocumentExchanges: Suite = {
  about: 'design documents',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    ...refused.map(([body, reason]): Exchange => ({
      does: `refuses ${JSON.stringify(body)}`,
      ask: 'PUT /{db}/_design/odd',
      body,
      status: 400,
      gives: { error: 'invalid_design_doc', reason },
    })),
    {
      does: 'refuses a rule that is no function',
      ask: 'PUT /{db}/_design/odd',
      body: { validate_doc_update: 'function (' },
      status: 400,
      gives: { error: 'compilation_error' },
      // A CouchDB finds out at the next write.
      onlyHere: true,
    },
    ...[{ map: 'function (' }, { map: '3' }, { map, reduce: 'function (' }].map((a): Exchange => ({
      does: `refuses the view ${JSON.stringify(a)}`,
      ask: 'PUT /{db}/_design/odd',
      body: { views: { a } },
      status: 400,
      gives: { error: 'compilation_error' },
    })),
    {
      does: 'does not ask whether another language compiles',
      ask: 'PUT /{db}/_design/erlang',
      body: { language: 'erlang', views: { a: { map: 'fun(' } } },
      status: 201,
    },
    {
      does: 'refuses it in a batch, and takes the others',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [{ _id: 'a' }, { _id: '_design/odd', views: 3 }, { _id: 'b' }] },
      status: 201,
      gives: [
        { ok: true, id: 'a' },
        { id: '_design/odd', error: 'invalid_design_doc' },
        { ok: true, id: 'b' },
      ],
    },
    {
      does: 'refuses a replicated one as well',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: '_design/odd', _rev: '1-a', _revisions: { start: 1, ids: ['a'] }, views: 3 }],
      },
      status: 201,
      gives: [{ id: '_design/odd', error: 'invalid_design_doc' }],
    },
    {
      does: 'takes views, though they may not be run',
      ask: 'PUT /{db}/_design/views',
      body: {
        views: { lib: { x: 'exports.y = 1' }, a: { map, reduce: '_count' } },
        options: {},
        rewrites: [],
      },
      status: 201,
    },
    {
      does: 'takes an index of another language',
      ask: 'PUT /{db}/_design/index',
      body: {
        language: 'query',
        views: { a: { map: { fields: { n: 'asc' } }, reduce: '_count', options: {} } },
      },
      status: 201,
    },
    {
      does: 'takes a filter that is no function before it is run',
      ask: 'PUT /{db}/_design/filter',
      body: { filters: { a: 'function (', b: 'function (doc) { return true; }' } },
      status: 201,
    },
    {
      does: 'asks no less of a tombstone',
      ask: 'PUT /{db}/_design/gone',
      body: { _deleted: true, views: 3 },
      status: 400,
    },
    {
      does: 'takes no batch that is all or nothing',
      ask: 'POST /{db}/_bulk_docs',
      body: { all_or_nothing: true, docs: [{ _id: 'c' }] },
      status: 417,
    },
    {
      does: 'removes a local document of a batch, there or not',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [{ _id: '_local/none', _deleted: true }] },
      status: 201,
      gives: [{ ok: true, id: '_local/none', rev: '0-0' }],
    },
  ],
};
