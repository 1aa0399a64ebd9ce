/** Feeds that stay open: they wait for a write, a time limit, the client's leaving or the server's stop. */
import type { ServerResponse } from 'node:http';
import type { Call } from '../http/endpoint.ts';
import { answerText, read, type Wanted } from './changes.ts';
import { sequenceText } from './sequence.ts';

const longestWait = 60_000;

interface Feed {
  readonly response: ServerResponse;
  /** Called on every write; answers true when the feed is over. */
  readonly onWrite: () => boolean;
  readonly onTimeout: () => void;
  readonly beat: string;
}

/** Keeps a feed open until it is over, its time is up, or either side leaves. */
function keepOpen(call: Call, feed: Feed): void {
  const { database, query, service } = call;
  const heartbeat = query.text('heartbeat');
  const beatMs = heartbeat === undefined ? undefined : heartbeat === 'true' ? longestWait : Number(heartbeat);
  const timeoutMs = Math.min(query.count('timeout') ?? longestWait, longestWait);
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
  if (beatMs !== undefined && beatMs > 0) {
    const beats = setInterval(() => feed.response.write(feed.beat), Math.max(beatMs, 100));
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
export function feedLongpoll(call: Call, since: number, wanted: Wanted): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  let at = since;
  keepOpen(call, {
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
  });
}

/** One line a change, for as long as both sides want. */
export function feedContinuous(call: Call, since: number, wanted: Wanted): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  let at = since;
  let left = wanted.limit;
  const bye = () => response.write(`{"last_seq":"${sequenceText(database, at)}","pending":0}\n`);
  keepOpen(call, {
    response,
    beat: '\n',
    onWrite() {
      const { texts, seq } = read(database, at, wanted, left);
      at = seq;
      left -= texts.length;
      if (texts.length) response.write(`${texts.join('\n')}\n`);
      if (left > 0) return false;
      bye();
      return true;
    },
    onTimeout: bye,
  });
}

/** Server-sent events. */
export function feedEventSource(call: Call, since: number, wanted: Wanted): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'text/event-stream' });
  let at = since;
  keepOpen(call, {
    response,
    beat: 'event: heartbeat\ndata: \n\n',
    onWrite() {
      const { texts, seq } = read(database, at, wanted);
      at = seq;
      for (const text of texts) {
        const id = (JSON.parse(text) as { seq: string }).seq;
        response.write(`data: ${text}\nid: "${id}"\n\n`);
      }
      return false;
    },
    onTimeout: () => undefined,
  });
}
