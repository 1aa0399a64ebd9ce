/** The contract's table format: requests made in order against a fresh database, and what each must give. */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** What a request gave. */
export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Request {
  readonly method: string;
  /** Below the protocol's root: `/`, `/db/id?rev=…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer<ArrayBuffer>;
}

/** Something that speaks the protocol. */
export interface Target {
  readonly title: string;
  /** `name:password` of an administrator. */
  readonly admin: string;
  ask(request: Request): Promise<Given>;
  close(): Promise<void>;
}

/**
 * One request and its right answer. In paths, bodies and expectations `{db}` is the fresh database and `{word}` a value
 * kept from an answer before.
 */
export interface Exchange {
  /** The behaviour, as a test's name. */
  readonly does: string;
  /** `GET /{db}/a?rev={first}`. */
  readonly ask: string;
  readonly body?: unknown;
  /** A body as it is, not JSON. */
  readonly text?: string | Buffer<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Credentials; an administrator's when absent, `null` for none. */
  readonly as?: string | null;
  readonly status: number;
  /**
   * What the body holds: fields that are not named are free, lists are complete. `*` stands for anything, `3-*` for any
   * revision of the third generation.
   */
  readonly gives?: unknown;
  /** Fields that must not be there. */
  readonly lacks?: readonly string[];
  /** Headers that it must bring, with their values. */
  readonly heads?: Readonly<Record<string, string>>;
  /** What the text must match, where it is not one JSON value. */
  readonly says?: RegExp;
  /** A promise of ours that CouchDB does not make: not asked of a CouchDB that was given. */
  readonly onlyHere?: boolean;
  /** A CouchDB may answer as before for a moment: asked again until it answers so. */
  readonly soon?: boolean;
  /** Names under which fields of the answer are kept. */
  readonly keep?: Readonly<Record<string, string>>;
}

export interface Suite {
  readonly about: string;
  readonly exchanges: readonly Exchange[];
}

const fill = (text: string, kept: ReadonlyMap<string, string>) =>
  text.replace(/\{([a-z]\w*)\}/g, (whole, name: string) => kept.get(name) ?? whole);

const fillPath = (path: string, kept: ReadonlyMap<string, string>) =>
  path.replace(/\{([a-z]\w*)\}/g, (whole, name: string) => {
    const value = kept.get(name);
    return value === undefined ? whole : encodeURIComponent(value);
  });

function fillAll(value: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return fill(value, kept);
  if (Array.isArray(value)) return value.map((each) => fillAll(each, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [fill(key, kept), fillAll(each, kept)]),
  );
}

/** Where an answer differs from what is wanted, in words; `undefined` when it does not. */
export function difference(wanted: unknown, actual: unknown, at = 'body'): string | undefined {
  const differs = `${at}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}`;
  if (wanted === '*') return actual === undefined ? differs : undefined;
  if (typeof wanted === 'string' && /^\d+-\*$/.test(wanted))
    return typeof actual === 'string' && actual.startsWith(wanted.slice(0, -1)) ? undefined : differs;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) return differs;
    return firstOf(wanted.map((each, n) => difference(each, actual[n], `${at}[${n}]`)));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof actual !== 'object' || actual === null) return differs;
    const fields = actual as Record<string, unknown>;
    return firstOf(
      Object.entries(wanted).map(([key, each]) => difference(each, fields[key], `${at}.${key}`)),
    );
  }
  return isDeepStrictEqual(wanted, actual) ? undefined : differs;
}

const firstOf = (differences: (string | undefined)[]) => differences.find((each) => each !== undefined);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

export const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** Makes one exchange; answers what is wrong with it, or `undefined`. Keeps what it was told to. */
export async function make(
  exchange: Exchange,
  target: Target,
  kept: Map<string, string>,
): Promise<string | undefined> {
  for (let left = exchange.soon ? 100 : 1; ; left--) {
    const wrong = await makeOnce(exchange, target, kept);
    if (wrong === undefined || left === 1) return wrong;
    await delay(50);
  }
}

async function makeOnce(
  exchange: Exchange,
  target: Target,
  kept: Map<string, string>,
): Promise<string | undefined> {
  const [method = '', path = ''] = exchange.ask.split(' ');
  const as = exchange.as === undefined ? target.admin : exchange.as;
  const isJson = exchange.body !== undefined;
  const body = isJson ? JSON.stringify(fillAll(exchange.body, kept)) : exchange.text;
  const given = await target.ask({
    method,
    path: fillPath(path, kept),
    headers: {
      ...(as === null ? {} : { authorization: basic(as) }),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...(fillAll(exchange.headers ?? {}, kept) as Record<string, string>),
    },
    ...(body === undefined ? {} : { body }),
  });
  const json = parse(given.text);
  for (const [name, field] of Object.entries(exchange.keep ?? {})) {
    const value = (json as Record<string, unknown> | undefined)?.[field] ?? given.headers[field];
    kept.set(name, String(value));
  }
  if (given.status !== exchange.status)
    return `status: wanted ${exchange.status}, got ${given.status} ${given.text.slice(0, 300)}`;
  const headers = exchange.heads && difference(exchange.heads, given.headers, 'headers');
  if (headers !== undefined) return headers;
  if (exchange.says && !exchange.says.test(given.text)) return `text: ${given.text.slice(0, 300)}`;
  const surplus = exchange.lacks?.find((field) => Object.hasOwn(json as object, field));
  if (surplus !== undefined) return `body.${surplus} should not be there`;
  return exchange.gives === undefined ? undefined : difference(fillAll(exchange.gives, kept), json);
}
