import type { Exchange, Suite } from '../exchange.ts';

const ids = (...list: string[]) => ({ rows: list.map((id) => ({ id })) });
const read = (does: string, path: string, gives: unknown): Exchange => ({
  does,
  ask: `GET /{db}/${path}`,
  status: 200,
  gives,
});
const refused = (does: string, path: string, error = 'query_parse_error'): Exchange => ({
  does,
  ask: `GET /{db}/${path}`,
  status: 400,
  gives: { error },
});
const missing = (key: unknown) => ({ key, error: 'not_found' });

/** Lists of documents, of design documents, of local ones, of databases: ends, several at once. */
export const listExchanges: Suite = {
  about: 'lists in their forms',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}?q=1', status: 201 },
    {
      does: 'is filled',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        docs: ['10', 'Z', 'a', 'b', 'c', 'é', '_design/d', '_local/x', '_local/y'].map((_id) => ({
          _id,
          v: _id,
        })),
      },
      status: 201,
    },
    read('stands in the order of the bytes', '_all_docs', ids('10', 'Z', '_design/d', 'a', 'b', 'c', 'é')),
    read('puts before all ids what is no text', '_all_docs?startkey={}&limit=1', { offset: 0, ...ids('10') }),
    read('ends before all ids with what is no text', '_all_docs?endkey=[]', { rows: [] }),
    read('has nothing under a key that is no text', '_all_docs?key=null', { rows: [] }),
    read('begins at an id by another name', '_all_docs?start_key_doc_id=c', ids('c', 'é')),
    read('takes the end that is said last', '_all_docs?key="a"&endkey="b"', ids('a', 'b')),
    read('tells of keys in their order backwards', '_all_docs?keys=["a","zz","b"]&descending=true', {
      offset: null,
      rows: [{ id: 'b' }, missing('zz'), { id: 'a' }],
    }),
    refused('groups nothing', '_all_docs?group=true'),
    refused('reduces nothing', '_all_docs?reduce=true'),
    refused('wants a limit from 0', '_all_docs?limit=-1'),
    refused('wants yes or no', '_all_docs?descending=what'),
    refused('wants keys or ends', '_all_docs?keys=["a","b"]&startkey="a"'),
    refused('wants a list of keys', '_all_docs?keys="a"', 'bad_request'),
    {
      does: 'takes what the address says before what the body says',
      ask: 'POST /{db}/_all_docs?limit=1',
      body: { limit: 2, start_key: 'a' },
      status: 200,
      gives: ids('a'),
    },
    {
      does: 'answers several questions at once',
      ask: 'POST /{db}/_all_docs/queries?limit=1',
      body: {
        queries: [{ startkey: 'b' }, { keys: ['c', 'zz'], limit: 9 }, { key: 'é', include_docs: true }],
      },
      status: 200,
      gives: {
        results: [
          { total_rows: 7, offset: 4, ...ids('b') },
          { offset: null, rows: [{ id: 'c' }, missing('zz')] },
          { rows: [{ id: 'é', doc: { v: 'é' } }] },
        ],
      },
    },
    {
      does: 'wants questions',
      ask: 'POST /{db}/_all_docs/queries',
      body: {},
      status: 400,
      gives: { error: 'bad_request' },
    },
    read('lists design documents', '_design_docs?include_docs=true', {
      total_rows: 1,
      rows: [{ id: '_design/d', doc: { v: '_design/d' } }],
    }),
    {
      does: 'lists those asked for',
      ask: 'POST /{db}/_design_docs',
      body: { keys: ['_design/d', '_design/none'] },
      status: 200,
      gives: { rows: [{ id: '_design/d' }, missing('_design/none')] },
    },
    {
      does: 'answers several questions of them at once',
      ask: 'POST /{db}/_design_docs/queries',
      body: { queries: [{ limit: 0 }, {}] },
      status: 200,
      gives: { results: [{ rows: [] }, ids('_design/d')] },
    },
    read('lists local documents', '_local_docs?include_docs=true&startkey="_local/y"', {
      total_rows: null,
      offset: null,
      rows: [{ id: '_local/y', value: { rev: '0-1' }, doc: { _rev: '0-1', v: '_local/y' } }],
    }),
    read('lists them backwards', '_local_docs?descending=true&limit=1', ids('_local/y')),
    {
      does: 'lists the local ones asked for',
      ask: 'POST /{db}/_local_docs',
      body: { keys: ['_local/x', '_local/none'] },
      status: 200,
      gives: { rows: [{ id: '_local/x' }, missing('_local/none')] },
    },
    {
      does: 'answers several questions of local ones at once',
      ask: 'POST /{db}/_local_docs/queries',
      body: { queries: [{ limit: 1 }] },
      status: 200,
      gives: { results: [ids('_local/x')] },
    },
    {
      does: 'lists a range of databases',
      ask: 'GET /_all_dbs?startkey="{db}"&limit=1',
      status: 200,
      gives: ['{db}'],
    },
    { does: 'lists no database under another key', ask: 'GET /_all_dbs?key="none"', status: 200, gives: [] },
    { does: 'wants keys that are JSON', ask: 'GET /_all_dbs?startkey=x', status: 400 },
    {
      does: 'describes several databases',
      ask: 'POST /_dbs_info',
      body: { keys: ['{db}', 'none'] },
      status: 200,
      gives: [
        { key: '{db}', info: { db_name: '{db}', doc_count: 7 } },
        { key: 'none', error: 'not_found' },
      ],
    },
    {
      does: 'describes a range of databases',
      ask: 'GET /_dbs_info?start_key="{db}"&limit=1',
      status: 200,
      gives: [{ key: '{db}', info: { doc_count: 7 } }],
    },
    { does: 'wants to know which', ask: 'POST /_dbs_info', body: {}, status: 400 },
    { does: 'has nothing of its own that it does not know', ask: 'GET /{db}/_odd', status: 404 },
    { does: 'compacts the views that there are', ask: 'POST /{db}/_compact/d', body: {}, status: 202 },
    { does: 'compacts no others', ask: 'POST /{db}/_compact/none', body: {}, status: 404 },
    { does: 'clears up after views', ask: 'POST /{db}/_view_cleanup', body: {}, status: 202 },
    { does: 'makes no database of no parts', ask: 'PUT /{db}x?q=0', status: 400 },
    { does: 'tells that nothing takes long', ask: 'GET /_active_tasks', status: 200, gives: [] },
    { does: 'takes no method that it does not know', ask: 'OPTIONS /{db}', status: 405 },
    { does: 'nor on documents', ask: 'PROPFIND /{db}/a', status: 405 },
  ],
};
