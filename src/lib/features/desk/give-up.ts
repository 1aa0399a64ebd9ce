/** Giving up what the server refused: noted beside it, then let go, so that the server's version stands. */
import type { Author, Discard } from '$lib/domain/documents.ts';
import { discardDocId, opaqueKey, type DocId } from '$lib/domain/ids.ts';
import type { Committed } from '$lib/store/commit.ts';
import { fetchAnew } from '$lib/sync/fetch-anew.ts';
import type { Refused } from './refused-queries.ts';

/** Longer texts are not kept in the note: a document has its limit, and the file holds it all. */
const longestKept = 16_384;

/**
 * Notes what is given up and why, and only then lets it go.
 * @param reason in somebody's own words
 */
export async function giveUp(
  { store, refused }: Refused,
  reason: string,
  author: Author,
): Promise<Committed> {
  const body = await store.body(refused.id);
  const id = discardDocId(opaqueKey(crypto.getRandomValues(new Uint8Array(14))));
  const note: Discard = {
    _id: id,
    type: 'discard',
    v: 1,
    ...author,
    about: refused.id as DocId,
    rev: refused.rev,
    status: refused.status,
    refusal: refused.reason.slice(0, 500).toWellFormed(),
    reason: reason.trim().slice(0, 200).toWellFormed(),
    ...(body && JSON.stringify(body).length <= longestKept ? { document: body } : {}),
  };
  const done = await store.commit([{ id, change: () => note }]);
  if (done.ok) await fetchAnew(store, [refused.id]);
  return done;
}
