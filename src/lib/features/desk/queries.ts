/** What several parts of the desk read: the terms that are not closed, and the lists that did not come. */
import type { Shift, Term, Volunteer } from '$lib/domain/documents.ts';
import { termDocId, type TermCode } from '$lib/domain/ids.ts';
import { todayIn } from '$lib/domain/local-time.ts';
import { missingLists, wasClosedIncomplete, type MissingList } from '$lib/domain/missing-lists.ts';
import type { Store } from '$lib/store/store.ts';

/** A coordinator's device, as far as the desk needs it. */
export interface DeskStores {
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
  readonly timeZone: string;
}

export interface OpenTerm {
  readonly term: Term;
  readonly store: Store;
}

/** The terms whose document is here, closed or not, in the order of the device. */
export async function termsHere({ terms }: Pick<DeskStores, 'terms'>): Promise<OpenTerm[]> {
  const read = await Promise.all(
    terms.map(async ({ term, store }) => ({ term: await store.get('term', termDocId(term)), store })),
  );
  return read.flatMap(({ term, store }) => (term ? [{ term, store }] : []));
}

export const openTerms = async (stores: Pick<DeskStores, 'terms'>): Promise<OpenTerm[]> =>
  (await termsHere(stores)).filter(({ term }) => term.state !== 'closed');

export interface MissingOfTerm {
  readonly term: Term;
  readonly store: Store;
  readonly lists: readonly MissingList[];
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
}

/**
 * The lists of the terms in progress that did not come as they should. Answers are read of those meetings alone.
 * @param now instant
 */
export async function findMissingLists(stores: DeskStores, now: string): Promise<MissingOfTerm[]> {
  const today = todayIn(stores.timeZone, now);
  const found: MissingOfTerm[] = [];
  for (const { term, store } of await openTerms(stores)) {
    const [past, closings, volunteers] = await Promise.all([
      store.between('occurrence', 'date', '', today),
      store.ofType('closing'),
      store.ofType('volunteer'),
    ]);
    const settled = new Set(
      closings
        .filter((one) => one.state === 'closed' && !wasClosedIncomplete(one))
        .map(({ occurrence }) => occurrence),
    );
    const occurrences = past.filter(
      ({ occurrence, state }) => state !== 'cancelled' && !settled.has(occurrence),
    );
    const ids = occurrences.map(({ occurrence }) => occurrence);
    const groupIds = [...new Set(occurrences.map(({ group }) => group))];
    const [groups, enrolments, signUps, marks, shifts] = await Promise.all([
      store.whereAnyOf('group', 'group', groupIds),
      store.whereAnyOf('enrolment', 'group', groupIds),
      store.whereAnyOf('signUp', 'occurrence', ids),
      store.whereAnyOf('mark', 'occurrence', ids),
      store.whereAnyOf('shift', 'occurrence', ids),
    ]);
    const lists = missingLists({
      ...{ groups, occurrences, enrolments, signUps, marks, closings, shifts, volunteers },
      ...{ now, timeZone: stores.timeZone },
    });
    found.push({ term, store, lists, shifts, volunteers });
  }
  return found;
}

export const countMissingLists = async (stores: DeskStores, now: string): Promise<number> =>
  (await findMissingLists(stores, now)).reduce((sum, { lists }) => sum + lists.length, 0);
