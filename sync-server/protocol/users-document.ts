/** Accounts in `_users`: the clear password never reaches the disk. */
import { hashPassword } from '../accounts/passwords.ts';
import { isServerAdmin, type User } from '../accounts/user.ts';
import type { Call } from '../http/endpoint.ts';
import { forbidden, tooLarge } from '../http/http-error.ts';

/** Of an account that its owner writes: accounts are read at each request. */
const largestOwnAccountBytes = 65_536;

/** Is it the user's own account? It may be read and given a new password by its owner. */
export const isOwnAccount = (user: User, id: string | undefined) =>
  user.name !== null && id === `org.couchdb.user:${user.name}`;

/** What a user may do to an account although its database is closed to them. */
export const mayTouchOwnAccount = (user: User, database: string, id: string | undefined, method: string) =>
  database === '_users' && ['GET', 'HEAD', 'PUT'].includes(method) && isOwnAccount(user, id);

const secret: ReadonlySet<string> = new Set([
  'password_scheme',
  'pbkdf2_prf',
  'iterations',
  'derived_key',
  'salt',
  'disabled_key',
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
  const isAdmin = isServerAdmin(call.user);
  // Revisions made elsewhere would bring back, one day, roles that were taken from their account.
  if (!isAdmin && call.query.flag('new_edits') === false)
    throw forbidden('Only administrators bring in revisions of accounts.');
  if (!isAdmin && value._deleted === true) throw forbidden('Only administrators delete accounts.');
  if (!isAdmin && call.bytes.length > largestOwnAccountBytes) throw tooLarge(id);
  if (id.startsWith('_design/') || value._deleted === true) return value;
  const { name, roles, password, ...rest } = value;
  checkAccount(id, value);
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

/** CouchDB's own rules for a document of `_users`. */
function checkAccount(id: string, { type, name, roles, ...fields }: Record<string, unknown>): void {
  if (type !== 'user') throw forbidden('doc.type must be user');
  if (typeof name !== 'string' || id !== `org.couchdb.user:${name}`)
    throw forbidden('Doc ID must be of the form org.couchdb.user:name');
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
    throw forbidden('doc.roles must exist');
  if (roles.some((role) => role.startsWith('_')))
    throw forbidden('No system roles (starting with underscore) in users db.');
  if (name.startsWith('_')) throw forbidden('Username may not start with underscore.');
  if (name.includes(':')) throw forbidden('Character `:` is not allowed in usernames.');
  const { password_scheme: scheme, iterations, derived_key: key } = fields;
  if (scheme !== undefined && !['simple', 'pbkdf2', 'simple+pbkdf2'].includes(scheme as string))
    throw forbidden('Password scheme is not supported.');
  if (scheme === 'pbkdf2' && typeof iterations !== 'number') throw forbidden('iterations must be a number.');
  if (scheme === 'pbkdf2' && typeof key !== 'string') throw forbidden('derived_key must be a string.');
}
