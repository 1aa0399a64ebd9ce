/** Who makes a request. */
import type { Security } from '../engine/engine.ts';

export interface User {
  /** `null` for a request without credentials. */
  readonly name: string | null;
  readonly roles: readonly string[];
  /** How the user was recognised. */
  readonly by?: 'cookie' | 'default';
  /** The device's own credential, when the cookie is bound to one. */
  readonly device?: {
    readonly key: string;
    /** It may not do anything any more but learn it and, for some time, hand in what it had not sent. */
    readonly isRevoked: boolean;
    readonly mayHandIn: boolean;
  };
}

export const nobody: User = { name: null, roles: [] };

export const isServerAdmin = (user: User) => user.roles.includes('_admin');

const isListed = (user: User, list: { names: readonly string[]; roles: readonly string[] }) =>
  user.name !== null &&
  (list.names.includes(user.name) || user.roles.some((role) => list.roles.includes(role)));

/** A database without a security object belongs to server administrators alone, as in CouchDB 3. */
export const isDatabaseAdmin = (user: User, security: Security | undefined) =>
  isServerAdmin(user) || (security !== undefined && isListed(user, security.admins));

/**
 * Members and administrators of a database. An empty list of members opens a CouchDB to everybody; here it lets
 * nobody in, because nothing may be readable without having been granted.
 */
export const isMember = (user: User, security: Security | undefined) =>
  isDatabaseAdmin(user, security) || (security !== undefined && isListed(user, security.members));
