/** What the pages of outings read, from the stores of the signed-in device. */
import type {
  Closing,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  RosterCard,
  Shift,
  SignUp,
  Term,
  Venue,
  Volunteer,
  WorkshopType,
} from '$lib/domain/documents.ts';
import {
  closingDocId,
  groupDocId,
  occurrenceDocId,
  termDocId,
  venueDocId,
  workshopTypeDocId,
  type OccurrenceId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { doubleReason } from '$lib/domain/cancelled-double.ts';
import { isOuting } from '$lib/domain/outings.ts';
import { isEnrolledOn } from '$lib/domain/roster.ts';
import { placesOf, type Places } from '$lib/domain/sign-up-places.ts';
import type { Store } from '$lib/store/store.ts';

interface Stores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

/** One outing with everything that its page says. */
export interface FoundOuting {
  readonly store: Store;
  readonly term: Term | undefined;
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly workshopType: WorkshopType | undefined;
  readonly venue: Venue | undefined;
  readonly closing: Closing | undefined;
  readonly team: readonly { readonly volunteer: Volunteer; readonly shift: Shift }[];
  readonly cards: readonly RosterCard[];
  /** A list that was chosen: a practical workshop's. */
  readonly enrolled: readonly Enrolment[];
  readonly signUps: readonly SignUp[];
  readonly marks: readonly Mark[];
}

/** Finds an occurrence in the terms of this device; `null` when none of them holds it (or its group). */
export async function findOuting(stores: Stores, id: OccurrenceId): Promise<FoundOuting | null> {
  for (const { term: code, store } of stores.terms) {
    const occurrence = await store.get('occurrence', occurrenceDocId(id));
    if (!occurrence) continue;
    const [term, group, closing, cards, enrolments, signUps, marks, shifts, volunteers] = await Promise.all([
      store.get('term', termDocId(code)),
      store.get('group', groupDocId(occurrence.group)),
      store.get('closing', closingDocId(id)),
      store.ofType('rosterCard'),
      store.where('enrolment', 'group', occurrence.group),
      store.where('signUp', 'occurrence', id),
      store.where('mark', 'occurrence', id),
      store.where('shift', 'occurrence', id),
      store.ofType('volunteer'),
    ]);
    if (!group) return null;
    const [workshopType, venue] = await Promise.all([
      stores.commons.get('workshopType', workshopTypeDocId(group.workshopType)),
      stores.commons.get('venue', venueDocId(occurrence.venue)),
    ]);
    const team = shifts
      .filter(({ state }) => state !== 'cancelled')
      .flatMap((shift) => {
        const volunteer = volunteers.find((one) => one.volunteer === shift.volunteer);
        return volunteer ? [{ volunteer, shift }] : [];
      });
    const enrolled = enrolments.filter((one) => isEnrolledOn(one, occurrence.date));
    const found = { store, term, occurrence, group, workshopType, venue, closing, team };
    return { ...found, cards, enrolled, signUps, marks };
  }
  return null;
}

/** One line of the list of outings to come. */
export interface OutingLine {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly places: Places;
}

/** Outings from a local date on, the next one first. */
export async function outingsFrom({ commons, terms }: Stores, from: string): Promise<OutingLine[]> {
  const types = await commons.ofType('workshopType');
  const typeOf = new Map(types.map((type) => [type.workshopType, type]));
  const found = await Promise.all(
    terms.map(async ({ store }) => {
      const groups = (await store.ofType('group')).filter((group) =>
        isOuting(group, typeOf.get(group.workshopType)),
      );
      const ids = groups.map(({ group }) => group);
      const all = await store.whereAnyOf('occurrence', 'group', ids);
      // One of two that were the same meeting is told nobody.
      const coming = all.filter(({ date, cancelReason }) => date >= from && cancelReason !== doubleReason);
      const signUps = await store.whereAnyOf(
        'signUp',
        'occurrence',
        coming.map(({ occurrence }) => occurrence),
      );
      return coming.flatMap((occurrence): OutingLine[] => {
        const group = groups.find((one) => one.group === occurrence.group);
        const own = signUps.filter((one) => one.occurrence === occurrence.occurrence);
        return group ? [{ occurrence, group, places: placesOf(own, group) }] : [];
      });
    }),
  );
  const orderOf = ({ occurrence }: OutingLine) => `${occurrence.date} ${occurrence.start}`;
  return found.flat().sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}
