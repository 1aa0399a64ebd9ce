import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Exchange, Suite } from '../exchange.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const md5 = (bytes: string | Buffer) => `md5-${createHash('md5').update(bytes).digest('base64')}`;
const a = 'a'.repeat(32);
const b = 'b'.repeat(32);
const picture = { content_type: 'image/png' };

/** A document with contents beside it. */
const beside = (ask: string, document: object, contents: readonly (string | Buffer)[]) => ({
  ask,
  headers: { 'content-type': 'multipart/related; boundary="edge"' },
  text: Buffer.concat([
    Buffer.from(`--edge\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(document)}`),
    ...contents.flatMap((content) => [Buffer.from('\r\n--edge\r\n\r\n'), Buffer.from(content)]),
    Buffer.from('\r\n--edge--'),
  ]),
});

const packed = gzipSync('hello hello hello hello');
const text = {
  content_type: 'text/plain',
  follows: true,
  encoding: 'gzip',
  length: 23,
  encoded_length: packed.length,
  revpos: 1,
};

/** What attachments hold and weigh: lengths, digests, packed ones, those that are taken over. */
export const attachmentContentExchanges: Suite = {
  about: 'contents of attachments',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'makes the revision of several that a CouchDB makes',
      ask: 'PUT /{db}/several',
      body: {
        _attachments: { a: { ...picture, data: base64('x') }, b: { ...picture, data: base64('y') } },
      },
      status: 201,
      gives: { rev: '1-35a6416a209fa28eb88b55c31cfe6f2a' },
      keep: { first: 'rev' },
    },
    {
      does: 'puts a new one first, as a CouchDB does',
      ask: 'PUT /{db}/several/c?rev={first}',
      text: 'z',
      headers: { 'content-type': 'image/png' },
      status: 201,
      keep: { second: 'rev' },
    },
    {
      does: 'takes over what the same revision brought, whatever digest it is said to have',
      ask: 'PUT /{db}/several',
      body: {
        _rev: '{second}',
        _attachments: {
          a: { ...picture, stub: true, revpos: 1, digest: md5('packed in another way') },
          c: { ...picture, stub: true, revpos: 2 },
        },
      },
      status: 201,
      keep: { third: 'rev' },
    },
    { does: 'has it', ask: 'GET /{db}/several/a', status: 200, says: /^x$/ },
    {
      does: 'takes over nothing that another revision brought',
      ask: 'PUT /{db}/several',
      body: { _rev: '{third}', _attachments: { a: { ...picture, stub: true, revpos: 2 } } },
      status: 412,
      gives: { error: 'missing_stub', reason: 'Invalid attachment stub in several for a' },
    },
    {
      does: 'takes contents that follow with their length and digest',
      ...beside(
        'PUT /{db}/whole',
        { _attachments: { x: { ...picture, follows: true, length: 3, digest: md5('xyz') } } },
        ['xyz'],
      ),
      status: 201,
    },
    {
      does: 'refuses contents with another digest',
      ...beside(
        'PUT /{db}/other',
        { _attachments: { x: { ...picture, follows: true, length: 3, digest: md5('xyy') } } },
        ['xyz'],
      ),
      status: 400,
      // A CouchDB breaks off.
      onlyHere: true,
    },
    ...[2, 4].map((length): Exchange => ({
      does: `refuses three bytes that are said to be ${length}`,
      ...beside('PUT /{db}/other', { _attachments: { x: { ...picture, follows: true, length } } }, ['xyz']),
      status: 400,
      onlyHere: true,
    })),
    {
      does: 'unpacks what a CouchDB sends packed',
      ...beside('PUT /{db}/packed', { _attachments: { x: { ...text, digest: md5(packed) } } }, [packed]),
      status: 201,
    },
    { does: 'gives it unpacked', ask: 'GET /{db}/packed/x', status: 200, says: /^hello hello hello hello$/ },
    {
      does: 'says how long it is unpacked',
      ask: 'GET /{db}/packed',
      status: 200,
      gives: { _attachments: { x: { length: 23, content_type: 'text/plain' } } },
    },
    {
      does: 'unpacks what is replicated',
      ...beside(
        'PUT /{db}/far?new_edits=false',
        { _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, _attachments: { x: text } },
        [packed],
      ),
      status: 201,
    },
    {
      does: 'gives it in base64',
      ask: 'GET /{db}/far?attachments=true',
      headers: { accept: 'application/json' },
      status: 200,
      gives: { _rev: `2-${b}`, _attachments: { x: { revpos: 1, data: base64('hello hello hello hello') } } },
    },
    {
      does: 'refuses what cannot be unpacked',
      ...beside('PUT /{db}/broken', { _attachments: { x: { ...text, encoded_length: 3 } } }, ['xyz']),
      status: 400,
      // A CouchDB finds out when it is asked for it.
      onlyHere: true,
    },
    {
      does: 'gives contents beside the revisions of a replication, asked for or not',
      ask: 'GET /{db}/packed?open_revs=all&revs=true',
      headers: { accept: 'multipart/mixed' },
      status: 200,
      says: /"follows":true/,
    },
    {
      does: 'gives stubs of them in JSON',
      ask: 'GET /{db}/packed?open_revs=all',
      headers: { accept: 'application/json' },
      status: 200,
      gives: [{ ok: { _attachments: { x: { stub: true } } } }],
    },
    ...['_x', '__proto__'].map((name): Exchange => ({
      does: `refuses the name "${name}"`,
      ask: 'PUT /{db}/odd',
      body: JSON.parse(`{"_attachments":{"${name}":{"data":""}}}`) as object,
      status: 400,
    })),
    {
      does: 'refuses an empty name',
      ask: 'PUT /{db}/odd',
      body: { _attachments: { '': { data: '' } } },
      status: 400,
      // A CouchDB takes it and has no address for it.
      onlyHere: true,
    },
    ...['eHg', 'e', '$$$$', 3, null].map((data): Exchange => ({
      does: `refuses ${JSON.stringify(data)} for base64`,
      ask: 'PUT /{db}/odd',
      body: { _attachments: { x: { data } } },
      status: 400,
    })),
    {
      does: 'refuses attachments that are none',
      ask: 'PUT /{db}/odd',
      body: { _attachments: { x: 3 } },
      status: 400,
      // A CouchDB leaves them out.
      onlyHere: true,
    },
  ],
};
