import { Lasting } from '$lib/store/lasting.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import { planningDocuments, type PlanningDocuments } from './queries.ts';

const plannings = new Lasting<PlanningDocuments | undefined>();

/** What the grid of a term is made of, followed; `undefined` while the term's own document is not here. */
export const planningAnswer = (commons: Store, term: TermReplica) =>
  plannings.of(term.store, '', () => planningDocuments(commons, term));
