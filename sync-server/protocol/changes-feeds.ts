/** Feeds that stay open: they wait for a write, a time limit, the client's leaving or the server's stop. */
import type { ServerResponse } from 'node:http';
import type { Call } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import type { Query } from '../http/query.ts';
import { answerText, pendingAfter, read, readDescending, type Wanted } from './changes-reading.ts';
import { sequenceText } from './sequence.ts';

const longestWait = 60_000;
/** A timer of more would go off at once. */
const longestBeat = 2 ** 31 - 1;

interface Feed {
  readonly response: ServerResponse;
  /** Called on every write; answers true when the feed is over. */
  readonly onWrite: () => boolean;
  readonly onTimeout: () => void;
  readonly beat: string;
}

/** How long a feed waits for more, and how often it says that it still does. Who wants it to beat wants no end. */
export interface Waiting {
  readonly beatMs: number | undefined;
  readonly timeoutMs: number;
}

/** Reads `heartbeat` and `timeout`. Throws a 400: it must be known before the answer has begun. */
export function readWaiting(query: Query): Waiting {
  const heartbeat = query.text('heartbeat');
  const timeoutMs = Math.min(query.count('timeout') ?? longestWait, longestWait);
  if (heartbeat === undefined) return { beatMs: undefined, timeoutMs };
  if (heartbeat === 'true') return { beatMs: longestWait, timeoutMs };
  if (!/^-?\d{1,15}$/.test(heartbeat))
    throw badRequest('Invalid heartbeat value. Expecting a positive integer value (in milliseconds).');
  if (Number(heartbeat) <= 0)
    throw badRequest('The heartbeat value should be a positive integer (in milliseconds).');
  return { beatMs: Number(heartbeat), timeoutMs };
}

/** Keeps a feed open until it is over, its time is up, or either side leaves. */
function keepOpen(call: Call, feed: Feed, { beatMs, timeoutMs }: Waiting): void {
  const { database, service } = call;
  const stops: (() => void)[] = [];
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    for (const stop of stops) stop();
    feed.response.end();
  };
  // A feed that cannot be read any more ends; its client comes back and is told why.
  const attempt = (step: () => void) => {
    try {
      step();
    } catch {
      end();
    }
  };
  const timeUp = () => {
    attempt(feed.onTimeout);
    end();
  };
  const look = () => attempt(() => feed.onWrite() && end());
  if (beatMs !== undefined) {
    const beats = setInterval(
      () => feed.response.write(feed.beat),
      Math.min(Math.max(beatMs, 100), longestBeat),
    );
    stops.push(() => clearInterval(beats));
  } else {
    let timer = setTimeout(timeUp, timeoutMs);
    stops.push(() => clearTimeout(timer));
    stops.push(
      database.onChange(() => {
        clearTimeout(timer);
        timer = setTimeout(timeUp, timeoutMs);
      }),
    );
  }
  stops.push(database.onChange(look));
  stops.push(database.onClose(timeUp));
  service.stopping.addEventListener('abort', timeUp, { once: true });
  stops.push(() => service.stopping.removeEventListener('abort', timeUp));
  feed.response.on('close', end);
  look();
}

/** Answers as soon as there is something to tell. */
export function feedLongpoll(call: Call, since: number, wanted: Wanted, waiting: Waiting): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  let at = since;
  const feed: Feed = {
    response,
    beat: '\n',
    onWrite() {
      const { texts, seq } = read(database, at, wanted);
      at = seq;
      if (texts.length === 0) return false;
      response.write(answerText(database, texts, seq));
      return true;
    },
    onTimeout: () => response.write(answerText(database, [], at)),
  };
  keepOpen(call, feed, waiting);
}

/** One line a change, for as long as both sides want. */
export function feedContinuous(call: Call, since: number, wanted: Wanted, waiting: Waiting): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  const tell = (texts: readonly string[]) => {
    if (texts.length) response.write(`${texts.join('\n')}\n`);
  };
  const bye = (seq: number, pending: number) =>
    response.write(`{"last_seq":"${sequenceText(database, seq)}","pending":${pending}}\n`);
  feedLines(call, since, wanted, waiting, { response, beat: '\n', tell, bye });
}

/** Server-sent events. */
export function feedEventSource(call: Call, since: number, wanted: Wanted, waiting: Waiting): void {
  const response = call.stream({ 'content-type': 'text/event-stream' });
  const tell = (texts: readonly string[]) => {
    for (const text of texts) {
      const id = (JSON.parse(text) as { seq: string }).seq;
      response.write(`data: ${text}\nid: "${id}"\n\n`);
    }
  };
  const beat = 'event: heartbeat\ndata: \n\n';
  feedLines(call, since, wanted, waiting, { response, beat, tell, bye: () => undefined });
}

interface Lines extends Pick<Feed, 'response' | 'beat'> {
  readonly tell: (texts: readonly string[]) => void;
  /** How far the feed was read, and how many changes there are behind. */
  readonly bye: (seq: number, pending: number) => void;
}

/** Tells changes one by one, so many as are wanted; read backwards there is an end. */
function feedLines(call: Call, since: number, wanted: Wanted, waiting: Waiting, lines: Lines): void {
  const { database } = call;
  const { response, beat, tell, bye } = lines;
  if (wanted.descending) {
    const { texts, seq, pending } = readDescending(database, wanted);
    tell(texts);
    bye(seq, pending);
    response.end();
    return;
  }
  let at = since;
  let left = wanted.limit;
  const goodbye = () => bye(at, pendingAfter(database, at));
  const feed: Feed = {
    response,
    beat,
    onWrite() {
      const { texts, seq } = read(database, at, wanted, left);
      at = seq;
      left -= texts.length;
      tell(texts);
      if (left > 0) return false;
      goodbye();
      return true;
    },
    onTimeout: goodbye,
  };
  keepOpen(call, feed, waiting);
}
