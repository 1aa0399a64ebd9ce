/** What the annual report of 2023 published, and the one split of it that the demo year takes. */
import type { WorkshopKind } from '../documents.ts';

export const termKeys = ['s1', 's2', 's3'] as const;
export type TermKey = (typeof termKeys)[number];

/** How a person's term in the socioprofessional workshop went. */
export type Course = 'assidu' | 'engaged' | 'never';

interface PublishedTerm {
  readonly inscrits: Readonly<Record<'socioprofessional' | 'language' | 'digital', number>>;
  /** Sizes of the groups: their number was published, and what they add up to. */
  readonly sizes: Readonly<Partial<Record<WorkshopKind, readonly number[]>>>;
  /** Men and women by course: 105 and 81 in the year, of whom 64 and 72 assidus; 53, 44 and 70 came at least once. */
  readonly men: Readonly<Record<Course, number>>;
  readonly women: Readonly<Record<Course, number>>;
  readonly francophones: number;
  readonly fromAfghanistan: number;
}

const conversationRegulars = 14;

export const publishedYear: Readonly<Record<TermKey, PublishedTerm>> = {
  s1: {
    inscrits: { socioprofessional: 55, language: 24, digital: 35 },
    sizes: {
      socioprofessional: [7, 7, 7, 7, 7, 7, 7, 6],
      language: [6, 6, 6, 6],
      digital: [12, 12, 11],
      practical: [22],
      cultural: [0],
    },
    men: { assidu: 22, engaged: 7, never: 2 },
    women: { assidu: 21, engaged: 3, never: 0 },
    francophones: 29,
    fromAfghanistan: 12,
  },
  s2: {
    inscrits: { socioprofessional: 55, language: 35, digital: 11 },
    sizes: {
      socioprofessional: [8, 8, 8, 8, 8, 8, 7],
      language: [12, 12, 11],
      digital: [4, 4, 3],
      conversation: [conversationRegulars],
      practical: [18],
      cultural: [0],
    },
    men: { assidu: 15, engaged: 7, never: 9 },
    women: { assidu: 21, engaged: 1, never: 2 },
    francophones: 18,
    fromAfghanistan: 17,
  },
  s3: {
    inscrits: { socioprofessional: 76, language: 23, digital: 22 },
    sizes: {
      socioprofessional: [14, 9, 9, 9, 9, 9, 9, 8],
      language: [6, 6, 6, 5],
      digital: [8, 7, 7],
      conversation: [conversationRegulars],
      practical: [40],
      cultural: [0],
    },
    men: { assidu: 27, engaged: 11, never: 5 },
    women: { assidu: 30, engaged: 2, never: 1 },
    francophones: 51,
    fromAfghanistan: 12,
  },
};

/** Countries of those who do not speak French, Afghanistan apart, and of those who do: 186 people in all. */
export const otherCountries: Readonly<Record<string, number>> = {
  ...{ BD: 7, ER: 6, SO: 6, SD: 6, CN: 6, TR: 5, UA: 4, IR: 3, LK: 2, GE: 2 },
};
export const francophoneCountries: Readonly<Record<string, number>> = {
  ...{ CD: 32, GN: 25, CI: 12, ML: 8, CM: 7, HT: 5, CG: 4, SN: 3, BF: 2 },
};

/** Where they have their address: nearly 60 % in Paris. */
export const departements: Readonly<Record<string, number>> = {
  ...{ '75': 112, '93': 31, '94': 16, '92': 10, '95': 6, '91': 5, '77': 3, '78': 3 },
};

/** `{ a: 2, b: 1 }` as `[a, a, b]`. */
export const spelledOut = (quotas: Readonly<Record<string, number>>): string[] =>
  Object.entries(quotas).flatMap(([name, count]) => Array.from({ length: count }, () => name));
