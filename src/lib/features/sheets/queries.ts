/** What sheets are made from: a group's meetings in a term with all that was said of them, and what waits here. */
import type { AttendanceSheet, SheetRecords } from '$lib/domain/attendance-sheet.ts';
import type { Group, Participant, Site, Term, Venue, WorkshopType } from '$lib/domain/documents.ts';
import { siteDocId, termDocId, type ParticipantId, type SiteCode } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import type { Store } from '$lib/store/store.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';

export interface SheetStores {
  readonly commons: Store;
  readonly registry: Store | undefined;
  readonly site: SiteCode;
}

/** A term with its groups, in the order of their labels. */
export interface TermOfSheets {
  readonly site: Site;
  readonly term: Term;
  readonly groups: readonly Group[];
  readonly venues: readonly Venue[];
  readonly workshopTypes: readonly WorkshopType[];
}

const labels = new Intl.Collator('fr', { numeric: true });

/** `undefined` while the site's or the term's own document is not here. */
export async function readTermOfSheets(
  { commons, site }: SheetStores,
  { term: code, store }: TermReplica,
): Promise<TermOfSheets | undefined> {
  const [own, venues, workshopTypes, term, groups] = await Promise.all([
    commons.get('site', siteDocId(site)),
    commons.ofType('venue'),
    commons.ofType('workshopType'),
    store.get('term', termDocId(code)),
    store.ofType('group'),
  ]);
  if (!own || !term) return undefined;
  return {
    ...{ site: own, term, venues, workshopTypes },
    groups: groups.sort((a, b) => labels.compare(a.label, b.label)),
  };
}

/** Full names, from the files that this device holds. */
export async function readNames(registry: Store | undefined): Promise<ReadonlyMap<ParticipantId, string>> {
  const files: Participant[] = (await registry?.ofType('participant')) ?? [];
  return new Map(files.map((file) => [file.participant, fullName(file)]));
}

/** The records of one group. */
export async function readRecords(
  { site, term, venues, workshopTypes }: TermOfSheets,
  group: Group,
  store: Store,
  names: ReadonlyMap<ParticipantId, string>,
): Promise<SheetRecords> {
  const meetings = await store.where('occurrence', 'group', group.group);
  const ids = meetings.map(({ occurrence }) => occurrence);
  const [enrolments, cards, volunteers, marks, signatures, closings, shifts, signUps] = await Promise.all([
    store.where('enrolment', 'group', group.group),
    store.ofType('rosterCard'),
    store.ofType('volunteer'),
    store.whereAnyOf('mark', 'occurrence', ids),
    store.whereAnyOf('signature', 'occurrence', ids),
    store.whereAnyOf('closing', 'occurrence', ids),
    store.whereAnyOf('shift', 'occurrence', ids),
    store.whereAnyOf('signUp', 'occurrence', ids),
  ]);
  return {
    ...{ site, term, group, venues, meetings, enrolments, cards, volunteers },
    ...{ marks, signatures, closings, shifts, signUps },
    workshopType: workshopTypes.find(({ workshopType }) => workshopType === group.workshopType),
    nameOf: (participant) => names.get(participant),
  };
}

/** How many documents of a list this device has yet to send, or the server refused. */
export type UnsentOf = (sheet: AttendanceSheet) => number;

export async function readUnsent({ outbox }: Store): Promise<UnsentOf> {
  const [pending, refused] = await Promise.all([outbox.pendingIds(), outbox.refused()]);
  const ids = [...new Set([...pending, ...refused.map(({ id }) => id)])].map((id) => id.split(':'));
  return ({ occurrence, lines, others }) => {
    const people = new Set<string>([...lines, ...others].map(({ participant }) => participant));
    // `mark:{occurrence}:{participant}`, `closing:{occurrence}`, `rosterCard:{participant}`…
    return ids.filter(([type, key = '']) => key === occurrence || (type === 'rosterCard' && people.has(key)))
      .length;
  };
}
