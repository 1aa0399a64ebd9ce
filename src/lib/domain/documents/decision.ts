/** What was decided where versions of a document stood against each other: by a coordinator, or silently. */
import * as z from 'zod/mini';
import type { DocId } from '../ids.ts';
import { accountName, deviceId, instant, provenance } from './fields.ts';

/** Why a coordinator keeps an answer. */
export const settleReasons = ['sawThem', 'paper', 'theySaid', 'slip', 'other'] as const;
/** Why versions were made one without asking. */
export const mergeReasons = ['sameAnswer', 'oneKnewTheOther', 'otherFields', 'sameList', 'decided'] as const;

/** One version of the document, in what tells it from the others. */
export const decidedVersion = z.looseObject({
  /** None of an answer that no version held. */
  rev: z.optional(z.string()),
  at: instant,
  by: accountName,
  device: deviceId,
  isDeleted: z.optional(z.boolean()),
  /** Fields that differ between the versions, as they stand in this one. */
  fields: z.record(z.string(), z.unknown()),
  /** There was more than a document has room for. */
  isCut: z.optional(z.boolean()),
});

export const decisionSchema = z.looseObject({
  ...provenance,
  type: z.literal('decision'),
  /** The document it is about, in the same database. */
  about: z.string() as unknown as z.ZodMiniType<DocId, string>,
  kind: z.enum(['settled', 'merged']),
  kept: decidedVersion,
  discarded: z.array(decidedVersion),
  /** None where one of the versions was kept as it was, without a word. */
  reason: z.optional(z.enum([...settleReasons, ...mergeReasons])),
  note: z.optional(z.string().check(z.maxLength(200))),
  /** Of a settled one: one by one, or many at once by a person's or a list's answers. */
  rule: z.optional(z.enum(['one', 'person', 'list'])),
  /** The undone decisions about the same document that this one answers. */
  answers: z.optional(z.array(z.string())),
  /** Who took it back, when: it only grows, by one where two did so at once. */
  undone: z.optional(z.array(z.looseObject({ at: instant, by: accountName, device: deviceId }))),
});
