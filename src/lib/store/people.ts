/** Everyone a coordinator's device knows: by their full file, or by a term's card where they have none yet. */
import type { Participant, RosterCard, Term } from '../domain/documents.ts';
import { termDocId, type ParticipantId, type TermCode } from '../domain/ids.ts';
import { sortKeyOf } from '../domain/names.ts';
import type { ComparedPerson } from '../domain/person-duplicates.ts';
import type { Store } from './store.ts';

/** The stores of a device, as far as people need them. */
export interface PeopleStores {
  readonly registry: Store | undefined;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

export interface KnownPerson extends ComparedPerson {
  readonly file: Participant | undefined;
  /** In the order of the device's terms: the one in progress first. */
  readonly cards: readonly { readonly term: TermCode; readonly card: RosterCard }[];
  readonly sortKey: string;
}

/** The people of a device, in the order of their names; files that became part of another are left out. */
export async function peopleOf({ registry, terms }: PeopleStores): Promise<KnownPerson[]> {
  const [files, ...lists] = await Promise.all([
    registry?.ofType('participant') ?? [],
    ...terms.map(({ store }) => store.ofType('rosterCard')),
  ]);
  const cardsOf = new Map<ParticipantId, { term: TermCode; card: RosterCard }[]>();
  for (const [place, cards] of lists.entries()) {
    const term = terms[place]?.term;
    for (const card of cards)
      if (term) cardsOf.set(card.participant, [...(cardsOf.get(card.participant) ?? []), { term, card }]);
  }
  const fileOf = new Map(files.map((file) => [file.participant, file]));
  const people: KnownPerson[] = [];
  for (const participant of new Set([...fileOf.keys(), ...cardsOf.keys()])) {
    const file = fileOf.get(participant);
    if (file && survivorOf(file, fileOf) !== file) continue;
    const cards = cardsOf.get(participant) ?? [];
    const named = file ?? cards[0]?.card;
    if (!named) continue;
    const { firstName, familyName } = named;
    people.push({
      ...{ participant, firstName, familyName, file, cards },
      birthYear: file?.birthYear,
      phone: file?.phone,
      sortKey: sortKeyOf(named),
    });
  }
  return people.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
}

/**
 * The file that a file is part of by now; itself where it is part of none. Two devices that merged the same two files
 * the other way round each leave one in the other: then the one whose id comes first is shown, so that nobody is lost.
 */
export function survivorOf(file: Participant, files: ReadonlyMap<ParticipantId, Participant>): Participant {
  const way = [file];
  for (let next = file; next.mergedInto !== undefined;) {
    const found = files.get(next.mergedInto);
    if (!found) return next;
    if (way.includes(found)) {
      const [first = file] = way
        .slice(way.indexOf(found))
        .sort((a, b) => (a.participant < b.participant ? -1 : 1));
      return first;
    }
    way.push(found);
    next = found;
  }
  return way.at(-1) ?? file;
}

/** The terms of a device with their documents, in the device's order. */
export const termsOf = (terms: PeopleStores['terms']) =>
  Promise.all(
    terms.map(
      async ({ term, store }): Promise<{ term: TermCode; store: Store; document: Term | undefined }> => ({
        term,
        store,
        document: await store.get('term', termDocId(term)),
      }),
    ),
  );
