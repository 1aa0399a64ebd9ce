/** What the alerts are made of: every term that is not closed, and the files that say whom was called when. */
import { alertsOf, contactOf, countOf, type Alerts } from '$lib/domain/alerts.ts';
import type { Participant, Term } from '$lib/domain/documents.ts';
import { termDocId, type ParticipantId } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

/** The stores of a coordinator's device. */
export interface Stores {
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly terms: readonly TermReplica[];
  readonly timeZone: string;
}

interface TermAlerts extends Alerts {
  readonly term: Term;
}

export interface KnownPerson {
  readonly name: string;
  readonly screenLanguage: string | undefined;
  /** None of a walk-in whom nobody validated. */
  readonly file: Participant | undefined;
}

export interface FoundAlerts {
  readonly terms: readonly TermAlerts[];
  readonly people: ReadonlyMap<ParticipantId, KnownPerson>;
}

/** @param now instant */
export async function findAlerts(
  { commons, registry, terms, timeZone }: Stores,
  now: string,
): Promise<FoundAlerts> {
  const workshopTypes = await commons.ofType('workshopType');
  const files = (await registry?.ofType('participant')) ?? [];
  const contacts = new Map(
    files.flatMap((file) => {
      const contact = contactOf(file);
      return contact ? [[file.participant, contact] as const] : [];
    }),
  );
  const people = new Map<ParticipantId, KnownPerson>();
  const found: TermAlerts[] = [];
  for (const { term: code, store } of terms) {
    const term = await store.get('term', termDocId(code));
    if (!term || term.state === 'closed') continue;
    const [groups, occurrences, enrolments, marks, closings, shifts, volunteers, cards] = await Promise.all([
      store.ofType('group'),
      store.ofType('occurrence'),
      store.ofType('enrolment'),
      store.ofType('mark'),
      store.ofType('closing'),
      store.ofType('shift'),
      store.ofType('volunteer'),
      store.ofType('rosterCard'),
    ]);
    const facts = {
      ...{ groups, occurrences, enrolments, marks, closings, shifts, volunteers, workshopTypes },
      ...{ now, timeZone },
    };
    found.push({ term, ...alertsOf(facts, contacts) });
    for (const card of cards)
      people.set(card.participant, {
        name: fullName(card),
        screenLanguage: card.screenLanguage,
        file: undefined,
      });
  }
  for (const file of files)
    people.set(file.participant, {
      name: fullName(file),
      screenLanguage: people.get(file.participant)?.screenLanguage,
      file,
    });
  return { terms: found, people };
}

/** How many things wait for a coordinator, for a badge. @param now instant */
export const alertCount = async (stores: Stores, now: string): Promise<number> =>
  (await findAlerts(stores, now)).terms.reduce((sum, term) => sum + countOf(term), 0);
