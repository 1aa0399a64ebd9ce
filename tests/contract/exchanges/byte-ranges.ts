import type { Exchange, Suite } from '../exchange.ts';

const part = (range: string, says: RegExp, shown: string): Exchange => ({
  does: `gives ${range}`,
  ask: 'GET /{db}/a/x.bin',
  headers: { range },
  status: 206,
  heads: { 'content-range': `bytes ${shown}/10`, 'content-type': 'application/x-thing' },
  says,
});
const whole = (range: string): Exchange => ({
  does: `gives the whole for ${range}`,
  ask: 'GET /{db}/a/x.bin',
  headers: { range },
  status: 200,
  says: /^0123456789$/,
});

/** Parts of an attachment (RFC 9110, 14), as a player of sounds asks for them. */
export const byteRangeExchanges: Suite = {
  about: 'parts of attachments',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}', status: 201 },
    {
      does: 'takes an attachment',
      ask: 'PUT /{db}/a/x.bin',
      text: '0123456789',
      headers: { 'content-type': 'application/x-thing' },
      status: 201,
    },
    {
      does: 'says that parts may be asked for',
      ask: 'GET /{db}/a/x.bin',
      status: 200,
      heads: { 'accept-ranges': 'bytes' },
      says: /^0123456789$/,
    },
    part('bytes=0-2', /^012$/, '0-2'),
    part('bytes=7-', /^789$/, '7-9'),
    part('bytes=-4', /^6789$/, '6-9'),
    part('bytes=8-99', /^89$/, '8-9'),
    part('bytes=0-0', /^0$/, '0-0'),
    {
      does: 'tells how long a part is without giving it',
      ask: 'HEAD /{db}/a/x.bin',
      headers: { range: 'bytes=1-3' },
      status: 206,
      heads: { 'content-length': '3', 'content-range': 'bytes 1-3/10' },
      // A CouchDB tells of the whole.
      onlyHere: true,
    },
    {
      does: 'gives several',
      ask: 'GET /{db}/a/x.bin',
      headers: { range: 'bytes=0-1,8-' },
      status: 206,
      says: /^(?:\r\n)?--(\S+)\r\nContent-Type: application\/x-thing\r\nContent-Range: bytes 0-1\/10\r\n\r\n01\r\n--\1\r\nContent-Type: application\/x-thing\r\nContent-Range: bytes 8-9\/10\r\n\r\n89\r\n--\1--$/,
    },
    ...['bytes=10-', 'bytes=5-2', 'bytes=20-30'].map((range): Exchange => ({
      does: `has nothing for ${range}`,
      ask: 'GET /{db}/a/x.bin',
      headers: { range },
      status: 416,
      gives: { error: 'requested_range_not_satisfiable' },
    })),
    ...['lines=0-1', 'bytes=x-y'].map(whole),
    whole(`bytes=${Array.from({ length: 10 }, (_, at) => `${at}-${at}`).join(',')}`),
  ],
};
