/** `_find`: documents by a selector. Whatever the index, every document is looked at, some at a time. */
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Database, Row } from '../engine/engine.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';
import { compareIds, compareValues } from '../selectors/collation.ts';
import { readSelector, shownCondition } from '../selectors/condition.ts';
import { blocked, pathOf, valueAt } from '../selectors/field-path.ts';
import { hasPattern, matcherOf, timeForPatterns, type Matches } from '../selectors/matching.ts';
import { narrowedFields } from '../selectors/requirements.ts';
import { chooseIndex, indexesOf, shownIndex, type Index } from './find-index.ts';
import {
  readFindOptions,
  refuseBookmark,
  refusingSelectors,
  type FindOptions,
  type SortField,
} from './find-options.ts';
import { revisionText } from './outgoing.ts';
import { projection } from './projection.ts';

const pageRows = 500;
/** Longer than that no search compares documents with patterns. */
const patternMs = 1000;
/** A page takes so long without any. */
const pageMs = 50;

/** A place in the order of an index. */
interface Place {
  readonly id: string;
  readonly key: readonly unknown[];
}

interface Found extends Place {
  readonly text: string;
}

/** `POST /{db}/_find`. */
export const find: Endpoint = {
  methods: ['POST'],
  path: '/:db/_find',
  access: 'member',
  async handle(call) {
    const { database } = call;
    const options = readFindOptions(call);
    const startedAt = performance.now();
    const chosen = chooseIndex(indexesOf(database), options);
    if (!chosen)
      throw new HttpError(
        400,
        'no_usable_index',
        'No index exists for this sort, try indexing by the sort fields.',
      );
    const { index, warnings } = chosen;
    const { found, examined } = await search(database, options, index);
    const page = found.slice(options.skip);
    const shown = refusingSelectors(() => projection(options.fields));
    const stats = {
      total_keys_examined: examined,
      total_docs_examined: examined,
      total_quorum_docs_examined: 0,
      results_returned: page.length,
      execution_time_ms: Math.round((performance.now() - startedAt) * 1000) / 1000,
    };
    const last = page.at(-1);
    const tail = {
      bookmark: last ? bookmarkOf(last) : options.bookmark || 'nil',
      ...(options.executionStats ? { execution_stats: stats } : {}),
      ...(warnings.length ? { warning: warnings.join('\n') } : {}),
    };
    const docs = page.map(({ text }) => shown(text));
    return { raw: `{"docs":[${docs.join(',\r\n')}],${JSON.stringify(tail).slice(1)}` };
  },
};

/** `POST /{db}/_explain`: the index that a search would take. */
export const explain: Endpoint = {
  methods: ['POST'],
  path: '/:db/_explain',
  access: 'member',
  handle(call) {
    const options = readFindOptions(call);
    const { selector, fields, limit, skip, sort, useIndex } = options;
    const chosen = chooseIndex(indexesOf(call.database), options);
    const named = narrowedFields(selector);
    return {
      body: {
        dbname: call.database.name,
        index: chosen ? shownIndex(chosen.index) : null,
        partitioned: false,
        selector: shownCondition(selector),
        opts: {
          use_index: useIndex,
          bookmark: options.bookmark || 'nil',
          limit,
          skip,
          sort: Object.fromEntries(sort.map(({ field, direction }) => [field, direction])),
          fields,
          conflicts: options.conflicts,
          execution_stats: options.executionStats,
          allow_fallback: options.allowFallback,
        },
        limit,
        skip,
        fields,
        selector_hints: [{ type: 'json', indexable_fields: named, unindexable_fields: [] }],
        covering: false,
      },
    };
  },
};

/** Walks through the feed, giving way to other requests between pages; what moves meanwhile is counted once. */
async function search(database: Database, options: FindOptions, index: Index) {
  const wanted = options.skip + options.limit;
  const order = orderOf(index, options.sort);
  const after = options.bookmark === '' ? undefined : placeOf(options.bookmark);
  const place = placing(index);
  const look = looking(options, index);
  const found = new Map<string, Found>();
  let examined = 0;
  for (let seq = 0; ; await giveWay()) {
    const rows = database.changes(seq, pageRows);
    seq = rows.at(-1)?.seq ?? seq;
    for (const { id } of rows) found.delete(id);
    const candidates = rows.filter(({ id, isDeleted }) => !isDeleted && !id.startsWith('_design/'));
    examined += candidates.length;
    for (const { row, document } of look(candidates)) {
      const at = place(document);
      if (!at || (after && order(at, after) <= 0)) continue;
      const text = revisionText(database, row, row.rev, { conflicts: options.conflicts }) ?? '{}';
      found.set(row.id, { ...at, text });
    }
    const isEnd = rows.length < pageRows;
    if (!isEnd && found.size < 4 * Math.max(wanted, pageRows)) continue;
    const first = [...found.values()].sort(order).slice(0, wanted);
    if (isEnd) return { found: first, examined };
    found.clear();
    for (const one of first) found.set(one.id, one);
  }
}

type Document = Record<string, unknown> & { readonly _id: string };

/** Those rows of a page that are looked for. */
function looking({ selector }: FindOptions, { partial }: Index) {
  const matches = refusingSelectors(() => matcherOf(selector));
  const isIn: Matches = refusingSelectors(() => matcherOf(readSelector(partial)));
  const all = (rows: readonly Row[]) =>
    rows
      .map((row) => ({
        row,
        document: { ...(JSON.parse(row.body) as object), _id: row.id, _rev: row.rev } as Document,
      }))
      .filter(({ document }) => matches(document) && isIn(document));
  if (!hasPattern(selector)) return all;
  const inTime = timeForPatterns(patternMs, pageMs);
  return (rows: readonly Row[]) => refusingSelectors(() => inTime(() => all(rows)));
}

/** Where documents stand in an index; one that lacks a field of it is not in it. */
function placing({ ddoc, fields }: Index): (document: Document) => Place | undefined {
  if (ddoc === null) return ({ _id: id }) => ({ id, key: [] });
  const paths = fields.map(({ field }) => pathOf(field));
  return (document) => {
    const key = paths.map((path) => valueAt(document, path));
    return key.some((value) => value === undefined || value === blocked)
      ? undefined
      : { id: document._id, key };
  };
}

function orderOf({ ddoc }: Index, sort: readonly SortField[]): (a: Place, b: Place) => number {
  const sign = sort[0]?.direction === 'desc' ? -1 : 1;
  if (ddoc === null) return (a, b) => sign * compareIds(a.id, b.id);
  return (a, b) => sign * (compareValues(a.key, b.key) || compareIds(a.id, b.id));
}

const bookmarkOf = ({ id, key }: Place) => Buffer.from(JSON.stringify([id, ...key])).toString('base64url');

function placeOf(bookmark: string): Place {
  try {
    const [id, ...key] = JSON.parse(Buffer.from(bookmark, 'base64url').toString()) as unknown[];
    if (typeof id === 'string') return { id, key };
  } catch {
    // Said below.
  }
  throw refuseBookmark(bookmark);
}
