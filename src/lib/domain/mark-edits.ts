/**
 * Roll-call actions as edits for the store: each reads the mark as it stands inside the transaction, so that an
 * answer that came from another phone a moment before is never written over by an older view of the list.
 */
import type { AnyDocument, Author, Mark, MarkStatus } from './documents.ts';
import { markDocId, type DocId, type OccurrenceId } from './ids.ts';
import {
  answer,
  answerIfUnmarked,
  changeOf,
  undo,
  type MarkChange,
  type MarkPlace,
  type OccurrenceHours,
} from './roll-call.ts';
import type { RosterEntry } from './roster.ts';

/** One document to change: what it is when the transaction reads it gives what it becomes (`undefined`: left). */
export interface MarkEdit {
  readonly id: DocId;
  readonly change: (current: AnyDocument | undefined) => AnyDocument | undefined;
}

/** Edits and, once they are committed, what they changed: what {@link undoAction} needs. */
export interface RollCallAction {
  readonly edits: readonly MarkEdit[];
  /** Filled while the store runs the edits: read it after the commit. */
  readonly changes: () => readonly MarkChange[];
}

/** Applies one rule to several people's marks. Running an edit twice (a retried transaction) notes it once. */
export function action(
  places: readonly MarkPlace[],
  rule: (mark: Mark | undefined, place: MarkPlace) => Mark | undefined,
): RollCallAction {
  const changes = new Map<DocId, MarkChange>();
  const edits = places.map((place) => {
    const id = markDocId(place.occurrence, place.participant);
    return {
      id,
      change: (current: AnyDocument | undefined) => {
        const mark = current?.type === 'mark' ? current : undefined;
        const next = rule(mark, place);
        if (next === undefined) changes.delete(id);
        else changes.set(id, changeOf(mark, next));
        return next;
      },
    };
  });
  return { edits, changes: () => [...changes.values()] };
}

/** One tap on one of the answers of one person. */
export const answerAction = (
  place: MarkPlace,
  status: MarkStatus,
  author: Author,
  hours?: OccurrenceHours,
): RollCallAction =>
  action([place], (mark, { occurrence, participant }) =>
    answer(mark, { occurrence, participant, status, hours }, author),
  );

/** « Tous présents »: only those who have no answer, whatever the screen showed when it was tapped. */
export const markAllPresent = (
  occurrence: OccurrenceId,
  roster: readonly RosterEntry[],
  author: Author,
): RollCallAction => answerTheUnmarked(occurrence, roster, 'present', author);

/** At closing: the same answer for everyone who has none. */
export const answerTheUnmarked = (
  occurrence: OccurrenceId,
  roster: readonly RosterEntry[],
  status: MarkStatus,
  author: Author,
): RollCallAction =>
  action(
    roster.map(({ participant }) => ({ occurrence, participant })),
    (mark, place) => answerIfUnmarked(mark, { ...place, status }, author),
  );

/** Undoes a whole action; answers that came since from elsewhere stay. */
export function undoAction(changes: readonly MarkChange[], author: Author): RollCallAction {
  const byId = new Map(changes.map((change) => [markDocId(change.occurrence, change.participant), change]));
  return action(changes, (mark, place) => {
    const change = byId.get(markDocId(place.occurrence, place.participant));
    return change && undo(mark, change, author);
  });
}
