/** What the coordinator's list reads: the names first, without a mark; what the marks say is reckoned in a worker. */
import type { WorkshopType } from '$lib/domain/documents.ts';
import type { TermCode } from '$lib/domain/ids.ts';
import { peopleOf, type KnownPerson, type PeopleStores } from '$lib/store/people.ts';
import { Lasting } from '$lib/store/lasting.ts';
import type { Store } from '$lib/store/store.ts';
import { attendanceOf, type Now, type PeopleAttendance } from './people-attendance.ts';
import type { TermFacts } from './people-rows.ts';

export interface PeopleRead {
  readonly people: readonly KnownPerson[];
  readonly facts: TermFacts | undefined;
  /** Those that have a group in the term. */
  readonly workshopTypes: readonly WorkshopType[];
}

const lists = new Lasting<PeopleRead>();

/** What the list is made of, followed: another answer when the device opens another term. @param code as below */
export const peopleAnswer = (
  stores: PeopleStores & { readonly commons: Store },
  code: TermCode | undefined,
) =>
  lists.of(stores.registry ?? stores.commons, [code, ...stores.terms.map(({ term }) => term)].join(' '), () =>
    readPeople(stores, code),
  );

/** @param code the term the list is about; without it, everyone */
async function readPeople(
  stores: PeopleStores & { readonly commons: Store },
  code: TermCode | undefined,
): Promise<PeopleRead> {
  const store = stores.terms.find(({ term }) => term === code)?.store;
  const [people, types, groups, enrolments] = await Promise.all([
    peopleOf(stores),
    stores.commons.ofType('workshopType'),
    store?.ofType('group') ?? [],
    store?.ofType('enrolment') ?? [],
  ]);
  const offered = new Set(groups.map(({ workshopType }) => workshopType));
  return {
    people,
    facts: store && code ? { term: code, groups, enrolments } : undefined,
    workshopTypes: types.filter(({ workshopType }) => offered.has(workshopType)),
  };
}

/** What the marks of a term say: thousands of them, so a worker reads them. */
export async function readAttendance(store: Store, now: Now): Promise<PeopleAttendance> {
  const [groups, enrolments, occurrences, closings, marks] = await Promise.all([
    store.ofType('group'),
    store.ofType('enrolment'),
    store.ofType('occurrence'),
    store.ofType('closing'),
    store.ofType('mark'),
  ]);
  return attendanceOf({ groups, enrolments, occurrences, closings, marks }, now);
}
