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

type LastDays = Map<ParticipantId, string>;
const noEnd = '9999-12-31';

/** The last day in any group of a workshop: who changed groups and catches up in the former one has not left. */
function lastDays({ groups, enrolments }: TermReading): (group: GroupId) => LastDays | undefined {
  const byType = new Map<string, LastDays>();
  const typeOf = (group: GroupId) => groups.get(group)?.workshopType ?? group;
  for (const enrolment of enrolments) {
    if (staysOf(enrolment).length === 0) continue;
    const { group, participant, to = noEnd } = enrolment;
    const people: LastDays = byType.get(typeOf(group)) ?? new Map();
    byType.set(typeOf(group), people);
    if (to > (people.get(participant) ?? '')) people.set(participant, to);
  }
  return (group) => byType.get(typeOf(group));
}

export function odditiesOf(reading: TermReading, leftOut: LeftOut): Oddities {
  const { site, occurrences, marks, enrolments } = reading;
  const lastDaysIn = lastDays(reading);
  const meetings = new Map<OccurrenceId, { readonly date: string; readonly last: LastDays | undefined }>(
    occurrences.map(({ occurrence, group, date }) => [occurrence, { date, last: lastDaysIn(group) }]),
  );
  const astrayMarks: DocId[] = [];
  const presentAfterExit: DocId[] = [];
  for (const mark of marks) {
    const meeting = meetings.get(mark.occurrence);
    if (!meeting) astrayMarks.push(mark._id);
    else if (wasThere(mark) && (meeting.last?.get(mark.participant) ?? noEnd) < meeting.date)
      presentAfterExit.push(mark._id);
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
