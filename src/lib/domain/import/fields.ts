/** What a column of a table of people can be. */
export const importFields = [
  'familyName',
  'firstName',
  'fullName',
  'gender',
  'birth',
  'age',
  'languages',
  'francophone',
  'departement',
  'country',
  'status',
  'statusFrom',
  'referrer',
  'phone',
  'consent',
  'lastContact',
  'group',
  'entry',
] as const;

export type ImportField = (typeof importFields)[number];

/** Fields that several columns may hold together. */
export const repeatable: ReadonlySet<ImportField> = new Set(['languages', 'group']);

/** What each column is, in their order; none: it is not read. */
export type ColumnFields = readonly (ImportField | undefined)[];

/** By the header, by a part of it, by what stands below it. */
export type Confidence = 'sure' | 'likely' | 'content';

export interface ColumnGuess {
  readonly field: ImportField;
  readonly confidence: Confidence;
}

/** A table as it was read: rows of cells, each a text. */
export type Grid = readonly (readonly string[])[];
