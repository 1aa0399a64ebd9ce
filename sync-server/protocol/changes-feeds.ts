/** Feeds of changes that stay open. */
import type { Call } from '../http/endpoint.ts';
import { answerText, pendingAfter, read, readDescending, type Wanted } from './changes-reading.ts';
import { sequenceText } from './sequence.ts';
import { keepOpen, type Feed, type Waiting } from './waiting.ts';

/** Answers as soon as there is something to tell. */
export function feedLongpoll(call: Call, since: number, wanted: Wanted, waiting: Waiting): void {
  const { database } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  let at = since;
  const feed: Feed = {
    response,
    mayStillRead: call.mayStillRead,
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
  keepOpen(database, call.service.stopping, feed, waiting);
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
    mayStillRead: call.mayStillRead,
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
  keepOpen(database, call.service.stopping, feed, waiting);
}
