/** What the enrolment board reads: the files of the registry, and everything of a term that says who is where. */
import type { Exit, Participant, RosterCard, Site, Term } from '$lib/domain/documents.ts';
import { followersOf, type EnrolmentFacts } from '$lib/domain/enrolment-plan.ts';
import { siteDocId, termDocId, type ParticipantId, type SiteCode } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

/** The stores of a coordinator's device. */
export interface Stores {
  readonly site: SiteCode;
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly terms: readonly TermReplica[];
}

export interface Enrolments {
  readonly term: Term;
  readonly nameDisplay: Site['nameDisplay'];
  readonly facts: EnrolmentFacts;
  readonly cards: readonly RosterCard[];
  /** Those that a merge made part of another are left out. */
  readonly files: readonly Participant[];
  readonly exits: readonly Exit[];
}

/** `undefined` while the term's own document is not here. */
export async function enrolmentsOf(stores: Stores, replica: TermReplica): Promise<Enrolments | undefined> {
  const { store } = replica;
  const { commons, registry } = stores;
  const [term, site, workshopTypes, groups, enrolments, waiting, occurrences, cards, files, exits] =
    await Promise.all([
      store.get('term', termDocId(replica.term)),
      commons.get('site', siteDocId(stores.site)),
      commons.ofType('workshopType'),
      store.ofType('group'),
      store.ofType('enrolment'),
      store.ofType('waiting'),
      store.ofType('occurrence'),
      store.ofType('rosterCard'),
      registry?.ofType('participant') ?? [],
      registry?.ofType('exit') ?? [],
    ]);
  if (!term) return undefined;
  const followedBefore = new Set<ParticipantId>();
  for (const earlier of stores.terms) {
    const began = await earlier.store.get('term', termDocId(earlier.term));
    if (!began || began.start >= term.start) continue;
    const [formerGroups, former] = await Promise.all([
      earlier.store.ofType('group'),
      earlier.store.ofType('enrolment'),
    ]);
    const facts = { groups: formerGroups, enrolments: former, workshopTypes };
    for (const one of followersOf('socioprofessional', facts)) followedBefore.add(one);
  }
  return {
    term,
    nameDisplay: site?.nameDisplay ?? 'first',
    facts: { workshopTypes, groups, enrolments, waiting, occurrences, followedBefore },
    cards,
    files: files.filter(({ mergedInto }) => mergedInto === undefined),
    exits: exits.filter((exit) => exit.term === term.term),
  };
}
