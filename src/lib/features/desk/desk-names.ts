/** What documents are about, in names: who, which group, which day. */
import type { AnyDocument, DocumentOf, Group, Occurrence, RosterCard } from '$lib/domain/documents.ts';
import { fullName } from '$lib/domain/names.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';

export interface DeskNames {
  readonly cards: ReadonlyMap<string, RosterCard>;
  /** Names of people by id, from cards and from full files. */
  readonly people: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly occurrences: ReadonlyMap<string, Occurrence>;
  readonly venues: ReadonlyMap<string, string>;
  readonly volunteers: ReadonlyMap<string, string>;
  /** Those who sign in, by account. */
  readonly accounts: ReadonlyMap<string, string>;
}

const noNames: DeskNames = {
  cards: new Map(),
  people: new Map(),
  groups: new Map(),
  occurrences: new Map(),
  venues: new Map(),
  volunteers: new Map(),
  accounts: new Map(),
};

/** Reading all of a type in one go is quicker than looking up many one by one. */
const fewEnough = 30;

async function ofPeople<Type extends 'rosterCard' | 'participant'>(
  store: Store,
  type: Type,
  people: readonly string[],
): Promise<DocumentOf<Type>[]> {
  if (people.length <= fewEnough) return store.whereAnyOf(type, 'participant', people);
  const wanted = new Set(people);
  return (await store.ofType(type)).filter(({ participant }) => wanted.has(participant));
}

const keyed = (document: AnyDocument, field: 'participant' | 'occurrence' | 'group') => {
  const value = (document as Partial<Record<typeof field, unknown>>)[field];
  return typeof value === 'string' ? [value] : [];
};

/** Only of what is asked: a term has hundreds of people and thousands of answers. */
export async function namesFor(
  { commons, registry, terms }: Pick<PresenceDevice, 'commons' | 'registry' | 'terms'>,
  asked: readonly { readonly store: Store; readonly document: AnyDocument }[],
): Promise<DeskNames> {
  if (asked.length === 0) return noNames;
  const people = [...new Set(asked.flatMap(({ document }) => keyed(document, 'participant')))];
  const meetings = [...new Set(asked.flatMap(({ document }) => keyed(document, 'occurrence')))];
  const [held, venues, files] = await Promise.all([
    Promise.all(
      terms.map(async ({ store }) => {
        const [cards, occurrences, volunteers] = await Promise.all([
          ofPeople(store, 'rosterCard', people),
          store.whereAnyOf('occurrence', 'occurrence', meetings),
          store.ofType('volunteer'),
        ]);
        const groups = await store.ofType('group');
        return { cards, occurrences, volunteers, groups };
      }),
    ),
    commons.ofType('venue'),
    registry ? ofPeople(registry, 'participant', people) : [],
  ]);
  const cards = held.flatMap((one) => one.cards);
  const volunteers = held.flatMap((one) => one.volunteers);
  return {
    cards: new Map(cards.map((card) => [card.participant as string, card])),
    people: new Map([
      ...cards.map((card) => [card.participant as string, fullName(card)] as const),
      ...files.map((file) => [file.participant as string, fullName(file)] as const),
    ]),
    groups: new Map(
      held.flatMap((one) => one.groups.map((group) => [group.group as string, group] as const)),
    ),
    occurrences: new Map(
      held.flatMap((one) => one.occurrences.map((each) => [each.occurrence as string, each] as const)),
    ),
    venues: new Map(venues.map(({ venue, name }) => [venue as string, name])),
    volunteers: new Map(volunteers.map(({ volunteer, name }) => [volunteer as string, name])),
    accounts: new Map(
      volunteers.flatMap(({ account, name }) => (account ? [[account as string, name] as const] : [])),
    ),
  };
}
