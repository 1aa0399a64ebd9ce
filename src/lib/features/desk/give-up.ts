/**
 * Giving up what the server refused, or what no app can read: noted beside it, then let go. Of what was refused the
 * server's version stands; what cannot be read is deleted there too.
 */
import type { Author, Discard } from '$lib/domain/documents.ts';
import { discardDocId, opaqueKey, type DocId } from '$lib/domain/ids.ts';
import type { Committed } from '$lib/store/commit.ts';
import { fetchAnew } from '$lib/sync/fetch-anew.ts';
import type { Quarantined, Refused } from './refused-queries.ts';

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
  const { id, rev, status } = refused;
  const note = noteOf(
    { about: id as DocId, rev, status, refusal: refused.reason },
    await store.body(id),
    reason,
    author,
  );
  const done = await store.commit([{ id: note._id, change: () => note }]);
  if (done.ok) await fetchAnew(store, [id]);
  return done;
}

/**
 * Notes what is given up and why, and deletes it everywhere, in one write. What has changed meanwhile stays.
 * @param reason in somebody's own words
 */
export async function giveUpUnread(
  { store, id, rev, path }: Quarantined,
  reason: string,
  author: Author,
): Promise<Committed> {
  const note = noteOf({ about: id as DocId, rev, refusal: path ?? '' }, await store.body(id), reason, author);
  let isGone = false;
  return store.commit([
    {
      id: id as DocId,
      alsoUnread: true,
      change(current) {
        isGone = current?._rev === rev;
        return isGone && current ? { ...current, ...author, _deleted: true } : undefined;
      },
    },
    { id: note._id, change: () => (isGone ? note : undefined) },
  ]);
}

function noteOf(
  about: Pick<Discard, 'about' | 'rev' | 'status' | 'refusal'>,
  body: Record<string, unknown> | undefined,
  reason: string,
  author: Author,
): Discard {
  return {
    _id: discardDocId(opaqueKey(crypto.getRandomValues(new Uint8Array(14)))),
    type: 'discard',
    v: 1,
    ...author,
    ...about,
    refusal: about.refusal.slice(0, 500).toWellFormed(),
    reason: reason.trim().slice(0, 200).toWellFormed(),
    ...(body && JSON.stringify(body).length <= longestKept ? { document: body } : {}),
  };
}
