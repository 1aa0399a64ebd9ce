/** What the pages about duplicates read. */
import type { Group, Mark, Occurrence, Participant, Referrer, Site } from '$lib/domain/documents.ts';
import { siteDocId, type MergeId, type ParticipantId, type SiteCode } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { wholeMerges, type WholeMerge } from '$lib/domain/person-merge-undo.ts';
import { rolesOf, type HeldDocuments } from '$lib/domain/person-merge.ts';
import { likenessOf, type Likeness, type LikePair } from '$lib/domain/person-duplicates.ts';
import { likePairsOf, peopleOf, type KnownPerson, type PeopleStores } from '$lib/store/people.ts';
import { documentsAbout, namedStores, type NamedStore } from '$lib/store/person-documents.ts';
import type { Store } from '$lib/store/store.ts';

export type DuplicatesStores = PeopleStores & {
  readonly commons: Store;
  readonly registry: Store;
  readonly site: SiteCode;
};

/** What a pair shows of each: attendance and groups say who is meant. */
export interface PersonFacts {
  readonly person: KnownPerson;
  readonly groups: readonly string[];
  readonly presences: number;
}

export interface PairRead {
  readonly people: readonly [PersonFacts, PersonFacts];
  readonly because: readonly Likeness[];
}

export interface MergeRead {
  readonly merge: MergeId;
  readonly whole: WholeMerge;
  readonly keptName: string;
  readonly absorbedName: string;
  /** Something is still about the absorbed one: interrupted, or a phone answered late. */
  readonly isUnfinished: boolean;
  /** The kept file was itself absorbed since: that merge is undone first. */
  readonly isCovered: boolean;
}

export interface DuplicatesRead {
  readonly site: Site | undefined;
  readonly pairs: readonly PairRead[];
  readonly merges: readonly MergeRead[];
  readonly referrers: ReadonlyMap<string, Referrer>;
}

/** A page of pairs is enough to begin with: each needs its people looked up. */
const mostPairs = 30;

export async function readDuplicates(stores: DuplicatesStores): Promise<DuplicatesRead> {
  const [site, people, referrers, merges] = await Promise.all([
    stores.commons.get('site', siteDocId(stores.site)),
    peopleOf(stores),
    stores.registry.ofType('referrer'),
    readMerges(stores),
  ]);
  const pairs = (await likePairsOf(people, stores)).slice(0, mostPairs);
  return {
    site,
    merges,
    pairs: await Promise.all(pairs.map((pair) => pairFacts(stores, pair))),
    referrers: new Map(referrers.map((one) => [one.referrer, one])),
  };
}

async function pairFacts(stores: PeopleStores, pair: LikePair<KnownPerson>): Promise<PairRead> {
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
      const groups = await store.whereAnyOf(
        'group',
        'group',
        enrolments.map(({ group }) => group),
      );
      return {
        labels: groups.map(({ label }) => label),
        presences: marks.filter(({ status }) => status === 'present' || status === 'late').length,
      };
    }),
  );
  return {
    person,
    groups: found.flatMap(({ labels }) => labels).sort(),
    presences: found.reduce((sum, { presences }) => sum + presences, 0),
  };
}

/** The merges that stand, the latest first. */
async function readMerges(stores: DuplicatesStores): Promise<MergeRead[]> {
  const named = namedStores(stores, stores.site);
  const standing = wholeMerges(await stores.registry.ofType('merge')).filter(
    ({ undoneAt }) => undoneAt === undefined,
  );
  return Promise.all(
    standing.map(async (whole): Promise<MergeRead> => {
      const [leftover, kept] = await Promise.all([
        documentsAbout(named, [whole.absorbed]),
        documentsAbout(named, [whole.kept]),
      ]);
      const keptFile = fileIn(kept);
      return {
        merge: whole.merge,
        whole,
        keptName: nameIn(kept.flatMap(({ documents }) => documents)) ?? whole.kept,
        absorbedName:
          nameIn(
            whole.parts.flatMap(({ before }) => before.map(({ document }) => document ?? {})),
            whole.absorbed,
          ) ?? whole.absorbed,
        isUnfinished: leftover.some(({ documents }) => documents.some(({ type }) => type !== 'participant')),
        isCovered: keptFile?.mergedInto !== undefined,
      };
    }),
  );
}

const fileIn = (held: readonly HeldDocuments[]): Participant | undefined =>
  held.flatMap(({ documents }) => documents).find((one) => one.type === 'participant');

function nameIn(documents: readonly object[], participant?: ParticipantId): string | undefined {
  const named = (documents as readonly { firstName?: string; familyName?: string; participant?: string }[])
    .filter((one) => one.firstName !== undefined)
    .find((one) => participant === undefined || one.participant === participant);
  return named?.firstName === undefined
    ? undefined
    : fullName({ firstName: named.firstName, familyName: named.familyName });
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
