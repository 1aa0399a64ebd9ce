/**
 * Whether somebody can still be assidu by the end of a term, and what it takes: the counting rule itself
 * (assiduity.ts), asked about the meetings to come as if they were over. So there is one rule, not two.
 */
import { assiduityOf, type Attendance, type Inscription } from './assiduity.ts';
import type { Mark, Occurrence } from './documents.ts';
import { markDocId, type GroupId } from './ids.ts';
import { isEnrolledOn } from './roster.ts';
import { byTime } from './schedule.ts';

export interface AssiduityOutlook {
  /** Of the occurrences held so far that were due: how many, and in how many the person was. */
  readonly held: number;
  readonly attended: number;
  /** Occurrences still to come at which the person is expected. */
  readonly remaining: number;
  /** The fewest of them to come to; `undefined` when not even all of them are enough. 0: assidu whatever comes. */
  readonly needed: number | undefined;
  /** Half or less so far, of something: half is not enough. */
  readonly isUnderHalf: boolean;
}

/** @param upcoming occurrences not held yet and not cancelled; those of other groups are passed over */
export function assiduityOutlook(
  inscription: Inscription,
  attendance: Attendance,
  upcoming: Iterable<Occurrence>,
): AssiduityOutlook {
  const soFar = assiduityOf(inscription, attendance);
  const { enrolments } = inscription;
  const toCome = [...upcoming]
    .filter(({ group }) => enrolments.some((one) => one.group === group))
    .sort(byTime);
  const stillThere = toCome.filter(({ group, date }) =>
    enrolments.some((one) => one.group === group && isEnrolledOn(one, date)),
  );
  const isAssiduWith = (count: number) =>
    // The last ones are the best to come to: they count for the end of the term as well.
    assiduityOf(
      inscription,
      asIfOver(inscription, attendance, toCome, stillThere.slice(stillThere.length - count)),
    ).isAssidu;
  let needed: number | undefined = 0;
  while (needed !== undefined && !isAssiduWith(needed))
    needed = needed < stillThere.length ? needed + 1 : undefined;
  return {
    held: soFar.due,
    attended: soFar.attended,
    remaining: stillThere.length,
    needed,
    isUnderHalf: soFar.due > 0 && soFar.attended * 2 <= soFar.due,
  };
}

/** The attendance of one person at the end of the term, had they come to `attended` of the meetings to come. */
function asIfOver(
  { participant, enrolments }: Inscription,
  attendance: Attendance,
  toCome: readonly Occurrence[],
  attended: readonly Occurrence[],
): Attendance {
  const held = new Map<GroupId, readonly Occurrence[]>(
    enrolments.map(({ group }) => [group, attendance.heldOf.get(group) ?? []]),
  );
  for (const occurrence of toCome) {
    const { group } = occurrence;
    held.set(group, [...(held.get(group) ?? []), { ...occurrence, state: 'held' }]);
  }
  const marks = attended.map((occurrence) => ({ occurrence, mark: presentAt(occurrence, participant) }));
  return {
    ...attendance,
    heldOf: held,
    marksOf: new Map([[participant, [...(attendance.marksOf.get(participant) ?? []), ...marks]]]),
  };
}

function presentAt({ occurrence, at, by, device }: Occurrence, participant: Mark['participant']): Mark {
  return {
    _id: markDocId(occurrence, participant),
    type: 'mark',
    v: 1,
    ...{ at, by, device, occurrence, participant, status: 'present', history: [] },
  };
}
