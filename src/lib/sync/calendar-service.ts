/** Addresses of calendars as the app asks the server for them. Needs the network. */
import * as z from 'zod/mini';
import { requestJson, serviceUrl, type Fetch } from './request.ts';

const known = z.object({
  id: z.string(),
  /** One facilitator; the whole term when absent. */
  volunteer: z.optional(z.string()),
  by: z.string(),
  createdAt: z.string(),
});
const list = z.object({ calendars: z.array(known) });
const made = z.object({ id: z.string(), url: z.string() });

export type KnownCalendar = z.infer<typeof known>;

export type AskedCalendar<T> =
  | { ok: true; value: T }
  /** `unknown`: the server has no such term or facilitator (yet). */
  | { ok: false; why: 'unreachable' | 'unknown' | 'server' };

const browserFetch: Fetch = (input, init) => fetch(input, init);

export class CalendarService {
  readonly #address: string;
  readonly #fetch: Fetch;

  /** @param server address of the protocol */
  constructor(place: { site: string; term: string; server: string }, fetch: Fetch = browserFetch) {
    const { site, term, server } = place;
    this.#address = serviceUrl(server, `sites/${site}/terms/${encodeURIComponent(term)}/calendars`);
    this.#fetch = fetch;
  }

  /** Those that answer: all of the term for coordinators, one's own otherwise. */
  list = () => this.#ask('GET', '', list);

  /** A new address, told this once. */
  make = (volunteer: string | undefined) =>
    this.#ask('POST', '', made, volunteer === undefined ? {} : { volunteer });

  /** The address answers no more. */
  revoke = (id: string) => this.#ask('DELETE', `/${encodeURIComponent(id)}`, z.unknown());

  async #ask<T>(
    method: string,
    path: string,
    schema: z.ZodMiniType<T>,
    body?: unknown,
  ): Promise<AskedCalendar<T>> {
    const answered = await requestJson(this.#fetch, this.#address + path, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    if (!answered.ok) return { ok: false, why: 'unreachable' };
    if (answered.status === 404) return { ok: false, why: 'unknown' };
    const parsed = z.safeParse(schema, answered.json);
    if (answered.status >= 300 || !parsed.success) return { ok: false, why: 'server' };
    return { ok: true, value: parsed.data };
  }
}
