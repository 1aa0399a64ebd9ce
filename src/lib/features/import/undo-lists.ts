/** What an import wrote in the terms, taken back: places in groups, turns of waiting, cards. */
import type { Author, ImportBatch, RosterCard } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import {
  authorOf,
  cardAsBefore,
  isCardOf,
  wasWrittenBy,
  without,
  type DocumentEdit,
} from '$lib/domain/import/batches.ts';
import type { Store } from '$lib/store/store.ts';
import { isOfBefore, type Stores } from './queries.ts';
import { remove, restore } from './undo-writing.ts';

type Mark = Pick<Author, 'at' | 'device'>;

interface Undoing {
  readonly mark: Mark;
  readonly author: Author;
  /** New people who stay, with the places and the card that the import gave them. */
  readonly kept: ReadonlySet<ParticipantId>;
  /** `{participant}` and `{group} {participant}`: see `answeredFor`. */
  readonly answered: ReadonlySet<string>;
}

const placesIn = async (store: Store) => [
  ...(await store.ofType('enrolment')),
  ...(await store.ofType('waiting')),
];

/** Those whom somebody else enrolled, or whose enrolment was changed since, in any term of this device. */
export async function peopleEnrolledBesides(
  { terms }: Stores,
  batch: ImportBatch,
): Promise<Set<ParticipantId>> {
  const mark = authorOf(batch);
  const isBefore = isOfBefore(batch);
  const found = new Set<ParticipantId>();
  for (const { store } of terms)
    for (const place of await placesIn(store))
      if (!isBefore(place) && (!wasWrittenBy(place, mark) || place.changes?.length !== 1))
        found.add(place.participant);
  return found;
}

/** The places and turns of waiting that the import gave; where somebody answered for them since, they stay. */
export async function placesToUndo(
  store: Store,
  { mark, author, kept, answered }: Undoing,
): Promise<DocumentEdit[]> {
  return (await placesIn(store)).flatMap((place) => {
    const { group, participant } = place;
    if (kept.has(participant) || answered.has(`${group} ${participant}`)) return [];
    const { kind } = without(place, mark, author);
    if (kind === 'stays') return [];
    return kind === 'remove' ? remove(place, author) : restore(place._id, mark, author);
  });
}

/**
 * The cards of those whose file goes, and those that the import made for people who are in no group now. Whoever had
 * come before it has their card back as it was.
 * @param undoing.going new people who go
 */
export async function cardsToUndo(
  store: Store,
  {
    mark,
    author,
    going,
    kept,
    answered,
    walkIns,
  }: Undoing & {
    readonly going: ReadonlySet<ParticipantId>;
    readonly walkIns: NonNullable<ImportBatch['walkIns']>;
  },
): Promise<DocumentEdit[]> {
  const placed = new Set((await placesIn(store)).map(({ participant }) => participant));
  const former = new Map(walkIns.map((one) => [one.participant, one]));
  const isUnwanted = (card: RosterCard) => {
    const { participant } = card;
    if (going.has(participant)) return true;
    const isNeeded = kept.has(participant) || answered.has(participant) || placed.has(participant);
    return isCardOf(card, mark) && !isNeeded;
  };
  return (await store.ofType('rosterCard')).filter(isUnwanted).map((card) => {
    const before = former.get(card.participant);
    return before ? giveBack(card, before, author) : remove(card, author);
  });
}

/** Unless somebody wrote in the card since it was read. */
const giveBack = (
  card: RosterCard,
  before: NonNullable<ImportBatch['walkIns']>[number],
  author: Author,
): DocumentEdit => ({
  id: card._id,
  change: (current) =>
    current?.type === 'rosterCard' && current._rev === card._rev
      ? cardAsBefore(current, before, author)
      : undefined,
});
