/** Accounts in `_users`: the clear password never reaches the disk. */
import { hashPassword } from '../accounts/passwords.ts';
import { isServerAdmin, type User } from '../accounts/user.ts';
import type { Call } from '../http/endpoint.ts';
import { forbidden } from '../http/http-error.ts';

/** Is it the user's own account? It may be read and given a new password by its owner. */
export const isOwnAccount = (user: User, id: string | undefined) =>
  user.name !== null && id === `org.couchdb.user:${user.name}`;

const secret: ReadonlySet<string> = new Set([
  'password_scheme',
  'pbkdf2_prf',
  'iterations',
  'derived_key',
  'salt',
]);

/** The text of an account without what its password was turned into: nobody but an administrator reads that. */
export const withoutSecrets = (text: string) =>
  JSON.stringify(
    JSON.parse(text, (field, value: unknown) => (secret.has(field) ? undefined : value)) as unknown,
  );

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
  const isAdmin = isServerAdmin(call.user);
  const stored = isAdmin ? {} : (JSON.parse(call.database.row(id)?.body ?? '{}') as Record<string, unknown>);
  if (!isAdmin && JSON.stringify(stored.roles) !== JSON.stringify(roles))
    throw forbidden('Only _admin may edit roles.');
  if (typeof password !== 'string') {
    // Who is not shown these fields cannot send them back: they stay as they are.
    const kept = Object.entries(stored).filter(([field]) => secret.has(field));
    return isAdmin ? value : { ...value, ...Object.fromEntries(kept) };
  }
  return { ...rest, name, roles, ...(await hashPassword(password, call.service.accounts.iterations)) };
}
