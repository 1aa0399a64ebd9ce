import type { Fetch } from '../../src/lib/sync/request.ts';

/** What a browser does with the sign-in cookie, which scripts cannot see. */
export class CookieJar {
  #cookie = '';

  readonly fetch: Fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (this.#cookie) headers.set('cookie', this.#cookie);
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      if (pair.startsWith('AuthSession=')) this.#cookie = pair === 'AuthSession=' ? '' : pair;
    }
    return response;
  };

  /** The sign-in ran out: what the phone shows the server means nothing any more. */
  spoil(): void {
    this.#cookie = 'AuthSession=AAAA';
  }

  get isEmpty(): boolean {
    return this.#cookie === '';
  }
}
