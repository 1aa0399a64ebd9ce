/** Accounts in `_users`: the clear password never reaches the disk. */
import { hashPassword } from '../accounts/passwords.ts';
import { isServerAdmin, type User } from '../accounts/user.ts';
import type { Call } from '../http/endpoint.ts';
import { forbidden } from '../http/http-error.ts';

/** Is it the user's own account? It may be read and given a new password by its owner. */
export const isOwnAccount = (user: User, id: string | undefined) =>
  user.name !== null && id === `org.couchdb.user:${user.name}`;

/** Checks an account document and replaces `password` by what CouchDB 3.5 stores for it. */
export async function withHashedPassword(
  call: Call,
  id: string,
  value: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (id.startsWith('_design/') || value._deleted === true) return value;
  const { name, roles, password, ...rest } = value;
  if (value.type !== 'user') throw forbidden('doc.type must be user');
  if (typeof name !== 'string' || id !== `org.couchdb.user:${name}`)
    throw forbidden('Doc ID must be of the form org.couchdb.user:name');
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
    throw forbidden('doc.roles must exist');
  if (roles.some((role) => role.startsWith('_')))
    throw forbidden('No system roles (starting with underscore) in users db.');
  if (!isServerAdmin(call.user)) {
    const stored = JSON.parse(call.database.row(id)?.body ?? '{}') as { roles?: string[] };
    if (JSON.stringify(stored.roles) !== JSON.stringify(roles))
      throw forbidden('Only _admin may edit roles.');
  }
  if (typeof password !== 'string') return value;
  return { ...rest, name, roles, ...(await hashPassword(password, call.service.accounts.iterations)) };
}
