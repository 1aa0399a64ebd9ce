import type { Suite } from '../exchange.ts';

const rows = (...ids: string[]) => ({ rows: ids.map((id) => ({ id, key: id, value: { rev: '1-*' } })) });

export const allDocsExchanges: Suite = {
  about: 'the list of documents',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'is empty at first',
      ask: 'GET /{db}/_all_docs',
      status: 200,
      gives: { total_rows: 0, offset: 0, rows: [] },
    },
    {
      does: 'is filled',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: ['mark:1', 'mark:2', 'mark:3', 'term:1'].map((_id) => ({ _id, v: _id })) },
      status: 201,
    },
    {
      does: 'lists by id',
      ask: 'GET /{db}/_all_docs',
      status: 200,
      gives: { total_rows: 4, offset: 0, ...rows('mark:1', 'mark:2', 'mark:3', 'term:1') },
    },
    {
      does: 'brings the documents',
      ask: 'GET /{db}/_all_docs?include_docs=true&limit=1',
      status: 200,
      gives: { rows: [{ id: 'mark:1', doc: { _id: 'mark:1', v: 'mark:1' } }] },
    },
    {
      does: 'lists a range',
      ask: 'GET /{db}/_all_docs?startkey="mark:2"&endkey="mark:3"',
      status: 200,
      gives: { total_rows: 4, offset: 1, ...rows('mark:2', 'mark:3') },
    },
    {
      does: 'lists a range by the other names of its ends',
      ask: 'GET /{db}/_all_docs?start_key="mark:2"&end_key="mark:2"',
      status: 200,
      gives: rows('mark:2'),
    },
    {
      does: 'leaves the end out',
      ask: 'GET /{db}/_all_docs?startkey="mark:1"&endkey="mark:3"&inclusive_end=false',
      status: 200,
      gives: rows('mark:1', 'mark:2'),
    },
    {
      does: 'lists a type by its prefix',
      ask: 'GET /{db}/_all_docs?startkey="mark:"&endkey="mark:%EF%BF%B0"',
      status: 200,
      gives: rows('mark:1', 'mark:2', 'mark:3'),
    },
    {
      does: 'lists backwards',
      ask: 'GET /{db}/_all_docs?descending=true&limit=2',
      status: 200,
      gives: rows('term:1', 'mark:3'),
    },
    {
      does: 'lists a range backwards',
      ask: 'GET /{db}/_all_docs?descending=true&startkey="mark:3"&endkey="mark:2"',
      status: 200,
      gives: rows('mark:3', 'mark:2'),
    },
    {
      does: 'skips',
      ask: 'GET /{db}/_all_docs?skip=1&limit=2',
      status: 200,
      gives: { offset: 1, ...rows('mark:2', 'mark:3') },
    },
    { does: 'finds one', ask: 'GET /{db}/_all_docs?key="term:1"', status: 200, gives: rows('term:1') },
    {
      does: 'does not find what is not there',
      ask: 'GET /{db}/_all_docs?key="zzz"',
      status: 200,
      gives: { rows: [] },
    },
    {
      does: 'lists what is asked for, in that order, with what is missing',
      ask: 'POST /{db}/_all_docs',
      body: { keys: ['term:1', 'zzz', 'mark:1'] },
      status: 200,
      gives: {
        total_rows: 4,
        rows: [{ id: 'term:1' }, { key: 'zzz', error: 'not_found' }, { id: 'mark:1' }],
      },
    },
    {
      does: 'tells the sequence',
      ask: 'GET /{db}/_all_docs?update_seq=true&limit=0',
      status: 200,
      gives: { update_seq: '*', rows: [] },
    },
    {
      does: 'refuses a limit that is none',
      ask: 'GET /{db}/_all_docs?limit=many',
      status: 400,
      gives: { error: 'query_parse_error' },
    },
    { does: 'knows the revision of one', ask: 'GET /{db}/mark:1', status: 200, keep: { rev: '_rev' } },
    { does: 'deletes it', ask: 'DELETE /{db}/mark:1?rev={rev}', status: 200 },
    {
      does: 'no longer lists it',
      ask: 'GET /{db}/_all_docs',
      status: 200,
      gives: { total_rows: 3, ...rows('mark:2', 'mark:3', 'term:1') },
    },
    {
      does: 'tells that it was deleted to who asks for it',
      ask: 'POST /{db}/_all_docs?include_docs=true',
      body: { keys: ['mark:1'] },
      status: 200,
      gives: { rows: [{ id: 'mark:1', value: { deleted: true, rev: '2-*' }, doc: null }] },
    },
  ],
};
