/** What is not handed on to a CouchDB, whatever it would say to it. */
import { isServerAdmin, type User } from '../accounts/user.ts';
import { notFound, unauthorized } from '../http/http-error.ts';
import { illegalDatabaseName } from '../protocol/database.ts';
import { endpoints } from '../protocol/endpoints.ts';
import { activeTasks, notHere } from '../protocol/not-here.ts';
import { isOwnAccount } from '../protocol/users-document.ts';
import type { Place } from './place.ts';

/** What of a server there is for clients of this one; administrators ask the CouchDB itself for the rest. */
const notHandedOn: ReadonlySet<unknown> = new Set([activeTasks, ...notHere]);
const known: ReadonlySet<string> = new Set([
  '_users',
  ...endpoints.filter((endpoint) => !notHandedOn.has(endpoint)).map(({ path }) => path.split('/')[1] ?? ''),
]);

/** Throws CouchDB's errors. */
export function checkRight(method: string, { parts }: Place, user: User): void {
  const [first] = parts;
  if (first?.startsWith('_') && !known.has(first))
    throw method === 'PUT' && parts.length === 1 ? illegalDatabaseName(first) : notFound('missing');
  if (user.device?.isRevoked && !mayRevoked(method, parts, user.device.mayHandIn))
    throw unauthorized('device_revoked');
  if (first !== '_users' || isServerAdmin(user) || isOwnPlace(parts, user)) return;
  // As if the accounts of others were not there.
  const isReading = method === 'GET' || method === 'HEAD';
  throw isReading && parts[1]?.startsWith('_') === false && user.name !== null
    ? notFound('missing')
    : unauthorized('You are not a server admin.');
}

/** What a revoked device may still ask, to hand in what it had not sent. */
function mayRevoked(method: string, parts: readonly string[], mayHandIn: boolean): boolean {
  if (parts[0]?.startsWith('_') || (parts.length > 0 && !mayHandIn)) return false;
  if (parts.length < 2) return method === 'GET' || method === 'HEAD';
  return parts.length === 2 && method === 'POST' && (parts[1] === '_bulk_docs' || parts[1] === '_revs_diff');
}

const isOwnPlace = (parts: readonly string[], user: User) =>
  parts.length === 2 && parts[0] === '_users' && isOwnAccount(user, parts[1]);

/**
 * What is answered here though it is about data: what a revoked device hands in is looked at document by document, and
 * an account is read and given a new password by its owner, whom a CouchDB does not let near it.
 */
export const isAnsweredHere = ({ parts }: Place, user: User) =>
  user.device?.isRevoked === true
    ? parts.length === 2 && parts[1] === '_bulk_docs'
    : !isServerAdmin(user) && isOwnPlace(parts, user);
