import type { Exchange, Suite } from '../exchange.ts';

const json = { 'content-type': 'application/json' };
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const bytes = (...between: number[]) =>
  Buffer.from([...Buffer.from('{"a":"'), ...between, ...Buffer.from('"}')]);

const noJson: readonly [string, string | Buffer<ArrayBuffer>][] = [
  ['half a character', String.raw`{"a":"\ud83d"}`],
  ['half a character in a name', String.raw`{"\udc00":1}`],
  ['half a character in an id', String.raw`{"_id":"\ud800"}`],
  ['a number larger than any', '{"a":1e400}'],
  ['bytes that are no UTF-8', bytes(0xff, 0xfe)],
  ['a letter written too long in UTF-8', bytes(0xc0, 0x80)],
  ['half a character as bytes', bytes(0xed, 0xa0, 0x80)],
  ['a control character as it is', '{"a":"\u0001"}'],
  ['a mark before the text', '\ufeff{"a":1}'],
  ['something after it', '{"a":1} x'],
  ['a comma too many', '{"a":1,}'],
];

const badMember = (what: string, body: unknown): Exchange => ({
  does: `refuses ${what}`,
  ask: 'PUT /{db}/odd',
  body,
  status: 400,
  gives: { error: 'doc_validation' },
});

const badName = (what: string, name: string, gives: unknown): Exchange => ({
  does: `makes no database ${what}`,
  ask: `PUT /${name}`,
  status: 400,
  gives,
});

const badId = (what: string, body: string): Exchange => ({
  does: `takes no document ${what}`,
  ask: 'POST /{db}',
  text: body,
  headers: json,
  status: 400,
  gives: { error: 'illegal_docid' },
});

const illegalName = { error: 'illegal_database_name' };

/** What is not taken, and what is read in one way only. */
export const refusalExchanges: Suite = {
  about: 'what is refused',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    ...noJson.map(([what, text]): Exchange => ({
      does: `refuses ${what}`,
      ask: 'POST /{db}',
      text,
      headers: json,
      status: 400,
      gives: { error: 'bad_request', reason: 'invalid UTF-8 JSON' },
    })),
    {
      does: 'refuses half a character in a question',
      ask: String.raw`GET /{db}/_all_docs?startkey="\ud800"`,
      status: 400,
      gives: { error: 'bad_request' },
    },
    {
      does: 'takes both halves of a character',
      ask: 'PUT /{db}/whole',
      text: String.raw`{"a":"\ud83d\ude00","b":"\\ud83d"}`,
      headers: json,
      status: 201,
    },
    {
      does: 'gives it back whole',
      ask: 'GET /{db}/whole',
      status: 200,
      gives: { a: '😀', b: String.raw`\ud83d` },
    },
    {
      does: 'keeps the last of two fields of one name',
      ask: 'PUT /{db}/twice',
      text: '{"a":1,"a":2}',
      headers: json,
      status: 201,
      gives: { rev: '1-3975759ccff3842adf690a5c10caee42' },
    },
    { does: 'and no other', ask: 'GET /{db}/twice', status: 200, gives: { a: 2 } },
    {
      does: 'takes the last of two ids',
      ask: 'POST /{db}',
      text: '{"_id":"first","_id":"last"}',
      headers: json,
      status: 201,
      gives: { id: 'last' },
    },
    { does: 'knows nothing of the first', ask: 'GET /{db}/first', status: 404 },
    {
      does: 'keeps what is nested',
      ask: 'PUT /{db}/nested',
      text: nested(500),
      headers: json,
      status: 201,
    },
    {
      does: 'refuses what is nested deeper than it can go',
      ask: 'PUT /{db}/deep',
      text: nested(20_000),
      headers: json,
      status: 400,
      // A CouchDB keeps it.
      onlyHere: true,
      gives: { error: 'bad_request' },
    },
    badMember('a deletion that is no yes or no', { _deleted: 'yes' }),
    badMember('a deletion that is nothing', { _deleted: null }),
    badMember('attachments that are a list', { _attachments: [] }),
    badMember('attachments that are nothing', { _attachments: null }),
    badMember('an unknown field of its own kind', { _odd: 1 }),
    badMember('one without a name', { _: 1 }),
    {
      does: 'refuses an answer to new_edits that is no yes or no',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: [], new_edits: 'false' },
      status: 400,
      gives: { error: 'bad_request' },
    },
    ...['', '/_bulk_docs', '/_revs_diff', '/_bulk_get', '/_all_docs', '/_find'].map((path): Exchange => ({
      does: `wants to be told that it is JSON: /{db}${path}`,
      ask: `POST /{db}${path}`,
      text: '{"docs":[],"keys":[],"selector":{}}',
      headers: { 'content-type': 'text/plain' },
      status: 415,
      gives: { error: 'bad_content_type' },
    })),
    badId('with an empty id', '{"_id":""}'),
    badId('with an id of its own kind', '{"_id":"_odd"}'),
    badId('with an id that is a number', '{"_id":1}'),
    badId('with an id that is nothing', '{"_id":null}'),
    badId('with half the id of a design document', '{"_id":"_design/"}'),
    {
      does: 'takes any other letter in an id',
      ask: 'PUT /{db}/%20%0a%00%ef%bf%be',
      body: {},
      status: 201,
      gives: { id: ' \n\u0000\ufffe' },
    },
    badName('that begins with a digit', '1abc', illegalName),
    badName('of its own kind', '_odd', illegalName),
    badName('with a dot', 'a.b', illegalName),
    badName('with a space', 'a%20b', illegalName),
    badName('with an accent', '%C3%A9', illegalName),
    badName('with a zero byte', 'abc%00', illegalName),
    badName('with a name that is too long', 'a'.repeat(300), { error: '*' }),
  ],
};
