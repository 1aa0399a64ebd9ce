/** Feeds that stay open: they wait for a write, a time limit, the client's leaving or the server's stop. */
import type { ServerResponse } from 'node:http';
import { badRequest } from '../http/http-error.ts';
import type { Query } from '../http/query.ts';

const longestWait = 60_000;
/** A timer of more would go off at once. */
const longestBeat = 2 ** 31 - 1;

export interface Feed {
  readonly response: ServerResponse;
  /** Asked before anything is told: who lost the right to read is told nothing more, and the feed ends. */
  readonly mayStillRead: () => boolean;
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

/** What a feed is of. */
interface Watched {
  /** Called after every write; answers the way to stop. */
  onChange(listener: () => void): () => void;
  /** Called when there is no more of it. */
  onClose(listener: () => void): () => void;
}

/** Keeps a feed open until it is over, its time is up, or either side leaves. */
export function keepOpen(
  watched: Watched,
  stopping: AbortSignal,
  feed: Feed,
  { beatMs, timeoutMs }: Waiting,
): void {
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
  const tell = (step: () => void) => attempt(() => (feed.mayStillRead() ? step() : end()));
  const timeUp = () => {
    if (!isOver) tell(feed.onTimeout);
    end();
  };
  const look = () => tell(() => feed.onWrite() && end());
  if (beatMs !== undefined) {
    const beats = setInterval(
      () => tell(() => feed.response.write(feed.beat)),
      Math.min(Math.max(beatMs, 100), longestBeat),
    );
    stops.push(() => clearInterval(beats));
  } else {
    let timer = setTimeout(timeUp, timeoutMs);
    stops.push(() => clearTimeout(timer));
    stops.push(
      watched.onChange(() => {
        clearTimeout(timer);
        timer = setTimeout(timeUp, timeoutMs);
      }),
    );
  }
  stops.push(watched.onChange(look));
  stops.push(watched.onClose(timeUp));
  stopping.addEventListener('abort', timeUp, { once: true });
  stops.push(() => stopping.removeEventListener('abort', timeUp));
  feed.response.on('close', end);
  look();
}
