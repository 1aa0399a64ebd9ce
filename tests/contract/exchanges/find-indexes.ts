import type { Exchange, Suite } from '../exchange.ts';

const docs = [
  { _id: 'a', type: 'x', n: 2, s: 'Hello' },
  { _id: 'b', type: 'x', n: 10, s: 'hello', 'x.y': 1 },
  { _id: 'c', type: 'y', n: 3, list: [{ k: 1 }] },
  { _id: 'd', type: 'y', n: '3' },
  { _id: 'e', type: 'y' },
];
const find = (does: string, body: object, ids: readonly string[], more: object = {}): Exchange => ({
  does,
  ask: 'POST /{db}/_find',
  body,
  status: 200,
  gives: { docs: ids.map((_id) => ({ _id })), ...more },
});
const refused = (does: string, body: object, error: string, ask = 'POST /{db}/_find'): Exchange => ({
  does,
  ask,
  body,
  status: 400,
  gives: { error },
});
const isThere = { n: { $exists: true } };
const warning = 'No matching index found, create an index to optimize query time.';

/** Indexes of searches: made, chosen, removed; and what a search must not say. */
export const findIndexExchanges: Suite = {
  about: 'searching in an order',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    { does: 'writes documents', ask: 'POST /{db}/_bulk_docs', body: { docs }, status: 201 },
    find('searches without an index, and says so', { selector: { type: 'x' } }, ['a', 'b'], { warning }),
    refused(
      'has no order of what it has no index for',
      { selector: isThere, sort: ['n'] },
      'no_usable_index',
    ),
    refused('has no order of ids for any search', { selector: isThere, sort: ['_id'] }, 'no_usable_index'),
    find(
      'has an order of ids for a search of ids',
      { selector: { _id: { $gt: 'b' } }, sort: [{ _id: 'desc' }] },
      ['e', 'd', 'c'],
    ),
    {
      does: 'makes an index',
      ask: 'POST /{db}/_index',
      body: { index: { fields: ['n'] }, name: 'by-n', ddoc: 'orders' },
      status: 200,
      gives: { result: 'created', id: '_design/orders', name: 'by-n' },
    },
    {
      does: 'makes it once',
      ask: 'POST /{db}/_index',
      body: { index: { fields: ['n'] }, name: 'by-n', ddoc: 'orders' },
      status: 200,
      gives: { result: 'exists' },
    },
    {
      does: 'keeps it as every CouchDB does, under the same revision',
      ask: 'GET /{db}/_design/orders',
      status: 200,
      gives: {
        _rev: '1-9dcacf75d9c5adf4bce6de6018f2e147',
        language: 'query',
        views: {
          'by-n': {
            map: { fields: { n: 'asc' }, partial_filter_selector: {} },
            reduce: '_count',
            options: { def: { fields: ['n'] } },
          },
        },
      },
    },
    {
      does: 'lists it',
      ask: 'GET /{db}/_index',
      status: 200,
      gives: {
        total_rows: 2,
        indexes: [
          { ddoc: null, name: '_all_docs', type: 'special' },
          { ddoc: '_design/orders', name: 'by-n', type: 'json', def: { fields: [{ n: 'asc' }] } },
        ],
      },
    },
    {
      ...find('goes through it in the order of the values', { selector: isThere }, ['a', 'c', 'b', 'd']),
      lacks: ['warning'],
    },
    find('and back', { selector: isThere, sort: [{ n: 'desc' }] }, ['d', 'b', 'c', 'a']),
    {
      ...find('stops where it should', { selector: isThere, sort: ['n'], limit: 2 }, ['a', 'c']),
      keep: { mark: 'bookmark' },
    },
    find('goes on from there', { selector: isThere, sort: ['n'], bookmark: '{mark}', limit: 9 }, ['b', 'd']),
    {
      does: 'tells which index it would take',
      ask: 'POST /{db}/_explain',
      body: { selector: { n: 1 } },
      status: 200,
      gives: { index: { name: 'by-n' }, selector: { n: { $eq: 1 } }, limit: 25, skip: 0 },
    },
    {
      does: 'tells that there is none',
      ask: 'POST /{db}/_explain',
      body: { selector: { s: 1 }, sort: ['s'] },
      status: 200,
      gives: { index: null },
    },
    {
      does: 'makes an index of some documents',
      ask: 'POST /{db}/_index',
      body: { index: { fields: ['n'], partial_filter_selector: { type: 'y' } }, name: 'y', ddoc: 'some' },
      status: 200,
      gives: { result: 'created' },
    },
    find('takes it when it is named', { selector: isThere, use_index: 'some' }, ['c', 'd']),
    find(
      'takes another when the one named serves nothing',
      { selector: isThere, use_index: ['none', 'here'] },
      ['a', 'c', 'b', 'd'],
      { warning: '_design/none, here was not used because it is not a valid index for this query.' },
    ),
    refused(
      'takes no other when it must not',
      { selector: isThere, use_index: 'none', allow_fallback: false },
      'invalid_index',
    ),
    {
      does: 'brings fields with a dot in their name, and out of lists',
      ask: 'POST /{db}/_find',
      body: { selector: { _id: { $in: ['b', 'c'] } }, fields: ['x\\.y', 'list.0.k'] },
      status: 200,
      gives: { docs: [{ 'x.y': 1 }, { list: { 0: { k: 1 } } }] },
    },
    find('finds by the beginning of a text', { selector: { s: { $beginsWith: 'He' } } }, ['a']),
    find('finds by a pattern that leaves capitals aside', { selector: { s: { $regex: '(?i)hello' } } }, [
      'a',
      'b',
    ]),
    find('finds what a condition turned around describes', { selector: { n: { $not: { $gt: 3 } } } }, [
      'a',
      'c',
    ]),
    refused('wants a selector', { limit: 1 }, 'missing_required_key'),
    refused('wants an object', { selector: [] }, 'invalid_selector_json'),
    refused('knows its own words alone', { selector: {}, odd: 1 }, 'invalid_key'),
    refused('wants a limit from 0', { selector: {}, limit: -1 }, 'invalid_non_neg_integer'),
    refused('wants a list of fields', { selector: {}, fields: 'n' }, 'invalid_fields'),
    refused('wants fields that are texts', { selector: {}, fields: [1] }, 'invalid_field'),
    refused('wants a list to sort by', { selector: {}, sort: 'n' }, 'invalid_sort_json'),
    refused('wants a direction to sort in', { selector: {}, sort: [{ n: 'up' }] }, 'invalid_sort_field'),
    refused(
      'wants one direction',
      { selector: {}, sort: [{ a: 'asc' }, { b: 'desc' }] },
      'unsupported_mixed_sort',
    ),
    refused('wants a bookmark of its own', { selector: {}, bookmark: 'x' }, 'invalid_bookmark'),
    refused('wants yes or no', { selector: {}, conflicts: 'x' }, 'invalid_boolean'),
    refused('wants arguments that mean something', { selector: { n: { $in: 1 } } }, 'bad_arg'),
    refused('knows its own operators alone', { selector: { n: { $odd: 1 } } }, 'invalid_operator'),
    refused('wants to know of which fields', { index: {} }, 'missing_required_key', 'POST /{db}/_index'),
    refused(
      'makes no index of another kind',
      { index: { fields: ['n'] }, type: 'odd' },
      'invalid_index',
      'POST /{db}/_index',
    ),
    {
      does: 'makes no index of texts, and says so',
      ask: 'POST /{db}/_index',
      body: { index: {}, type: 'text' },
      status: 501,
      onlyHere: true,
      gives: { error: 'not_implemented' },
    },
    { does: 'removes one', ask: 'DELETE /{db}/_index/some/json/y', status: 200, gives: { ok: true } },
    { does: 'and its design document', ask: 'GET /{db}/_design/some', status: 404 },
    { does: 'removes none that is not there', ask: 'DELETE /{db}/_index/_design/some/json/y', status: 404 },
    {
      does: 'removes several',
      ask: 'POST /{db}/_index/_bulk_delete',
      body: { docids: ['orders', '_design/none'] },
      status: 200,
      gives: {
        success: [{ id: '_design/orders', ok: true }],
        fail: [{ id: '_design/none', error: 'not_found' }],
      },
    },
    {
      does: 'has the one that is always there',
      ask: 'GET /{db}/_index',
      status: 200,
      gives: { total_rows: 1 },
    },
  ],
};
