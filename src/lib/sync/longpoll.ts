/** One open request that answers when somebody else wrote something. */
import { eitherOf, type Fetch } from './request.ts';

const pollMs = 50_000;

/**
 * Waits for a change after `since`; answers true when there was one, false when it was given up or failed (the next
 * round takes care of that).
 */
export async function waitForChange(options: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly since: string;
  readonly signal: AbortSignal;
}): Promise<boolean> {
  const { fetch, url, since } = options;
  let at = since;
  while (!options.signal.aborted) {
    try {
      const signal = eitherOf(options.signal, AbortSignal.timeout(pollMs + 15_000));
      const query = new URLSearchParams({ feed: 'longpoll', limit: '1', timeout: String(pollMs), since: at });
      const response = await fetch(`${url}/_changes?${query}`, {
        credentials: 'include',
        cache: 'no-store',
        signal,
      });
      if (!response.ok) return false;
      const answer = (await response.json()) as { results?: unknown[]; last_seq?: string | number };
      if ((answer.results?.length ?? 0) > 0) return true;
      at = String(answer.last_seq ?? at);
    } catch {
      return false;
    }
  }
  return false;
}
