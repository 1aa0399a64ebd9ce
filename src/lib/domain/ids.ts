/**
 * Ids. Every document is `{type}:{key}`; keys are opaque, lower case and hold no name (tombstones keep ids for
 * ever). A key joins its parts with `:`, so a part never holds one.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `paris13`: a place with its own team and databases. */
export type SiteCode = Branded<'SiteCode'>;
/** `s3-2023`: the ten-week cycle, as it stands in the database's name. */
export type TermCode = Branded<'TermCode'>;
/** `socioprofessional`, `language`… : the code of a workshop type. */
export type WorkshopTypeCode = Branded<'WorkshopTypeCode'>;
/** `amarres-adj`: the code of a room. */
export type VenueCode = Branded<'VenueCode'>;
export type GroupId = Branded<'GroupId'>;
/** `{group}.{yyyy-mm-dd}T{hhmm}`: the group and the local date and time of the first plan. */
export type OccurrenceId = Branded<'OccurrenceId'>;
export type ParticipantId = Branded<'ParticipantId'>;
export type VolunteerId = Branded<'VolunteerId'>;
export type ThemeId = Branded<'ThemeId'>;
export type DeviceId = Branded<'DeviceId'>;
export type ReferrerId = Branded<'ReferrerId'>;
/** Two files made one. */
export type MergeId = Branded<'MergeId'>;
/** One reading of a file of people. */
export type BatchId = Branded<'BatchId'>;
/** One freezing of a year. */
export type FreezingId = Branded<'FreezingId'>;
/** A sentence with a figure, published or about to be. */
export type StatementId = Branded<'StatementId'>;
/** The name a person signs in with. */
export type AccountName = Branded<'AccountName'>;
/** The `_id` of a document. */
export type DocId = Branded<'DocId'>;

const docId = (type: string, ...parts: string[]) => [type, ...parts].join(':') as DocId;

export const siteDocId = (site: SiteCode) => docId('site', site);
export const workshopTypeDocId = (code: WorkshopTypeCode) => docId('workshopType', code);
export const venueDocId = (code: VenueCode) => docId('venue', code);
export const themeDocId = (theme: ThemeId) => docId('theme', theme);
export const termDocId = (term: TermCode) => docId('term', term);
export const groupDocId = (group: GroupId) => docId('group', group);
export const occurrenceDocId = (occurrence: OccurrenceId) => docId('occurrence', occurrence);
export const rosterCardDocId = (participant: ParticipantId) => docId('rosterCard', participant);
export const participantDocId = (participant: ParticipantId) => docId('participant', participant);
export const enrolmentDocId = (group: GroupId, participant: ParticipantId) =>
  docId('enrolment', group, participant);
/** Two phones that mark the same person at the same occurrence meet in this one document. */
export const markDocId = (occurrence: OccurrenceId, participant: ParticipantId) =>
  docId('mark', occurrence, participant);
export const closingDocId = (occurrence: OccurrenceId) => docId('closing', occurrence);
export const debriefDocId = (occurrence: OccurrenceId, account: AccountName) =>
  docId('debrief', occurrence, account);
export const volunteerDocId = (volunteer: VolunteerId) => docId('volunteer', volunteer);
export const shiftDocId = (occurrence: OccurrenceId, volunteer: VolunteerId) =>
  docId('shift', occurrence, volunteer);
export const waitingDocId = (group: GroupId, participant: ParticipantId) =>
  docId('waiting', group, participant);
export const signatureDocId = (occurrence: OccurrenceId, participant: ParticipantId) =>
  docId('signature', occurrence, participant);
/** Two phones that sign the same person up meet in this one document. */
export const signUpDocId = (occurrence: OccurrenceId, participant: ParticipantId) =>
  docId('signUp', occurrence, participant);
export const snapshotDocId = (term: TermCode, number: number) => docId('snapshot', term, String(number));
export const referrerDocId = (referrer: ReferrerId) => docId('referrer', referrer);
export const exitDocId = (group: GroupId, participant: ParticipantId) => docId('exit', group, participant);
/** The same document whichever of the two is named first. */
export const distinctionDocId = (one: ParticipantId, other: ParticipantId) =>
  docId('distinction', ...[one, other].sort());
export const mergeDocId = (merge: MergeId) => docId('merge', merge);
export const importBatchDocId = (batch: BatchId) => docId('importBatch', batch);
export const annualReportDocId = (year: number, section: string) =>
  docId('annualReport', String(year), section);
/** Two coordinators who freeze a year at the same time make two freezings: neither is lost. */
export const frozenYearDocId = (year: number, freezing: FreezingId) =>
  docId('frozenYear', String(year), freezing);
export const frozenFiguresDocId = (year: number, freezing: FreezingId, part: number) =>
  docId('frozenFigures', String(year), freezing, String(part));
export const statementDocId = (statement: StatementId) => docId('statement', statement);
/** @param name a fresh opaque key */
export const discardDocId = (name: string) => docId('discard', name);
/** @param name a fresh opaque key */
export const exportedDocId = (name: string) => docId('exported', name);
/** @param about hash of the id of the document decided on @param name told apart by what was decided, or by whom and when */
export const decisionDocId = (about: string, name: string) => docId('decision', about, name);
export const deviceDocId = (device: DeviceId) => docId('device', device);

/** The occurrence of `group` first planned on `date` (`yyyy-mm-dd`) at `start` (`hh:mm`), both local. */
export const occurrenceId = (group: GroupId, date: string, start: string) =>
  `${group}.${date}T${start.replace(':', '')}` as OccurrenceId;

/** Names of the databases of a site: one wall per kind of secret. */
export const commonsDatabase = (site: SiteCode) => `${site}-commons`;
export const registryDatabase = (site: SiteCode) => `${site}-registry`;
export const termDatabase = (site: SiteCode, term: TermCode) => `${site}-${term}`;

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/**
 * An opaque key of 14 characters (69 bits) from random bytes that the caller brings.
 * @param bytes at least 14 random bytes
 */
export function opaqueKey(bytes: Uint8Array): string {
  let key = '';
  for (const byte of bytes.subarray(0, 14)) key += alphabet[byte % alphabet.length];
  return key;
}
