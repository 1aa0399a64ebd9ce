/** The coordinator's service as the app asks it: invitations, accounts, devices. Needs the network. */
import * as z from 'zod/mini';
import { requestJson, serviceUrl, type Fetch } from './request.ts';

const device = z.object({
  id: z.string(),
  /** The app's own id of the device, as in its documents. */
  device: z.string(),
  label: z.string(),
  signedInAt: z.string(),
  lastSeenAt: z.string(),
  revokedAt: z.optional(z.string()),
});
const account = z.object({
  name: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  isDisabled: z.boolean(),
  /** False: another site has a say in it too. */
  isOwn: z.boolean(),
  devices: z.array(device),
});
const waiting = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  expiresAt: z.string(),
});
const team = z.object({ accounts: z.array(account), invitations: z.array(waiting) });
const made = z.object({ url: z.string(), expiresAt: z.string() });

export type TeamDevice = z.infer<typeof device>;
export type TeamAccount = z.infer<typeof account>;
export type Team = z.infer<typeof team>;
export type MadeInvitation = z.infer<typeof made>;

export interface NewInvitation {
  readonly name: string;
  readonly displayName: string;
  readonly role: 'volunteer' | 'coordinator';
  readonly terms: readonly string[];
}

export type Asked<T> =
  { ok: true; value: T } | { ok: false; why: 'unreachable' | 'taken' | 'signed-out' | 'server' };

const browserFetch: Fetch = (input, init) => fetch(input, init);

export class TeamService {
  readonly #site: string;
  readonly #server: string;
  readonly #fetch: Fetch;

  /** @param server address of the protocol */
  constructor(site: string, server: string, fetch: Fetch = browserFetch) {
    this.#site = site;
    this.#server = server;
    this.#fetch = fetch;
  }

  team = () => this.#ask('GET', 'accounts', team);

  invite = (invitation: NewInvitation) => this.#ask('POST', 'invitations', made, invitation);

  withdraw = (invitation: string) =>
    this.#ask('DELETE', `invitations/${encodeURIComponent(invitation)}`, z.unknown());

  setDisabled = (name: string, isDisabled: boolean) =>
    this.#ask('PUT', `accounts/${encodeURIComponent(name)}`, z.unknown(), { isDisabled });

  /** One more term for an account of the site, on the devices that it has. */
  openTerm = (name: string, term: string) =>
    this.#ask('PUT', `accounts/${encodeURIComponent(name)}/terms/${encodeURIComponent(term)}`, z.unknown());

  revoke = (name: string, id: string) =>
    this.#ask(
      'DELETE',
      `accounts/${encodeURIComponent(name)}/devices/${encodeURIComponent(id)}`,
      z.unknown(),
    );

  async #ask<T>(method: string, path: string, schema: z.ZodMiniType<T>, body?: unknown): Promise<Asked<T>> {
    const answered = await requestJson(this.#fetch, serviceUrl(this.#server, `sites/${this.#site}/${path}`), {
      method,
      ...(body === undefined ? {} : { body }),
    });
    if (!answered.ok) return { ok: false, why: 'unreachable' };
    if (answered.status === 401) return { ok: false, why: 'signed-out' };
    if (answered.status === 409) return { ok: false, why: 'taken' };
    const parsed = z.safeParse(schema, answered.json);
    if (answered.status >= 300 || !parsed.success) return { ok: false, why: 'server' };
    return { ok: true, value: parsed.data };
  }
}
