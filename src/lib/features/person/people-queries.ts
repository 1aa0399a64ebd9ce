/** What the coordinator's list reads. */
import type { WorkshopType } from '$lib/domain/documents.ts';
import type { TermCode } from '$lib/domain/ids.ts';
import { likePairsOf, peopleOf, type PeopleStores } from '$lib/store/people.ts';
import type { Store } from '$lib/store/store.ts';
import { peopleRows, type PeopleRow, type TermFacts } from './people-rows.ts';

export interface PeopleRead {
  readonly rows: readonly PeopleRow[];
  /** Those that have a group in the term. */
  readonly workshopTypes: readonly WorkshopType[];
}

/** @param code the term the list is about; without it, everyone */
export async function readPeople(
  stores: PeopleStores & { readonly commons: Store },
  code: TermCode | undefined,
  now: { readonly today: string; readonly timeZone: string },
): Promise<PeopleRead> {
  const store = stores.terms.find(({ term }) => term === code)?.store;
  const [people, types, facts] = await Promise.all([
    peopleOf(stores),
    stores.commons.ofType('workshopType'),
    store && code ? factsOf(store, code) : undefined,
  ]);
  const offered = new Set(facts?.groups.map(({ workshopType }) => workshopType));
  return {
    rows: peopleRows(people, facts, now),
    workshopTypes: types.filter(({ workshopType }) => offered.has(workshopType)),
  };
}

async function factsOf(store: Store, term: TermCode): Promise<TermFacts> {
  const [groups, enrolments, occurrences, closings, marks] = await Promise.all([
    store.ofType('group'),
    store.ofType('enrolment'),
    store.ofType('occurrence'),
    store.ofType('closing'),
    store.ofType('mark'),
  ]);
  return { term, groups, enrolments, occurrences, closings, marks };
}

/** How many pairs of files look alike. */
export async function countLikePairs(stores: PeopleStores): Promise<number> {
  return (await likePairsOf(await peopleOf(stores), stores)).length;
}
