/** A plain HTTP client with the administrator's rights: it shares no code with what is tested. */
export class AdminClient {
  readonly #origin: () => string;
  readonly #authorization: string;

  constructor(origin: () => string, { name, password }: { name: string; password: string }) {
    this.#origin = origin;
    this.#authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#origin()}/couch/${path}`, {
      method,
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  get = (path: string) => this.#ask('GET', path);
  put = (path: string, body: unknown) => this.#ask('PUT', path, body);
  post = (path: string, body: unknown) => this.#ask('POST', path, body);
  delete = (path: string) => this.#ask('DELETE', path);

  /** Every leaf of every document, tombstones included: `[id, leaves]`. */
  async allLeaves(database: string): Promise<Map<string, Record<string, unknown>[]>> {
    const feed = (await this.get(`${database}/_changes?style=all_docs`)) as {
      results: { id: string; changes: { rev: string }[] }[];
    };
    const wanted = feed.results.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
    const answer = (await this.post(`${database}/_bulk_get?revs=true`, { docs: wanted })) as {
      results: { id: string; docs: { ok?: Record<string, unknown> }[] }[];
    };
    const leaves = new Map<string, Record<string, unknown>[]>();
    for (const { id, docs } of answer.results)
      leaves.set(id, [...(leaves.get(id) ?? []), ...docs.flatMap(({ ok }) => (ok ? [ok] : []))]);
    return leaves;
  }
}
