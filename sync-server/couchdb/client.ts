/** A CouchDB, single or cluster, as its administrator asks it. */

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

/** The headers by which a CouchDB knows who asks. */
export type Credentials = Readonly<Record<string, string>>;

const attempts = 5;

export class CouchClient {
  /** Without credentials. */
  readonly url: URL;
  /** Of its protocol below that address; empty, or without a `/` at its end. */
  readonly basePath: string;
  /** The administrator by whom it is asked. */
  readonly administrator: string;
  readonly password: string;
  readonly #root: string;
  readonly #authorization: string;

  /** @param url `http://name:password@host:5984` */
  constructor(url: string) {
    const { username, password, origin, pathname } = new URL(url);
    this.url = new URL(origin);
    this.basePath = pathname.replace(/\/$/, '');
    this.#root = origin + this.basePath;
    this.administrator = decodeURIComponent(username);
    this.password = decodeURIComponent(password);
    this.#authorization = basic(this.administrator, this.password);
  }

  /** Without credentials, as text. */
  get address(): string {
    return this.#root;
  }

  /**
   * Asks; a node that is gone for a moment (no connection, 5xx) is asked again. Throws `CouchFailed`.
   * @param body JSON, or text that is JSON already
   * @param credentials headers by which somebody else than the administrator is known
   */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    credentials: Credentials = { authorization: this.#authorization },
  ): Promise<CouchAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(method, path, body, credentials);
      // What is not done there is not done the next time either.
      if (answer && (answer.status < 500 || answer.status === 501)) return answer;
      if (attempt === attempts)
        throw new CouchFailed(
          answer ? `${this.#root} answers ${answer.status}.` : `${this.#root} does not answer.`,
          answer?.status,
        );
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }

  async #once(
    method: string,
    path: string,
    body: unknown,
    credentials: Credentials,
  ): Promise<CouchAnswer | undefined> {
    try {
      const response = await fetch(this.#root + path, {
        method,
        headers: {
          ...credentials,
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

/** The header by which somebody is known. */
export const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
