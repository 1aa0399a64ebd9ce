/** Writes that one button takes back, in one replica or in several at once. */
import { withChange } from '../domain/changes.ts';
import { closingAsBefore } from '../domain/closing.ts';
import type { AnyDocument, Author, Change } from '../domain/documents.ts';
import type { DocId } from '../domain/ids.ts';
import type { Committed, Edit } from './commit.ts';
import type { Store } from './store.ts';

/** What was written in one replica: for each document its new revision, and how it was before. */
interface Step {
  readonly store: Store;
  readonly documents: ReadonlyMap<DocId, { rev: string; before: AnyDocument | undefined }>;
}
export type Steps = readonly Step[];

export type Written = { ok: true; steps: Steps } | Extract<Committed, { ok: false }>;

/** The edits of one replica. */
export interface Part {
  readonly store: Store;
  readonly edits: readonly Edit[];
}

/**
 * Writes in one replica after the other, in the order given. Each is all or none; when a later one fails, what the
 * earlier ones wrote is taken back.
 */
export async function writeInTurn(parts: readonly Part[], author: Author): Promise<Written> {
  const steps: Step[] = [];
  for (const { store, edits } of parts) {
    const former = new Map<DocId, AnyDocument | undefined>();
    const first = new Map([...edits].reverse().map(({ id, change }) => [id, change]));
    const noted = edits.map(({ id, change }) => ({
      id,
      change(current: AnyDocument | undefined) {
        const next = change(current);
        // An edit may answer the document as it was: nothing is to be written.
        if (!next || next === current) return undefined;
        // Of several versions that say the same the one that is shown is the last to be changed.
        if (first.get(id) === change) former.set(id, current);
        return next;
      },
    }));
    const done = await store.commit(noted);
    if (!done.ok) {
      await takeBack(steps, author);
      return done;
    }
    const documents = new Map(done.written.map(({ id, rev }) => [id, { rev, before: former.get(id) }]));
    if (documents.size) steps.push({ store, documents });
  }
  return { ok: true, steps };
}

/**
 * Puts every document back as it was before the steps; the latest first. What was changed again since, here or
 * elsewhere, stays as it is. Answers how many were put back.
 */
export async function takeBack(steps: Steps, author: Author): Promise<number> {
  let count = 0;
  for (const { store, documents } of [...steps].reverse()) {
    const done = await store.commit(
      [...documents].map(([id, { rev, before }]) => ({
        id,
        change(current: AnyDocument | undefined) {
          if (current && current._rev !== rev) return undefined;
          return before
            ? restored(current, before, author)
            : current && { ...current, ...author, _deleted: true };
        },
      })),
    );
    if (done.ok) count += done.written.length;
  }
  return count;
}

type Tracked = AnyDocument & { changes?: Change[] | undefined };

/** As it was, by this author; its changes only grow, and so does the history of a closing. */
function restored(current: Tracked | undefined, before: Tracked, author: Author): AnyDocument {
  const { _rev, ...was } = before;
  if (current?.type === 'closing' && was.type === 'closing') return closingAsBefore(current, was, author);
  const changes = current?.changes ?? before.changes;
  if (!changes) return { ...was, ...author } as AnyDocument;
  return withChange<Tracked>(current, { ...was, changes } as Tracked, author, 'undone');
}
