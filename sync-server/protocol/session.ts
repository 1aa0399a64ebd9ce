import * as z from 'zod/mini';
import { namedDevice } from '../accounts/named-device.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { badRequest, lockedOut, unauthorized } from '../http/http-error.ts';

const credentials = z.object({
  name: z.string(),
  password: z.string(),
  /** The app names its device, which then gets a credential of its own; a CouchDB passes over it. */
  device: z.optional(namedDevice),
});

/** `/_session`: who am I; sign in (JSON or form); sign out. */
export const session: Endpoint = {
  methods: ['GET', 'HEAD', 'POST', 'DELETE'],
  path: '/_session',
  access: 'anyone',
  forRevoked: ['GET', 'HEAD', 'POST', 'DELETE'],
  async handle(call) {
    const { accounts } = call.service;
    if (call.method === 'DELETE')
      return { headers: { 'set-cookie': accounts.cookieHeader('', call.isSecure) }, body: { ok: true } };
    if (call.method !== 'POST') {
      const { name, roles, by, device } = call.user;
      const info = { authentication_handlers: ['cookie', 'default'], ...(by ? { authenticated: by } : {}) };
      // A revoked device learns it where it asks who it is, and may then hand in.
      if (device?.isRevoked) return { body: { ok: true, userCtx: { name, roles }, info, device: 'revoked' } };
      return { body: { ok: true, userCtx: { name, roles }, info } };
    }
    const isForm = String(call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    const parsed = z.safeParse(
      credentials,
      isForm ? Object.fromEntries(new URLSearchParams(call.bytes.toString())) : call.json(),
    );
    if (!parsed.success) throw badRequest('request body must contain a username');
    const { name, password, device } = parsed.data;
    const result = await accounts.signIn(name, password, call.address);
    if (!result.ok)
      throw result.why === 'locked' ? lockedOut() : unauthorized('Name or password is incorrect.');
    return {
      headers: { 'set-cookie': accounts.cookieFor(result.user, call.isSecure, device) },
      body: { ok: true, name: result.user.name, roles: result.user.roles },
    };
  },
};
