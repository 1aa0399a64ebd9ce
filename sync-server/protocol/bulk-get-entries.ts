/** What `_bulk_get` is asked for, entry by entry: one that is none does not spoil the others. */
import { HttpError, badRequest } from '../http/http-error.ts';
import { checkId, checkRevision } from './incoming.ts';

export interface Entry {
  readonly id: string;
  /** None: every leaf. */
  readonly rev: string | undefined;
  /** Revisions whose attachments the client has; none where it does not say. */
  readonly since: readonly string[];
}

/** Why an entry is not answered, as the text of its result. */
export interface Refusal {
  readonly id: string | null;
  readonly refusal: string;
}

/** Reads one entry. */
export function entryOf(value: unknown): Entry | Refusal {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return refused(null, null, badRequest('document must be a JSON object'));
  const { id, rev, atts_since: since } = value as Record<string, unknown>;
  if (id === undefined) return refused(null, null, badRequest('document id missed'));
  let at: unknown = null;
  try {
    const checked = checkId(id);
    at = rev;
    const asked = rev === undefined ? undefined : checkRevision(rev);
    at = since;
    if (since !== undefined && !Array.isArray(since))
      throw badRequest('att_since value must be array of revs.');
    const known = (since ?? []).map((one: unknown) => {
      at = one;
      return checkRevision(one);
    });
    return { id: checked, rev: asked, since: known };
  } catch (error) {
    if (error instanceof HttpError) return refused(typeof id === 'string' ? id : null, at, error);
    throw error;
  }
}

const refused = (id: string | null, rev: unknown, { error, reason }: HttpError): Refusal => ({
  id,
  refusal: JSON.stringify({ error: { id, rev, error, reason } }),
});
