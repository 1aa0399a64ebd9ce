/** A term, its groups, lists, answers and team: `{site}-{term}`. On volunteers' phones: nothing more than a list needs. */
import * as z from 'zod/mini';
import type {
  GroupId,
  OccurrenceId,
  ParticipantId,
  TermCode,
  ThemeId,
  VenueCode,
  VolunteerId,
  WorkshopTypeCode,
} from '../ids.ts';
import {
  accountName,
  changes,
  deviceId,
  instant,
  key,
  label,
  localDate,
  localTime,
  provenance,
} from './fields.ts';

export const termSchema = z.looseObject({
  ...provenance,
  type: z.literal('term'),
  term: key<TermCode>(),
  label,
  start: localDate,
  end: localDate,
  weeks: z.number(),
  /** Days without meetings, public holidays among them. */
  daysOff: z.array(localDate),
  state: z.enum(['planned', 'open', 'closed']),
  changes,
});

export const groupSchema = z.looseObject({
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
  /** It meets once: an outing, a practical workshop. Weekday and hours are those of that meeting. */
  isOneOff: z.optional(z.boolean()),
  /** Who leads it week after week; a shift of an occurrence says who does that day. */
  team: z.optional(z.array(z.looseObject({ volunteer: key<VolunteerId>(), role: z.enum(['lead', 'co']) }))),
  /** Where it meets, in words, when that is no room of the site: the museum's entrance. */
  place: z.optional(label),
  /** Where people find each other before an outing, in words. */
  meetingPoint: z.optional(label),
  /** What it costs a participant, in words: « gratuit », « 5 € ». */
  cost: z.optional(label),
  /** How easy the place is to reach and to be in, in words: « ascenseur », « marche de 20 minutes ». */
  access: z.optional(label),
  /** Volunteers sign people up for it; `capacity` is how many there are places for. */
  isSignUpOpen: z.optional(z.boolean()),
  /** It has stopped: kept for what it did, no longer planned. */
  isArchived: z.optional(z.boolean()),
  changes,
});

export const occurrenceSchema = z.looseObject({
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
  /** Where, in words, when that is no room of the site. */
  place: z.optional(label),
  /** It was moved by itself: edits of its series leave it where it is. */
  isMoved: z.optional(z.boolean()),
  /** Its series no longer has it: cancelled by an edit of the series, which may take it up again. */
  isDropped: z.optional(z.boolean()),
  /** Of the same group and day, and yet another meeting: somebody said so. */
  apartFrom: z.optional(z.array(key<OccurrenceId>())),
  changes,
});

export const rosterCardSchema = z.looseObject({
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
  /** The number on the person's badge, drawn at random: it says nothing of them, and another one replaces it. */
  badge: z.optional(z.string().check(z.minLength(1), z.maxLength(40))),
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

export const enrolmentSchema = z.looseObject({
  ...provenance,
  type: z.literal('enrolment'),
  group: key<GroupId>(),
  participant: key<ParticipantId>(),
  from: localDate,
  /** The last day, included. */
  to: z.optional(localDate),
  /** As older versions wrote it. Reasons now stand in the registry (`exit`): health is nobody's business on a phone. */
  exitReason: z.optional(z.enum(exitReasons)),
  /** Earlier stays in this group, the oldest first. */
  formerPeriods: z.optional(z.array(z.looseObject({ from: localDate, to: localDate }))),
  changes,
});

/** On a group's waiting list: not enrolled. It goes when a place is given, or nothing is waited for any more. */
export const waitingSchema = z.looseObject({
  ...provenance,
  type: z.literal('waiting'),
  group: key<GroupId>(),
  participant: key<ParticipantId>(),
  since: instant,
  changes,
});

/** One thing that happened to a sign-up. `told`: what the screen said of the places just then. */
const signUpEntry = z.looseObject({
  state: z.enum(['signedUp', 'withdrawn']),
  at: instant,
  by: accountName,
  device: deviceId,
  /** Their turn in the queue, where it is not the moment of this entry. */
  since: z.optional(instant),
  told: z.optional(z.enum(['place', 'waiting'])),
  /** Only that they were told: it claims nothing of whether they come. */
  isNote: z.optional(z.boolean()),
});

/**
 * Somebody wishes to come to one outing or workshop. Who has a place and who waits is written nowhere: it follows from
 * all sign-ups, in the order of `since`.
 */
export const signUpSchema = z.looseObject({
  ...provenance,
  type: z.literal('signUp'),
  occurrence: key<OccurrenceId>(),
  participant: key<ParticipantId>(),
  state: z.enum(['signedUp', 'withdrawn']),
  since: instant,
  /** What the person was told last: a place, or to wait. */
  told: z.optional(z.enum(['place', 'waiting'])),
  /** It only grows. */
  history: z.array(signUpEntry),
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
export const markEntry = z.looseObject({
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
  /** A coordinator's: a disagreement settled, or one that was settled (or merged silently) open again. */
  decision: z.optional(z.enum(['settled', 'reopened'])),
  /** Of a decision, the names of the entries that stood when it was made. */
  over: z.optional(z.array(z.string())),
  /** Of a reopening, the names of the entries that disagree again. */
  between: z.optional(z.array(z.string())),
});

export const markSchema = z.looseObject({
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

/** Why there is no signature of somebody who was there. */
const signatureRefusals = ['refused', 'unable', 'other'] as const;

/** A path of straight lines: flat, without speed or pressure. Whole numbers, within the box it was drawn in. */
const flatPath = z
  .string()
  .check(z.maxLength(20_000), z.regex(/^(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})*)+$/));
const boxSide = z.number().check(z.minimum(1), z.maximum(9999));

/** What a signature says: that this person was there on that day, between those hours, for so long. */
const signedFor = z.looseObject({
  status: z.enum(markStatuses),
  /** Minutes attended. */
  minutes: z.number(),
  date: localDate,
  start: localTime,
  end: localTime,
});

/** One of these four, and what it was given for; versions before it was noted say nothing of that. */
const signed = {
  drawn: z.optional(z.looseObject({ path: flatPath, width: boxSide, height: boxSide })),
  refused: z.optional(z.looseObject({ reason: z.enum(signatureRefusals), witness: label })),
  /** « J'étais là »: a press on the screen, of somebody who does not draw. */
  confirmed: z.optional(z.looseObject({ witness: label })),
  /** On a printed sheet, as a coordinator copied it (`by`): which list it names, which version and page. */
  onPaper: z.optional(z.looseObject({ list: label, version: z.number(), page: z.number() })),
  for: z.optional(signedFor),
};

/** Somebody's signature at one meeting, or why there is none (`refused`) and who saw it: proof, unlike a mark. */
export const signatureSchema = z.looseObject({
  ...provenance,
  type: z.literal('signature'),
  occurrence: key<OccurrenceId>(),
  participant: key<ParticipantId>(),
  ...signed,
  /** Those that this one took the place of, the oldest first. */
  former: z.optional(z.array(z.looseObject({ ...signed, at: instant, by: accountName, device: deviceId }))),
});

export const markCounts = z.looseObject({
  present: z.number(),
  late: z.number(),
  leftEarly: z.number(),
  excused: z.number(),
  absent: z.number(),
  unmarked: z.number(),
});

export const closingSchema = z.looseObject({
  ...provenance,
  type: z.literal('closing'),
  occurrence: key<OccurrenceId>(),
  /** A roll call that was opened again stays so until it is closed anew; `open`: people were counted, never closed. */
  state: z.enum(['closed', 'reopened', 'open']),
  /** Of a list that was never closed, when people were first counted. */
  closedAt: instant,
  counts: markCounts,
  /** How many people there were, whether or not their names were taken. */
  headcount: z.optional(z.number()),
  /** How many came back from an outing. */
  returnCount: z.optional(z.number()),
  history: z.array(
    z.looseObject({
      state: z.enum(['closed', 'reopened', 'open']),
      at: instant,
      by: accountName,
      device: deviceId,
      /** What the list added up to when it was closed. */
      counts: z.optional(markCounts),
      /** The answers that it counted, by participant: what came later is known without asking any clock. */
      counted: z.optional(z.record(z.string(), z.enum(markStatuses))),
      /** Answers that came later, were seen, and are left out of the counts; `null`: taken back. */
      aside: z.optional(z.record(z.string(), z.nullable(z.enum(markStatuses)))),
      /** What was counted then. Such an entry has no `counts`: the list stays as it was, closed or not. */
      headcount: z.optional(z.number()),
      returnCount: z.optional(z.number()),
    }),
  ),
});

/** What a host noted after a workshop, each an own note: about the workshop, never about anyone. */
export const debriefSchema = z.looseObject({
  ...provenance,
  type: z.literal('debrief'),
  occurrence: key<OccurrenceId>(),
  /** The theme that was chosen on the spot; absent where the one set ahead was kept. */
  theme: z.optional(key<ThemeId>()),
  /** When it was chosen: the note itself goes on being written. */
  themeAt: z.optional(instant),
  /** 1 calm, 5 very lively; absent until somebody says. */
  energy: z.optional(z.number().check(z.minimum(1), z.maximum(5))),
  worked: z.string(),
  /** What to change. */
  nextTime: z.string(),
  /** Words that came up: tapped in the vocabulary, or added. */
  words: z.array(z.string()),
  /** An idea for next time, in words. */
  followUp: z.string(),
  /** The theme wished for next time. */
  nextTheme: z.optional(key<ThemeId>()),
  /** Ideas of earlier notes that were taken up at this meeting, in their words. */
  tookUp: z.optional(z.array(z.string())),
});

export const volunteerSchema = z.looseObject({
  ...provenance,
  type: z.literal('volunteer'),
  volunteer: key<VolunteerId>(),
  name: label,
  kind: z.enum(['volunteer', 'civicService', 'staff']),
  account: z.optional(accountName),
  /** The account of an invitation that was sent and has not been accepted yet. */
  invitedAs: z.optional(accountName),
  isArchived: z.optional(z.boolean()),
  changes,
});

export const shiftSchema = z.looseObject({
  ...provenance,
  type: z.literal('shift'),
  occurrence: key<OccurrenceId>(),
  volunteer: key<VolunteerId>(),
  /** The volunteer's account, where there is one: whose shift it is, for the server's rules. */
  account: z.optional(accountName),
  role: z.enum(['lead', 'co']),
  state: z.enum(['planned', 'held', 'cancelled']),
  minutes: z.optional(z.number()),
  /** Whose place this person takes that day. */
  replaces: z.optional(key<VolunteerId>()),
  changes,
});

export const deviceSchema = z.looseObject({
  ...provenance,
  type: z.literal('device'),
  user: accountName,
  label,
  appVersion: z.string(),
  lastSyncAt: z.optional(instant),
  pendingCount: z.optional(z.number()),
  /** Documents that the server refused and that wait there for somebody's hand. */
  refusedCount: z.optional(z.number()),
  clockSkewMs: z.optional(z.number()),
  /** The browser promised not to clear what it keeps by itself. */
  isStoragePersisted: z.optional(z.boolean()),
  /** Share of the room for this app that is used, from 0 to 1. */
  storageShare: z.optional(z.number()),
});

/** A term's counts, frozen when it was closed: later corrections appear as differences. */
export const snapshotSchema = z.looseObject({
  ...provenance,
  type: z.literal('snapshot'),
  term: key<TermCode>(),
  /** 1 for the first closing, 2 when it was opened and closed again… */
  number: z.number(),
  /** Version of the counting rules. */
  rules: z.string(),
  /** By name: whole numbers only. */
  counts: z.record(z.string(), z.number()),
  /** What was unfinished all the same, by kind. */
  unfinished: z.record(z.string(), z.number()),
  /** SHA-256, hexadecimal, of the canonical JSON of every document counted. */
  inputsHash: z.string(),
  /** ECDSA P-256 over the canonical JSON of the snapshot without these two, base64url. */
  signature: z.string(),
  /** The public key, JWK. */
  signedWith: z.record(z.string(), z.unknown()),
});
