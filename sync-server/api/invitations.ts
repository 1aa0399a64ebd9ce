/** Inviting a person: a link that signs one device in, once. */
import * as z from 'zod/mini';
import { namedDevice } from '../accounts/named-device.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest, notFound } from '../http/http-error.ts';
import { accountName, bodyOf, displayName, termCode } from './body.ts';

const invitation = z.object({
  name: accountName,
  displayName,
  role: z.enum(['volunteer', 'coordinator']),
  terms: z._default(z.array(termCode).check(z.maxLength(50)), []),
});
const acceptance = z.object({ token: z.string().check(z.maxLength(200)), device: namedDevice });

/** `POST /api/sites/{site}/invitations`. The account gets its rights when the invitation is accepted. */
export const invitations: Endpoint = {
  methods: ['POST'],
  path: '/sites/:site/invitations',
  access: 'coordinator',
  async handle(call) {
    const { name, displayName: called, role, terms } = bodyOf(call, invitation);
    const { accounts, databases } = call.service;
    const site = call.params.site ?? '';
    if (role === 'volunteer' && terms.length === 0) throw badRequest('The field terms is missing or wrong.');
    for (const term of terms) if (!(await databases.securityOf(`${site}-${term}`))) throw notFound('missing');
    await databases.refreshAccounts();
    const known = accounts.team.find(name);
    // Whoever accepts becomes that account: it must be nobody else's.
    if (accounts.isAdministrator(name) || (known && !accounts.team.isOwn(known, site)))
      throw new HttpError(409, 'conflict', 'This name is taken: choose another.');
    const roles =
      role === 'coordinator' ? [`coordinator:${site}`] : terms.map((term) => `volunteer:${site}:${term}`);
    const by = call.user.name ?? '';
    const made = accounts.invitations.make(
      { site, account: name, displayName: called, roles, by },
      Date.now(),
    );
    await databases.settleAccounts();
    const { origin } = new URL(call.origin);
    // Behind the `#`: the browser sends it to no server, so no log holds it.
    const url = `${origin}/invitation#${made.token}`;
    return { status: 201, body: { id: made.key, token: made.token, url, expiresAt: made.expiresAt } };
  },
};

/** `DELETE /api/sites/{site}/invitations/{id}`: withdraws one that was not used. */
export const withdrawal: Endpoint = {
  methods: ['DELETE'],
  path: '/sites/:site/invitations/:invitation',
  access: 'coordinator',
  async handle({ service, params }) {
    const { invitations: made } = service.accounts;
    const found = made.openOf(params.site ?? '', Date.now()).find(({ key }) => key === params.invitation);
    if (!found || !(await made.spend(found, Date.now()))) throw notFound('missing');
    return { body: { ok: true } };
  },
};

/** `POST /api/invitations/accept`: signs the device in. The token is the proof; nobody needs to be signed in. */
export const accept: Endpoint = {
  methods: ['POST'],
  path: '/invitations/accept',
  access: 'anyone',
  async handle(call) {
    const { token, device } = bodyOf(call, acceptance);
    const { accounts, databases } = call.service;
    // It may have been made a moment ago, on another server before the same CouchDB.
    await databases.refreshAccounts();
    const found = accounts.invitations.find(token, Date.now());
    if (!found || !mayStillInvite(call, found.record)) throw gone();
    const { account: name, displayName: called, roles, site } = found.record;
    if (accounts.isAdministrator(name)) throw gone();
    const spentBy = await accounts.invitations.spend(found, Date.now());
    if (spentBy === undefined) throw gone();
    try {
      if (!(await accounts.team.admit(site, { name, displayName: called, roles }))) throw gone();
      await databases.settleAccounts();
      return signedIn(call, name, device);
    } catch (error) {
      // Nobody was let in. Where that cannot be written either, the person asks for another one.
      await accounts.invitations.unspend(found, spentBy).catch(() => undefined);
      throw error;
    }
  },
};

/** What somebody promised who has no say in the site any more is not kept. */
function mayStillInvite(
  { service: { accounts } }: Call,
  { by, site }: { by: string; site: string },
): boolean {
  if (accounts.isAdministrator(by)) return true;
  const inviter = accounts.team.find(by);
  return inviter !== undefined && !inviter.isDisabled && inviter.roles.includes(`coordinator:${site}`);
}

function signedIn(call: Call, name: string, device: z.infer<typeof namedDevice>) {
  const { accounts } = call.service;
  const account = accounts.team.find(name);
  if (!account) throw gone();
  const user = { name, roles: account.roles };
  return {
    headers: { 'set-cookie': accounts.cookieFor(user, call.isSecure, device) },
    body: { ok: true, name, displayName: account.displayName, roles: account.roles },
  };
}

const gone = () =>
  new HttpError(410, 'gone', 'This invitation was used, withdrawn or is too old: ask for another.');
