/** Who may open a site, on which devices; what a coordinator takes back. */
import * as z from 'zod/mini';
import type { TeamAccount } from '../accounts/team.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest, notFound } from '../http/http-error.ts';
import { bodyOf, termCode } from './body.ts';

const change = z.object({ isDisabled: z.boolean() });

/** `GET /api/sites/{site}/accounts`: accounts with their devices, and open invitations. */
export const accountList: Endpoint = {
  methods: ['GET'],
  path: '/sites/:site/accounts',
  access: 'coordinator',
  handle({ service: { accounts }, params: { site = '' } }) {
    const { devices, invitations, team } = accounts;
    const devicesOf = devices.byAccount();
    return {
      body: {
        accounts: team.of(site).map((account) => ({
          ...account,
          isOwn: team.isOwn(account, site),
          devices: (devicesOf.get(account.name) ?? [])
            .filter(({ record }) => !record.forgottenAt)
            .map(({ key, record: { device, label, signedInAt, revokedAt } }) => ({
              id: key,
              device,
              label,
              signedInAt,
              lastSeenAt: devices.lastSeen(key) ?? signedInAt,
              ...(revokedAt ? { revokedAt } : {}),
            })),
        })),
        invitations: invitations.openOf(site, Date.now()).map(({ key, record }) => ({
          id: key,
          name: record.account,
          displayName: record.displayName,
          roles: record.roles,
          expiresAt: record.expiresAt,
        })),
      },
    };
  },
};

/** `PUT /api/sites/{site}/accounts/{name}`: disables an account, or enables it again. */
export const account: Endpoint = {
  methods: ['PUT'],
  path: '/sites/:site/accounts/:name',
  access: 'coordinator',
  async handle(call) {
    const { isDisabled } = bodyOf(call, change);
    const { name = '', site = '' } = call.params;
    if (isDisabled && name === call.user.name) throw badRequest('Nobody disables the own account.');
    const { team } = call.service.accounts;
    if (!(await team.setDisabled(site, name, isDisabled, Date.now()))) throw notFound('missing');
    return { body: { ok: true } };
  },
};

/** `DELETE /api/sites/{site}/accounts/{name}/devices/{device}`: revokes one device. */
export const deviceOfAccount: Endpoint = {
  methods: ['DELETE'],
  path: '/sites/:site/accounts/:name/devices/:device',
  access: 'coordinator',
  async handle(call) {
    const { name } = ownAccount(call);
    const { accounts, databases } = call.service;
    const found = accounts.devices.of(name).find(({ key }) => key === call.params.device);
    if (!found) throw notFound('missing');
    accounts.devices.revoke(found, Date.now());
    await databases.settleAccounts();
    return { body: { ok: true } };
  },
};

/**
 * `PUT /api/sites/{site}/accounts/{name}/terms/{term}`: opens one more term to an account of the site, as an invitation
 * does, on the devices that it has. Once is as good as twice.
 */
export const termOfAccount: Endpoint = {
  methods: ['PUT'],
  path: '/sites/:site/accounts/:name/terms/:term',
  access: 'coordinator',
  async handle(call) {
    const { accounts, databases } = call.service;
    const { site = '', term = '' } = call.params;
    const isTerm = z.safeParse(termCode, term).success && term !== 'commons' && term !== 'registry';
    if (!isTerm || !(await databases.securityOf(`${site}-${term}`))) throw notFound('missing');
    await databases.refreshAccounts();
    const { name, displayName } = ownAccount(call);
    const roles = [`volunteer:${site}:${term}`];
    if (accounts.isAdministrator(name)) throw notFound('missing');
    if (!(await accounts.team.admit(site, { name, displayName, roles })))
      throw new HttpError(409, 'conflict', 'This account lets nobody in: enable it first.');
    await databases.settleAccounts();
    return { body: { ok: true } };
  },
};

/** The account of the path, if this site alone decides about it. */
function ownAccount({ service: { accounts }, params }: Call): TeamAccount {
  const found = accounts.team.find(params.name ?? '');
  if (!found || !accounts.team.isOwn(found, params.site ?? '')) throw notFound('missing');
  return found;
}
