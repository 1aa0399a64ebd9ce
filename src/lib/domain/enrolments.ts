/** Who belongs to which group, from which day to which: a person, a group, and their stays there. */
import { withChange } from './changes.ts';
import type { Author, Change, Enrolment } from './documents.ts';
import { enrolmentDocId, type GroupId, type ParticipantId } from './ids.ts';
import { addDays } from './local-time.ts';
import { isEnrolledOn } from './roster.ts';

/** Local dates, both included; no end while it goes on. */
export interface Stay {
  readonly from: string;
  readonly to?: string | undefined;
}

/** Every stay in the group, the oldest first. One that ended before it began was cancelled: it is none. */
export const staysOf = ({ from, to, formerPeriods = [] }: Stays): Stay[] =>
  [...formerPeriods, { from, to }].filter((stay) => stay.to === undefined || stay.from <= stay.to);

type Stays = Pick<Enrolment, 'from' | 'to' | 'formerPeriods'>;

/** Whose place it is, where, and when: written down already, or only planned. */
export type HeldPlace = Stays & Pick<Enrolment, 'group' | 'participant'>;

/** What is left of some stays when nothing after `last` (a local date) happens. */
const until = (stays: readonly Stay[], last: string) =>
  stays.flatMap(({ from, to }) =>
    from > last ? [] : [{ from, to: to !== undefined && to < last ? to : last }],
  );

const withFormer = (former: readonly { from: string; to: string }[]) =>
  former.length ? { formerPeriods: [...former] } : {};

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
  // A reason of leaving, as older versions wrote it, is not kept among the changes either.
  const { exitReason: _reason, ...known } = before ?? {};
  const { to: _to, formerPeriods: _former, ...rest } = known as Partial<Enrolment>;
  return withChange<Enrolment>(
    before && (known as Enrolment),
    {
      ...rest,
      _id: enrolmentDocId(group, participant),
      type: 'enrolment',
      v: 1,
      ...author,
      group,
      participant,
      from,
      ...withFormer(before ? until(staysOf(before), addDays(from, -1)) : []),
    },
    author,
    kind,
  );
}

/**
 * Ends a stay; `last` is the last day of it, included. Somebody who left earlier stays as they are. A stay that would
 * end before it began is cancelled, and the one before it, if there was any, is again the last.
 */
export function leave(before: Enrolment, last: string, author: Author): Enrolment {
  if (before.to !== undefined && before.to <= last) return before;
  const kept = until(staysOf(before), last);
  const latest = kept.pop();
  const { formerPeriods: _former, ...rest } = before;
  const stay = latest ?? { from: before.from, to: last };
  return withChange<Enrolment>(before, { ...rest, ...stay, ...withFormer(kept) }, author);
}

/**
 * Out of a group for another one, in which the person is {@link enrol}led from that day on: the day before is the last.
 * What came before stays as it was in both.
 */
export const leaveForAnother = (before: Enrolment, day: string, author: Author) =>
  leave(before, addDays(day, -1), author);

/** Whether a place is theirs on a local date or later. */
export const holdsPlaceFrom = (enrolment: Stays, day: string) =>
  staysOf(enrolment).some(({ to }) => to === undefined || day <= to);
