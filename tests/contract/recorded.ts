/** Comparing an answer with one recorded from a CouchDB: what a server may make as it likes is not compared. */
import type { Given } from './exchange.ts';

export interface Recorded {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly auth?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly raw?: string;
  };
  readonly response: { readonly status: number; readonly body?: unknown };
  /** `rev:name` or `seq:name`: kept for the requests after. */
  readonly save?: string;
  readonly compare?: 'count';
  readonly skipbody?: boolean;
}

/** A server's own: identity, sequences, sizes, texts for people. */
const free = new Set(
  `seq last_seq update_seq pending offset purge_seq instance_start_time uuid uuids version git_sha vendor features
   sizes props cluster disk_format_version reason info
   iterations salt derived_key bookmark digest`.split(/\s+/),
);

/** @param fixed hashes that the client chose: they must come back as they were */
export function isSame(
  { request, response, compare, skipbody }: Recorded,
  given: Given,
  database: string,
  fixed: ReadonlySet<string>,
): boolean {
  if (given.status !== response.status) return false;
  if (skipbody || request.method === 'HEAD') return true;
  const wanted: unknown = JSON.parse(JSON.stringify(response.body ?? '').replaceAll('{db}', database));
  const actual = parse(given.text);
  if (compare === 'count') return resultsOf(wanted).length === resultsOf(actual).length;
  // Feeds line by line: as many lines, of the same documents.
  if (typeof wanted === 'string')
    return typeof actual === 'string' && idsIn(wanted).join() === idsIn(actual).join();
  return equals(inOrder(wanted), inOrder(actual), fixed);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const resultsOf = (value: unknown) => (value as { results?: unknown[] } | null)?.results ?? [];
const idsIn = (text: string) => [...text.matchAll(/"id":"([^"]*)"/g)].map(([, id]) => id);

/** An id that the server made: it stands anywhere among the others, here before them. */
const orderOf = (id: string) => (/^[0-9a-f]{32}$/.test(id) ? '' : id);

/** Leaves of a change, and changes of one moment, come in any order. */
function inOrder(value: unknown): unknown {
  const results = resultsOf(value) as { id: string; changes?: { rev: string }[] }[];
  if (!results.length || !results.every((row) => row.changes)) return value;
  const sorted = results
    .map((row) => ({ ...row, changes: [...(row.changes ?? [])].sort((x, y) => (x.rev < y.rev ? -1 : 1)) }))
    .sort((x, y) => (orderOf(x.id) < orderOf(y.id) ? -1 : 1));
  return { ...(value as object), results: sorted };
}

function equals(wanted: unknown, actual: unknown, fixed: ReadonlySet<string>): boolean {
  if (typeof wanted === 'string' && typeof actual === 'string') return isSameText(wanted, actual, fixed);
  if (Array.isArray(wanted))
    return (
      Array.isArray(actual) &&
      wanted.length === actual.length &&
      wanted.every((each, n) => equals(each, actual[n], fixed))
    );
  if (typeof wanted !== 'object' || wanted === null || typeof actual !== 'object' || actual === null)
    return wanted === actual;
  const [left, right] = [named(wanted), named(actual)];
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && equals(value, right.get(key), fixed))
  );
}

const named = (value: object) => new Map(Object.entries(value).filter(([key]) => !free.has(key)));

function isSameText(wanted: string, actual: string, fixed: ReadonlySet<string>): boolean {
  if (wanted === actual) return true;
  const [left, right] = [wanted, actual].map((text) => /^(?:(\d+)-)?([0-9a-f]{32})$/.exec(text));
  return Boolean(left && right && left[1] === right[1] && !fixed.has(left[2] ?? ''));
}
