/** A person's full file in the registry, and the card that a term's lists hold of it: the name to call, no more. */
import type { Author, Change, Participant, RosterCard, Site } from './documents.ts';
import { withChange } from './changes.ts';
import { participantDocId, rosterCardDocId, type ParticipantId } from './ids.ts';
import { familyNameOf, sortKeyOf } from './names.ts';

/** What is known of a person; the rest of the file is who wrote it and when. */
export type ParticipantFacts = Pick<
  Participant,
  | 'firstName'
  | 'familyName'
  | 'gender'
  | 'birthYear'
  | 'languages'
  | 'isFrancophone'
  | 'departement'
  | 'country'
  | 'statusHistory'
  | 'consentAt'
  | 'lastContact'
  | 'phone'
  | 'referrer'
>;

/** A new file. @param kind how it came: typed, or read from a table */
export const newParticipant = (
  participant: ParticipantId,
  facts: ParticipantFacts,
  author: Author,
  kind: Change['kind'] = 'created',
): Participant =>
  withChange<Participant>(
    undefined,
    { _id: participantDocId(participant), type: 'participant', v: 1, ...author, participant, ...facts },
    author,
    kind,
  );

/** The file with these facts in place of its own; as it was where nothing differs. Fields it has besides survive. */
export function editParticipant(
  before: Participant,
  facts: Partial<ParticipantFacts>,
  author: Author,
  kind: Change['kind'] = 'edited',
): Participant {
  return withChange(before, { ...before, ...facts }, author, kind);
}

/**
 * The card of a person in a term: what volunteers' phones hold of them.
 * @param before the card as it stands: the language of the person's screens is chosen on it and stays
 */
export function rosterCardOf(
  person: Pick<Participant, 'participant' | 'firstName' | 'familyName' | 'languages' | 'isFrancophone'>,
  nameDisplay: Site['nameDisplay'],
  before: RosterCard | undefined,
  author: Author,
): RosterCard {
  const { participant, firstName, isFrancophone } = person;
  const familyName = familyNameOf(person);
  const [initial] = familyName.trim();
  const shown = { full: familyName, initial: initial?.toLocaleUpperCase('fr'), first: undefined }[
    nameDisplay
  ];
  const { familyName: _former, ...rest } = before ?? {};
  return {
    ...rest,
    _id: rosterCardDocId(participant),
    type: 'rosterCard',
    v: 1,
    ...author,
    participant,
    firstName,
    ...(shown ? { familyName: shown } : {}),
    sortKey: sortKeyOf({ firstName, familyName: shown }),
    screenLanguage: before?.screenLanguage ?? (isFrancophone ? 'fr' : (person.languages[0] ?? 'fr')),
    isFrancophone,
    isProvisional: false,
  };
}
