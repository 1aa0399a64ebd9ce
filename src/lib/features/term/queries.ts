/** What the pages of terms read. */
import { inscriptionsOf } from '$lib/domain/assiduity.ts';
import type { AnyDocument, Device, Group, Occurrence, Site, Snapshot, Term } from '$lib/domain/documents.ts';
import { siteDocId, termDocId, type DocId, type TermCode } from '$lib/domain/ids.ts';
import { isOpenAgain } from '$lib/domain/mark-decisions.ts';
import { unfinishedOf, countTerm, type Counts, type UnfinishedTerm } from '$lib/domain/term-counts.ts';
import { countedDocuments } from '$lib/store/counted-documents.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice, TermReplica } from '$lib/sync/device.svelte.ts';

type Listed = Site['terms'][number];

export interface TermRow {
  readonly code: TermCode;
  readonly listed: Listed;
  /** `undefined` while the term's own document is not on this device. */
  readonly term: Term | undefined;
  readonly groups: number;
  readonly people: number;
}

/** The site's terms, the latest first. */
export async function termRows(
  device: Pick<PresenceDevice, 'commons' | 'site'>,
  replicas: readonly TermReplica[],
): Promise<TermRow[]> {
  const site = await device.commons.get('site', siteDocId(device.site));
  const rows = (site?.terms ?? []).map(async (listed): Promise<TermRow> => {
    const store = replicas.find(({ term }) => term === listed.term)?.store;
    const [term, groups, enrolments] = store
      ? await Promise.all([
          store.get('term', termDocId(listed.term)),
          store.ofType('group'),
          store.ofType('enrolment'),
        ])
      : [undefined, [], []];
    const people = new Set(inscriptionsOf(enrolments, groups).map(({ participant }) => participant)).size;
    return { code: listed.term, listed, term, groups: groups.length, people };
  });
  return (await Promise.all(rows)).sort((a, b) => (a.listed.start < b.listed.start ? 1 : -1));
}

export interface TermPageData {
  readonly term: Term;
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  /** The latest first. */
  readonly snapshots: readonly Snapshot[];
  /** What the documents that a snapshot counted add up to now. */
  readonly documents: readonly AnyDocument[];
}

/** `undefined` while the term's own document is not on this device. */
export async function termPage(
  commons: Store,
  { term: code, store }: TermReplica,
): Promise<TermPageData | undefined> {
  const [term, documents, snapshots] = await Promise.all([
    store.get('term', termDocId(code)),
    countedDocuments(commons, store),
    store.ofType('snapshot'),
  ]);
  if (!term) return undefined;
  return {
    term,
    documents,
    groups: documents.filter((one) => one.type === 'group'),
    occurrences: documents.filter((one) => one.type === 'occurrence'),
    snapshots: snapshots.sort((a, b) => b.number - a.number),
  };
}

export interface ClosingDesk {
  readonly term: Term;
  readonly unfinished: UnfinishedTerm;
  /** Documents of which two versions stand, and answers on which people disagree in one. */
  readonly disagreements: readonly DocId[];
  /** Of this term, waiting on this device. */
  readonly unsent: number;
  readonly refused: number;
  /** Phones that last said that they hold something back. */
  readonly devices: readonly Device[];
  readonly groupOf: ReadonlyMap<string, Group>;
  readonly occurrenceOf: ReadonlyMap<string, Occurrence>;
  readonly counts: Counts;
}

/** What closing a term would leave unfinished, and what it would freeze. @param now instant */
export async function closingDesk(
  commons: Store,
  { term: code, store }: TermReplica,
  now: string,
  timeZone: string,
): Promise<ClosingDesk | undefined> {
  const [term, documents, conflicts, unsent, refused, devices] = await Promise.all([
    store.get('term', termDocId(code)),
    countedDocuments(commons, store),
    store.conflicts(),
    store.outbox.pendingCount(),
    store.outbox.refused(),
    store.ofType('device'),
  ]);
  if (!term) return undefined;
  const groups = documents.filter((one) => one.type === 'group');
  const occurrences = documents.filter((one) => one.type === 'occurrence');
  return {
    term,
    unfinished: unfinishedOf(documents, now, timeZone),
    disagreements: [...new Set([...conflicts.map(({ id }) => id), ...reopenedMarks(documents)])],
    unsent,
    refused: refused.length,
    devices: devices.filter(({ pendingCount }) => (pendingCount ?? 0) > 0),
    groupOf: new Map(groups.map((group) => [group.group as string, group])),
    occurrenceOf: new Map(occurrences.map((one) => [one.occurrence as string, one])),
    counts: countTerm(documents, timeZone),
  };
}

/** Answers that were settled and opened again. */
const reopenedMarks = (documents: readonly AnyDocument[]): DocId[] =>
  documents.flatMap((one) => (one.type === 'mark' && isOpenAgain(one) ? [one._id] : []));

/** How much of each kind is unfinished, as a snapshot keeps it; kinds with nothing are left out. */
export function unfinishedCounts(desk: ClosingDesk): Counts {
  const { unclosed, unmarked, toCome, provisional } = desk.unfinished;
  const all = {
    unclosed: unclosed.length,
    unmarked: unmarked.reduce((sum, { people }) => sum + people, 0),
    toCome: toCome.length,
    unsent: desk.unsent,
    refused: desk.refused,
    disagreements: desk.disagreements.length,
    provisional: provisional.length,
    devices: desk.devices.length,
  };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}
