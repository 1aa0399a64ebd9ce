/**
 * The documents: one zod schema each, the one definition of their shape; types derive from them.
 * Unknown fields survive (`looseObject`), so an older app never strips what a newer one wrote.
 * Dates are local calendar dates of the site (`yyyy-mm-dd`), hours local (`hh:mm`), instants ISO UTC.
 */
import * as z from 'zod/mini';
import type {
  AccountName,
  DeviceId,
  DocId,
  GroupId,
  OccurrenceId,
  ParticipantId,
  SiteCode,
  TermCode,
  ThemeId,
  VenueCode,
  VolunteerId,
  WorkshopTypeCode,
} from './ids.ts';

// The content-security-policy has no `unsafe-eval`: zod must not compile its parsers.
z.config({ jitless: true });

/** A string that carries a brand: checked as text here, told apart by the compiler everywhere else. */
const branded = <Brand extends string>(schema: z.ZodMiniType<string, string>) =>
  schema as unknown as z.ZodMiniType<Brand, string>;
const key = <Brand extends string>() =>
  branded<Brand>(z.string().check(z.minLength(1), z.maxLength(120), z.regex(/^[^:\s]+$/)));

/** Whether the month has that day: no screen should ever compute with the 31st of February. */
function isCalendarDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const datePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const instantPattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/;
const instant = z.string().check(z.regex(instantPattern), z.refine(isCalendarDate));
const localDate = z.string().check(z.regex(datePattern), z.refine(isCalendarDate));
const localTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const label = z.string().check(z.minLength(1), z.maxLength(200));
const accountName = branded<AccountName>(z.string().check(z.minLength(1), z.maxLength(100)));
const deviceId = key<DeviceId>();

/** What every document carries: who wrote it, when, on which device. The server checks `by`. */
const provenance = {
  _id: branded<DocId>(z.string()),
  _rev: z.optional(z.string()),
  _deleted: z.optional(z.boolean()),
  v: z.literal(1),
  at: instant,
  by: accountName,
  device: deviceId,
};

const siteSchema = z.looseObject({
  ...provenance,
  type: z.literal('site'),
  site: key<SiteCode>(),
  name: label,
  timezone: z.string(),
  /** Region of `date-holidays`: `FR`. */
  publicHolidays: z.string(),
  /** How a name is called on a volunteer's phone. */
  nameDisplay: z.enum(['first', 'initial', 'full']),
  /** Languages offered to participants, BCP 47. */
  languages: z.array(z.string()),
  /** The terms of the site, so that a device knows which databases there are. */
  terms: z.array(
    z.looseObject({
      term: key<TermCode>(),
      label,
      start: localDate,
      end: localDate,
      state: z.enum(['planned', 'open', 'closed']),
    }),
  ),
});

export const workshopKinds = [
  'socioprofessional',
  'language',
  'digital',
  'conversation',
  'practical',
  'cultural',
] as const;

const workshopTypeSchema = z.looseObject({
  ...provenance,
  type: z.literal('workshopType'),
  workshopType: key<WorkshopTypeCode>(),
  label,
  kind: z.enum(workshopKinds),
  isMandatory: z.boolean(),
  weeklyMinutes: z.number(),
  countsForAssiduity: z.boolean(),
  /** Anyone of the term may come (conversation, cultural activities). */
  hasOpenRoster: z.boolean(),
});

const venueSchema = z.looseObject({
  ...provenance,
  type: z.literal('venue'),
  venue: key<VenueCode>(),
  name: label,
  address: z.optional(z.string()),
  hasWifi: z.optional(z.boolean()),
  /** The name alone reveals care: shown to its own team only. */
  isSensitive: z.optional(z.boolean()),
});

const themeSchema = z.looseObject({
  ...provenance,
  type: z.literal('theme'),
  theme: key<ThemeId>(),
  title: label,
  level: z.enum(['A1', 'A2', 'B1', 'B2']),
  prompts: z.array(z.string()),
  vocabulary: z.array(z.looseObject({ word: z.string(), meaning: z.string() })),
  state: z.enum(['proposed', 'approved', 'archived']),
  source: z.optional(z.string()),
});

const termSchema = z.looseObject({
  ...provenance,
  type: z.literal('term'),
  term: key<TermCode>(),
  label,
  start: localDate,
  end: localDate,
  weeks: z.number(),
  daysOff: z.array(localDate),
  state: z.enum(['planned', 'open', 'closed']),
});

const groupSchema = z.looseObject({
  ...provenance,
  type: z.literal('group'),
  group: key<GroupId>(),
  workshopType: key<WorkshopTypeCode>(),
  label,
  level: z.optional(z.string()),
  /** The language the workshop runs in, BCP 47. */
  language: z.optional(z.string()),
  venue: key<VenueCode>(),
  /** ISO: 1 is Monday, 7 Sunday. */
  weekday: z.number().check(z.minimum(1), z.maximum(7)),
  start: localTime,
  end: localTime,
  /** Further meetings in the same week: French takes place two or three times. */
  moreSlots: z.optional(
    z.array(
      z.looseObject({
        weekday: z.number().check(z.minimum(1), z.maximum(7)),
        start: localTime,
        end: localTime,
      }),
    ),
  ),
  capacity: z.optional(z.number()),
});

const occurrenceSchema = z.looseObject({
  ...provenance,
  type: z.literal('occurrence'),
  occurrence: key<OccurrenceId>(),
  group: key<GroupId>(),
  date: localDate,
  start: localTime,
  end: localTime,
  venue: key<VenueCode>(),
  /** Week of the term, from 1. */
  week: z.number(),
  state: z.enum(['planned', 'held', 'cancelled']),
  cancelReason: z.optional(z.string()),
  theme: z.optional(key<ThemeId>()),
});

const rosterCardSchema = z.looseObject({
  ...provenance,
  type: z.literal('rosterCard'),
  participant: key<ParticipantId>(),
  /** The name to call: first name. */
  firstName: label,
  /** Family name or its initial, as the site chooses; absent where the site shows first names only. */
  familyName: z.optional(z.string()),
  /** What lists are ordered by, without accents, lower case. */
  sortKey: z.string(),
  /** Language of the screens shown to this person, BCP 47. */
  screenLanguage: z.string(),
  isFrancophone: z.boolean(),
  /** A walk-in, until a coordinator validates it. */
  isProvisional: z.boolean(),
});

export const exitReasons = [
  'health',
  'otherEngagement',
  'transport',
  'job',
  'otherAssociation',
  'moved',
  'unknown',
] as const;

const enrolmentSchema = z.looseObject({
  ...provenance,
  type: z.literal('enrolment'),
  group: key<GroupId>(),
  participant: key<ParticipantId>(),
  from: localDate,
  to: z.optional(localDate),
  exitReason: z.optional(z.enum(exitReasons)),
});

export const markStatuses = ['present', 'late', 'leftEarly', 'excused', 'absent'] as const;
/** Closed list for an absence; health shows as « motif personnel » (programme, privacy). */
export const excuseReasons = [
  'appointment',
  'transport',
  'otherCourse',
  'family',
  'personal',
  'other',
] as const;

/** An answer given at one moment; `null` when the answer was cleared: the person is unmarked again. */
const markEntry = z.looseObject({
  status: z.nullable(z.enum(markStatuses)),
  at: instant,
  by: accountName,
  device: deviceId,
  /** When a late person came, or someone left early: the instant of the tap, or as corrected. */
  arrivedAt: z.optional(instant),
  leftAt: z.optional(instant),
  /** Minutes attended, when they are known. */
  minutes: z.optional(z.number()),
  reason: z.optional(z.enum(excuseReasons)),
});

const markSchema = z.looseObject({
  ...provenance,
  type: z.literal('mark'),
  occurrence: key<OccurrenceId>(),
  participant: key<ParticipantId>(),
  status: z.nullable(z.enum(markStatuses)),
  arrivedAt: z.optional(instant),
  leftAt: z.optional(instant),
  minutes: z.optional(z.number()),
  reason: z.optional(z.enum(excuseReasons)),
  /** Every answer ever given here, oldest first, the present one last. It only grows. */
  history: z.array(markEntry),
});

const markCounts = z.looseObject({
  present: z.number(),
  late: z.number(),
  leftEarly: z.number(),
  excused: z.number(),
  absent: z.number(),
  unmarked: z.number(),
});

const closingSchema = z.looseObject({
  ...provenance,
  type: z.literal('closing'),
  occurrence: key<OccurrenceId>(),
  /** A roll call that was opened again stays so until it is closed anew. */
  state: z.enum(['closed', 'reopened']),
  closedAt: instant,
  counts: markCounts,
  headcount: z.optional(z.number()),
  history: z.array(
    z.looseObject({
      state: z.enum(['closed', 'reopened']),
      at: instant,
      by: accountName,
      device: deviceId,
      /** What the list added up to when it was closed. */
      counts: z.optional(markCounts),
    }),
  ),
});

const debriefSchema = z.looseObject({
  ...provenance,
  type: z.literal('debrief'),
  occurrence: key<OccurrenceId>(),
  energy: z.number().check(z.minimum(1), z.maximum(5)),
  worked: z.string(),
  nextTime: z.string(),
  words: z.array(z.string()),
  followUp: z.string(),
});

const volunteerSchema = z.looseObject({
  ...provenance,
  type: z.literal('volunteer'),
  volunteer: key<VolunteerId>(),
  name: label,
  kind: z.enum(['volunteer', 'civicService', 'staff']),
  account: z.optional(accountName),
});

const shiftSchema = z.looseObject({
  ...provenance,
  type: z.literal('shift'),
  occurrence: key<OccurrenceId>(),
  volunteer: key<VolunteerId>(),
  /** The volunteer's account, where there is one: whose shift it is, for the server's rules. */
  account: z.optional(accountName),
  role: z.enum(['lead', 'co']),
  state: z.enum(['planned', 'held', 'cancelled']),
  minutes: z.optional(z.number()),
});

const deviceSchema = z.looseObject({
  ...provenance,
  type: z.literal('device'),
  user: accountName,
  label,
  appVersion: z.string(),
  lastSyncAt: z.optional(instant),
  pendingCount: z.optional(z.number()),
  clockSkewMs: z.optional(z.number()),
});

/** The full file, in the registry: coordinators only. */
const participantSchema = z.looseObject({
  ...provenance,
  type: z.literal('participant'),
  participant: key<ParticipantId>(),
  firstName: label,
  familyName: label,
  gender: z.enum(['woman', 'man', 'other', 'unknown']),
  birthYear: z.optional(z.number()),
  languages: z.array(z.string()),
  isFrancophone: z.boolean(),
  /** French département of domiciliation: `75`, `93`… */
  departement: z.optional(z.string()),
  /** ISO 3166 alpha-2; optional by design. */
  country: z.optional(z.string()),
  statusHistory: z.array(z.looseObject({ status: z.string(), from: localDate })),
  consentAt: z.optional(localDate),
  lastContact: z.optional(localDate),
});

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
  mark: markSchema,
  closing: closingSchema,
  debrief: debriefSchema,
  volunteer: volunteerSchema,
  shift: shiftSchema,
  device: deviceSchema,
  participant: participantSchema,
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
export type Device = DocumentOf<'device'>;
export type Participant = DocumentOf<'participant'>;

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
