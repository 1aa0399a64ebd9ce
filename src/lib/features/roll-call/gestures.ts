/** The gestures on an open list: each is recorded, said, and can be taken back once. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ExcuseReason, MarkStatus, RosterCard } from '$lib/domain/documents.ts';
import { fullName } from '$lib/domain/names.ts';
import type { MarkChange } from '$lib/domain/roll-call.ts';
import {
  addWalkIn,
  answerEveryoneElse,
  closeList,
  countHeads,
  eraseAnswer,
  giveAnswer,
  giveReason,
  reopenList,
  setArrival,
  setDeparture,
  takeBack,
  type Recorded,
  type RollCallPlace,
} from './commands.ts';
import type { PersonRow } from './list-view.ts';
import type { OpenList } from './open-list.svelte.ts';
import type { Recorder } from './recorder.svelte.ts';
import { gestureSentence, undoneSentence } from './wording.ts';

type Row = Pick<PersonRow, 'participant' | 'calledName'>;

export function gesturesOn(list: OpenList, place: () => RollCallPlace, recorder: Recorder) {
  const describe = (changes: readonly MarkChange[]) => gestureSentence(changes, (who) => list.nameOf(who));
  const onOne = (row: Row, gesture: (place: RollCallPlace) => Promise<Recorded>) =>
    recorder.run(() => gesture(place()), row.calledName, describe);

  return {
    answer: (row: Row, status: MarkStatus) =>
      onOne(row, (where) => giveAnswer(where, row.participant, status)),
    giveReason: (row: Row, reason: ExcuseReason | undefined) =>
      onOne(row, (where) => giveReason(where, row.participant, reason)),
    setArrival: (row: Row, instant: string) =>
      onOne(row, (where) => setArrival(where, row.participant, instant)),
    setDeparture: (row: Row, instant: string) =>
      onOne(row, (where) => setDeparture(where, row.participant, instant)),
    erase: (row: Row) => onOne(row, (where) => eraseAnswer(where, row.participant)),

    /** « Tous présents », « Les 6 autres présents »: only those without an answer; one undo takes all of it back. */
    fill: () => recorder.run(() => answerEveryoneElse(place(), list.roster, 'present'), '', describe),

    /** Takes back the last gesture, whole. */
    undo: async () => {
      const done = recorder.done;
      if (!done) return undefined;
      const describeUndone = (changes: readonly MarkChange[]) =>
        undoneSentence(changes, (who) => list.nameOf(who));
      const undone = await recorder.run(() => takeBack(place(), done.changes), '', describeUndone, {
        canUndo: false,
      });
      if (undone?.ok) recorder.forget();
      return undone;
    },

    /** Somebody of the term who came here today. */
    join: (card: RosterCard) =>
      recorder.run(
        () => giveAnswer(place(), card.participant, 'present'),
        fullName(card),
        (changes) => gestureSentence(changes, () => card.firstName),
      ),

    /** Somebody nobody knew: a provisional card. */
    create: (name: { firstName: string; familyName: string }) =>
      recorder.run(
        () => addWalkIn(place(), name),
        name.firstName,
        () => ({ say: (named) => m.roll_call_noted_added({ name: named }), name: name.firstName }),
      ),

    /** Closes the roll call; `fill` answers for those who have no answer, without it they stay so. */
    close: async (fill?: 'present' | 'absent') => {
      const closed = await recorder.run(() => closeList(place(), list.rosterToClose, fill), '', describe, {
        canUndo: false,
      });
      if (closed?.ok) recorder.forget();
      return closed;
    },

    /** « Compter seulement »: a number, and nobody's name. */
    count: (number: number) => countHeads(place(), number),

    reopen: () => recorder.run(() => reopenList(place()), '', describe, { canUndo: false }),
  };
}
