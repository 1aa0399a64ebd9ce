/** What the attestation of one person is counted from: their own answers, and what every meeting needs. */
import { certificateOf, type Certificate } from '$lib/domain/attendance-certificate.ts';
import { factsOf } from '$lib/domain/indicators/facts.ts';
import { documentsIn } from '$lib/domain/exports/scoped-documents.ts';
import { participantDocId, siteDocId, type ParticipantId } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import type { SheetStores } from './queries.ts';

/**
 * A term's documents, of people only what is this one's, under whichever of their files it was written; and who else
 * signed up for what they did: places go by turns.
 */
async function readTerm(store: Store, ids: readonly ParticipantId[]) {
  const wishes = await store.whereAnyOf('signUp', 'participant', ids);
  const all = await Promise.all([
    store.ofType('term'),
    store.ofType('group'),
    store.ofType('occurrence'),
    store.ofType('closing'),
    store.whereAnyOf('rosterCard', 'participant', ids),
    store.whereAnyOf('enrolment', 'participant', ids),
    store.whereAnyOf('mark', 'participant', ids),
    store.whereAnyOf('signUp', 'occurrence', [...new Set(wishes.map(({ occurrence }) => occurrence))]),
  ]);
  return all.flat();
}

/** What is certified: local dates, both included; from their first term to today where neither is said. */
export interface CertifiedPeriod {
  readonly from: string;
  readonly to: string;
}

/**
 * @param terms those that may be counted: one, or all of them
 * @param period none: the whole of the terms in which they were on a list
 * @param today local date: nothing later is certified
 * @returns `undefined` while the site's own document is not here, or no term
 */
export async function readCertificate(
  { commons, registry, site: code }: SheetStores,
  terms: readonly TermReplica[],
  participant: ParticipantId,
  period: CertifiedPeriod | undefined,
  today: string,
): Promise<Certificate | undefined> {
  const [site, workshopTypes, files] = await Promise.all([
    commons.get('site', siteDocId(code)),
    commons.ofType('workshopType'),
    registry?.ofType('participant') ?? [],
  ]);
  if (!site) return undefined;
  // Files that became part of this one, and of those.
  const ids = [participant];
  for (const id of ids)
    for (const file of files)
      if (file.mergedInto === id && !ids.includes(file.participant)) ids.push(file.participant);
  const read = await Promise.all(terms.map(({ store }) => readTerm(store, ids)));
  // A term that has nothing of this person says nothing here, unless it is the only one asked about.
  const theirs = read.filter((one) => one.some((document) => 'participant' in document));
  const held = theirs.length > 0 ? theirs : read;
  const calendars = held.flat().filter((document) => document.type === 'term');
  const from = period?.from ?? calendars.map(({ start }) => start).sort()[0];
  const end =
    period?.to ??
    calendars
      .map((term) => term.end)
      .sort()
      .at(-1);
  if (!from || !end) return undefined;
  const documents = {
    commons: [site, ...workshopTypes],
    registry: files.filter((file) => ids.includes(file.participant)),
    terms: held,
  };
  const within = period ? documentsIn(documents, { kind: 'period', ...period }) : documents;
  const facts = factsOf([within], { kind: 'terms', terms: calendars.map(({ term }) => term) });
  const file = await registry?.get('participant', participantDocId(participant));
  const card = held.flat().find((document) => document.type === 'rosterCard');
  return certificateOf(facts, {
    ...{ participant, from, organisation: site.name },
    to: end < today ? end : today,
    name: file ? fullName(file) : card?.type === 'rosterCard' ? fullName(card) : '',
  });
}
