/** Requests to the server: each has a time limit, and whatever is not the server's JSON is a failure. */

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export type RequestFailure =
  /** No connection, or it broke. */
  | 'network'
  | 'timeout'
  /** Something answered that is not the server: a captive portal's page, or half an answer. */
  | 'not-json';

export type Answered =
  { ok: true; status: number; json: unknown; date: string | null } | { ok: false; why: RequestFailure };

/** The address of a remote database. `server` is the address of the protocol: `https://…/couch`. */
export const remoteUrl = (server: string, remote: string) => `${server}/${encodeURIComponent(remote)}`;

/** An address of the coordinator's service, which stands beside the protocol. */
export const serviceUrl = (server: string, path: string) => `${server.replace(/\/couch$/, '')}/api/${path}`;

const defaultTimeoutMs = 30_000;

/** Aborts when one of them does; browsers have this of their own only since 2024, and phones last longer. */
export function eitherOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  if (typeof AbortSignal.any === 'function') return AbortSignal.any([one, other]);
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort(signal.reason);
    signal.addEventListener('abort', () => both.abort(signal.reason), { once: true });
  }
  return both.signal;
}

/**
 * Sends JSON and reads JSON. Never throws.
 * @param timeoutMs covers the whole exchange, the body included
 */
export async function requestJson(
  fetch: Fetch,
  url: string,
  init: { method?: string; body?: unknown; timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<Answered> {
  const limit = AbortSignal.timeout(init.timeoutMs ?? defaultTimeoutMs);
  const signal = init.signal ? eitherOf(limit, init.signal) : limit;
  let text: string;
  let response: Response;
  try {
    response = await fetch(url, {
      method: init.method ?? 'GET',
      credentials: 'include',
      cache: 'no-store',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      signal,
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    text = await response.text();
  } catch {
    return { ok: false, why: limit.aborted ? 'timeout' : 'network' };
  }
  try {
    return {
      ok: true,
      status: response.status,
      json: JSON.parse(text) as unknown,
      date: response.headers.get('date'),
    };
  } catch {
    return { ok: false, why: 'not-json' };
  }
}
