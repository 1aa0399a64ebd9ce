import type { Suite } from '../exchange.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [
  string,
  string,
  string,
  string,
];

export const conflictExchanges: Suite = {
  about: 'conflicts',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'keeps both edits of two phones',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { _id: 'm', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, status: 'late' },
          { _id: 'm', _rev: `2-${c}`, _revisions: { start: 2, ids: [c, a] }, status: 'absent' },
        ],
      },
      status: 201,
      gives: [],
    },
    {
      does: 'shows the one that every replica shows',
      ask: 'GET /{db}/m?conflicts=true',
      status: 200,
      gives: { _rev: `2-${c}`, status: 'absent', _conflicts: [`2-${b}`] },
    },
    { does: 'gives the other one', ask: 'GET /{db}/m?rev=2-' + b, status: 200, gives: { status: 'late' } },
    {
      does: 'gives all leaves',
      ask: 'GET /{db}/m?open_revs=all',
      headers: { accept: 'application/json' },
      status: 200,
      gives: [{ ok: { _rev: `2-${b}` } }, { ok: { _rev: `2-${c}` } }],
    },
    {
      does: 'gives the leaves asked for',
      ask: `GET /{db}/m?open_revs=%5B%222-${b}%22%2C%224-${d}%22%5D`,
      headers: { accept: 'application/json' },
      status: 200,
      gives: [{ ok: { status: 'late' } }, { missing: `4-${d}` }],
    },
    {
      does: 'gives them one below the other to who takes anything',
      ask: 'GET /{db}/m?open_revs=all',
      headers: { accept: '*/*' },
      status: 200,
      says: /^\s*--[^]*"late"[^]*--[^]*"absent"[^]*--/,
    },
    {
      does: 'names all leaves in the feed, the winner first',
      ask: 'GET /{db}/_changes?style=all_docs',
      status: 200,
      gives: { results: [{ id: 'm', changes: [{ rev: `2-${c}` }, { rev: `2-${b}` }] }] },
    },
    {
      does: 'tells conflicts in the list',
      ask: 'GET /{db}/_all_docs?include_docs=true&conflicts=true',
      status: 200,
      gives: { rows: [{ id: 'm', doc: { _conflicts: [`2-${b}`] } }] },
    },
    {
      does: 'lets the longer history win',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [{ _id: 'm', _rev: `3-${a}`, _revisions: { start: 3, ids: [a, b, a] }, status: 'excused' }],
      },
      status: 201,
    },
    {
      does: 'shows it',
      ask: 'GET /{db}/m?conflicts=true',
      status: 200,
      gives: { _rev: `3-${a}`, status: 'excused', _conflicts: [`2-${c}`] },
    },
    {
      does: 'settles by deleting the loser',
      ask: `DELETE /{db}/m?rev=2-${c}`,
      status: 200,
      gives: { rev: '3-*' },
      keep: { loser: 'rev' },
    },
    {
      does: 'has no conflict left',
      ask: 'GET /{db}/m?conflicts=true&deleted_conflicts=true',
      status: 200,
      gives: { _rev: `3-${a}`, _deleted_conflicts: ['{loser}'] },
      lacks: ['_conflicts'],
    },
    {
      does: 'lets an edit win over a deletion',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { _id: 'n', _rev: `1-${a}`, v: 1 },
          { _id: 'n', _deleted: true, _rev: `2-${d}`, _revisions: { start: 2, ids: [d, a] } },
          { _id: 'n', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, v: 2 },
        ],
      },
      status: 201,
    },
    {
      does: 'shows the edit',
      ask: 'GET /{db}/n?deleted_conflicts=true',
      status: 200,
      gives: { _rev: `2-${b}`, v: 2, _deleted_conflicts: [`2-${d}`] },
    },
    {
      does: 'goes on from the leaf that an edit names',
      ask: 'PUT /{db}/n',
      body: { _rev: `2-${b}`, v: 3 },
      status: 201,
      gives: { rev: '3-*' },
    },
    {
      does: 'keeps two beginnings of one document',
      ask: 'POST /{db}/_bulk_docs',
      body: {
        new_edits: false,
        docs: [
          { _id: 'roots', _rev: `1-${a}`, v: 'a' },
          { _id: 'roots', _rev: `1-${b}`, v: 'b' },
        ],
      },
      status: 201,
    },
    {
      does: 'shows one and tells of the other',
      ask: 'GET /{db}/roots?conflicts=true',
      status: 200,
      gives: { _rev: `1-${b}`, v: 'b', _conflicts: [`1-${a}`] },
    },
  ],
};
