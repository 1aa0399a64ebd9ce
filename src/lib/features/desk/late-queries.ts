/** Answers that came after their list was closed, and frozen counts that are no longer those of the documents. */
import { accountNames } from '$lib/domain/account-names.ts';
import type { Snapshot, Term } from '$lib/domain/documents.ts';
import { lateLists, type LateList } from '$lib/domain/late-answers.ts';
import { fullName } from '$lib/domain/names.ts';
import { latestOf } from '$lib/domain/snapshot.ts';
import { countTerm, differencesBetween } from '$lib/domain/term-counts.ts';
import { countedDocuments } from '$lib/store/counted-documents.ts';
import type { Store } from '$lib/store/store.ts';
import { openTerms, termsHere, type DeskStores, type OpenTerm } from './queries.ts';

interface LateOfTerm {
  readonly store: Store;
  readonly lists: readonly LateList[];
}

/** Answers on which people disagree are settled first: they are not counted twice. */
async function lateOfTerm({ store }: OpenTerm, sameAs: (one: string) => string): Promise<LateOfTerm> {
  const [groups, occurrences, enrolments, signUps, marks, closings, conflicts] = await Promise.all([
    store.ofType('group'),
    store.ofType('occurrence'),
    store.ofType('enrolment'),
    store.ofType('signUp'),
    store.ofType('mark'),
    store.ofType('closing'),
    store.conflicts(),
  ]);
  const contested = new Set(conflicts.map(({ id }) => id));
  const lists = lateLists({ groups, occurrences, enrolments, signUps, marks, closings, sameAs });
  return {
    store,
    lists: lists.flatMap((list) => {
      if (!contested.size) return [list];
      const markOf = (participant: string) => `mark:${list.occurrence.occurrence}:${participant}`;
      const answers = list.answers.filter(({ participant }) => !contested.has(markOf(participant) as never));
      return answers.length || !list.isExact ? [{ ...list, answers }] : [];
    }),
  };
}

/** Where the answers went of who became part of another one: a file says it; who had none, the merge alone. */
async function mergedFiles({ registry }: DeskStores): Promise<(participant: string) => string> {
  const into = new Map<string, string>();
  const [merges, files] = await Promise.all([registry?.ofType('merge'), registry?.ofType('participant')]);
  for (const { absorbed, kept, part, undoneAt } of merges ?? [])
    if (part === undefined && undoneAt === undefined) into.set(absorbed, kept);
  for (const { participant, mergedInto } of files ?? []) if (mergedInto) into.set(participant, mergedInto);
  return (participant) => {
    let found = participant;
    for (let steps = 0; steps < 10; steps += 1) found = into.get(found) ?? found;
    return found;
  };
}

async function late(stores: DeskStores): Promise<LateOfTerm[]> {
  const [terms, sameAs] = await Promise.all([openTerms(stores), mergedFiles(stores)]);
  return Promise.all(terms.map((term) => lateOfTerm(term, sameAs)));
}

export interface FoundLate {
  readonly terms: readonly LateOfTerm[];
  readonly people: ReadonlyMap<string, { readonly name: string; readonly language: string }>;
  readonly accounts: ReadonlyMap<string, string>;
  /** What devices are called. */
  readonly devices: ReadonlyMap<string, string>;
}

export async function findLate(stores: DeskStores): Promise<FoundLate> {
  const terms = await late(stores);
  const people = new Map<string, { name: string; language: string }>();
  const devices = new Map<string, string>();
  const volunteers = [];
  for (const { store, lists } of terms) {
    if (lists.length === 0) continue;
    const named = lists.flatMap(({ answers }) => answers.map(({ participant }) => participant));
    for (const card of await store.whereAnyOf('rosterCard', 'participant', named))
      people.set(card.participant, { name: fullName(card), language: card.screenLanguage });
    for (const { device, label } of await store.ofType('device')) devices.set(device, label);
    volunteers.push(...(await store.ofType('volunteer')));
  }
  return { terms, people, accounts: accountNames(volunteers), devices };
}

/** One a list. */
export const countLateLists = async (stores: DeskStores): Promise<number> =>
  (await late(stores)).reduce((sum, { lists }) => sum + lists.length, 0);

export interface FrozenTerm {
  readonly term: Term;
  readonly snapshot: Snapshot;
  /** How many counts differ. */
  readonly differences: number;
}

/** Closed terms that no longer add up to what was frozen. */
export async function findFrozen(stores: DeskStores): Promise<FrozenTerm[]> {
  const found: FrozenTerm[] = [];
  for (const { term, store } of await termsHere(stores)) {
    const snapshot = term.state === 'closed' ? latestOf(await store.ofType('snapshot')) : undefined;
    if (!snapshot) continue;
    const now = countTerm(await countedDocuments(stores.commons, store), stores.timeZone);
    const differences = differencesBetween(snapshot.counts, now).length;
    if (differences > 0) found.push({ term, snapshot, differences });
  }
  return found;
}
