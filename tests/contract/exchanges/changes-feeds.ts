import type { Exchange, Suite } from '../exchange.ts';

const order = (...ids: string[]) => ({ results: ids.map((id) => ({ id })) });
const feed = (kind: string, more: string) => `GET /{db}/_changes?feed=${kind}&timeout=300${more}`;
const refused = (does: string, query: string): Exchange => ({
  does,
  ask: `GET /{db}/_changes?${query}`,
  status: 400,
});

/** Feeds that stay open or come back, and how far they were read. */
export const changesFeedExchanges: Suite = {
  about: 'feeds in their forms',
  exchanges: [
    { does: 'makes the database', ask: 'PUT /{db}?q=1', status: 201 },
    {
      does: 'is filled',
      ask: 'POST /{db}/_bulk_docs',
      body: { docs: ['a', 'b', 'c'].map((_id) => ({ _id })) },
      status: 201,
    },
    {
      does: 'tells one, and where it stopped',
      ask: 'GET /{db}/_changes?limit=1',
      status: 200,
      gives: { ...order('a'), pending: 2 },
      keep: { one: 'last_seq' },
    },
    {
      does: 'tells nothing of what is not asked for, and how much there is',
      ask: 'GET /{db}/_changes?limit=0',
      status: 200,
      gives: { results: [], pending: 3 },
    },
    {
      does: 'takes anything but `true` for no',
      ask: 'GET /{db}/_changes?descending=what&include_docs=what',
      status: 200,
      gives: order('a', 'b', 'c'),
    },
    {
      does: 'goes on from the last event that the address names',
      ask: 'GET /{db}/_changes?last-event-id={one}',
      status: 200,
      gives: order('b', 'c'),
    },
    {
      does: 'goes back from the newest, whatever it should begin with',
      ask: 'GET /{db}/_changes?descending=true&limit=2&since={one}',
      status: 200,
      gives: { ...order('c', 'b'), pending: 1 },
    },
    {
      does: 'goes back in a long poll and waits for nothing',
      ask: 'GET /{db}/_changes?feed=longpoll&descending=true&since=now',
      status: 200,
      gives: order('c', 'b', 'a'),
    },
    {
      does: 'tells line by line under its other name',
      ask: feed('live', ''),
      status: 200,
      says: /^\{"seq":[^\n]*"a"[^]*"b"[^]*"c"[^]*\n\{"last_seq":"[^"]+","pending":0\}\n/,
    },
    {
      does: 'ends after as many lines as asked, with how many are left',
      ask: feed('continuous', '&limit=2'),
      status: 200,
      says: /^[^\n]*"a"[^\n]*\n[^\n]*"b"[^\n]*\n\{"last_seq":"[^"]+","pending":1\}\n/,
    },
    {
      does: 'goes back line by line and ends',
      ask: 'GET /{db}/_changes?feed=continuous&descending=true',
      status: 200,
      says: /^[^\n]*"c"[^\n]*\n[^\n]*"b"[^\n]*\n[^\n]*"a"[^\n]*\n\{"last_seq"/,
    },
    {
      does: 'tells events',
      ask: feed('eventsource', ''),
      status: 200,
      // A CouchDB ends this feed with more than HTTP has an end for: the gateway breaks it off.
      onlyHere: true,
      says: /data: \{[^\n]*"a"[^\n]*\nid: "[^"\n]+"\n\ndata: [^]*"b"[^]*"c"/,
    },
    {
      does: 'tells so many events and ends',
      ask: 'GET /{db}/_changes?feed=eventsource&limit=1',
      status: 200,
      onlyHere: true,
      says: /^\s*data: \{[^\n]*"a"[^\n]*\nid: [^\n]*\s*$/,
    },
    {
      does: 'goes on from the last event that a browser had',
      ask: feed('eventsource', ''),
      headers: { 'last-event-id': '"{one}"' },
      status: 200,
      onlyHere: true,
      says: /^\s*data: \{[^\n]*"b"[^]*"c"/,
    },
    {
      does: 'looks at the last event of a browser in a feed of events alone',
      ask: 'GET /{db}/_changes',
      headers: { 'last-event-id': '"{one}"' },
      status: 200,
      gives: order('a', 'b', 'c'),
    },
    refused('refuses an empty sequence', 'since='),
    refused('refuses a heart that does not beat', 'feed=continuous&heartbeat=0'),
    refused('refuses a heart that beats backwards', 'feed=longpoll&heartbeat=-5'),
    refused('refuses a heartbeat that is no number', 'feed=eventsource&heartbeat=x'),
    // A CouchDB answers 500.
    { ...refused('refuses a time that is none', 'feed=continuous&timeout=x'), onlyHere: true },
  ],
};
