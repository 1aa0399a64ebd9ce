import { FilterBroken, findFilter } from '../design/filter.ts';
import type { Database, Row } from '../engine/engine.ts';
import { streamed, type Call, type Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest, notFound } from '../http/http-error.ts';
import { leavesOf } from '../revisions/tree.ts';
import { asObject } from './incoming.ts';
import { feedContinuous, feedEventSource, feedLongpoll } from './changes-feeds.ts';
import { revisionText, treeOf } from './outgoing.ts';
import { matcherOf } from './selector.ts';
import { parseSince, sequenceText } from './sequence.ts';

const pageRows = 1000;

/** What a request wants to see of the feed. */
export interface Wanted {
  readonly limit: number;
  readonly includes: (row: Row) => boolean;
  readonly textOf: (row: Row) => string;
}

/** `/{db}/_changes`: every document once, in the order of its last update. */
export const changes: Endpoint = {
  methods: ['GET', 'HEAD', 'POST'],
  path: '/:db/_changes',
  access: 'member',
  takesTurns: true,
  handle(call) {
    const { database, query } = call;
    const wanted = wantedOf(call);
    const since = parseSince(database, query.text('since') ?? lastEventId(call), database.info().lastSeq);
    switch (query.text('feed') ?? 'normal') {
      case 'normal':
        if (query.flag('descending')) return { raw: descending(database, wanted) };
        return { pieces: oneShot(database, since, wanted) };
      case 'longpoll':
        feedLongpoll(call, since, wanted);
        return streamed;
      case 'continuous':
        feedContinuous(call, since, wanted);
        return streamed;
      case 'eventsource':
        feedEventSource(call, since, wanted);
        return streamed;
      default:
        throw badRequest('Supported `feed` types: normal, continuous, live, longpoll, eventsource');
    }
  },
};

const lastEventId = ({ headers }: Call) => {
  const id = headers['last-event-id'];
  return typeof id === 'string' ? id : undefined;
};

function wantedOf(call: Call): Wanted {
  const { database, query } = call;
  const isFull = query.text('style') === 'all_docs';
  const includeDocs = query.flag('include_docs') ?? false;
  const conflicts = query.flag('conflicts');
  const contents = query.flag('attachments') ? { since: [] } : undefined;
  return {
    limit: query.count('limit') ?? Number.MAX_SAFE_INTEGER,
    includes: filterOf(call),
    textOf(row) {
      const revs = isFull ? leavesInOrder(row) : [row.rev];
      const doc = includeDocs
        ? `,"doc":${revisionText(database, row, row.rev, { conflicts, contents })}`
        : '';
      return `{"seq":"${sequenceText(database, row.seq)}","id":${JSON.stringify(row.id)},"changes":[${revs
        .map((rev) => `{"rev":"${rev}"}`)
        .join(',')}]${row.isDeleted ? ',"deleted":true' : ''}${doc}}`;
    },
  };
}

/** All leaves, the winner first. */
function leavesInOrder(row: Row): string[] {
  const others = leavesOf(treeOf(row))
    .map((leaf) => leaf.rev)
    .filter((rev) => rev !== row.rev);
  return [row.rev, ...others];
}

function filterOf(call: Call): (row: Row) => boolean {
  const filter = call.query.text('filter');
  const body = call.method === 'POST' && call.bytes.length ? asObject(call.json()) : {};
  switch (filter) {
    case undefined:
      return () => true;
    case '_doc_ids': {
      const ids = body.doc_ids ?? call.query.json('doc_ids');
      if (!Array.isArray(ids)) throw badRequest('`doc_ids` filter parameter is not a list.');
      const wanted = new Set(ids);
      return (row) => wanted.has(row.id);
    }
    case '_selector':
      return selectorFilter(asObject(body.selector ?? {}));
    case '_design':
      return (row) => row.id.startsWith('_design/');
    default: {
      const isView = filter === '_view';
      const [design = '', name] = (isView ? (call.query.text('view') ?? '') : filter).split('/');
      if (name === undefined)
        throw badRequest(`\`${isView ? 'view' : 'filter'}\` must be of the form \`designname/filtername\``);
      return designFilter(call, design, name, isView ? 'views' : 'filters');
    }
  }
}

/** A function of a design document, asked about each document with the request as CouchDB describes it. */
function designFilter(call: Call, design: string, name: string, kind: 'filters' | 'views') {
  const { database, user } = call;
  const found = findFilter(database, design, name, kind);
  if (!found.ok)
    throw found.why === 'no design document'
      ? notFound('missing')
      : new HttpError(404, 'not_found', `missing json key: ${name}`);
  const request = {
    method: call.method,
    query: call.query.all(),
    userCtx: { db: database.name, name: user.name, roles: user.roles },
    secObj: database.rawSecurity(),
    info: { db_name: database.name },
  };
  return (row: Row) => {
    try {
      return found.passes(JSON.parse(revisionText(database, row, row.rev) ?? '{}'), request);
    } catch (error) {
      if (!(error instanceof FilterBroken)) throw error;
      throw new HttpError(500, 'os_process_error', `The filter was stopped: ${error.message}`);
    }
  };
}

function selectorFilter(selector: Record<string, unknown>): (row: Row) => boolean {
  const matches = matcherOf(selector, () => badRequest('Invalid selector'));
  // A selector that means nothing is refused before the first row.
  matches({ _id: '', _rev: '' });
  return (row) =>
    matches({ ...(JSON.parse(row.body) as Record<string, unknown>), _id: row.id, _rev: row.rev });
}

/** The wanted ones of one page of rows after `since` and up to `until`; `seq` is how far the feed was read. */
function readPage(database: Database, since: number, wanted: Wanted, limit: number, until: number) {
  const texts: string[] = [];
  let seq = since;
  const rows = database.changes(seq, pageRows);
  for (const row of rows) {
    if (texts.length >= limit) return { texts, seq };
    if (row.seq > until) return { texts, seq: until };
    seq = row.seq;
    if (wanted.includes(row)) texts.push(wanted.textOf(row));
  }
  return { texts, seq: rows.length < pageRows && texts.length < limit ? Math.max(seq, until) : seq };
}

/** Rows after `since` that are wanted; `seq` is how far the feed was read. */
export function read(database: Database, since: number, wanted: Wanted, limit = wanted.limit) {
  const texts: string[] = [];
  const until = database.info().lastSeq;
  let seq = since;
  while (seq < until && texts.length < limit) {
    const page = readPage(database, seq, wanted, limit - texts.length, until);
    seq = page.seq;
    texts.push(...page.texts);
  }
  return { texts, seq };
}

/** The whole answer of a feed that ends. */
export function answerText(database: Database, texts: readonly string[], seq: number): string {
  return `{"results":[\n${texts.join(',\n')}${tailText(database, seq)}`;
}

function tailText(database: Database, seq: number): string {
  const pending = seq >= database.info().lastSeq ? 0 : database.countAfter(seq);
  return `\n],\n"last_seq":"${sequenceText(database, seq)}","pending":${pending}}\n`;
}

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

function descending(database: Database, wanted: Wanted): string {
  const rows = database
    .changesDescending(Math.min(wanted.limit, Number.MAX_SAFE_INTEGER))
    .filter(wanted.includes);
  const last = rows.at(-1)?.seq ?? 0;
  return answerText(database, rows.map(wanted.textOf), last).replace(/"pending":\d+/, '"pending":0');
}
