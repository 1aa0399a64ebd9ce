import type { Suite } from '../exchange.ts';

export const localDocumentExchanges: Suite = {
  about: 'local documents',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'has no checkpoint at first',
      ask: 'GET /{db}/_local/checkpoint',
      status: 404,
      gives: { error: 'not_found', reason: 'missing' },
    },
    {
      does: 'keeps a checkpoint',
      ask: 'PUT /{db}/_local/checkpoint',
      body: { last_seq: 4 },
      status: 201,
      gives: { ok: true, id: '_local/checkpoint', rev: '0-1' },
    },
    {
      does: 'counts on from its revision',
      ask: 'PUT /{db}/_local/checkpoint',
      body: { _rev: '0-1', last_seq: 9 },
      status: 201,
      gives: { rev: '0-2' },
    },
    {
      does: 'gives it back',
      ask: 'GET /{db}/_local/checkpoint',
      status: 200,
      gives: { _id: '_local/checkpoint', _rev: '0-2', last_seq: 9 },
    },
    {
      does: 'lists it',
      ask: 'GET /{db}/_local_docs',
      status: 200,
      gives: { rows: [{ id: '_local/checkpoint', key: '_local/checkpoint', value: { rev: '0-2' } }] },
    },
    {
      does: 'never sends it to another replica',
      ask: 'GET /{db}/_changes',
      status: 200,
      gives: { results: [] },
    },
    { does: 'does not count it', ask: 'GET /{db}', status: 200, gives: { doc_count: 0 } },
    { does: 'deletes it', ask: 'DELETE /{db}/_local/checkpoint?rev=0-2', status: 200, gives: { ok: true } },
    { does: 'forgets it', ask: 'GET /{db}/_local/checkpoint', status: 404 },
    {
      does: 'writes it with others',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [{ _id: '_local/other', v: 1 }] },
      status: 201,
      gives: [{ ok: true, id: '_local/other', rev: '0-1' }],
    },
  ],
};
