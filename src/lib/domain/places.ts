/** How many places a group has, how many are taken, and who waits for one. */
import { withChange } from './changes.ts';
import type { Author, Group, Waiting } from './documents.ts';
import { holdsPlaceFrom, type HeldPlace } from './enrolments.ts';
import { waitingDocId, type GroupId, type ParticipantId } from './ids.ts';

export interface Places {
  /** People who hold a place on that day or later. */
  readonly taken: number;
  /** `undefined`: as many as come. */
  readonly capacity: number | undefined;
  /** Never below 0; `undefined` without a capacity. */
  readonly free: number | undefined;
  /** How many hold a place that the group does not have. */
  readonly over: number;
  /** In the order in which places are given. */
  readonly waiting: readonly Waiting[];
  /** Whom a free place is for: the first who waits. */
  readonly next: Waiting | undefined;
}

/** Who came first is first; of two at the same instant, the same one on every device. */
export const inTurn = (a: Waiting, b: Waiting) => {
  const [one, other] = [`${a.since} ${a.participant}`, `${b.since} ${b.participant}`];
  return one < other ? -1 : one > other ? 1 : 0;
};

/**
 * The places of a group from a local date on. Somebody who waits and was enrolled meanwhile (on another device) waits
 * for nothing.
 * @param enrolments and `waiting` may hold other groups'
 */
export function placesOf(
  group: Pick<Group, 'group' | 'capacity'>,
  enrolments: Iterable<HeldPlace>,
  waiting: Iterable<Waiting>,
  day: string,
): Places {
  const holders = new Set<ParticipantId>();
  for (const enrolment of enrolments)
    if (enrolment.group === group.group && holdsPlaceFrom(enrolment, day)) holders.add(enrolment.participant);
  const line = [...waiting]
    .filter((one) => one.group === group.group && !holders.has(one.participant))
    .sort(inTurn);
  const { capacity } = group;
  const taken = holders.size;
  const free = capacity === undefined ? undefined : Math.max(0, capacity - taken);
  return {
    taken,
    capacity,
    free,
    over: capacity === undefined ? 0 : Math.max(0, taken - capacity),
    waiting: line,
    next: free === 0 ? undefined : line[0],
  };
}

/** Puts a person on a group's waiting list; who waits there already keeps their turn. */
export function waitFor(
  before: Waiting | undefined,
  { group, participant }: { readonly group: GroupId; readonly participant: ParticipantId },
  author: Author,
): Waiting {
  if (before) return before;
  return withChange<Waiting>(
    undefined,
    {
      _id: waitingDocId(group, participant),
      type: 'waiting',
      v: 1,
      ...author,
      group,
      participant,
      since: author.at,
    },
    author,
  );
}
