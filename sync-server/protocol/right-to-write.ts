import { isDatabaseAdmin } from '../accounts/user.ts';
import type { Call } from '../http/endpoint.ts';
import { badRequest, forbidden } from '../http/http-error.ts';
import { checkRevision } from './incoming.ts';

/** Design documents hold rules: administrators of the database alone may write them. */
export function requireRightToWrite({ user, database }: Call, id: string): void {
  if (id.startsWith('_design/') && !isDatabaseAdmin(user, database.security()))
    throw forbidden('You are not a db or server admin.');
}

/** The revision that a request names in its query, in `If-Match` or in its document: one, or it is a 400. */
export function revisionOfRequest({ query, headers }: Call, inDocument?: unknown): string | undefined {
  const asked = query.text('rev');
  const etag = headers['if-match'];
  if (asked !== undefined && inDocument !== undefined && asked !== inDocument)
    throw badRequest('Document rev from request body and query string have different values');
  const named = asked ?? inDocument;
  const tagged = etag === undefined ? undefined : String(etag).replace(/^"|"$/g, '');
  if (tagged !== undefined && named !== undefined && tagged !== named)
    throw badRequest('Document rev and etag have different values');
  const rev = named ?? tagged;
  return rev === undefined ? undefined : checkRevision(rev);
}
