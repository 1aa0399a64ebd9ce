/** What every member of a site holds: `{site}-commons`. */
import * as z from 'zod/mini';
import type { SiteCode, TermCode, ThemeId, VenueCode, WorkshopTypeCode } from '../ids.ts';
import { changes, key, label, localDate, provenance } from './fields.ts';

export const siteSchema = z.looseObject({
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

export const workshopTypeSchema = z.looseObject({
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
  /** No longer offered for new groups. */
  isArchived: z.optional(z.boolean()),
  changes,
});

export const venueSchema = z.looseObject({
  ...provenance,
  type: z.literal('venue'),
  venue: key<VenueCode>(),
  name: label,
  address: z.optional(z.string()),
  hasWifi: z.optional(z.boolean()),
  /** The name alone reveals care: shown to its own team only. */
  isSensitive: z.optional(z.boolean()),
  /** How many people it holds. */
  capacity: z.optional(z.number()),
  isArchived: z.optional(z.boolean()),
  changes,
});

export const themeLevels = ['A1', 'A2', 'B1', 'B2'] as const;

export const themeSchema = z.looseObject({
  ...provenance,
  type: z.literal('theme'),
  theme: key<ThemeId>(),
  title: label,
  level: z.enum(themeLevels),
  /** What people do with it, in a sentence or two. */
  aim: z.optional(z.string()),
  /** One question or game at a time, in the order in which they are asked. */
  prompts: z.array(z.looseObject({ text: z.string(), level: z.optional(z.enum(themeLevels)) })),
  vocabulary: z.array(z.looseObject({ word: z.string(), meaning: z.string() })),
  games: z.optional(z.array(z.string())),
  minutes: z.optional(z.number()),
  /** What the host should take care of. */
  care: z.optional(z.string()),
  state: z.enum(['proposed', 'approved', 'archived']),
  /** Whose idea it was, or where it comes from. */
  source: z.optional(z.string()),
  changes,
});
