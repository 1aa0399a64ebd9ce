/** What signing reads, by index, from the stores of the signed-in device. */
import type {
  Enrolment,
  Group,
  Mark,
  Occurrence,
  RosterCard,
  Signature,
  SignUp,
  Term,
  Volunteer,
  WorkshopType,
} from '$lib/domain/documents.ts';
import { groupDocId, occurrenceDocId, termDocId, workshopTypeDocId } from '$lib/domain/ids.ts';
import type { OccurrenceId, TermCode } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';

interface Stores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

/** A meeting with everybody who may sign it. */
export interface FoundMeeting {
  readonly store: Store;
  readonly term: Term | undefined;
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly workshopType: WorkshopType | undefined;
  readonly enrolments: readonly Enrolment[];
  readonly cards: readonly RosterCard[];
  readonly signUps: readonly SignUp[];
  readonly marks: readonly Mark[];
  readonly signatures: readonly Signature[];
  readonly volunteers: readonly Volunteer[];
}

/** Finds an occurrence in the terms of this device; `null` when none of them holds it (or its group). */
export async function findMeeting(stores: Stores, id: OccurrenceId): Promise<FoundMeeting | null> {
  for (const { term: code, store } of stores.terms) {
    const occurrence = await store.get('occurrence', occurrenceDocId(id));
    if (!occurrence) continue;
    const [term, group, cards, enrolments, signUps, marks, signatures, volunteers] = await Promise.all([
      store.get('term', termDocId(code)),
      store.get('group', groupDocId(occurrence.group)),
      store.ofType('rosterCard'),
      store.where('enrolment', 'group', occurrence.group),
      store.where('signUp', 'occurrence', id),
      store.where('mark', 'occurrence', id),
      store.where('signature', 'occurrence', id),
      store.ofType('volunteer'),
    ]);
    if (!group) return null;
    const workshopType = await stores.commons.get('workshopType', workshopTypeDocId(group.workshopType));
    const found = { store, term, occurrence, group, workshopType, enrolments, cards };
    return { ...found, signUps, marks, signatures, volunteers };
  }
  return null;
}
