import type { Database, Row } from '../engine/engine.ts';
import { streamed, type Call, type Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { inOrder, leavesOf } from '../revisions/tree.ts';
import { feedContinuous, feedEventSource, feedLongpoll } from './changes-feeds.ts';
import { filterOf } from './changes-filter.ts';
import { readDescending, readPage, tailText, type Wanted } from './changes-reading.ts';
import { revisionText, treeOf } from './outgoing.ts';
import { parseSince, sequenceText } from './sequence.ts';
import { readWaiting } from './waiting.ts';

/** `/{db}/_changes`: every document once, in the order of its last update. */
export const changes: Endpoint = {
  methods: ['GET', 'HEAD', 'POST'],
  path: '/:db/_changes',
  access: 'member',
  takesTurns: true,
  handle(call) {
    const { database, query } = call;
    const feed = query.text('feed') ?? 'normal';
    const wanted = wantedOf(call);
    const since = parseSince(database, sinceOf(call, feed), database.info().lastSeq);
    const waiting = readWaiting(query);
    switch (feed) {
      case 'normal':
        return wanted.descending
          ? { raw: descendingText(database, wanted) }
          : { pieces: oneShot(database, since, wanted) };
      case 'longpoll':
        // Read backwards it has an end, and nothing to wait for.
        if (wanted.descending) return { raw: descendingText(database, wanted) };
        feedLongpoll(call, since, wanted, waiting);
        return streamed;
      case 'continuous':
      case 'live':
        feedContinuous(call, since, wanted, waiting);
        return streamed;
      case 'eventsource':
        feedEventSource(call, since, wanted, waiting);
        return streamed;
      default:
        throw badRequest('Supported `feed` types: normal, continuous, live, longpoll, eventsource');
    }
  },
};

/** A browser that comes back to its events tells the last one in a header, which counts more than the address. */
function sinceOf({ query, headers, method }: Call, feed: string): string | undefined {
  const last = headers['last-event-id'];
  if (feed === 'eventsource' && method === 'GET' && typeof last === 'string')
    return last.replace(/^"(.*)"$/, '$1');
  return query.text('last-event-id') ?? query.text('since');
}

function wantedOf(call: Call): Wanted {
  const { database, query } = call;
  const isFull = query.text('style') === 'all_docs';
  const includeDocs = query.isOn('include_docs');
  const conflicts = query.isOn('conflicts');
  const contents = query.isOn('attachments') ? { since: [] } : undefined;
  const { includes, shown = (text: string) => text } = filterOf(call);
  const textOf = (row: Row) => shown(revisionText(database, row, row.rev, { conflicts, contents }) ?? '{}');
  return {
    descending: query.isOn('descending'),
    limit: query.count('limit') ?? Number.MAX_SAFE_INTEGER,
    revisionsOf(row) {
      const revs = isFull ? leavesInOrder(row) : [row.rev];
      return revs.filter((rev) => includes(row, rev));
    },
    textOf(row, revs) {
      const doc = includeDocs ? `,"doc":${textOf(row)}` : '';
      return `{"seq":"${sequenceText(database, row.seq)}","id":${JSON.stringify(row.id)},"changes":[${revs
        .map((rev) => `{"rev":"${rev}"}`)
        .join(',')}]${row.isDeleted ? ',"deleted":true' : ''}${doc}}`;
    },
  };
}

/** All leaves, the winner first. */
const leavesInOrder = (row: Row): string[] => inOrder(leavesOf(treeOf(row))).map(({ rev }) => rev);

/**
 * The feed as it stands now, page by page. What is written while it is sent has a higher number than where the answer
 * ends: it is the next one's.
 */
function* oneShot(database: Database, since: number, wanted: Wanted): Generator<string> {
  const until = database.info().lastSeq;
  let left = wanted.limit;
  let seq = since;
  let separator = '';
  yield '{"results":[\n';
  while (seq < until && left > 0) {
    const page = readPage(database, seq, wanted, left, until);
    seq = page.seq;
    left -= page.texts.length;
    if (page.texts.length === 0) continue;
    yield separator + page.texts.join(',\n');
    separator = ',\n';
  }
  yield tailText(database, seq);
}

function descendingText(database: Database, wanted: Wanted): string {
  const { texts, seq, pending } = readDescending(database, wanted);
  return `{"results":[\n${texts.join(',\n')}\n],\n"last_seq":"${sequenceText(database, seq)}","pending":${pending}}\n`;
}
