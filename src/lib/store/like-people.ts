/** People who look alike, with what says who is meant; and two of them about to become one. */
import type { Group, Mark, Occurrence, Referrer, Site } from '../domain/documents.ts';
import { siteDocId, type GroupId, type ParticipantId, type SiteCode } from '../domain/ids.ts';
import { likenessOf, type Likeness, type LikePair } from '../domain/person-duplicates.ts';
import { rolesOf, type HeldDocuments } from '../domain/person-merge.ts';
import { peopleOf, type KnownPerson, type PeopleStores } from './people.ts';
import { documentsAbout, namedStores, type NamedStore } from './person-documents.ts';
import type { Store } from './store.ts';

export type DuplicatesStores = PeopleStores & {
  readonly commons: Store;
  readonly registry: Store;
  readonly site: SiteCode;
};

/** What a pair shows of each: attendance and groups say who is meant. */
export interface PersonFacts {
  readonly person: KnownPerson;
  readonly groups: readonly string[];
  readonly groupIds: readonly GroupId[];
  readonly presences: number;
}

export interface PairRead {
  readonly people: readonly [PersonFacts, PersonFacts];
  readonly because: readonly Likeness[];
}

export async function pairFacts(stores: PeopleStores, pair: LikePair<KnownPerson>): Promise<PairRead> {
  const [one, other] = pair.people;
  const people = await Promise.all([factsOf(stores, one), factsOf(stores, other)]);
  return { people, because: pair.because };
}

async function factsOf({ terms }: PeopleStores, person: KnownPerson): Promise<PersonFacts> {
  const found = await Promise.all(
    terms.map(async ({ store }) => {
      const [enrolments, marks] = await Promise.all([
        store.where('enrolment', 'participant', person.participant),
        store.where('mark', 'participant', person.participant),
      ]);
      const followed = enrolments.length
        ? enrolments.map(({ group }) => group)
        : // Of somebody who was added at a roll call, where they came.
          (
            await store.whereAnyOf(
              'occurrence',
              'occurrence',
              marks.map(({ occurrence }) => occurrence),
            )
          ).map(({ group }) => group);
      const groups = await store.whereAnyOf('group', 'group', [...new Set(followed)]);
      return {
        groups,
        presences: marks.filter(({ status }) => status === 'present' || status === 'late').length,
      };
    }),
  );
  return {
    person,
    groups: found.flatMap(({ groups }) => groups.map(({ label }) => label)).sort(),
    groupIds: found.flatMap(({ groups }) => groups.map(({ group }) => group)),
    presences: found.reduce((sum, { presences }) => sum + presences, 0),
  };
}

/** Two people about to become one. */
export interface ComparedRead {
  readonly site: Site | undefined;
  readonly stores: readonly NamedStore[];
  readonly held: readonly HeldDocuments[];
  readonly kept: PersonFacts;
  readonly absorbed: PersonFacts;
  readonly because: readonly Likeness[];
  readonly referrers: ReadonlyMap<string, Referrer>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly occurrences: ReadonlyMap<string, Occurrence>;
  /** Labels of the terms, by the name of their database. */
  readonly termLabels: ReadonlyMap<string, string>;
}

/** `undefined` when one of them is not known here (any more). */
export async function readCompared(
  stores: DuplicatesStores,
  a: ParticipantId,
  b: ParticipantId,
): Promise<ComparedRead | undefined> {
  const named = namedStores(stores, stores.site);
  const [site, people, referrers, held] = await Promise.all([
    stores.commons.get('site', siteDocId(stores.site)),
    peopleOf(stores),
    stores.registry.ofType('referrer'),
    documentsAbout(named, [a, b]),
  ]);
  const roles = rolesOf(a, b, held);
  const [kept, absorbed] = [roles.kept, roles.absorbed].map((id) =>
    people.find(({ participant }) => participant === id),
  );
  if (!kept || !absorbed || kept === absorbed) return undefined;
  const groups = new Map<string, Group>();
  const occurrences = new Map<string, Occurrence>();
  const termLabels = new Map<string, string>();
  for (const { database, store } of named.slice(1)) {
    const own = held.find((one) => one.database === database)?.documents ?? [];
    const [[term], all, marked] = await Promise.all([
      store.ofType('term'),
      store.ofType('group'),
      store.whereAnyOf(
        'occurrence',
        'occurrence',
        own.filter((one): one is Mark => one.type === 'mark').map(({ occurrence }) => occurrence),
      ),
    ]);
    termLabels.set(database, term?.label ?? database);
    for (const group of all) groups.set(group.group, group);
    for (const occurrence of marked) occurrences.set(occurrence.occurrence, occurrence);
  }
  return {
    ...{ site, stores: named, held, groups, occurrences, termLabels },
    kept: await factsOf(stores, kept),
    absorbed: await factsOf(stores, absorbed),
    because: likenessOf(kept, absorbed),
    referrers: new Map(referrers.map((one) => [one.referrer, one])),
  };
}
