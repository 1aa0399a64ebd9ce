/** What the pages about people read, by index, from the stores of the signed-in device. */
import type {
  Enrolment,
  Group,
  Mark,
  Occurrence,
  RosterCard,
  Term,
  Venue,
  WorkshopType,
} from '$lib/domain/documents.ts';
import { rosterCardDocId, termDocId, type ParticipantId, type TermCode } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';

/** The stores of a device, as far as these pages need them. */
export interface Stores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

/** Somebody of a term, with the labels of the groups they follow in it. */
export interface ListedPerson {
  readonly card: RosterCard;
  /** Those followed now; of somebody who follows none any more, those followed before. */
  readonly groups: readonly string[];
}

/** Everyone on this device, once each, in the order of names: as the latest term that knows them does. */
export async function listPeople(stores: Stores): Promise<ListedPerson[]> {
  const people = new Map<ParticipantId, ListedPerson>();
  for (const { store } of await latestFirst(stores)) {
    const [cards, enrolments, groups] = await Promise.all([
      store.ofType('rosterCard'),
      store.ofType('enrolment'),
      store.ofType('group'),
    ]);
    const labels = new Map(groups.map(({ group, label }) => [group, label]));
    const followed = { now: new Map<ParticipantId, string[]>(), before: new Map<ParticipantId, string[]>() };
    for (const { participant, group, to } of enrolments) {
      const groupsOf = to === undefined ? followed.now : followed.before;
      const label = labels.get(group);
      if (label) groupsOf.set(participant, [...(groupsOf.get(participant) ?? []), label]);
    }
    for (const card of cards) {
      if (people.has(card.participant)) continue;
      const of = followed.now.get(card.participant) ?? followed.before.get(card.participant) ?? [];
      people.set(card.participant, { card, groups: of.sort() });
    }
  }
  const key = ({ card }: ListedPerson) => card.sortKey;
  return [...people.values()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** One person in one term: everything that their strips are made of. */
export interface PersonInTerm {
  readonly term: Term | undefined;
  readonly card: RosterCard;
  readonly enrolments: readonly Enrolment[];
  readonly marks: readonly Mark[];
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly workshopTypes: readonly WorkshopType[];
  readonly venues: readonly Venue[];
}

/** A person in each term of this device that knows them, the latest first; none when no term does. */
export async function findPerson(stores: Stores, participant: ParticipantId): Promise<PersonInTerm[]> {
  const [workshopTypes, venues] = await Promise.all([
    stores.commons.ofType('workshopType'),
    stores.commons.ofType('venue'),
  ]);
  const found: PersonInTerm[] = [];
  for (const { store, term } of await latestFirst(stores)) {
    const card = await store.get('rosterCard', rosterCardDocId(participant));
    if (!card) continue;
    const [enrolments, marks, allGroups] = await Promise.all([
      store.where('enrolment', 'participant', participant),
      store.where('mark', 'participant', participant),
      store.ofType('group'),
    ]);
    const followed = new Set(enrolments.map(({ group }) => group));
    // Where they came without being enrolled, too: a conversation, a catch-up.
    const visited = await store.whereAnyOf(
      'occurrence',
      'occurrence',
      marks.map(({ occurrence }) => occurrence),
    );
    for (const { group } of visited) followed.add(group);
    const occurrences = await store.whereAnyOf('occurrence', 'group', [...followed]);
    const groups = allGroups.filter(({ group }) => followed.has(group));
    found.push({ term, card, enrolments, marks, groups, occurrences, workshopTypes, venues });
  }
  return found;
}

/** The terms of the device, the latest first; one whose document has not come yet goes last. */
async function latestFirst(stores: Stores): Promise<{ store: Store; term: Term | undefined }[]> {
  const terms = await Promise.all(
    stores.terms.map(async ({ term, store }) => ({ store, term: await store.get('term', termDocId(term)) })),
  );
  const startOf = (one: { term: Term | undefined }) => one.term?.start ?? '';
  return terms.sort((a, b) => (startOf(a) > startOf(b) ? -1 : startOf(a) < startOf(b) ? 1 : 0));
}
