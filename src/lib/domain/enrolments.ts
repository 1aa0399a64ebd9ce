/** Who belongs to which group, from which day to which: a person, a group, and their stays there. */
import { withChange } from './changes.ts';
import type { Author, Change, Enrolment } from './documents.ts';
import { enrolmentDocId, type GroupId, type ParticipantId } from './ids.ts';
import { addDays } from './local-time.ts';
import { isEnrolledOn } from './roster.ts';

/**
 * Enrols a person in a group from a local date on. Somebody enrolled then already stays as they are; somebody who left
 * comes back, and the earlier stay is kept.
 * @param before their enrolment in this group, if there ever was one
 */
export function enrol(
  before: Enrolment | undefined,
  { group, participant, from }: { group: GroupId; participant: ParticipantId; from: string },
  author: Author,
  kind?: Change['kind'],
): Enrolment {
  if (before && isEnrolledOn(before, from) && before.to === undefined) return before;
  const { to, exitReason: _reason, ...rest } = before ?? {};
  const past =
    before && to !== undefined && before.from <= to
      ? [...(before.formerPeriods ?? []), { from: before.from, to: to < from ? to : addDays(from, -1) }]
      : (before?.formerPeriods ?? []);
  return withChange<Enrolment>(
    before,
    {
      ...rest,
      _id: enrolmentDocId(group, participant),
      type: 'enrolment',
      v: 1,
      ...author,
      group,
      participant,
      from: before && to === undefined && before.from < from ? before.from : from,
      ...(past.length ? { formerPeriods: past } : {}),
    },
    author,
    kind,
  );
}

/** Ends a stay; `last` is the last day of it, included. Somebody who left earlier stays as they are. */
export function leave(before: Enrolment, last: string, author: Author): Enrolment {
  if (before.to !== undefined && before.to <= last) return before;
  return withChange<Enrolment>(before, { ...before, to: last }, author);
}
