/** A CouchDB, single or cluster, as its administrator asks it. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** It did not answer as a CouchDB does; the message is for whoever runs the command, and holds no password. */
export class CouchFailed extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

export interface CouchAnswer {
  readonly status: number;
  readonly json: unknown;
}

const attempts = 5;

const digestOf = (text: string) => createHash('sha256').update(text).digest();

export class CouchClient {
  readonly #root: string;
  readonly #name: string;
  readonly #authorization: string;

  /** @param url `http://name:password@host:5984` */
  constructor(url: string) {
    const { username, password, origin, pathname } = new URL(url);
    this.#root = origin + pathname.replace(/\/$/, '');
    this.#name = decodeURIComponent(username);
    const credentials = `${this.#name}:${decodeURIComponent(password)}`;
    this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  /**
   * Whether credentials are of our own administrator's name and wrong. They are not to be asked about: after five wrong
   * ones a CouchDB locks that name out, and us with it.
   * @param credentials `name:password`
   */
  isGuessAtOurName(credentials: string): boolean {
    if (credentials.split(':', 1)[0] !== this.#name) return false;
    const own = Buffer.from(this.#authorization.slice('Basic '.length), 'base64').toString();
    return !timingSafeEqual(digestOf(credentials), digestOf(own));
  }

  /** Without credentials. */
  get address(): string {
    return this.#root;
  }

  /**
   * Asks; a node that is gone for a moment (no connection, 5xx) is asked again. Throws `CouchFailed`.
   * @param body JSON, or text that is JSON already
   */
  async ask(method: string, path: string, body?: unknown): Promise<CouchAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(method, path, body);
      if (answer && answer.status < 500) return answer;
      if (attempt === attempts)
        throw new CouchFailed(
          answer ? `${this.#root} answers ${answer.status}.` : `${this.#root} does not answer.`,
          answer?.status,
        );
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }

  async #once(method: string, path: string, body: unknown): Promise<CouchAnswer | undefined> {
    try {
      const response = await fetch(this.#root + path, {
        method,
        headers: {
          authorization: this.#authorization,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        signal: AbortSignal.timeout(120_000),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      // A HEAD has no body; half an answer is none.
      return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
    } catch {
      return undefined;
    }
  }
}
