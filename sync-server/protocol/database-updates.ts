import type { DatabaseEvent } from '../engine/engine.ts';
import { streamed, type Call, type Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { keepOpen, readWaiting, type Feed, type Waiting } from './waiting.ts';

const feeds = ['normal', 'longpoll', 'continuous', 'eventsource'] as const;

interface Wanted {
  readonly since: number;
  readonly limit: number;
  readonly descending: boolean;
}

/** `GET /_db_updates`: which databases were made, written or deleted. */
export const databaseUpdates: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/_db_updates',
  access: 'serverAdmin',
  handle(call) {
    const { query } = call;
    const asked = query.text('feed') ?? 'normal';
    const feed = feeds.find((name) => name === asked);
    if (!feed) throw badRequest('Supported `feed` types: normal, continuous, longpoll, eventsource');
    const wanted: Wanted = {
      since: sinceOf(call),
      limit: query.count('limit') ?? Number.MAX_SAFE_INTEGER,
      descending: query.isOn('descending'),
    };
    const waiting = readWaiting(query);
    if (feed === 'normal' || wanted.descending) {
      const events = read(call, wanted, wanted.limit);
      return { raw: answerText(call, events, events.at(-1)?.seq ?? wanted.since) };
    }
    if (feed === 'longpoll') waitForOne(call, wanted, waiting);
    else follow(call, wanted, waiting, feed === 'continuous' ? lines : messages);
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

function read({ service }: Call, { since, descending }: Wanted, limit: number, at = since) {
  const events = service.engine.eventsAfter(descending ? 0 : at);
  return (descending ? events.reverse() : events).slice(0, limit);
}

const eventText = (call: Call, { name, what, seq }: DatabaseEvent) =>
  JSON.stringify({ db_name: name, type: what, seq: seqText(call, seq) });

const answerText = (call: Call, events: readonly DatabaseEvent[], seq: number) =>
  `{"results":[\n${events.map((event) => eventText(call, event)).join(',\n')}\n],\n"last_seq":"${seqText(call, seq)}"}\n`;

const open = ({ service }: Call, feed: Feed, waiting: Waiting) =>
  keepOpen(
    { onChange: (listener) => service.engine.onEvent(listener), onClose: () => () => undefined },
    service.stopping,
    feed,
    waiting,
  );

function waitForOne(call: Call, wanted: Wanted, waiting: Waiting): void {
  const response = call.stream({ 'content-type': 'application/json' });
  const feed: Feed = {
    response,
    mayStillRead: call.mayStillRead,
    beat: '\n',
    onWrite() {
      const events = read(call, wanted, wanted.limit);
      const last = events.at(-1);
      if (!last) return false;
      response.write(answerText(call, events, last.seq));
      return true;
    },
    onTimeout: () => response.write(answerText(call, [], wanted.since)),
  };
  open(call, feed, waiting);
}

interface Form {
  readonly type: string;
  readonly beat: string;
  readonly event: (text: string, seq: string) => string;
  readonly bye: (seq: string) => string;
}

const lines: Form = {
  type: 'application/json',
  beat: '\n',
  event: (text) => `${text}\n`,
  bye: (seq) => `{"last_seq":"${seq}"}\n`,
};

/** Server-sent events. */
const messages: Form = {
  type: 'text/event-stream',
  beat: 'event: heartbeat\ndata: \n\n',
  event: (text, seq) => `data: ${text}\nid: "${seq}"\n\n`,
  bye: () => '',
};

function follow(call: Call, wanted: Wanted, waiting: Waiting, form: Form): void {
  const response = call.stream({ 'content-type': form.type });
  let at = wanted.since;
  let left = wanted.limit;
  const bye = () => response.write(form.bye(seqText(call, at)));
  const feed: Feed = {
    response,
    mayStillRead: call.mayStillRead,
    beat: form.beat,
    onWrite() {
      for (const event of read(call, wanted, left, at)) {
        at = event.seq;
        left -= 1;
        response.write(form.event(eventText(call, event), seqText(call, at)));
      }
      if (left > 0) return false;
      bye();
      return true;
    },
    onTimeout: bye,
  };
  open(call, feed, waiting);
}
