/** What fields of documents are made of: texts with a brand, local dates and hours, instants, who wrote and when. */
import * as z from 'zod/mini';
import type { AccountName, DeviceId, DocId } from '../ids.ts';

// The content-security-policy has no `unsafe-eval`: zod must not compile its parsers.
z.config({ jitless: true });

/** A string that carries a brand: checked as text here, told apart by the compiler everywhere else. */
const branded = <Brand extends string>(schema: z.ZodMiniType<string, string>) =>
  schema as unknown as z.ZodMiniType<Brand, string>;
export const key = <Brand extends string>() =>
  branded<Brand>(z.string().check(z.minLength(1), z.maxLength(120), z.regex(/^[^:\s]+$/)));

/** Whether the month has that day: no screen should ever compute with the 31st of February. */
function isCalendarDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const datePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const instantPattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/;
export const instant = z.string().check(z.regex(instantPattern), z.refine(isCalendarDate));
export const localDate = z.string().check(z.regex(datePattern), z.refine(isCalendarDate));
export const localTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
export const label = z.string().check(z.minLength(1), z.maxLength(200));
export const accountName = branded<AccountName>(z.string().check(z.minLength(1), z.maxLength(100)));
export const deviceId = key<DeviceId>();

/** What every document carries: who wrote it, when, on which device. The server checks `by`. */
export const provenance = {
  _id: branded<DocId>(z.string()),
  _rev: z.optional(z.string()),
  _deleted: z.optional(z.boolean()),
  v: z.literal(1),
  at: instant,
  by: accountName,
  device: deviceId,
};

/**
 * One change of a document, for whoever asks later who changed what. Values stand as they were in the document; a field
 * that was not there, or is no longer, has no value.
 */
export const changeEntry = z.looseObject({
  at: instant,
  by: accountName,
  device: deviceId,
  kind: z.enum(['created', 'edited', 'imported', 'merged', 'undone', 'settled']),
  fields: z.array(
    z.looseObject({ field: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
  ),
});
/** The changes of a document, the oldest first. It only grows. */
export const changes = z.optional(z.array(changeEntry));

/** A document, refused or unreadable, that a coordinator gave up: what it was, what was wrong with it, and why. */
export const discardSchema = z.looseObject({
  ...provenance,
  type: z.literal('discard'),
  /** The document, in the same database, and its revision. */
  about: branded<DocId>(z.string()),
  rev: z.string(),
  /** The server's answer; absent for what was no longer readable. */
  status: z.optional(z.number()),
  refusal: z.string().check(z.maxLength(500)),
  reason: label,
  /** What was given up; none of what is too large. */
  document: z.optional(z.record(z.string(), z.unknown())),
});
