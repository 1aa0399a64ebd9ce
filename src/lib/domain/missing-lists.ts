/** Lists that did not come as they should: no answer at all, answers but no closing, or closed with people left out. */
import { meetingsWithTeams, type MeetingToMind, type TermFacts } from './alerts.ts';
import type { Closing, SignUp } from './documents.ts';
import type { OccurrenceId } from './ids.ts';
import { countMarks, rosterOf } from './roster.ts';
import { isOver } from './schedule.ts';

export interface MissingList extends MeetingToMind {
  /** `untouched`: nobody has an answer; `unclosed`: some have, or all; `incomplete`: closed, and some have none. */
  readonly kind: 'untouched' | 'unclosed' | 'incomplete';
  readonly people: number;
  readonly unmarked: number;
  /** Somebody was there: then nobody can say that it did not take place. */
  readonly hasAttendance: boolean;
}

type Facts = Pick<
  TermFacts,
  | 'groups'
  | 'occurrences'
  | 'enrolments'
  | 'marks'
  | 'closings'
  | 'shifts'
  | 'volunteers'
  | 'now'
  | 'timeZone'
> & { readonly signUps: readonly SignUp[] };

/** Closed with people who had no answer, where names were taken: a headcount asks for none. */
export const wasClosedIncomplete = ({ state, counts, headcount }: Closing) =>
  state === 'closed' && counts.unmarked > 0 && headcount === undefined;

/** Meetings that are over and not cancelled, the oldest first. */
export function missingLists(facts: Facts): MissingList[] {
  const closingOf = new Map<OccurrenceId, Closing>(facts.closings.map((one) => [one.occurrence, one]));
  const marksOf = Map.groupBy(facts.marks, ({ occurrence }) => occurrence);
  const signUpsOf = Map.groupBy(facts.signUps, ({ occurrence }) => occurrence);
  const enrolmentsOf = Map.groupBy(facts.enrolments, ({ group }) => group);
  return meetingsWithTeams(facts).flatMap((meeting): MissingList[] => {
    const { occurrence, group } = meeting;
    const closing = closingOf.get(occurrence.occurrence);
    const isClosed = closing?.state === 'closed';
    if (isClosed ? !wasClosedIncomplete(closing) : !isOver(occurrence, facts.now, facts.timeZone)) return [];
    const marks = marksOf.get(occurrence.occurrence) ?? [];
    const enrolments = enrolmentsOf.get(group.group) ?? [];
    const signUps = signUpsOf.get(occurrence.occurrence) ?? [];
    const roster = rosterOf({ group, occurrence, enrolments, cards: [], marks, signUps });
    const counts = countMarks(roster, marks);
    if (isClosed && counts.unmarked === 0) return [];
    const isUntouched = counts.unmarked === roster.length;
    return [
      {
        ...meeting,
        kind: isClosed ? 'incomplete' : isUntouched ? 'untouched' : 'unclosed',
        people: roster.length,
        unmarked: counts.unmarked,
        hasAttendance: counts.present + counts.late + counts.leftEarly > 0,
      },
    ];
  });
}
