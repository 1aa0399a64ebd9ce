import type { Suite } from '../exchange.ts';

const results = (...ids: string[]) => ({
  results: ids.map((id) => ({ id, seq: '*', changes: [{ rev: '*' }] })),
});

/** A CouchDB with more than one shard gives changes in another order: it is asked for one shard. */
export const changesExchanges: Suite = {
  about: 'the feed of changes',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}?q=1', status: 201 },
    {
      does: 'has nothing to tell at first',
      ask: 'GET /{db}/_changes',
      status: 200,
      gives: { results: [], last_seq: '*', pending: 0 },
      keep: { start: 'last_seq' },
    },
    {
      does: 'is filled',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        docs: [
          { _id: 'a', type: 'mark' },
          { _id: 'b', type: 'mark' },
          { _id: 'c', type: 'closing' },
        ],
      },
      status: 201,
    },
    {
      does: 'tells all, oldest first',
      ask: 'GET /{db}/_changes',
      status: 200,
      gives: { ...results('a', 'b', 'c'), pending: 0 },
      keep: { end: 'last_seq' },
    },
    {
      does: 'tells as many as asked, and how many are left',
      ask: 'GET /{db}/_changes?limit=1',
      status: 200,
      gives: { ...results('a'), pending: 2 },
      keep: { afterOne: 'last_seq' },
    },
    {
      does: 'goes on from there',
      ask: 'GET /{db}/_changes?since={afterOne}',
      status: 200,
      gives: results('b', 'c'),
    },
    { does: 'has nothing newer', ask: 'GET /{db}/_changes?since={end}', status: 200, gives: { results: [] } },
    {
      does: 'has nothing after now',
      ask: 'GET /{db}/_changes?since=now',
      status: 200,
      gives: { results: [] },
    },
    {
      does: 'tells the newest first',
      ask: 'GET /{db}/_changes?descending=true&limit=2',
      status: 200,
      gives: results('c', 'b'),
    },
    {
      does: 'brings the documents',
      ask: 'GET /{db}/_changes?include_docs=true&limit=1',
      status: 200,
      gives: { results: [{ id: 'a', doc: { _id: 'a', type: 'mark' } }] },
    },
    {
      does: 'tells of the ids asked for',
      ask: 'POST /{db}/_changes?filter=_doc_ids',
      body: { doc_ids: ['c', 'zzz'] },
      status: 200,
      gives: results('c'),
    },
    {
      does: 'tells of the ids in the query',
      ask: 'GET /{db}/_changes?filter=_doc_ids&doc_ids=%5B%22b%22%5D',
      status: 200,
      gives: results('b'),
    },
    {
      does: 'tells of what a selector finds',
      ask: 'POST /{db}/_changes?filter=_selector',
      body: { selector: { type: 'closing' } },
      status: 200,
      gives: results('c'),
    },
    {
      does: 'tells of no design document',
      ask: 'GET /{db}/_changes?filter=_design',
      status: 200,
      gives: { results: [] },
    },
    {
      does: 'refuses a filter that is not there',
      ask: 'GET /{db}/_changes?filter=some/where',
      status: 404,
      gives: { error: 'not_found' },
    },
    {
      does: 'tells a document once, at its last place',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          {
            _id: 'a',
            _rev: `2-${'f'.repeat(32)}`,
            _revisions: { start: 2, ids: ['f'.repeat(32)] },
            type: 'mark',
          },
        ],
      },
      status: 201,
    },
    {
      does: 'tells it last',
      ask: 'GET /{db}/_changes',
      status: 200,
      gives: { results: [{ id: 'b' }, { id: 'c' }, { id: 'a' }] },
    },
    {
      does: 'answers a long poll at once when there is something',
      ask: 'GET /{db}/_changes?feed=longpoll&since={end}',
      status: 200,
      gives: results('a'),
    },
    {
      does: 'answers a long poll in the end when there is nothing',
      ask: 'GET /{db}/_changes?feed=longpoll&since=now&timeout=200',
      status: 200,
      gives: { results: [] },
    },
    {
      does: 'tells line by line',
      ask: 'GET /{db}/_changes?feed=continuous&timeout=200',
      status: 200,
      says: /"id":"b".*\n.*"id":"c".*\n.*"id":"a".*\n(\n)*\{"last_seq"/,
    },
    {
      does: 'beats when asked',
      ask: 'GET /{db}/_changes?feed=continuous&limit=3&heartbeat=100',
      status: 200,
      says: /last_seq/,
    },
    {
      does: 'refuses a sequence that is none',
      ask: 'GET /{db}/_changes?since=what',
      status: 400,
      gives: { error: 'bad_request' },
    },
    {
      does: 'refuses a feed that is none',
      ask: 'GET /{db}/_changes?feed=what',
      status: 400,
      gives: { error: 'bad_request' },
    },
  ],
};
