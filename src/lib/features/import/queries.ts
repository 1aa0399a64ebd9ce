/** What an import reads of the signed-in device. */
import type { ImportBatch, Participant, Referrer, Term, WorkshopType } from '$lib/domain/documents.ts';
import { followersOf } from '$lib/domain/enrolment-plan.ts';
import { siteDocId, termDocId, type ParticipantId, type SiteCode, type TermCode } from '$lib/domain/ids.ts';
import { authorOf } from '$lib/domain/import/batches.ts';
import type { PlanTerm } from '$lib/domain/import/plan.ts';
import type { Store } from '$lib/store/store.ts';

/** The stores of a coordinator's device. */
export interface Stores {
  readonly commons: Store;
  readonly registry: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

export interface TermChoice {
  readonly term: TermCode;
  readonly label: string;
  readonly start: string;
  readonly isClosed: boolean;
}

/** The terms of this device, in its own order: the one in progress first. */
export async function termChoices(stores: Stores, site: SiteCode): Promise<TermChoice[]> {
  const listed = (await stores.commons.get('site', siteDocId(site)))?.terms ?? [];
  const found = await Promise.all(
    stores.terms.map(async ({ term, store }) => ({ term, own: await store.get('term', termDocId(term)) })),
  );
  return found.map(({ term, own }) => {
    const known = own ?? listed.find((one) => one.term === term);
    return {
      term,
      label: known?.label ?? term.toUpperCase(),
      start: known?.start ?? '',
      isClosed: known?.state === 'closed',
    };
  });
}

/** Everyone of the registry, and who sends people. */
export async function registryOf({
  registry,
}: Pick<Stores, 'registry'>): Promise<{ people: Participant[]; referrers: Referrer[] }> {
  const [people, referrers] = await Promise.all([
    registry.ofType('participant'),
    registry.ofType('referrer'),
  ]);
  return { people, referrers };
}

/** A term as people are enrolled in it; `undefined` while its document is not here. */
export async function planTermOf(stores: Stores, code: TermCode): Promise<PlanTerm | undefined> {
  const store = stores.terms.find(({ term }) => term === code)?.store;
  const term = await store?.get('term', termDocId(code));
  if (!store || !term) return undefined;
  const [groups, enrolments, waiting, cards, workshopTypes] = await Promise.all([
    store.ofType('group'),
    store.ofType('enrolment'),
    store.ofType('waiting'),
    store.ofType('rosterCard'),
    stores.commons.ofType('workshopType'),
  ]);
  const followedBefore = await followedBeforeOf(stores, term, workshopTypes);
  return { term, groups, enrolments, waiting, cards, workshopTypes, followedBefore };
}

async function followedBeforeOf(
  { terms }: Stores,
  term: Term,
  workshopTypes: readonly WorkshopType[],
): Promise<Set<ParticipantId>> {
  const found = new Set<ParticipantId>();
  for (const { term: code, store } of terms) {
    const earlier = await store.get('term', termDocId(code));
    if (!earlier || earlier.start >= term.start) continue;
    const [groups, enrolments] = await Promise.all([store.ofType('group'), store.ofType('enrolment')]);
    const facts = { groups, enrolments, workshopTypes };
    for (const one of followersOf('socioprofessional', facts)) found.add(one);
  }
  return found;
}

/** Every import that was, the latest first. */
export async function importHistory({ registry }: Pick<Stores, 'registry'>): Promise<ImportBatch[]> {
  const startOf = (batch: ImportBatch) => batch.startedAt ?? batch.at;
  return (await registry.ofType('importBatch')).sort((a, b) => (startOf(a) > startOf(b) ? -1 : 1));
}

/** What is written of one person at one meeting. */
const atMeetings = ['mark', 'signUp', 'signature'] as const;

/**
 * Whom somebody marked, signed up for an outing or asked to sign since an import, in any term of this device:
 * `{participant}` and `{group} {participant}`. Whom it made, nobody could before; only of walk-ins do instants tell.
 */
export async function answeredFor(stores: Stores, batch: ImportBatch): Promise<Set<string>> {
  const answered = new Set<string>();
  const isBefore = isOfBefore(batch);
  for (const { store } of stores.terms)
    for (const type of atMeetings)
      for (const document of await store.ofType(type)) {
        if (isBefore(document)) continue;
        const { participant, occurrence } = document;
        const group = occurrence.slice(0, occurrence.lastIndexOf('.'));
        answered.add(participant as string).add(`${group} ${participant}`);
      }
  return answered;
}

/** Whether something is about somebody who came before an import, and was written before it. */
export function isOfBefore(
  batch: ImportBatch,
): (written: { readonly participant: ParticipantId; readonly at: string }) => boolean {
  const walkIns = new Set(batch.walkIns?.map(({ participant }) => participant));
  const began = Date.parse(authorOf(batch).at);
  return ({ participant, at }) => walkIns.has(participant) && Date.parse(at) <= began;
}

/** Somebody of the registry, by id. */
export const peopleById = (people: readonly Participant[]): Map<ParticipantId, Participant> =>
  new Map(people.map((person) => [person.participant, person]));
