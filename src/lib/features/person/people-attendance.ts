/** What the marks of a term say of each person of the coordinator's list. Pure: a worker reckons it. */
import { absencesInARow, absencesToFlag } from '$lib/domain/absences.ts';
import { arrange, assiduityOf, inscriptionsOf } from '$lib/domain/assiduity.ts';
import { isHeld } from '$lib/domain/closing.ts';
import type { Closing, Enrolment, Group, Mark, Occurrence } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { isEnrolledOn } from '$lib/domain/roster.ts';

/** What attendance is reckoned from. */
export interface AttendanceFacts {
  readonly groups: readonly Group[];
  readonly enrolments: readonly Enrolment[];
  readonly occurrences: readonly Occurrence[];
  readonly closings: readonly Closing[];
  readonly marks: readonly Mark[];
}

export interface AttendanceCount {
  readonly attended: number;
  readonly due: number;
}

/** Plain maps: they go from a worker to the page. */
export interface PeopleAttendance {
  /** Over all the groups of each person in the term. */
  readonly counts: ReadonlyMap<ParticipantId, AttendanceCount>;
  /** The day of the last absence of those who are absent twice or more in a row, unexplained. */
  readonly absentSince: ReadonlyMap<ParticipantId, string>;
}

/** The local date, and the site's time zone. */
export interface Now {
  readonly today: string;
  readonly timeZone: string;
}

export const attendanceOf = (facts: AttendanceFacts, now: Now): PeopleAttendance => ({
  counts: countsOf(facts, now.timeZone),
  absentSince: absentSince(facts, now.today),
});

/** Attended and due, over all the inscriptions of each person (programme, counting rules). */
function countsOf(
  { groups, enrolments, occurrences, closings, marks }: AttendanceFacts,
  timeZone: string,
): Map<ParticipantId, AttendanceCount> {
  const closingOf = new Map(closings.map((closing) => [closing.occurrence, closing]));
  const attendance = arrange({
    groups,
    marks,
    timeZone,
    occurrences: occurrences.map((one) =>
      isHeld(one, closingOf.get(one.occurrence)) ? { ...one, state: 'held' as const } : one,
    ),
  });
  const counts = new Map<ParticipantId, AttendanceCount>();
  for (const inscription of inscriptionsOf(enrolments, groups)) {
    const { attended, due } = assiduityOf(inscription, attendance);
    const before = counts.get(inscription.participant) ?? { attended: 0, due: 0 };
    counts.set(inscription.participant, {
      attended: before.attended + attended,
      due: before.due + due,
    });
  }
  return counts;
}

/** Who is absent twice or more in a row, unexplained, in a group they are still in; and on which day last. */
function absentSince(
  { groups, enrolments, occurrences, marks }: AttendanceFacts,
  today: string,
): Map<ParticipantId, string> {
  const occurrencesOf = Map.groupBy(occurrences, ({ group }) => group);
  const marksOf = Map.groupBy(marks, ({ occurrence }) => occurrence);
  const enrolled = new Set(
    enrolments
      .filter((one) => isEnrolledOn(one, today))
      .map(({ group, participant }) => `${group} ${participant}`),
  );
  const since = new Map<ParticipantId, string>();
  for (const { group } of groups) {
    const own = occurrencesOf.get(group) ?? [];
    const given = own.flatMap(({ occurrence }) => marksOf.get(occurrence) ?? []);
    const dateOf = new Map(own.map(({ occurrence, date }) => [occurrence, date]));
    for (const [participant, count] of absencesInARow(own, given)) {
      if (count < absencesToFlag || !enrolled.has(`${group} ${participant}`)) continue;
      const dates = given
        .filter((mark) => mark.participant === participant && mark.status === 'absent')
        .flatMap(({ occurrence }) => dateOf.get(occurrence) ?? []);
      const last = dates.sort().at(-1) ?? '';
      if (last > (since.get(participant) ?? '')) since.set(participant, last);
    }
  }
  return since;
}
