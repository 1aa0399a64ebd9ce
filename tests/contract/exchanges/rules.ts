import type { Suite } from '../exchange.ts';

const guard = `function (newDoc, oldDoc, userCtx, secObj) {
  if (newDoc._id === 'endless') { for (;;) {} }
  if (newDoc._id === 'greedy') { var held = []; for (;;) held.push(new Array(1e6).join('x') + held.length); }
  if (newDoc._id === 'curious') throw({ forbidden: typeof process + ' ' + typeof fetch + ' ' + typeof require });
  if (newDoc._deleted && userCtx.roles.indexOf('_admin') < 0) throw({ forbidden: 'only administrators delete' });
  if (oldDoc && newDoc.count < oldDoc.count) throw({ forbidden: 'it only grows' });
  if (newDoc.by && newDoc.by !== userCtx.name) throw({ unauthorized: 'sign it' });
}`;
const wanted = `function (doc, req) { return doc.count >= Number(req.query.from) && req.userCtx.name !== null; }`;
const member = 'contract-lou:lou-password';
const replicated = (id: string, generation: number, hash: string, fields: object) => ({
  _id: id,
  _rev: `${generation}-${hash.repeat(32)}`,
  ...fields,
});

/** Rules and filters of design documents. */
export const ruleExchanges: Suite = {
  about: 'rules of a database',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'names its members',
      ask: 'PUT /{db}/_security',
      body: { members: { roles: ['writer'], names: [] }, admins: { roles: ['_admin'], names: [] } },
      status: 200,
    },
    {
      does: 'makes a member',
      ask: 'PUT /_users/org.couchdb.user:contract-lou',
      body: { name: 'contract-lou', type: 'user', roles: ['writer'], password: 'lou-password' },
      status: 201,
      keep: { account: 'rev' },
    },
    {
      does: 'refuses a rule that is no function',
      ask: 'PUT /{db}/_design/broken',
      body: { validate_doc_update: 'function (' },
      status: 400,
      // A CouchDB takes it and from then on refuses every write with a 500.
      onlyHere: true,
      gives: { error: 'compilation_error' },
    },
    {
      does: 'takes rules from an administrator',
      ask: 'PUT /{db}/_design/guard',
      body: {
        language: 'javascript',
        validate_doc_update: guard,
        filters: { wanted, endless: 'function () { for (;;) {} }' },
        views: { counted: { map: 'function (doc) { if (doc.count > 1) emit(doc._id); }' } },
      },
      status: 201,
    },
    {
      does: 'lets through what the rules allow',
      ask: 'PUT /{db}/a',
      as: member,
      body: { count: 1, by: 'contract-lou' },
      status: 201,
      keep: { a: 'rev' },
    },
    {
      does: 'says what a rule forbids',
      ask: 'PUT /{db}/a?rev={a}',
      as: member,
      body: { count: 0 },
      status: 403,
      gives: { error: 'forbidden', reason: 'it only grows' },
    },
    {
      does: 'says what a rule wants signed',
      ask: 'PUT /{db}/b',
      as: member,
      body: { by: 'somebody' },
      status: 401,
      gives: { error: 'unauthorized', reason: 'sign it' },
    },
    {
      does: 'asks about deletions too',
      ask: 'DELETE /{db}/a?rev={a}',
      as: member,
      status: 403,
      gives: { reason: 'only administrators delete' },
    },
    {
      does: 'asks about every document of many',
      ask: 'POST /{db}/_bulk_docs',
      as: member,
      body: {
        docs: [
          { _id: 'c', by: 'somebody' },
          { _id: 'd', count: 2 },
        ],
      },
      status: 201,
      gives: [
        { id: 'c', error: 'unauthorized', reason: 'sign it' },
        { ok: true, id: 'd', rev: '*' },
      ],
    },
    {
      does: 'asks about revisions made elsewhere, and compares them with their own ancestor',
      ask: 'POST /{db}/_bulk_docs',
      as: member,
      body: {
        new_edits: false,
        docs: [
          replicated('e', 1, 'a', { count: 5 }),
          replicated('f', 1, 'a', { by: 'somebody' }),
          replicated('a', 1, 'b', { count: 0 }),
        ],
      },
      status: 201,
      gives: [{ id: 'f', rev: `1-${'a'.repeat(32)}`, error: 'unauthorized', reason: 'sign it' }],
    },
    {
      does: 'sees an ancestor through the path that a revision brings',
      ask: 'POST /{db}/_bulk_docs',
      as: member,
      body: {
        new_edits: false,
        docs: [
          {
            ...replicated('e', 2, 'c', { count: 4 }),
            _revisions: { start: 2, ids: ['c'.repeat(32), 'a'.repeat(32)] },
          },
        ],
      },
      status: 201,
      gives: [{ id: 'e', error: 'forbidden', reason: 'it only grows' }],
    },
    {
      does: 'shows a rule nothing of the machine',
      ask: 'PUT /{db}/curious',
      as: member,
      body: {},
      status: 403,
      onlyHere: true,
      gives: { reason: 'undefined undefined undefined' },
    },
    {
      does: 'stops a rule that never ends',
      ask: 'PUT /{db}/endless',
      as: member,
      body: {},
      status: 403,
      onlyHere: true,
      gives: { error: 'forbidden' },
    },
    {
      does: 'stops a rule that takes all memory',
      ask: 'PUT /{db}/greedy',
      as: member,
      body: {},
      status: 403,
      onlyHere: true,
      gives: { error: 'forbidden' },
    },
    {
      does: 'goes on applying a rule that was stopped',
      ask: 'PUT /{db}/b',
      as: member,
      body: { by: 'somebody' },
      status: 401,
    },
    {
      does: 'filters the feed by a function',
      ask: 'GET /{db}/_changes?filter=guard/wanted&from=2',
      as: member,
      status: 200,
      gives: { results: [{ id: 'd' }, { id: 'e' }] },
    },
    {
      does: 'filters the feed by what a view emits',
      ask: 'GET /{db}/_changes?filter=_view&view=guard/counted',
      status: 200,
      gives: { results: [{ id: 'd' }, { id: 'e' }] },
    },
    { does: 'knows no filter that is not there', ask: 'GET /{db}/_changes?filter=guard/other', status: 404 },
    {
      does: 'stops a filter that never ends',
      ask: 'GET /{db}/_changes?filter=guard/endless',
      status: 500,
      onlyHere: true,
      gives: { error: 'os_process_error' },
    },
    {
      does: 'forgets the member',
      ask: 'DELETE /_users/org.couchdb.user:contract-lou?rev={account}',
      status: 200,
    },
  ],
};
