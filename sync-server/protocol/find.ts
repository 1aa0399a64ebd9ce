/** `_find`: documents by a selector. There are no indexes: every document is looked at, some at a time. */
import { setImmediate as giveWay } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Database } from '../engine/engine.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest } from '../http/http-error.ts';
import { asObject } from './incoming.ts';
import { revisionText } from './outgoing.ts';
import { matcherOf } from './selector.ts';

const pageRows = 500;

const request = z.object({
  fields: z.optional(z.array(z.string())),
  sort: z.optional(z.array(z.union([z.string(), z.record(z.string(), z.enum(['asc', 'desc']))]))),
  limit: z.optional(z.int().check(z.nonnegative())),
  skip: z.optional(z.int().check(z.nonnegative())),
  bookmark: z.optional(z.string()),
  conflicts: z.optional(z.boolean()),
  execution_stats: z.optional(z.boolean()),
});

type Selector = Record<string, unknown>;
type Found = { readonly id: string; readonly text: string };

/** `POST /{db}/_find`. */
export const find: Endpoint = {
  methods: ['POST'],
  path: '/:db/_find',
  access: 'member',
  async handle(call) {
    const { selector, options } = read(call);
    const startedAt = performance.now();
    const descending = isDescending(options.sort);
    const after = options.bookmark === undefined ? undefined : afterOf(options.bookmark);
    const wanted = (options.skip ?? 0) + (options.limit ?? 25);
    const { found, examined } = await search(call.database, {
      matches: matcher(selector),
      isWanted: (id) => after === undefined || (descending ? id < after : id > after),
      wanted,
      descending,
      conflicts: options.conflicts ?? false,
    });
    const page = found.slice(options.skip ?? 0);
    const docs = page.map(({ text }) => (options.fields?.length ? projected(text, options.fields) : text));
    const last = page.at(-1)?.id ?? after;
    const stats = {
      total_keys_examined: 0,
      total_docs_examined: examined,
      total_quorum_docs_examined: 0,
      results_returned: page.length,
      execution_time_ms: Math.round((performance.now() - startedAt) * 1000) / 1000,
    };
    const tail = {
      bookmark: last === undefined ? 'nil' : bookmarkOf(last),
      ...(options.execution_stats ? { execution_stats: stats } : {}),
      warning: 'No matching index found, create an index to optimize query time.',
    };
    return { raw: `{"docs":[${docs.join(',\r\n')}],${JSON.stringify(tail).slice(1)}` };
  },
};

/** `POST /{db}/_explain`: how a search is done: always by looking at every document. */
export const explain: Endpoint = {
  methods: ['POST'],
  path: '/:db/_explain',
  access: 'member',
  handle(call) {
    const { selector, options } = read(call);
    const { fields = [], limit = 25, skip = 0 } = options;
    return {
      body: {
        dbname: call.database.name,
        index: byId,
        selector,
        opts: { use_index: [], bookmark: options.bookmark ?? 'nil', limit, skip, sort: {}, fields },
        limit,
        skip,
        fields: fields.length ? fields : 'all_fields',
      },
    };
  },
};

const byId = { ddoc: null, name: '_all_docs', type: 'special', def: { fields: [{ _id: 'asc' }] } };

/** `/{db}/_index`: the one that is always there; others are not made. */
export const indexes: Endpoint = {
  methods: ['GET', 'POST'],
  path: '/:db/_index',
  access: 'member',
  handle({ method }) {
    if (method === 'GET') return { body: { total_rows: 1, indexes: [byId] } };
    throw new HttpError(501, 'not_implemented', 'Indexes are not made by this server: _find does without.');
  },
};

function read(call: Call): { selector: Selector; options: z.infer<typeof request> } {
  const body = asObject(call.json());
  if (body.selector === undefined)
    throw new HttpError(400, 'missing_required_key', 'Missing required key: selector');
  if (typeof body.selector !== 'object' || body.selector === null || Array.isArray(body.selector))
    throw new HttpError(400, 'invalid_selector_json', 'Selector must be a JSON object');
  const parsed = z.safeParse(request, body);
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new HttpError(400, 'invalid_key', `Invalid value for key: ${field}`);
  }
  return { selector: body.selector as Selector, options: parsed.data };
}

/** Without indexes only the order of the ids is at hand. */
function isDescending(sort: readonly (string | Record<string, 'asc' | 'desc'>)[] | undefined): boolean {
  if (!sort?.length) return false;
  const [first] = sort.map((one) => (typeof one === 'string' ? { [one]: 'asc' } : one));
  if (sort.length > 1 || !first || Object.keys(first).join() !== '_id')
    throw new HttpError(
      400,
      'no_usable_index',
      'No index exists for this sort, try indexing by the sort fields.',
    );
  return first._id === 'desc';
}

function matcher(selector: Selector): (document: Record<string, unknown>) => boolean {
  if (Object.keys(selector).length === 0) return () => true;
  const matches = matcherOf(
    selector,
    () => new HttpError(400, 'invalid_operator', 'Invalid operator or value in the selector.'),
  );
  // A selector that means nothing is refused before the first document.
  matches({ _id: '', _rev: '' });
  return matches;
}

interface Search {
  readonly matches: (document: Record<string, unknown>) => boolean;
  readonly isWanted: (id: string) => boolean;
  /** How many, from the first in the order of the ids. */
  readonly wanted: number;
  readonly descending: boolean;
  readonly conflicts: boolean;
}

/** Walks through the feed, giving way to other requests between pages; what moves meanwhile is counted once. */
async function search(database: Database, { matches, isWanted, wanted, descending, conflicts }: Search) {
  const found = new Map<string, Found>();
  let examined = 0;
  for (let seq = 0; ; await giveWay()) {
    const rows = database.changes(seq, pageRows);
    for (const row of rows) {
      seq = row.seq;
      found.delete(row.id);
      if (row.isDeleted || row.id.startsWith('_design/') || !isWanted(row.id)) continue;
      examined += 1;
      const body = JSON.parse(row.body) as Record<string, unknown>;
      if (!matches({ ...body, _id: row.id, _rev: row.rev })) continue;
      found.set(row.id, { id: row.id, text: revisionText(database, row, row.rev, { conflicts }) ?? '{}' });
    }
    const isEnd = rows.length < pageRows;
    if (!isEnd && found.size < 4 * Math.max(wanted, pageRows)) continue;
    const first = inOrder([...found.values()], descending).slice(0, wanted);
    if (isEnd) return { found: first, examined };
    found.clear();
    for (const one of first) found.set(one.id, one);
  }
}

const inOrder = (found: Found[], descending: boolean) =>
  found.sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)) * (descending ? -1 : 1));

const bookmarkOf = (id: string) => Buffer.from(id).toString('base64url');

function afterOf(bookmark: string): string | undefined {
  if (bookmark === '' || bookmark === 'nil') return undefined;
  const id = Buffer.from(bookmark, 'base64url').toString();
  if (bookmarkOf(id) !== bookmark) throw badRequest('Invalid bookmark value');
  return id;
}

/** A document with these fields alone; `a.b` is a field within a field. */
function projected(text: string, fields: readonly string[]): string {
  const document = JSON.parse(text) as Record<string, unknown>;
  const kept: Record<string, unknown> = {};
  for (const field of fields) {
    const path = field.split('.');
    const value = path.reduce<unknown>(
      (at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined),
      document,
    );
    if (value !== undefined) place(kept, path, value);
  }
  return JSON.stringify(kept);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) define(target, name, value);
  else {
    const inner = Object.hasOwn(target, name) ? target[name] : undefined;
    const next = isRecord(inner) ? inner : {};
    define(target, name, next);
    place(next, rest, value);
  }
}

/** A field of any name, `__proto__` as well. */
const define = (target: Record<string, unknown>, name: string, value: unknown) =>
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
