/**
 * The documents: one zod schema each, the one definition of their shape; types derive from them.
 * Unknown fields survive (`looseObject`), so an older app never strips what a newer one wrote.
 * Dates are local calendar dates of the site (`yyyy-mm-dd`), hours local (`hh:mm`), instants ISO UTC.
 */
import * as z from 'zod/mini';
import {
  siteSchema,
  themeSchema,
  venueSchema,
  workshopTypeSchema,
  type workshopKinds,
} from './documents/commons.ts';
import {
  decisionSchema,
  type decidedVersion,
  type mergeReasons,
  type settleReasons,
} from './documents/decision.ts';
import { discardSchema, type changeEntry } from './documents/fields.ts';
import {
  annualReportSchema,
  distinctionSchema,
  exitSchema,
  frozenFiguresSchema,
  frozenYearSchema,
  exportedSchema,
  importBatchSchema,
  mergeSchema,
  participantSchema,
  referrerSchema,
  statementSchema,
  type administrativeStatuses,
  type exportedWhats,
  type exportFormats,
} from './documents/registry.ts';
import {
  closingSchema,
  debriefSchema,
  deviceSchema,
  enrolmentSchema,
  groupSchema,
  markSchema,
  occurrenceSchema,
  rosterCardSchema,
  shiftSchema,
  signatureSchema,
  signUpSchema,
  snapshotSchema,
  termSchema,
  volunteerSchema,
  waitingSchema,
  type exitReasons,
  type excuseReasons,
  type markCounts,
  type markEntry,
  type markStatuses,
} from './documents/term.ts';
import type { AccountName, DeviceId } from './ids.ts';

/** Every document type by its name. */
export const schemas = {
  site: siteSchema,
  workshopType: workshopTypeSchema,
  venue: venueSchema,
  theme: themeSchema,
  term: termSchema,
  group: groupSchema,
  occurrence: occurrenceSchema,
  rosterCard: rosterCardSchema,
  enrolment: enrolmentSchema,
  waiting: waitingSchema,
  signUp: signUpSchema,
  mark: markSchema,
  closing: closingSchema,
  debrief: debriefSchema,
  volunteer: volunteerSchema,
  shift: shiftSchema,
  signature: signatureSchema,
  device: deviceSchema,
  snapshot: snapshotSchema,
  participant: participantSchema,
  referrer: referrerSchema,
  exit: exitSchema,
  distinction: distinctionSchema,
  merge: mergeSchema,
  importBatch: importBatchSchema,
  annualReport: annualReportSchema,
  frozenYear: frozenYearSchema,
  frozenFigures: frozenFiguresSchema,
  statement: statementSchema,
  exported: exportedSchema,
  discard: discardSchema,
  decision: decisionSchema,
} as const;

export type DocumentType = keyof typeof schemas;
/** The document of a given type: `DocumentOf<'mark'>`. */
export type DocumentOf<Type extends DocumentType> = z.infer<(typeof schemas)[Type]>;
export type AnyDocument = { [Type in DocumentType]: DocumentOf<Type> }[DocumentType];

export type Site = DocumentOf<'site'>;
export type WorkshopType = DocumentOf<'workshopType'>;
export type WorkshopKind = (typeof workshopKinds)[number];
export type Venue = DocumentOf<'venue'>;
export type Theme = DocumentOf<'theme'>;
export type Term = DocumentOf<'term'>;
export type Group = DocumentOf<'group'>;
export type Occurrence = DocumentOf<'occurrence'>;
export type RosterCard = DocumentOf<'rosterCard'>;
export type Enrolment = DocumentOf<'enrolment'>;
export type Waiting = DocumentOf<'waiting'>;
export type SignUp = DocumentOf<'signUp'>;
export type SignUpEntry = SignUp['history'][number];
export type ExitReason = (typeof exitReasons)[number];
export type Mark = DocumentOf<'mark'>;
export type MarkEntry = z.infer<typeof markEntry>;
export type MarkStatus = (typeof markStatuses)[number];
export type ExcuseReason = (typeof excuseReasons)[number];
export type MarkCounts = z.infer<typeof markCounts>;
export type Closing = DocumentOf<'closing'>;
export type ClosingEntry = Closing['history'][number];
export type Debrief = DocumentOf<'debrief'>;
export type Volunteer = DocumentOf<'volunteer'>;
export type Shift = DocumentOf<'shift'>;
export type Signature = DocumentOf<'signature'>;
export type Device = DocumentOf<'device'>;
export type Snapshot = DocumentOf<'snapshot'>;
export type Participant = DocumentOf<'participant'>;
export type AdministrativeStatus = (typeof administrativeStatuses)[number];
export type Referrer = DocumentOf<'referrer'>;
export type Exit = DocumentOf<'exit'>;
export type Distinction = DocumentOf<'distinction'>;
export type PersonMerge = DocumentOf<'merge'>;
export type ImportBatch = DocumentOf<'importBatch'>;
export type ReportText = DocumentOf<'annualReport'>;
export type FrozenRecord = DocumentOf<'frozenYear'>;
export type FrozenFigures = DocumentOf<'frozenFigures'>;
export type StatementDocument = DocumentOf<'statement'>;
export type Exported = DocumentOf<'exported'>;
export type ExportedWhat = (typeof exportedWhats)[number];
export type ExportFormat = (typeof exportFormats)[number];
export type Discard = DocumentOf<'discard'>;
export type Decision = DocumentOf<'decision'>;
export type DecidedVersion = z.infer<typeof decidedVersion>;
export type SettleReason = (typeof settleReasons)[number];
export type MergeReason = (typeof mergeReasons)[number];
export type Change = z.infer<typeof changeEntry>;

/** Who writes, when, on which device: what a command is given besides its facts. */
export interface Author {
  readonly at: string;
  readonly by: AccountName;
  readonly device: DeviceId;
}

export type ParsedDocument =
  | { ok: true; document: AnyDocument }
  | { ok: false; why: 'unknown type' | 'newer version' | 'bad shape'; path?: string };

/**
 * Parses what came from outside (the server, a file). Never throws. A document of an unknown type, of a version
 * newer than this app, or of the wrong shape is a value: it is kept, quarantined from the screens, listed at the
 * desk and never pushed back.
 */
export function parseDocument(value: unknown): ParsedDocument {
  const { type, v } = (value ?? {}) as { type?: unknown; v?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return { ok: false, why: 'unknown type' };
  if (typeof v === 'number' && v > 1) return { ok: false, why: 'newer version' };
  const parsed = z.safeParse(schemas[type as DocumentType], value);
  if (parsed.success) return { ok: true, document: parsed.data as AnyDocument };
  return { ok: false, why: 'bad shape', path: parsed.error.issues[0]?.path.join('.') ?? '' };
}
