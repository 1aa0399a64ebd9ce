/** What may be asked of a list of documents: in the query, in the body of a `POST`, in one of several `queries`. */
import { HttpError, badRequest, queryParseError } from '../http/http-error.ts';
import { parseJson } from '../http/json.ts';
import type { Query } from '../http/query.ts';

export interface ListOptions {
  readonly keys: readonly unknown[] | undefined;
  /** Ids; what is no text stands before them all. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly includesEnd: boolean;
  readonly descending: boolean;
  readonly skip: number;
  readonly limit: number;
  readonly includeDocs: boolean;
  readonly conflicts: boolean;
  readonly attachments: boolean;
  readonly updateSeq: boolean;
}

/** Names and values, those that count more behind the others. */
type Given = readonly (readonly [name: string, value: unknown])[];

/** The other names of the ends. */
const otherNames: Readonly<Record<string, string>> = {
  start_key: 'startkey',
  end_key: 'endkey',
  start_key_doc_id: 'startkey_docid',
  end_key_doc_id: 'endkey_docid',
};

/** Reads what a query says. Throws a 400. */
export function givenIn(query: Query): Given {
  return query.entries().map(([name, text]) => [name, valueOf(otherNames[name] ?? name, text)]);
}

const jsonNames = new Set(['key', 'keys', 'startkey', 'endkey']);

function valueOf(name: string, text: string): unknown {
  if (jsonNames.has(name)) return parseJson(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Puts together what is asked. Throws CouchDB's 400s. */
export function readListOptions(...given: readonly Given[]): ListOptions {
  const values = new Map<string, unknown>();
  for (const [name, value] of given.flat()) {
    const known = otherNames[name] ?? name;
    // One key is a range from itself to itself.
    for (const each of known === 'key' ? ['startkey', 'endkey'] : [known]) values.set(each, value);
  }
  const flag = (name: string, otherwise = false) => readFlag(values.get(name) ?? otherwise);
  const count = (name: string, otherwise: number) => readCount(values.get(name) ?? otherwise);
  if (values.has('group') || values.has('group_level'))
    throw queryParseError('Invalid use of grouping on a map view.');
  if (flag('reduce')) throw queryParseError('Reduce is invalid for map-only views.');
  const keys = values.get('keys');
  if (keys !== undefined && !Array.isArray(keys)) throw badRequest('`keys` parameter must be an array.');
  const end = (name: string) => idOf(values.has(name) ? values.get(name) : values.get(`${name}_docid`));
  const from = end('startkey');
  const to = end('endkey');
  if (keys && (from !== undefined || to !== undefined))
    throw new HttpError(
      400,
      'query_parse_error',
      '`keys` is incompatible with `key`, `start_key` and `end_key`',
    );
  return {
    keys: keys as unknown[] | undefined,
    from,
    to,
    includesEnd: flag('inclusive_end', true),
    descending: flag('descending'),
    skip: count('skip', 0),
    limit: count('limit', Number.MAX_SAFE_INTEGER),
    includeDocs: flag('include_docs'),
    conflicts: flag('conflicts'),
    attachments: flag('attachments'),
    updateSeq: flag('update_seq'),
  };
}

const idOf = (key: unknown) => (key === undefined || typeof key === 'string' ? key : '');

function readFlag(value: unknown): boolean {
  if (typeof value !== 'boolean')
    throw queryParseError(`Invalid boolean parameter: ${JSON.stringify(value)}`);
  return value;
}

function readCount(value: unknown): number {
  if (!Number.isSafeInteger(value))
    throw queryParseError(`Invalid value for integer: ${JSON.stringify(value)}`);
  if ((value as number) < 0)
    throw queryParseError(`Invalid value for positive integer: "${JSON.stringify(value)}"`);
  return value as number;
}

/** Those of some ids in their order that are asked for, and how many stand before them. */
export function inRange<Item extends { readonly id: string }>(items: readonly Item[], options: ListOptions) {
  const { from, to, descending, includesEnd, skip, limit } = options;
  const ordered = descending ? [...items].reverse() : items;
  const isBefore = (a: string, b: string) => (descending ? a > b : a < b);
  const first = from === undefined ? 0 : ordered.filter(({ id }) => isBefore(id, from)).length;
  const range = ordered
    .slice(first)
    .filter(({ id }) => to === undefined || (includesEnd ? !isBefore(to, id) : isBefore(id, to)));
  return { items: range.slice(skip, skip + limit), before: first + skip };
}
