/** What the planning of one term reads: never a mark, but for the one group that is being changed. */
import type {
  Closing,
  Group,
  Occurrence,
  Shift,
  Term,
  Venue,
  Volunteer,
  WorkshopType,
} from '$lib/domain/documents.ts';
import { closingDocId, termDocId, type GroupId, type OccurrenceId } from '$lib/domain/ids.ts';
import type { PlanningGrid } from '$lib/domain/planning.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

/** The documents of a term's grid. */
export interface PlanningDocuments {
  readonly term: Term;
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly closings: readonly Closing[];
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
  readonly workshopTypes: readonly WorkshopType[];
  readonly venues: readonly Venue[];
}

/** A term as the page shows it. */
export interface Planning extends PlanningDocuments {
  readonly grid: PlanningGrid;
}

/** `undefined` while the term's own document is not here. */
export async function planningDocuments(
  commons: Store,
  { term: code, store }: TermReplica,
): Promise<PlanningDocuments | undefined> {
  const [[term, groups, occurrences, closings, shifts, volunteers], [workshopTypes, venues]] =
    await Promise.all([
      store.together(() =>
        Promise.all([
          store.get('term', termDocId(code)),
          store.ofType('group'),
          store.ofType('occurrence'),
          store.ofType('closing'),
          store.ofType('shift'),
          store.ofType('volunteer'),
        ]),
      ),
      commons.together(() => Promise.all([commons.ofType('workshopType'), commons.ofType('venue')])),
    ]);
  return term && { term, groups, occurrences, closings, shifts, volunteers, workshopTypes, venues };
}

/** A group's series as it stands, with what must stay as it is. */
export interface GroupSeries {
  readonly occurrences: readonly Occurrence[];
  readonly shifts: readonly Shift[];
  readonly marked: ReadonlySet<OccurrenceId>;
  readonly closed: ReadonlySet<OccurrenceId>;
}

export const noSeries: GroupSeries = { occurrences: [], shifts: [], marked: new Set(), closed: new Set() };

export async function groupSeries(store: Store, group: GroupId): Promise<GroupSeries> {
  const occurrences = await store.where('occurrence', 'group', group);
  const ids = occurrences.map(({ occurrence }) => occurrence);
  const [shifts, marks, closings] = await Promise.all([
    store.whereAnyOf('shift', 'occurrence', ids),
    store.whereAnyOf('mark', 'occurrence', ids),
    Promise.all(ids.map((id) => store.get('closing', closingDocId(id)))),
  ]);
  return {
    occurrences,
    shifts,
    marked: new Set(marks.map(({ occurrence }) => occurrence)),
    closed: new Set(closings.flatMap((closing) => closing?.occurrence ?? [])),
  };
}
