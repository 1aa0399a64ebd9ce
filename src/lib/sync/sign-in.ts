/** Signing in and out, and who is signed in on this device from one start to the next. */
import * as z from 'zod/mini';
import type { AccountName } from '../domain/ids.ts';
import { isSignOutDue, rememberedDevice, rememberSignOutDue } from './remembered.ts';
import { requestJson, serviceUrl, type Fetch } from './request.ts';

export interface SignedIn {
  readonly name: AccountName;
  readonly roles: readonly string[];
}

export type SignInResult =
  | { ok: true; account: SignedIn }
  | { ok: false; why: 'wrong-credentials' | 'locked-out' | 'unreachable' | 'server' };

const signedIn = z.object({ name: z.string(), roles: z.array(z.string()) });

const browserFetch: Fetch = (input, init) => fetch(input, init);

/** Asks the server; the cookie it sets is out of reach of scripts. `server` is the address of the protocol. */
export async function signIn(
  server: string,
  name: string,
  password: string,
  fetch: Fetch = browserFetch,
): Promise<SignInResult> {
  const answered = await requestJson(fetch, `${server}/_session`, {
    method: 'POST',
    body: { name: name.trim(), password, device: rememberedDevice() },
  });
  if (!answered.ok) return { ok: false, why: 'unreachable' };
  if (answered.status === 401) return { ok: false, why: 'wrong-credentials' };
  if (answered.status === 403 || answered.status === 429) return { ok: false, why: 'locked-out' };
  const parsed = z.safeParse(signedIn, answered.json);
  if (answered.status !== 200 || !parsed.success) return { ok: false, why: 'server' };
  rememberSignOutDue(false);
  return { ok: true, account: { name: parsed.data.name as AccountName, roles: parsed.data.roles } };
}

export type Accepted =
  | { ok: true; account: SignedIn }
  /** `gone`: used, withdrawn or too old. */
  | { ok: false; why: 'gone' | 'unreachable' | 'server' };

/** Signs this device in by an invitation's token. `server` is the address of the protocol. */
export async function acceptInvitation(
  server: string,
  token: string,
  fetch: Fetch = browserFetch,
): Promise<Accepted> {
  const answered = await requestJson(fetch, serviceUrl(server, 'invitations/accept'), {
    method: 'POST',
    body: { token, device: rememberedDevice() },
  });
  if (!answered.ok) return { ok: false, why: 'unreachable' };
  if (answered.status === 410 || answered.status === 400) return { ok: false, why: 'gone' };
  const parsed = z.safeParse(signedIn, answered.json);
  if (answered.status !== 200 || !parsed.success) return { ok: false, why: 'server' };
  rememberSignOutDue(false);
  return { ok: true, account: { name: parsed.data.name as AccountName, roles: parsed.data.roles } };
}

/**
 * Ends the sign-in. Without a network the cookie, which scripts cannot reach, stays until {@link finishSignOut} or the
 * next sign-in takes its place.
 */
export async function signOut(server: string, fetch: Fetch = browserFetch): Promise<void> {
  rememberSignOutDue(true);
  const answered = await requestJson(fetch, `${server}/_session`, { method: 'DELETE', timeoutMs: 5000 });
  if (answered.ok && answered.status === 200) rememberSignOutDue(false);
}

/** Tells the server of a sign-out made without a network, if there is one; for the sign-in's page. */
export async function finishSignOut(server: string, fetch: Fetch = browserFetch): Promise<void> {
  if (isSignOutDue()) await signOut(server, fetch);
}
