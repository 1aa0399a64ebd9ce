/** What a term's documents say that cannot all be: told by the checks, never mended in silence. */
import { wasThere } from '../attendance.ts';
import { staysOf } from '../enrolments.ts';
import type { DocId, GroupId, OccurrenceId, ParticipantId } from '../ids.ts';
import type { LeftOut } from './inscription-rows.ts';
import type { TermReading } from './term-reading.ts';

export interface Oddities {
  /** Enrolled, though nobody has validated them. */
  readonly enrolledProvisionally: readonly DocId[];
  /** Enrolments in groups that are not there. */
  readonly astrayEnrolments: readonly DocId[];
  /** Answers about meetings that are not there. */
  readonly astrayMarks: readonly DocId[];
  /** Present in a workshop after the day that was noted as their last in it. */
  readonly presentAfterExit: readonly DocId[];
  /** Enrolled, and of whom there is no file, where files are held. */
  readonly withoutFile: readonly ParticipantId[];
}

export function odditiesOf(reading: TermReading, leftOut: LeftOut): Oddities {
  const { site, groups, occurrences, marks, enrolments } = reading;
  const slotOf = new Map<OccurrenceId, { readonly group: GroupId; readonly date: string }>(
    occurrences.map((one) => [one.occurrence, one]),
  );
  const typeOf = (group: GroupId) => groups.get(group)?.workshopType ?? group;
  /** The last day in any group of a kind: who changed groups and catches up in the former one has not left. */
  const lastDayOf = new Map<string, string>();
  for (const enrolment of enrolments) {
    if (staysOf(enrolment).length === 0) continue;
    const key = `${typeOf(enrolment.group)} ${enrolment.participant}`;
    const last = enrolment.to ?? '9999-12-31';
    if (last > (lastDayOf.get(key) ?? '')) lastDayOf.set(key, last);
  }
  const astrayMarks: DocId[] = [];
  const presentAfterExit: DocId[] = [];
  for (const mark of marks) {
    const slot = slotOf.get(mark.occurrence);
    if (!slot) astrayMarks.push(mark._id);
    else if (wasThere(mark)) {
      const last = lastDayOf.get(`${typeOf(slot.group)} ${mark.participant}`);
      if (last !== undefined && last < slot.date) presentAfterExit.push(mark._id);
    }
  }
  return {
    enrolledProvisionally: leftOut.provisional.map(({ _id }) => _id),
    astrayEnrolments: leftOut.astray.map(({ _id }) => _id),
    astrayMarks,
    presentAfterExit,
    withoutFile:
      site.files.size === 0
        ? []
        : [...new Set(enrolments.map(({ participant }) => participant))].filter(
            (participant) => !site.files.has(participant),
          ),
  };
}
