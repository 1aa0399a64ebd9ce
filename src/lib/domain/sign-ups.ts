/** Signing up for an outing: who wishes to come, and in which turn. Every change adds to the history. */
import type { Author, SignUp, SignUpEntry } from './documents.ts';
import { signUpDocId, type OccurrenceId, type ParticipantId } from './ids.ts';
import type { Told } from './sign-up-places.ts';

interface SignUpPlace {
  readonly occurrence: OccurrenceId;
  readonly participant: ParticipantId;
}

/** Adds an entry; fields that this version does not know are kept. */
function withEntry(
  before: SignUp | undefined,
  { occurrence, participant }: SignUpPlace,
  said: Pick<SignUpEntry, 'state' | 'since' | 'told' | 'isNote'>,
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
 * @param facts.after the latest turn that this phone knows of: nobody passes before those whom it has seen, whatever its
 * clock says
 * @returns `undefined` when the person is signed up already
 */
export function signUp(
  before: SignUp | undefined,
  facts: SignUpPlace & { readonly told: Told; readonly after?: string | undefined },
  author: Author,
): SignUp | undefined {
  if (before?.state === 'signedUp') return undefined;
  const { told, after } = facts;
  const isLate = after === undefined || Date.parse(after) < Date.parse(author.at);
  const since = isLate ? author.at : new Date(Date.parse(after) + 1).toISOString();
  return withEntry(before, facts, { state: 'signedUp', told, ...(isLate ? {} : { since }) }, author);
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
  return withEntry(before, before, { state: 'signedUp', since: before.since, told, isNote: true }, author);
}

/** What stands, said again by this author: whoever moves a sign-up is the author of its last entry. */
export function signUpSaidAgain(standing: SignUp, author: Author): SignUp {
  const { state, since, told } = standing;
  return withEntry(standing, standing, { state, since, ...(told ? { told } : {}) }, author);
}

/** As it was before something, after all that has happened since: the server takes no history that lost an entry. */
export const signUpRestored = (now: SignUp | undefined, target: SignUp, author: Author): SignUp =>
  signUpSaidAgain(now ? { ...target, history: now.history } : target, author);
