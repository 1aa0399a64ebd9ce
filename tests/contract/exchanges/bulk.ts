import type { Suite } from '../exchange.ts';

const a = 'a'.repeat(32);
const b = 'b'.repeat(32);

export const bulkExchanges: Suite = {
  about: 'many documents at once',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'writes many, in the order given',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [{ _id: 'one', v: 1 }, { _id: 'two', v: 2 }, { v: 3 }] },
      status: 201,
      gives: [
        { ok: true, id: 'one', rev: '1-*' },
        { ok: true, id: 'two', rev: '1-*' },
        { ok: true, id: '*', rev: '1-*' },
      ],
    },
    {
      does: 'refuses one and writes the others',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        docs: [
          { _id: 'one', v: 9 },
          { _id: 'four', v: 4 },
        ],
      },
      status: 201,
      gives: [
        { id: 'one', error: 'conflict' },
        { ok: true, id: 'four' },
      ],
    },
    {
      does: 'tells two edits of one document in one request apart',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        docs: [
          { _id: 'twice', v: 1 },
          { _id: 'twice', v: 2 },
        ],
      },
      status: 201,
      gives: [{ ok: true }, { error: 'conflict' }],
    },
    {
      does: 'wants a list',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: 7 },
      status: 400,
      gives: { error: 'bad_request' },
    },
    {
      does: 'wants documents',
      ask: 'POST /{db}/_bulk_docs',
      body: {},
      status: 400,
      gives: { error: 'bad_request' },
    },
    {
      does: 'wants objects',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: ['text'] },
      status: 400,
      gives: { error: 'bad_request' },
    },
    {
      does: 'keeps a replicated revision as it came and answers nothing',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: 'replica', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, v: 2 }],
      },
      status: 201,
      gives: [],
    },
    {
      does: 'has it under that revision',
      ask: 'GET /{db}/replica?revs=true',
      status: 200,
      gives: { _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, v: 2 },
      keep: {},
    },
    {
      does: 'changes nothing when it comes again',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: 'replica', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, v: 'other' }],
      },
      status: 201,
      gives: [],
    },
    { does: 'still has the first body', ask: 'GET /{db}/replica', status: 200, gives: { v: 2 } },
    {
      does: 'tells which revisions it lacks',
      ask: 'POST /{db}/_revs_diff',
      body: { replica: [`2-${b}`, `3-${a}`], unknown: [`1-${a}`] },
      status: 200,
      gives: {
        replica: { missing: [`3-${a}`], possible_ancestors: [`2-${b}`] },
        unknown: { missing: [`1-${a}`] },
      },
    },
    {
      does: 'lacks nothing that it was asked for and has',
      ask: 'POST /{db}/_revs_diff',
      body: { replica: [`2-${b}`, `1-${a}`] },
      status: 200,
      gives: {},
      lacks: ['replica'],
    },
    {
      does: 'answers the older question too',
      ask: 'POST /{db}/_missing_revs',
      body: { replica: [`3-${a}`] },
      status: 200,
      gives: { missing_revs: { replica: [`3-${a}`] } },
    },
    {
      does: 'gives many, with what is missing in its place',
      ask: 'POST /{db}/_bulk_get?revs=true',
      body: { docs: [{ id: 'replica', rev: `2-${b}` }, { id: 'unknown' }, { id: 'replica', rev: `9-${a}` }] },
      status: 200,
      gives: {
        results: [
          { id: 'replica', docs: [{ ok: { _rev: `2-${b}`, v: 2, _revisions: { start: 2, ids: [b, a] } } }] },
          { id: 'unknown', docs: [{ error: { error: 'not_found' } }] },
          { id: 'replica', docs: [{ error: { rev: `9-${a}` } }] },
        ],
      },
    },
    {
      does: 'takes a tombstone',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: 'replica', _deleted: true, _rev: `3-${a}`, _revisions: { start: 3, ids: [a, b, a] } }],
      },
      status: 201,
      gives: [],
    },
    { does: 'has it deleted', ask: 'GET /{db}/replica', status: 404, gives: { reason: 'deleted' } },
  ],
};
