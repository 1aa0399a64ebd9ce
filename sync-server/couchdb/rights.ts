/** What is not handed on to a CouchDB, whatever it would say to it. */
import type { FastifyRequest } from 'fastify';
import { isServerAdmin, type User } from '../accounts/user.ts';
import { notFound, tooLarge, unauthorized } from '../http/http-error.ts';
import { endpoints } from '../protocol/endpoints.ts';
import { isOwnAccount, largestOwnAccountBytes } from '../protocol/users-document.ts';
import { Query } from '../http/query.ts';
import type { Place } from './place.ts';

/** What of a server there is for clients of this one; administrators ask the CouchDB itself for the rest. */
const known: ReadonlySet<string> = new Set([
  '_users',
  ...endpoints.map(({ path }) => path.split('/')[1] ?? ''),
]);

/** Throws CouchDB's errors. */
export function checkRight(request: FastifyRequest, place: Place, user: User): void {
  const [first] = place.parts;
  if (first?.startsWith('_') && !known.has(first)) throw notFound('missing');
  if (user.device?.isRevoked && !mayRevoked(request.method, place)) throw unauthorized('device_revoked');
  if (first === '_users' && !isServerAdmin(user)) checkOwnAccount(request, place, user);
}

/** What a revoked device may still ask, to hand in what it had not sent. */
function mayRevoked(method: string, { parts }: Place): boolean {
  if (parts[0]?.startsWith('_')) return false;
  if (parts.length < 2) return method === 'GET' || method === 'HEAD';
  return parts.length === 2 && method === 'POST' && (parts[1] === '_bulk_docs' || parts[1] === '_revs_diff');
}

/** Whether a revoked device hands in: that is looked at here, document by document. */
export const isHandingIn = ({ parts }: Place, user: User) =>
  user.device?.isRevoked === true && parts.length === 2 && parts[1] === '_bulk_docs';

/**
 * Everybody reads the own account and gives it a new password. A CouchDB lets its owner bring in revisions made elsewhere
 * as well, by which roles that were taken back would come back one day.
 */
function checkOwnAccount({ method, url, headers }: FastifyRequest, { parts }: Place, user: User): void {
  const isReading = method === 'GET' || method === 'HEAD';
  const isOwn = parts.length === 2 && isOwnAccount(user, parts[1]);
  if (!isOwn && isReading && parts.length > 1 && user.name !== null) throw notFound('missing');
  const isEdit = method === 'PUT' && new Query(url).flag('new_edits') !== false;
  if (!isOwn || (!isReading && !isEdit)) throw unauthorized('You are not a server admin.');
  // Accounts are read at each request.
  if (isEdit && !(Number(headers['content-length']) <= largestOwnAccountBytes))
    throw tooLarge(parts[1] ?? '');
}
