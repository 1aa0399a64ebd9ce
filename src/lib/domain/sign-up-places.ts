/**
 * Who has a place at an outing and who waits. Places are written nowhere: they follow from all sign-ups, so that two phones
 * without a network come to the same list once they have met.
 */
import type { Group, SignUp } from './documents.ts';
import type { ParticipantId } from './ids.ts';

/** What a person is told: there is a place, or they wait for one. */
export type Told = NonNullable<SignUp['told']>;

/** The order of the turns; of two at one moment, that of the ids. */
const byTurn = (a: SignUp, b: SignUp) => {
  if (a.since !== b.since) return Date.parse(a.since) - Date.parse(b.since) || (a.since < b.since ? -1 : 1);
  return a.participant < b.participant ? -1 : a.participant > b.participant ? 1 : 0;
};

export interface Places {
  /** Those with a place, in the order of their turns. */
  readonly placed: readonly SignUp[];
  /** Those who wait, the next one first. */
  readonly waiting: readonly SignUp[];
  /** How many places are left; `undefined` where their number is not limited. */
  readonly left: number | undefined;
}

/**
 * Who has a place at one meeting.
 * @param signUps of that meeting, in any order
 * @param capacity how many places there are; none given: for everyone
 */
export function placesOf(signUps: Iterable<SignUp>, { capacity }: Pick<Group, 'capacity'>): Places {
  const queue = [...signUps].filter(({ state }) => state === 'signedUp').sort(byTurn);
  if (capacity === undefined) return { placed: queue, waiting: [], left: undefined };
  return {
    placed: queue.slice(0, capacity),
    waiting: queue.slice(capacity),
    left: Math.max(0, capacity - queue.length),
  };
}

/** Who was told something else than what is now: a place that became free, or one that somebody else had before. */
export function toTell({ placed, waiting }: Places): ReadonlyMap<ParticipantId, Told> {
  const news = new Map<ParticipantId, Told>();
  for (const { participant, told } of placed) if (told === 'waiting') news.set(participant, 'place');
  for (const { participant, told } of waiting) if (told === 'place') news.set(participant, 'waiting');
  return news;
}
