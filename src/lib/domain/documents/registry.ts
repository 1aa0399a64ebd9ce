/** Full files and what is decided about them: `{site}-registry`, on coordinators' devices alone. */
import * as z from 'zod/mini';
import type {
  BatchId,
  FreezingId,
  GroupId,
  MergeId,
  ParticipantId,
  ReferrerId,
  StatementId,
  TermCode,
} from '../ids.ts';
import { changes, instant, key, label, localDate, provenance } from './fields.ts';
import { exitReasons } from './term.ts';

export const administrativeStatuses = [
  'asylumSeeker',
  'refugee',
  'subsidiaryProtection',
  'temporaryProtection',
  'stateless',
  'otherPermit',
  'refused',
  'unknown',
] as const;

export const participantSchema = z.looseObject({
  ...provenance,
  type: z.literal('participant'),
  participant: key<ParticipantId>(),
  firstName: label,
  /** Empty for those who have one name alone. */
  familyName: z.string().check(z.maxLength(200)),
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
  phone: z.optional(z.string().check(z.maxLength(40))),
  referrer: z.optional(key<ReferrerId>()),
  /** The file that this one became part of; it stays, so that the merge can be undone. */
  mergedInto: z.optional(key<ParticipantId>()),
  changes,
});

/** Who sent a person here: a social worker, an association, a housing centre. */
export const referrerSchema = z.looseObject({
  ...provenance,
  type: z.literal('referrer'),
  referrer: key<ReferrerId>(),
  name: label,
  organisation: z.optional(z.string().check(z.maxLength(200))),
  phone: z.optional(z.string().check(z.maxLength(40))),
  email: z.optional(z.string().check(z.maxLength(200))),
  isArchived: z.optional(z.boolean()),
  changes,
});

/** Why somebody left a group, on which day. */
export const exitSchema = z.looseObject({
  ...provenance,
  type: z.literal('exit'),
  term: key<TermCode>(),
  group: key<GroupId>(),
  participant: key<ParticipantId>(),
  date: localDate,
  reason: z.enum(exitReasons),
  changes,
});

/** « Not the same person »: two files that look alike and are not to be proposed again. */
export const distinctionSchema = z.looseObject({
  ...provenance,
  type: z.literal('distinction'),
  /** In the order of the ids. */
  participants: z.tuple([key<ParticipantId>(), key<ParticipantId>()]),
});

/** Two files made one: what every document was before, so that it can be undone. */
export const mergeSchema = z.looseObject({
  ...provenance,
  type: z.literal('merge'),
  merge: key<MergeId>(),
  kept: key<ParticipantId>(),
  absorbed: key<ParticipantId>(),
  /** From 1: what the first document had no room for, or what was moved later; none for the first. */
  part: z.optional(z.number()),
  /** Names of databases, and in each the documents touched as they were; `null`: there was none. */
  before: z.array(
    z.looseObject({
      database: z.string(),
      id: z.string(),
      document: z.nullable(z.record(z.string(), z.unknown())),
    }),
  ),
  undoneAt: z.optional(instant),
});

/** A sentence with its figure, published or about to be: it is held against what is counted. */
export const statementSchema = z.looseObject({
  ...provenance,
  type: z.literal('statement'),
  statement: key<StatementId>(),
  /** What it is about: `2023`, `s1-2023`, or two dates. */
  period: label,
  sentence: z.string().check(z.minLength(1), z.maxLength(500)),
  where: z.enum(['text', 'table']),
  relation: z.enum(['exactly', 'about', 'moreThan']),
  stated: z.number(),
  isPercent: z.boolean(),
  /** The name of what is counted; none of a percentage of something that is not. */
  about: z.optional(z.string()),
  /** Of a percentage that says so: out of how many, and how many they are. */
  of: z.optional(z.number()),
  n: z.optional(z.number()),
  /** Taken off the list: nobody says it any more. */
  isWithdrawn: z.optional(z.boolean()),
  changes,
});

/** A file of people that was read in: what it made, so that it can be undone, and that it was read at all. */
export const importBatchSchema = z.looseObject({
  ...provenance,
  type: z.literal('importBatch'),
  batch: key<BatchId>(),
  /** Name of the file, or none for a pasted table. */
  fileName: z.optional(z.string()),
  /** SHA-256 of what was read, hexadecimal. */
  contentHash: z.string(),
  rows: z.number(),
  created: z.array(key<ParticipantId>()),
  updated: z.array(key<ParticipantId>()),
  skipped: z.number(),
  /** Those who had come before without a file, and got theirs by it: their cards as they were. */
  walkIns: z.optional(
    z.array(
      z.looseObject({
        participant: key<ParticipantId>(),
        firstName: label,
        familyName: z.optional(z.string()),
        isProvisional: z.boolean(),
      }),
    ),
  ),
  /** The term that people were enrolled in. */
  term: z.optional(key<TermCode>()),
  /** What was said and mended by hand, so that the same table needs no asking again; by the index of the row. */
  answers: z.optional(
    z.looseObject({
      identities: z.array(z.tuple([z.number(), key<ParticipantId>()])),
      left: z.array(z.tuple([z.number(), z.boolean()])),
      /** Row, column, and what stands there. */
      mended: z.array(z.tuple([z.number(), z.number(), z.string()])),
    }),
  ),
  /** The instant that its changes in other documents carry; `at` moves on as it is written. */
  startedAt: z.optional(instant),
  /** Missing: it was interrupted, or is being written. */
  finishedAt: z.optional(instant),
  undoneAt: z.optional(instant),
  /** Those who stayed when it was undone: something happened to them since. */
  kept: z.optional(z.array(key<ParticipantId>())),
});

/** What coordinators write in one section of a year's annual report. */
export const annualReportSchema = z.looseObject({
  ...provenance,
  type: z.literal('annualReport'),
  year: z.number(),
  /** Key of the section (annual-report/outline.ts). */
  section: key<string>(),
  /** None: the text that is proposed stands. */
  text: z.optional(z.string()),
  changes,
});

/** A year as it was when it was closed, but for its figures, which stand in parts beside it. Never written again. */
export const frozenYearSchema = z.looseObject({
  ...provenance,
  type: z.literal('frozenYear'),
  year: z.number(),
  freezing: key<FreezingId>(),
  /** Version of the counting rules. */
  rules: z.string(),
  definitions: z.record(
    z.string(),
    z.looseObject({ version: z.number(), date: localDate, words: z.optional(z.string()) }),
  ),
  /** SHA-256, hexadecimal, by the name of what was counted. */
  inputs: z.record(z.string(), z.string()),
  excluded: z.record(z.string(), z.number()),
  findings: z.record(z.string(), z.number()),
  /** How many there are. */
  parts: z.number(),
  /** ECDSA P-256 over the text of all of it, figures included, base64url. */
  signature: z.string(),
  /** The public key, JWK. */
  signedWith: z.record(z.string(), z.unknown()),
});

/** Some of the figures of a frozen year: one document has no room for all. */
export const frozenFiguresSchema = z.looseObject({
  ...provenance,
  type: z.literal('frozenFigures'),
  year: z.number(),
  freezing: key<FreezingId>(),
  /** From 1. */
  part: z.number(),
  /** By name: whole numbers only. */
  figures: z.record(z.string(), z.number()),
});

/** What leaves a device as a file made from its people. */
export const exportedWhats = [
  'data',
  'beneficiaries',
  'sheets',
  'groupSheet',
  'certificate',
  'journal',
  'report',
] as const;
export const exportFormats = ['csv', 'xlsx', 'json', 'pdf', 'docx'] as const;

/** A file was made and handed over: what, of which part of the site. It names nobody, and never changes. */
export const exportedSchema = z.looseObject({
  ...provenance,
  type: z.literal('exported'),
  what: z.enum(exportedWhats),
  format: z.enum(exportFormats),
  /** Terms, or local dates (both included); none of the two: everything. */
  terms: z.optional(z.array(key<TermCode>())),
  from: z.optional(localDate),
  to: z.optional(localDate),
  /** Ids replaced, names and whatever else tells who somebody is left out. */
  isPseudonymised: z.boolean(),
  /** Rows, documents or sheets in it. */
  rows: z.number(),
  /** Of the file, hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
