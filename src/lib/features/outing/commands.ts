/** What volunteers write to an outing: one document for each person, and the number of those who came back. */
import type { AnyDocument, Author, SignUp } from '$lib/domain/documents.ts';
import { closingDocId, signUpDocId, type OccurrenceId, type ParticipantId } from '$lib/domain/ids.ts';
import { countPeople } from '$lib/domain/closing.ts';
import type { Told } from '$lib/domain/sign-up-places.ts';
import { signUp, tell, withdraw, withdrawalUndone } from '$lib/domain/sign-ups.ts';
import type { Store } from '$lib/store/store.ts';

/** Where it is written, by whom; asked anew for each deed, since it holds the time. */
export interface OutingPlace {
  readonly store: Store;
  readonly occurrence: OccurrenceId;
  readonly author: () => Author;
}

/** Whether the device has kept it; what changed nothing is kept too. */
async function onSignUp(
  { store, occurrence, author }: OutingPlace,
  participant: ParticipantId,
  rule: (before: SignUp | undefined, author: Author) => SignUp | undefined,
): Promise<boolean> {
  const by = author();
  const change = (current: AnyDocument | undefined) =>
    rule(current?.type === 'signUp' ? current : undefined, by);
  return (await store.commit([{ id: signUpDocId(occurrence, participant), change }])).ok;
}

/** Signs somebody up; `told` is what the screen says of the places just then. */
export async function signPersonUp(
  place: OutingPlace,
  participant: ParticipantId,
  told: Told,
): Promise<boolean> {
  const { store, occurrence } = place;
  const known = await store.where('signUp', 'occurrence', occurrence);
  const after = known.map(({ since }) => since).reduce<string | undefined>(latest, undefined);
  return onSignUp(place, participant, (before, by) =>
    signUp(before, { occurrence, participant, told, after }, by),
  );
}

const latest = (one: string | undefined, other: string) =>
  one === undefined || Date.parse(one) < Date.parse(other) ? other : one;

export const withdrawPerson = (place: OutingPlace, participant: ParticipantId) =>
  onSignUp(place, participant, withdraw);

/** A withdrawal taken back: the person has the turn that they had. */
export const putBack = (place: OutingPlace, participant: ParticipantId) =>
  onSignUp(place, participant, withdrawalUndone);

/** The person knows that they have a place after all, or that they wait. */
export const noteTold = (place: OutingPlace, participant: ParticipantId, told: Told) =>
  onSignUp(place, participant, (before, by) => tell(before, told, by));

/** How many came back; each number said is kept. */
export async function countReturn(
  { store, occurrence, author }: OutingPlace,
  number: number,
): Promise<boolean> {
  const by = author();
  const change = (current: AnyDocument | undefined) =>
    countPeople(
      current?.type === 'closing' ? current : undefined,
      { occurrence, what: 'returnCount', number },
      by,
    );
  return (await store.commit([{ id: closingDocId(occurrence), change }])).ok;
}
