/** Which changes a feed tells: `filter=_doc_ids`, `_selector`, `_design`, `_view`, or a function of a design document. */
import { FilterBroken, findFilter } from '../design/filter.ts';
import type { Row } from '../engine/engine.ts';
import type { Call } from '../http/endpoint.ts';
import { HttpError, badRequest, notFound } from '../http/http-error.ts';
import { readSelector } from '../selectors/condition.ts';
import { hasPattern, matcherOf, timeForPatterns } from '../selectors/matching.ts';
import { refusingSelectors } from './find-options.ts';
import { asObject } from './incoming.ts';
import { newId } from './new-id.ts';
import { revisionText } from './outgoing.ts';
import { projection } from './projection.ts';

/** Longer than that no feed compares documents with patterns; what a row takes without any is not counted. */
const patternMs = 1000;
const rowMs = 1;

/** What a feed tells of a row. */
export interface Filter {
  /** Whether this revision is told, the winner or another leaf. */
  readonly includes: (row: Row, rev: string) => boolean;
  /** A document as the feed brings it, from its whole text. */
  readonly shown?: (text: string) => string;
}

/** The filter of a request. Throws CouchDB's errors when it is none. */
export function filterOf(call: Call): Filter {
  const { query, method, bytes } = call;
  const filter = query.text('filter') ?? '';
  const body = method === 'POST' && bytes.length ? asObject(call.json()) : {};
  switch (filter) {
    case '':
      return { includes: () => true };
    case '_doc_ids':
      return ofIds(body.doc_ids ?? query.json('doc_ids'));
    case '_selector':
      if (method !== 'POST') throw badRequest('Selector must be specified in POST payload');
      return ofSelector(call, body);
    case '_design':
      return { includes: (row) => row.id.startsWith('_design/') };
    case '_view':
      return ofDesign(call, 'views', query.text('view'));
    default:
      if (filter.startsWith('_')) throw badRequest('unknown builtin filter name');
      return ofDesign(call, 'filters', filter);
  }
}

function ofIds(ids: unknown): Filter {
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
    throw badRequest('`doc_ids` filter parameter is not a list of doc ids.');
  const wanted = new Set(ids as string[]);
  return { includes: (row) => wanted.has(row.id) };
}

const documentOf = ({ database }: Call, row: Row, rev: string): Record<string, unknown> =>
  JSON.parse(revisionText(database, row, rev) ?? '{}') as Record<string, unknown>;

function ofSelector(call: Call, { selector, fields = [] }: Record<string, unknown>): Filter {
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector))
    throw badRequest('Selector error: expected a JSON object');
  if (!Array.isArray(fields) || !fields.every((field) => typeof field === 'string'))
    throw badRequest('Selector error: fields must be JSON array');
  const refusing = <Result>(run: () => Result) => refusingSelectors(run, 'bad_request');
  const condition = refusing(() => readSelector(selector as Record<string, unknown>));
  const matches = refusing(() => matcherOf(condition));
  const includes = (row: Row, rev: string) => matches(documentOf(call, row, rev));
  const inTime = timeForPatterns(patternMs, rowMs);
  return {
    includes: hasPattern(condition)
      ? (row, rev) => refusing(() => inTime(() => includes(row, rev)))
      : includes,
    shown: refusing(() => projection(fields as string[])),
  };
}

const words = { filters: 'filter', views: 'view' } as const;

/** A function of a design document, asked about each document with the request as CouchDB describes it. */
function ofDesign(call: Call, kind: 'filters' | 'views', place: string | undefined): Filter {
  const { database } = call;
  if (place === undefined) throw badRequest('`view` filter parameter is not provided.');
  const [design, name, ...rest] = place.split('/').map(unescaped);
  if (design === undefined || name === undefined || rest.length)
    throw badRequest(`\`${words[kind]}\` must be of the form \`designname/${words[kind]}name\``);
  const found = findFilter(database, design, name, kind);
  if (!found.ok)
    throw found.why === 'no design document'
      ? notFound('missing')
      : new HttpError(404, 'not_found', `missing json key: ${name}`);
  const request = requestOf(call);
  return {
    includes(row, rev) {
      try {
        const [start, hash] = rev.split('-');
        const own = { _revisions: { start: Number(start), ids: [hash] } };
        return found.passes({ ...documentOf(call, row, rev), ...own }, request);
      } catch (error) {
        if (!(error instanceof FilterBroken)) throw error;
        throw new HttpError(500, 'os_process_error', `The filter was stopped: ${error.message}`);
      }
    },
  };
}

/** The request as CouchDB describes it to a function, without what proves who sent it. */
function requestOf(call: Call) {
  const { database, user, method, rawPath, query, address, headers } = call;
  const { authorization: _, cookie: __, ...shown } = headers;
  const path = rawPath.split('/').slice(1).map(unescaped);
  return {
    ...{ method, path, requested_path: path, raw_path: rawPath, query: query.all(), headers: shown },
    ...{ id: null, body: 'undefined', form: {}, cookie: {}, peer: address, uuid: newId() },
    userCtx: { db: database.name, name: user.name, roles: user.roles },
    secObj: database.rawSecurity(),
    info: { db_name: database.name },
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
