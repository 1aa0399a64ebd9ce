/** What ids stand for, so that the desk can speak of documents in words. */
import { accountNames } from '$lib/domain/account-names.ts';
import type { Group, Occurrence, Volunteer } from '$lib/domain/documents.ts';
import { fullName } from '$lib/domain/names.ts';
import { termsHere, type DeskStores } from './queries.ts';

export interface Names {
  readonly people: ReadonlyMap<string, { readonly name: string; readonly language: string | undefined }>;
  readonly occurrences: ReadonlyMap<string, Occurrence>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly volunteers: ReadonlyMap<string, Volunteer>;
  /** Venues, workshop types, terms and referrers, by their code. */
  readonly labels: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, string>;
  /** What devices are called; those without a name are not in it. */
  readonly devices: ReadonlyMap<string, string>;
}

export async function readNames(stores: DeskStores): Promise<Names> {
  const { commons, registry } = stores;
  const people = new Map<string, { name: string; language: string | undefined }>();
  const labels = new Map<string, string>();
  const [venues, types, files, referrers, terms] = await Promise.all([
    commons.ofType('venue'),
    commons.ofType('workshopType'),
    registry?.ofType('participant') ?? [],
    registry?.ofType('referrer') ?? [],
    termsHere(stores),
  ]);
  for (const { venue, name } of venues) labels.set(venue, name);
  for (const { workshopType, label } of types) labels.set(workshopType, label);
  for (const { referrer, name } of referrers) labels.set(referrer, name);
  for (const { term } of terms) labels.set(term.term, term.label);
  const read = await Promise.all(
    terms.map(({ store }) =>
      Promise.all([
        store.ofType('occurrence'),
        store.ofType('group'),
        store.ofType('volunteer'),
        store.ofType('rosterCard'),
        store.ofType('device'),
      ]),
    ),
  );
  const team = read.flatMap(([, , volunteers]) => volunteers);
  for (const [, , , cards] of read)
    for (const card of cards)
      people.set(card.participant, { name: fullName(card), language: card.screenLanguage });
  for (const file of files)
    people.set(file.participant, {
      name: fullName(file),
      language: people.get(file.participant)?.language,
    });
  return {
    people,
    labels,
    occurrences: new Map(read.flatMap(([all]) => all.map((one) => [one.occurrence as string, one] as const))),
    groups: new Map(read.flatMap(([, all]) => all.map((one) => [one.group as string, one] as const))),
    volunteers: new Map(team.map((one) => [one.volunteer as string, one])),
    accounts: accountNames(team),
    devices: new Map(
      read.flatMap(([, , , , all]) =>
        all.flatMap(({ device, label }) => (label === '—' ? [] : [[device as string, label] as const])),
      ),
    ),
  };
}
