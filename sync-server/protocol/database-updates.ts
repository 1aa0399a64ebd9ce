import type { DatabaseEvent } from '../engine/engine.ts';
import { streamed, type Call, type Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';

const longestWait = 60_000;

/** `GET /_db_updates`: which databases were made, written or deleted; normal, longpoll and continuous. */
export const databaseUpdates: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/_db_updates',
  access: 'serverAdmin',
  handle(call) {
    const feed = call.query.text('feed') ?? 'normal';
    const since = sinceOf(call);
    if (feed === 'normal') return { raw: answerText(call, call.service.engine.eventsAfter(since), since) };
    if (feed !== 'longpoll' && feed !== 'continuous')
      throw badRequest('Supported `feed` types: normal, longpoll, continuous');
    keepOpen(call, since, feed === 'continuous');
    return streamed;
  },
};

/** Events are counted anew with each start: the mark of another start begins at the beginning. */
const markOf = ({ service }: Call) => service.startedAt.toString(36);
const seqText = (call: Call, seq: number) => `${seq}-${markOf(call)}`;

function sinceOf(call: Call): number {
  const text = call.query.text('since') ?? '0';
  const last = call.service.engine.eventsAfter(0).at(-1)?.seq ?? 0;
  if (text === 'now') return last;
  const match = /^"?(\d{1,15})(?:-(\w+))?"?$/.exec(text);
  if (!match) throw badRequest("Malformed sequence supplied in 'since' parameter.");
  return match[2] === markOf(call) ? Math.min(Number(match[1]), last) : 0;
}

const eventText = (call: Call, { name, what, seq }: DatabaseEvent) =>
  JSON.stringify({ db_name: name, type: what, seq: seqText(call, seq) });

const answerText = (call: Call, events: readonly DatabaseEvent[], since: number) =>
  `{"results":[${events.map((event) => eventText(call, event)).join(',')}],"last_seq":"${seqText(call, events.at(-1)?.seq ?? since)}"}\n`;

function keepOpen(call: Call, since: number, isContinuous: boolean): void {
  const { service, query } = call;
  const response = call.stream({ 'content-type': 'application/json' });
  const beatMs = query.text('heartbeat') === 'true' ? longestWait : query.count('heartbeat');
  const timeoutMs = Math.min(query.count('timeout') ?? longestWait, longestWait);
  let at = since;
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    stopListening();
    service.stopping.removeEventListener('abort', timeUp);
    response.end();
  };
  const timeUp = () => {
    response.write(isContinuous ? `{"last_seq":"${seqText(call, at)}"}\n` : answerText(call, [], at));
    end();
  };
  const look = () => {
    const events = service.engine.eventsAfter(at);
    if (events.length === 0 || isOver) return;
    at = events.at(-1)?.seq ?? at;
    if (isContinuous) response.write(events.map((event) => `${eventText(call, event)}\n`).join(''));
    else {
      response.write(answerText(call, events, at));
      end();
    }
  };
  const timer = beatMs
    ? setInterval(() => response.write('\n'), Math.max(beatMs, 100))
    : setInterval(timeUp, timeoutMs);
  const stopListening = service.engine.onEvent(look);
  service.stopping.addEventListener('abort', timeUp, { once: true });
  response.on('close', end);
  look();
}
