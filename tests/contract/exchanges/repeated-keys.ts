import type { Suite } from '../exchange.ts';

const headers = { 'content-type': 'application/json' };
const account = 'org.couchdb.user:contract-rey';
const rule = `function (newDoc, oldDoc, userCtx, secObj) {
  if (newDoc.kind !== 'kept') throw({ forbidden: 'not of that kind' });
}`;

/** A key that comes twice in one object: the last one stands, for the rules as for the disk. */
export const repeatedKeyExchanges: Suite = {
  about: 'a key that comes twice',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'makes the revision that a CouchDB makes of it',
      ask: 'PUT /{db}/order',
      headers,
      text: '{"bar":1,"foo":2,"baz":3,"foo":{"x":1,"x":2}}',
      status: 201,
      gives: { rev: '1-7645a624347348b5d9b344ccf06ade06' },
    },
    {
      does: 'keeps the last one, where it stood',
      ask: 'GET /{db}/order',
      status: 200,
      says: /"bar":1,"baz":3,"foo":\{"x":2\}\}/,
    },
    {
      does: 'takes a rule',
      ask: 'PUT /{db}/_design/rule',
      body: { language: 'javascript', validate_doc_update: rule },
      status: 201,
    },
    {
      does: 'asks the rule about the last one: it is right',
      ask: 'PUT /{db}/a',
      headers,
      text: '{"kind":"refused","kind":"kept"}',
      status: 201,
    },
    { does: 'keeps what was asked about', ask: 'GET /{db}/a', status: 200, says: /"kind":"kept"\}/ },
    {
      does: 'asks the rule about the last one: it is wrong',
      ask: 'PUT /{db}/b',
      headers,
      text: '{"kind":"kept","kind":"refused"}',
      status: 403,
    },
    {
      does: 'takes the last id',
      ask: 'POST /{db}',
      headers,
      text: '{"_id":"one","kind":"kept","_id":"two"}',
      status: 201,
      gives: { id: 'two' },
    },
    {
      does: 'deletes nothing that is not deleted in the end',
      ask: 'PUT /{db}/c',
      headers,
      text: '{"_deleted":true,"kind":"kept","_deleted":false}',
      status: 201,
    },
    { does: 'has it', ask: 'GET /{db}/c', status: 200, gives: { kind: 'kept' } },
    {
      does: 'takes the last list of a batch, and the last key of each document in it',
      ask: 'POST /{db}/_bulk_docs',
      headers,
      text: `{"docs":[{"_id":"first","kind":"kept"}],"docs":[
        {"_id":"right","kind":"refused","kind":"kept"},{"_id":"wrong","kind":"kept","kind":"refused"}]}`,
      status: 201,
      gives: [
        { id: 'right', ok: true },
        { id: 'wrong', error: 'forbidden' },
      ],
    },
    { does: 'wrote nothing of the first list', ask: 'GET /{db}/first', status: 404 },
    { does: 'wrote nothing that is wrong', ask: 'GET /{db}/wrong', status: 404 },
    {
      does: 'takes the last word on whether revisions were made elsewhere',
      ask: 'POST /{db}/_bulk_docs',
      headers,
      text: '{"new_edits":true,"docs":[{"_id":"d","_rev":"1-abc","_rev":"3-abc","kind":"kept"}],"new_edits":false}',
      status: 201,
      gives: [],
    },
    { does: 'keeps the last revision', ask: 'GET /{db}/d', status: 200, gives: { _rev: '3-abc' } },
    {
      does: 'takes no role of the server in an account',
      ask: `PUT /_users/${account}`,
      headers,
      text: '{"name":"contract-rey","type":"user","roles":["writer"],"roles":["_admin"],"password":"rey-password"}',
      status: 403,
    },
    {
      does: 'takes the last roles, name and password of an account',
      ask: `PUT /_users/${account}`,
      headers,
      text: '{"name":"other","roles":["_admin"],"password":"one","type":"user","name":"contract-rey","roles":["writer"],"password":"two"}',
      status: 201,
      keep: { account: 'rev' },
    },
    {
      does: 'keeps those roles',
      ask: `GET /_users/${account}`,
      status: 200,
      gives: { name: 'contract-rey', roles: ['writer'] },
      lacks: ['password'],
    },
    {
      does: 'signs in by the last name and password',
      ask: 'POST /_session',
      as: null,
      headers,
      text: '{"name":"nobody","password":"one","name":"contract-rey","password":"two"}',
      status: 200,
      gives: { name: 'contract-rey', roles: ['writer'] },
    },
    {
      does: 'signs nobody in by the first password',
      ask: 'POST /_session',
      as: null,
      headers,
      text: '{"name":"contract-rey","password":"two","password":"one"}',
      status: 401,
    },
    { does: 'deletes the account', ask: `DELETE /_users/${account}?rev={account}`, status: 200 },
  ],
};
