/**
 * Why somebody left a group. The day stands in the term's enrolment, on every phone; the reason in the registry, on
 * coordinators' devices alone: it may tell of health (programme, privacy).
 */
import { withChange } from './changes.ts';
import type { Author, Enrolment, Exit, ExitReason } from './documents.ts';
import { exitDocId, type GroupId, type ParticipantId, type TermCode } from './ids.ts';

/** @param before what was noted of an earlier exit from the same group */
export const noteExit = (
  before: Exit | undefined,
  facts: {
    readonly term: TermCode;
    readonly group: GroupId;
    readonly participant: ParticipantId;
    /** The last day, included. */
    readonly date: string;
    readonly reason: ExitReason;
  },
  author: Author,
): Exit =>
  withChange<Exit>(
    before,
    {
      ...before,
      _id: exitDocId(facts.group, facts.participant),
      type: 'exit',
      v: 1,
      ...author,
      ...facts,
    },
    author,
  );

/**
 * The reason of the exit that stands: none while the stay goes on, nor of an earlier exit after a return. Older
 * versions wrote it in the enrolment: it is still read there.
 */
export function exitReasonOf(
  enrolment: Pick<Enrolment, 'to' | 'exitReason'>,
  exit: Pick<Exit, 'date' | 'reason'> | undefined,
): ExitReason | undefined {
  if (enrolment.to === undefined) return undefined;
  return exit?.date === enrolment.to ? exit.reason : enrolment.exitReason;
}
