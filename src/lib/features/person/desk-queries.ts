/** What the coordinator's part of a person's page reads, beside the strips. */
import type { Closing, Group, Occurrence, Participant, Referrer } from '$lib/domain/documents.ts';
import { accountNames } from '$lib/domain/account-names.ts';
import { participantDocId, type ParticipantId, type TermCode } from '$lib/domain/ids.ts';
import { personHistory, type PersonEvent } from '$lib/domain/person-history.ts';
import { termsOf, type PeopleStores } from '$lib/store/people.ts';
import type { Store } from '$lib/store/store.ts';

export interface DeskRead {
  readonly file: Participant | undefined;
  readonly referrers: ReadonlyMap<string, Referrer>;
  /** Names of those who sign in, by account. */
  readonly accountNames: ReadonlyMap<string, string>;
  readonly closings: readonly Closing[];
  readonly events: readonly PersonEvent[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly occurrences: ReadonlyMap<string, Occurrence>;
  readonly termLabels: ReadonlyMap<TermCode, string>;
}

export async function readDesk(
  { registry, terms }: PeopleStores & { readonly registry: Store },
  participant: ParticipantId,
): Promise<DeskRead> {
  const [file, referrers, exits, held] = await Promise.all([
    registry.get('participant', participantDocId(participant)),
    registry.ofType('referrer'),
    registry.where('exit', 'participant', participant),
    Promise.all(
      (await termsOf(terms)).map(async ({ term, store, document }) => ({
        term,
        label: document?.label ?? term.toUpperCase(),
        volunteers: await store.ofType('volunteer'),
        ...(await ofPerson(store, participant)),
      })),
    ),
  ]);
  return {
    file,
    referrers: new Map(referrers.map((one) => [one.referrer, one])),
    accountNames: accountNames(held.flatMap(({ volunteers }) => volunteers)),
    closings: held.flatMap((one) => one.closings),
    events: personHistory({
      file,
      cards: held.flatMap(({ term, card }) => (card ? [{ term, card }] : [])),
      enrolments: held.flatMap((one) => one.enrolments),
      exits,
      waits: held.flatMap((one) => one.waits),
      signUps: held.flatMap((one) => one.signUps),
      marks: held.flatMap((one) => one.marks),
    }),
    groups: new Map(held.flatMap((one) => one.groups.map((group) => [group.group, group] as const))),
    occurrences: new Map(
      held.flatMap((one) => one.occurrences.map((each) => [each.occurrence, each] as const)),
    ),
    termLabels: new Map(held.map(({ term, label }) => [term, label])),
  };
}

async function ofPerson(store: Store, participant: ParticipantId) {
  const [[card], enrolments, waits, signUps, marks] = await Promise.all([
    store.where('rosterCard', 'participant', participant),
    store.where('enrolment', 'participant', participant),
    store.where('waiting', 'participant', participant),
    store.where('signUp', 'participant', participant),
    store.where('mark', 'participant', participant),
  ]);
  const meant = [...new Set([...marks, ...signUps].map(({ occurrence }) => occurrence))];
  const occurrences = await store.whereAnyOf('occurrence', 'occurrence', meant);
  const followed = [...new Set([...enrolments, ...occurrences].map(({ group }) => group))];
  const named = [...new Set([...followed, ...waits.map(({ group }) => group)])];
  const [groups, all] = await Promise.all([
    store.whereAnyOf('group', 'group', named),
    store.whereAnyOf('occurrence', 'group', followed),
  ]);
  const closings = await store.whereAnyOf(
    'closing',
    'occurrence',
    all.map(({ occurrence }) => occurrence),
  );
  return { card, enrolments, waits, signUps, marks, occurrences, groups, closings };
}
