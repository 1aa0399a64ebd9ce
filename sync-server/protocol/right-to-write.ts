import { isDatabaseAdmin } from '../accounts/user.ts';
import type { Call } from '../http/endpoint.ts';
import { forbidden } from '../http/http-error.ts';
import { checkRevision } from './incoming.ts';

/** Design documents hold rules: administrators of the database alone may write them. */
export function requireRightToWrite({ user, database }: Call, id: string): void {
  if (id.startsWith('_design/') && !isDatabaseAdmin(user, database.security()))
    throw forbidden('You are not a db or server admin.');
}

/** The revision named by `?rev=` or `If-Match`. */
export function revisionOfRequest({ query, headers }: Call): string | undefined {
  const rev = query.text('rev') ?? headers['if-match'];
  if (rev === undefined) return undefined;
  return checkRevision(String(rev).replace(/^"|"$/g, ''));
}
