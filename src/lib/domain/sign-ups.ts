/**
 * Signing up for an outing: who wishes to come, in which turn, who has a place and who waits. Places are written nowhere:
 * they follow from all sign-ups, so that two phones without a network come to the same list once they have met.
 */
import type { Author, Group, SignUp, SignUpEntry } from './documents.ts';
import { signUpDocId, type OccurrenceId, type ParticipantId } from './ids.ts';

/** What a person is told: there is a place, or they wait for one. */
export type Told = NonNullable<SignUp['told']>;

interface SignUpPlace {
  readonly occurrence: OccurrenceId;
  readonly participant: ParticipantId;
}

/** Adds an entry; fields that this version does not know are kept. */
function withEntry(
  before: SignUp | undefined,
  { occurrence, participant }: SignUpPlace,
  said: Pick<SignUpEntry, 'state' | 'since' | 'told'>,
  author: Author,
): SignUp {
  const { at, by, device } = author;
  const { told: _told, ...known } = before ?? {};
  return {
    ...known,
    _id: signUpDocId(occurrence, participant),
    type: 'signUp',
    v: 1,
    at,
    by,
    device,
    occurrence,
    participant,
    state: said.state,
    since: said.since ?? at,
    ...(said.told === undefined ? {} : { told: said.told }),
    history: [...(before?.history ?? []), { ...said, at, by, device }],
  };
}

/**
 * Signs somebody up. Who withdrew and comes back has a new turn.
 * @param facts.told what the screen says of the places at this moment
 * @returns `undefined` when the person is signed up already
 */
export function signUp(
  before: SignUp | undefined,
  facts: SignUpPlace & { readonly told: Told },
  author: Author,
): SignUp | undefined {
  if (before?.state === 'signedUp') return undefined;
  return withEntry(before, facts, { state: 'signedUp', told: facts.told }, author);
}

/** Takes somebody off the list; `undefined` when they are not on it. */
export function withdraw(before: SignUp | undefined, author: Author): SignUp | undefined {
  if (before?.state !== 'signedUp') return undefined;
  return withEntry(before, before, { state: 'withdrawn', since: before.since }, author);
}

/** Back in the turn that they had, when a withdrawal is taken back; `undefined` when they are signed up. */
export function withdrawalUndone(before: SignUp | undefined, author: Author): SignUp | undefined {
  if (before?.state !== 'withdrawn') return undefined;
  const { since } = before;
  const told = before.history.findLast(({ state }) => state === 'signedUp')?.told;
  return withEntry(before, before, { state: 'signedUp', since, ...(told ? { told } : {}) }, author);
}

/** The person was told that they have a place after all, or that they wait; `undefined` when they knew. */
export function tell(before: SignUp | undefined, told: Told, author: Author): SignUp | undefined {
  if (before?.state !== 'signedUp' || before.told === told) return undefined;
  return withEntry(before, before, { state: 'signedUp', since: before.since, told }, author);
}

/** What stands, said again by this author: whoever moves a sign-up is the author of its last entry. */
export function signUpSaidAgain(standing: SignUp, author: Author): SignUp {
  const { state, since, told } = standing;
  return withEntry(standing, standing, { state, since, ...(told ? { told } : {}) }, author);
}

/** As it was before something, after all that has happened since: the server takes no history that lost an entry. */
export const signUpRestored = (now: SignUp | undefined, target: SignUp, author: Author): SignUp =>
  signUpSaidAgain(now ? { ...target, history: now.history } : target, author);

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
