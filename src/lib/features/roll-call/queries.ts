/** What the roll call reads, by index, from the stores of the signed-in device. */
import { absencesInARow } from '$lib/domain/absences.ts';
import type {
  Closing,
  Enrolment,
  Group,
  Mark,
  MarkEntry,
  Occurrence,
  RosterCard,
  Signature,
  SignUp,
  Term,
  Venue,
  WorkshopType,
} from '$lib/domain/documents.ts';
import {
  closingDocId,
  groupDocId,
  occurrenceDocId,
  termDocId,
  venueDocId,
  workshopTypeDocId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { mergeMarks } from '$lib/domain/marks-merge.ts';
import { cameBefore } from '$lib/domain/open-roster.ts';
import type { Store } from '$lib/store/store.ts';

/** The stores of a device, as far as the roll call needs them. */
export interface Stores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

/** The list to fill in, without its people. */
export interface FoundList {
  readonly store: Store;
  readonly term: Term | undefined;
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly workshopType: WorkshopType | undefined;
  readonly venue: Venue | undefined;
  readonly closing: Closing | undefined;
}

/** Finds an occurrence in the terms of this device; `null` when none of them holds it (or its group). */
export async function findList(stores: Stores, id: OccurrenceId): Promise<FoundList | null> {
  for (const { term: code, store } of stores.terms) {
    const occurrence = await store.get('occurrence', occurrenceDocId(id));
    if (!occurrence) continue;
    const [term, group, closing, venue] = await Promise.all([
      store.get('term', termDocId(code)),
      store.get('group', groupDocId(occurrence.group)),
      store.get('closing', closingDocId(id)),
      stores.commons.get('venue', venueDocId(occurrence.venue)),
    ]);
    if (!group) return null;
    const workshopType = await stores.commons.get('workshopType', workshopTypeDocId(group.workshopType));
    return { store, term, occurrence, group, workshopType, venue, closing };
  }
  return null;
}

/** Who is enrolled in the group, at any date. */
export const enrolmentsOf = (store: Store, group: GroupId): Promise<Enrolment[]> =>
  store.where('enrolment', 'group', group);

/** Everyone of the term: the names of the list, and of whoever may join it. They change rarely. */
export const cardsOf = (store: Store): Promise<RosterCard[]> => store.ofType('rosterCard');

export const marksOf = (store: Store, id: OccurrenceId): Promise<Mark[]> =>
  store.where('mark', 'occurrence', id);

export const signaturesOf = (store: Store, id: OccurrenceId): Promise<Signature[]> =>
  store.where('signature', 'occurrence', id);

/** Those signed up for a meeting, withdrawn ones included. */
export const signUpsOf = (store: Store, id: OccurrenceId): Promise<SignUp[]> =>
  store.where('signUp', 'occurrence', id);

/** How many of the meetings before say who is looked for first. */
const meetingsBack = 3;

/** Those who came to the group's last meetings that were held, whoever came most often first. */
export async function comersBefore(
  store: Store,
  group: GroupId,
  meeting: Pick<Occurrence, 'date' | 'start'>,
): Promise<ParticipantId[]> {
  const all = await store.where('occurrence', 'group', group);
  const before = all
    .filter(({ state, ...one }) => state !== 'cancelled' && isBefore(one, meeting))
    .sort((a, b) => (isBefore(a, b) ? 1 : -1))
    .map(({ occurrence }) => occurrence);
  const marks = Map.groupBy(await store.whereAnyOf('mark', 'occurrence', before), (one) => one.occurrence);
  // A meeting without a mark was not held, or only counted.
  const held = before.filter((id) => marks.has(id)).slice(0, meetingsBack);
  return cameBefore(held.flatMap((id) => marks.get(id) ?? []));
}

type Moment = Pick<Occurrence, 'date' | 'start'>;
const isBefore = (one: Moment, other: Moment) => `${one.date} ${one.start}` < `${other.date} ${other.start}`;

/** Unexplained absences in a row that people come with to a meeting: in its group, at the meetings before it. */
export async function absencesBefore(
  store: Store,
  group: GroupId,
  meeting: Pick<Occurrence, 'date' | 'start'>,
): Promise<ReadonlyMap<ParticipantId, number>> {
  const all = await store.where('occurrence', 'group', group);
  const before = all.filter((one) => isBefore(one, meeting));
  const ids = before.map(({ occurrence }) => occurrence);
  return absencesInARow(before, await store.whereAnyOf('mark', 'occurrence', ids));
}

/**
 * The people on whose mark somebody has to decide, and what each side answered, the likeliest first: versions that
 * disagree, and a mark that was opened again. Versions that say the same are merged elsewhere without a word.
 */
export async function disputesOf(
  store: Store,
  occurrence: OccurrenceId,
): Promise<ReadonlyMap<ParticipantId, readonly MarkEntry[]>> {
  const [conflicts, marks] = await Promise.all([store.conflicts(), marksOf(store, occurrence)]);
  const standing = conflicts.map(({ leaves }) =>
    leaves.flatMap(({ document, isDeleted }) =>
      document.type === 'mark' && document.occurrence === occurrence && !isDeleted ? [document] : [],
    ),
  );
  const reopened = marks.filter(({ history }) => history.at(-1)?.decision === 'reopened');
  const disputes = new Map<ParticipantId, readonly MarkEntry[]>();
  for (const versions of [...reopened.map((mark) => [mark]), ...standing]) {
    const [first] = versions;
    const merged = first && mergeMarks(versions);
    if (merged && !merged.ok)
      disputes.set(
        first.participant,
        merged.claims.flatMap(({ said }) => said),
      );
  }
  return disputes;
}

/** The names of those who sign in, by account: who gave an answer. */
export async function namesByAccount(store: Store): Promise<ReadonlyMap<string, string>> {
  const volunteers = await store.ofType('volunteer');
  return new Map(volunteers.flatMap(({ account, name }) => (account ? [[account, name]] : [])));
}

/** The labels of the groups that people are enrolled in, by person: « Socioprofessionnel, groupe 1 ». */
export async function groupLabels(store: Store): Promise<ReadonlyMap<ParticipantId, readonly string[]>> {
  const [groups, enrolments] = await Promise.all([store.ofType('group'), store.ofType('enrolment')]);
  const labels = new Map(groups.map(({ group, label }) => [group, label]));
  const byPerson = new Map<ParticipantId, string[]>();
  for (const { participant, group } of enrolments) {
    const label = labels.get(group);
    if (label) byPerson.set(participant, [...(byPerson.get(participant) ?? []), label]);
  }
  return byPerson;
}
