/** All that the planning of one term shows. */
import type { Enrolment, Occurrence, Shift, Term, Venue } from '$lib/domain/documents.ts';
import { termDocId } from '$lib/domain/ids.ts';
import { planningGrid, type PlanningGrid } from '$lib/domain/planning.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

export interface Planning {
  readonly term: Term;
  readonly grid: PlanningGrid;
  readonly venues: readonly Venue[];
  readonly occurrences: readonly Occurrence[];
  readonly shifts: readonly Shift[];
  readonly enrolments: readonly Enrolment[];
}

/** `undefined` while the term's own document is not here. @param now instant */
export async function planningOf(
  commons: Store,
  { term: code, store }: TermReplica,
  now: string,
  timeZone: string,
): Promise<Planning | undefined> {
  const [term, groups, occurrences, closings, shifts, volunteers, enrolments, workshopTypes, venues] =
    await Promise.all([
      store.get('term', termDocId(code)),
      store.ofType('group'),
      store.ofType('occurrence'),
      store.ofType('closing'),
      store.ofType('shift'),
      store.ofType('volunteer'),
      store.ofType('enrolment'),
      commons.ofType('workshopType'),
      commons.ofType('venue'),
    ]);
  if (!term) return undefined;
  const parts = { term, groups, occurrences, closings, shifts, volunteers, workshopTypes, now, timeZone };
  return { term, grid: planningGrid(parts), venues, occurrences, shifts, enrolments };
}
