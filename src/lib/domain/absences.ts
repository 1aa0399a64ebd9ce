/** Absences that call for a word, and a person's attendance over the weeks of a term. */
import type { Enrolment, Mark, MarkStatus, Occurrence } from './documents.ts';
import type { OccurrenceId, ParticipantId } from './ids.ts';
import { isEnrolledOn } from './roster.ts';
import { byTime } from './schedule.ts';
import { wasThere } from './attendance.ts';

/** From how many unexplained absences in a row a person is flagged. */
export const absencesToFlag = 2;

/**
 * For each person, how many unexplained absences in a row they end with: absent, and no reason given. Being there or
 * excused ends a row; an occurrence cancelled or where the person is unmarked neither ends nor lengthens it.
 * @param occurrences of one group, in any order: those to look at (leave out the one being marked)
 * @param marks of those occurrences; others are passed over
 */
export function absencesInARow(
  occurrences: Iterable<Occurrence>,
  marks: Iterable<Mark>,
): Map<ParticipantId, number> {
  const ordered = [...occurrences].filter(({ state }) => state !== 'cancelled').sort(byTime);
  const marksOf = new Map<OccurrenceId, Mark[]>(ordered.map(({ occurrence }) => [occurrence, []]));
  for (const mark of marks) marksOf.get(mark.occurrence)?.push(mark);
  const rows = new Map<ParticipantId, number>();
  for (const { occurrence } of ordered)
    for (const mark of marksOf.get(occurrence) ?? []) {
      if (mark.status === null) continue;
      const isUnexplained = mark.status === 'absent' && mark.reason === undefined;
      rows.set(mark.participant, isUnexplained ? (rows.get(mark.participant) ?? 0) + 1 : 0);
    }
  return rows;
}

/** One case of the strip: an occurrence, or a week without any for this person (`none`). */
export interface StripCell {
  readonly week: number;
  readonly occurrence: Occurrence | undefined;
  readonly kind: MarkStatus | 'unmarked' | 'upcoming' | 'cancelled' | 'none';
}

export interface AttendanceStrip {
  /** In the order of time; at least one for each week. */
  readonly cells: readonly StripCell[];
  /** Occurrences the person was there, of those held while enrolled or marked: « 4 sur 7 ». */
  readonly attended: number;
  readonly held: number;
  /** Of those held, how many say nothing of this person: a figure that rests on them must say so. */
  readonly unmarked: number;
}

/**
 * A person's strip in one group. Before the entry and after the exit there is no case of theirs, unless they were
 * marked. An occurrence without a mark is upcoming until its day has passed.
 * @param today local date of the site
 * @param occurrences of this group; marks of this person (other occurrences' are passed over)
 */
export function attendanceStrip(person: {
  readonly weeks: number;
  readonly today: string;
  readonly occurrences: Iterable<Occurrence>;
  readonly marks: Iterable<Mark>;
  readonly enrolments: readonly Pick<Enrolment, 'from' | 'to'>[];
}): AttendanceStrip {
  const marks = new Map<OccurrenceId, Mark>();
  for (const mark of person.marks) marks.set(mark.occurrence, mark);
  const byWeek = new Map<number, StripCell[]>();
  for (const occurrence of [...person.occurrences].sort(byTime)) {
    const status = marks.get(occurrence.occurrence)?.status ?? null;
    const isTheirs = person.enrolments.some((enrolment) => isEnrolledOn(enrolment, occurrence.date));
    if (status === null && !isTheirs) continue;
    const cells = byWeek.get(occurrence.week) ?? [];
    cells.push({ week: occurrence.week, occurrence, kind: kindOf(occurrence, status, person.today) });
    byWeek.set(occurrence.week, cells);
  }
  const cells = Array.from({ length: person.weeks }, (_, index) => index + 1).flatMap(
    (week) => byWeek.get(week) ?? [{ week, occurrence: undefined, kind: 'none' as const }],
  );
  const held = cells.filter(({ kind }) => kind !== 'none' && kind !== 'upcoming' && kind !== 'cancelled');
  return {
    cells,
    attended: held.filter(({ kind }) => wasThere({ status: kind as MarkStatus })).length,
    held: held.length,
    unmarked: held.filter(({ kind }) => kind === 'unmarked').length,
  };
}

function kindOf(occurrence: Occurrence, status: MarkStatus | null, today: string): StripCell['kind'] {
  if (occurrence.state === 'cancelled') return 'cancelled';
  if (status !== null) return status;
  return occurrence.date < today || occurrence.state === 'held' ? 'unmarked' : 'upcoming';
}
