/**
 * What the roll call writes: one gesture, one transaction of the term's store. A command says « recorded » only
 * when the store has committed; a gesture that changes nothing is recorded with no change.
 */
import type { AnyDocument, Author, Closing, ExcuseReason, Mark, MarkStatus } from '$lib/domain/documents.ts';
import {
  closingDocId,
  type DocId,
  opaqueKey,
  rosterCardDocId,
  type OccurrenceId,
  type ParticipantId,
} from '$lib/domain/ids.ts';
import { closeRollCall, countPeople, reopenRollCall } from '$lib/domain/closing.ts';
import {
  action,
  answerAction,
  answerTheUnmarked,
  undoAction,
  type MarkEdit,
  type RollCallAction,
} from '$lib/domain/mark-edits.ts';
import {
  clearAnswer,
  correctArrival,
  correctDeparture,
  setReason,
  type MarkChange,
  type OccurrenceHours,
} from '$lib/domain/roll-call.ts';
import { answersOf, countMarks, walkIn, type RosterEntry } from '$lib/domain/roster.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';

/** The list being filled in: where it is written, and who writes (asked anew at each gesture: it holds the time). */
export interface RollCallPlace {
  readonly store: Store;
  readonly occurrence: OccurrenceId;
  readonly hours: OccurrenceHours;
  readonly author: () => Author;
}

/** `newer`: the mark is held as a newer app wrote it, which this one cannot read and so leaves alone. */
export type Failure = Extract<Committed, { ok: false }>['why'] | 'newer';

/** What a gesture changed, once it is on the device; or why the device could not keep it. */
export type Recorded =
  | {
      readonly ok: true;
      readonly changes: readonly MarkChange[];
      /** The marks as they are on the device now. */
      readonly marks: readonly Mark[];
    }
  | { readonly ok: false; readonly why: Failure };

async function record(place: RollCallPlace, done: RollCallAction): Promise<Recorded> {
  const asked = new Set<DocId>();
  const next = new Map<DocId, AnyDocument>();
  const edits = done.edits.map(({ id, change }) => ({
    id,
    change: (current: AnyDocument | undefined) => {
      asked.add(id);
      const changed = change(current);
      if (changed) next.set(id, changed);
      return changed;
    },
  }));
  const committed = await place.store.commit(edits);
  if (!committed.ok) return { ok: false, why: committed.why };
  // The store leaves out what it holds in quarantine: an answer, or a closing, that could not be
  // written is never confirmed.
  const isClosing = ({ id }: { id: DocId }) => id === closingDocId(place.occurrence);
  const isLeftOut = edits.some((edit) => isClosing(edit) && !asked.has(edit.id));
  if (isLeftOut || (asked.size === 0 && edits.length > 0)) return { ok: false, why: 'newer' };
  const marks = committed.written.flatMap(({ id, rev }) => {
    const document = next.get(id);
    return document?.type === 'mark' ? [{ ...document, _rev: rev }] : [];
  });
  return { ok: true, changes: done.changes(), marks };
}

/** One rule on one person's mark. */
function recordOne(
  place: RollCallPlace,
  participant: ParticipantId,
  rule: (mark: Mark | undefined, author: Author) => Mark | undefined,
): Promise<Recorded> {
  const author = place.author();
  const where = { occurrence: place.occurrence, participant };
  return record(
    place,
    action([where], (mark) => rule(mark, author)),
  );
}

/** One tap on one of a person's answers. Tapping the answer already given records nothing. */
export function giveAnswer(place: RollCallPlace, participant: ParticipantId, status: MarkStatus) {
  const author = place.author();
  const where = { occurrence: place.occurrence, participant };
  return record(place, answerAction(where, status, author, place.hours));
}

/** « Tous présents »: everyone without an answer, in one transaction; one undo takes all of it back. */
export function answerEveryoneElse(
  place: RollCallPlace,
  roster: readonly RosterEntry[],
  status: 'present' | 'absent',
) {
  const author = place.author();
  return record(place, answerTheUnmarked(place.occurrence, roster, status, author));
}

/** Why someone is excused or absent, from the closed list; `undefined` takes the reason back. */
export const giveReason = (
  place: RollCallPlace,
  participant: ParticipantId,
  reason: ExcuseReason | undefined,
) => recordOne(place, participant, (mark, author) => setReason(mark, reason, author));

/** Corrects the arrival of a late person (instant, ISO UTC). */
export const setArrival = (place: RollCallPlace, participant: ParticipantId, arrivedAt: string) =>
  recordOne(place, participant, (mark, author) => correctArrival(mark, arrivedAt, author));

/** Corrects when someone left before the end (instant, ISO UTC). */
export const setDeparture = (place: RollCallPlace, participant: ParticipantId, leftAt: string) =>
  recordOne(place, participant, (mark, author) => correctDeparture(mark, leftAt, author));

/** « Effacer la réponse »: the person has no answer again; the history keeps what was said. */
export const eraseAnswer = (place: RollCallPlace, participant: ParticipantId) =>
  recordOne(place, participant, clearAnswer);

/** Takes back what one gesture changed. What another phone answered in between stays. */
export function takeBack(place: RollCallPlace, changes: readonly MarkChange[]) {
  const author = place.author();
  return record(place, undoAction(changes, author));
}

/** Someone who has no card: a provisional one and the answer « présent », in one transaction. */
export function addWalkIn(
  place: RollCallPlace,
  name: { readonly firstName: string; readonly familyName: string },
): Promise<Recorded> {
  const author = place.author();
  const participant = opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as ParticipantId;
  const { card } = walkIn({ participant, occurrence: place.occurrence, ...name }, author);
  const present = answerAction({ occurrence: place.occurrence, participant }, 'present', author);
  const newCard: MarkEdit = { id: rosterCardDocId(participant), change: (current) => current ?? card };
  return record(place, { edits: [newCard, ...present.edits], changes: present.changes });
}

/**
 * Closes the roll call. `fill` answers for everyone who has no answer; without it they stay unmarked and are counted
 * so. Marks and closing go together: the counts are those of the very marks that the transaction read or wrote.
 */
export function closeList(
  place: RollCallPlace,
  roster: readonly RosterEntry[],
  fill?: 'present' | 'absent',
): Promise<Recorded> {
  const author = place.author();
  const seen = new Map<ParticipantId, Mark>();
  const note = (change: MarkEdit['change']) => (current: AnyDocument | undefined) => {
    const next = change(current);
    const mark = next ?? current;
    if (mark?.type === 'mark') seen.set(mark.participant, mark);
    return next;
  };
  const places = roster.map(({ participant }) => ({ occurrence: place.occurrence, participant }));
  const marks = fill
    ? answerTheUnmarked(place.occurrence, roster, fill, author)
    : action(places, () => undefined);
  const closing: MarkEdit = {
    id: closingDocId(place.occurrence),
    change: (current) =>
      closeRollCall(
        asClosing(current),
        {
          occurrence: place.occurrence,
          counts: countMarks(roster, seen.values()),
          counted: answersOf(seen.values()),
        },
        author,
      ),
  };
  const edits = marks.edits.map((edit) => ({ id: edit.id, change: note(edit.change) }));
  return record(place, { edits: [...edits, closing], changes: marks.changes });
}

/** How many people there are, names or not; each number said is kept. */
export function countHeads(place: RollCallPlace, number: number): Promise<Recorded> {
  const author = place.author();
  const { occurrence } = place;
  const change = (current: AnyDocument | undefined) =>
    countPeople(asClosing(current), { occurrence, what: 'headcount', number }, author);
  return record(place, { edits: [{ id: closingDocId(occurrence), change }], changes: () => [] });
}

/** Opens a closed roll call again, to correct it, today or weeks later; its history says so. */
export function reopenList(place: RollCallPlace): Promise<Recorded> {
  const author = place.author();
  const change = (current: AnyDocument | undefined) => reopenRollCall(asClosing(current), author);
  const edits = [{ id: closingDocId(place.occurrence), change }];
  return record(place, { edits, changes: () => [] });
}

const asClosing = (document: AnyDocument | undefined): Closing | undefined =>
  document?.type === 'closing' ? document : undefined;
