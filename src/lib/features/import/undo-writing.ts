/** One document taken back, as it stands at that moment; and many, in portions. */
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import type { DocId } from '$lib/domain/ids.ts';
import { deleted, without, type DocumentEdit } from '$lib/domain/import/batches.ts';
import type { CommitFailure } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';

const portion = 200;

/** Takes a document away, unless somebody wrote in it since it was read. */
export const remove = (document: AnyDocument, author: Author): DocumentEdit => ({
  id: document._id,
  change: (current) => (current && current._rev === document._rev ? deleted(current, author) : undefined),
});

/** Puts a document back to what it was before an import wrote in it; what was written since stays. */
export const restore = (id: DocId, mark: Pick<Author, 'at' | 'device'>, author: Author): DocumentEdit => ({
  id,
  change(current) {
    if (current?.type !== 'participant' && current?.type !== 'enrolment' && current?.type !== 'waiting')
      return undefined;
    const result = without(current, mark, author);
    return result.kind === 'restore' ? result.document : undefined;
  },
});

/** Writes in portions, so that the page goes on; answers which documents were written. */
export async function inPortions(
  store: Store,
  edits: readonly DocumentEdit[],
): Promise<{ readonly ok: true; readonly written: ReadonlySet<DocId> } | CommitFailure> {
  const written = new Set<DocId>();
  for (let from = 0; from < edits.length; from += portion) {
    const done = await store.commit(edits.slice(from, from + portion));
    if (!done.ok) return done;
    for (const { id } of done.written) written.add(id);
    await new Promise((go) => setTimeout(go));
  }
  return { ok: true, written };
}
