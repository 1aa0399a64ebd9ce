/** What is asked first in every round: is this the server, who are we to it, how far has a database come? */
import * as z from 'zod/mini';
import type { ClockSkew } from './clock-skew.ts';
import { requestJson, type Fetch } from './request.ts';
import { CycleFailed } from './status.ts';

export interface GreetingOptions {
  readonly fetch: Fetch;
  readonly server: string;
  readonly account: string;
  readonly now: () => number;
  readonly skew: ClockSkew;
  readonly signal: AbortSignal;
}

/** How far a remote database has come, and since when it is there. */
export interface DatabaseState {
  readonly seq: string;
  /** Tells a database from another one of that name; `0` on servers that do not say. */
  readonly createdAt: string;
}

const welcome = z.looseObject({ couchdb: z.literal('Welcome'), uuid: z.optional(z.string()) });
const whoAmI = z.looseObject({
  userCtx: z.looseObject({ name: z.nullable(z.string()), roles: z.array(z.string()) }),
  /** Said by this server alone: the device's own credential was taken back. */
  device: z.optional(z.string()),
});
const databaseInfo = z.looseObject({
  update_seq: z.union([z.string(), z.number()]),
  instance_start_time: z.optional(z.string()),
});

const greetingMs = 10_000;

/**
 * Makes sure that this is the server and that it takes us for `account`: in another tab somebody else may have signed
 * in, and their name must not stand under our marks. Throws `CycleFailed`.
 * @returns the server's `uuid`, which changes when a backup is put back, the account's roles, and whether this device
 *   may only hand in
 */
export async function greet(
  options: GreetingOptions,
): Promise<{ uuid: string; roles: string[]; isRevoked: boolean }> {
  const { fetch, server, skew, now, signal } = options;
  const sentAt = now();
  const answered = await requestJson(fetch, `${server}/`, { timeoutMs: greetingMs, signal });
  if (!answered.ok) throw new CycleFailed(answered.why);
  if (answered.status >= 500) throw new CycleFailed('server');
  const parsed = z.safeParse(welcome, answered.json);
  if (!parsed.success) throw new CycleFailed('not-json');
  skew.note(answered.date, sentAt, now());
  const named = await requestJson(fetch, `${server}/_session`, { timeoutMs: greetingMs, signal });
  if (!named.ok) throw new CycleFailed(named.why);
  if (named.status === 401) throw new CycleFailed('signed-out');
  if (named.status >= 400) throw new CycleFailed('server');
  const who = z.safeParse(whoAmI, named.json);
  if (!who.success) throw new CycleFailed('not-json');
  if (who.data.userCtx.name !== options.account) throw new CycleFailed('signed-out');
  return {
    uuid: parsed.data.uuid ?? '',
    roles: who.data.userCtx.roles,
    isRevoked: who.data.device === 'revoked',
  };
}

/**
 * How far a remote database has come; `forbidden` when this account is no member of it, `missing` when there is none.
 * Throws `CycleFailed`.
 */
export async function describeDatabase(
  { fetch, signal }: Pick<GreetingOptions, 'fetch' | 'signal'>,
  url: string,
): Promise<DatabaseState | 'forbidden' | 'missing'> {
  const answered = await requestJson(fetch, url, { signal });
  if (!answered.ok) throw new CycleFailed(answered.why);
  if (answered.status === 401) throw new CycleFailed('signed-out');
  if (answered.status === 403) return 'forbidden';
  if (answered.status === 404) return 'missing';
  const parsed = z.safeParse(databaseInfo, answered.json);
  if (answered.status !== 200) throw new CycleFailed('server');
  if (!parsed.success) throw new CycleFailed('not-json');
  return { seq: String(parsed.data.update_seq), createdAt: parsed.data.instance_start_time ?? '0' };
}
