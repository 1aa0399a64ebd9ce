/** What a definition of a figure is made of: whom it counts, out of whom, who is left out, and how it is split. */
import type { RowOf, TableName } from './rows.ts';

/** What a figure can be split by. A row in which it is not known is in the total and out of the split. */
export const dimensions = [
  'site',
  'term',
  'kind',
  'gender',
  'language',
  'departement',
  'country',
  'speech',
  'combination',
  'exitReason',
  'week',
  'theme',
  'band',
  'hours',
  'facilitatorKind',
  'venue',
] as const;
export type Dimension = (typeof dimensions)[number];

/** How a figure is read: a number; n of N in per cent; parts of a whole; n ÷ N, to one decimal. */
export type Reading = 'count' | 'share' | 'parts' | 'average';
/** What is counted. Minutes are told in hours. */
export type Unit =
  'inscriptions' | 'people' | 'slots' | 'minutes' | 'meetings' | 'groups' | 'rooms' | 'points';

export interface Definition<Name extends TableName = TableName> {
  readonly key: string;
  /** Raised when what is counted changes: a closed year keeps the version it was counted by. */
  readonly version: number;
  /** Local date of that version. */
  readonly date: string;
  readonly table: Name;
  readonly unit: Unit;
  readonly reading: Reading;
  /** Rows it is about; those left out are counted. */
  includes?(row: RowOf<Name>): boolean;
  n(row: RowOf<Name>): number;
  /** None of a mere number, and of parts: their whole is what all of them add up to. */
  of?(row: RowOf<Name>): number;
  /** Whom or what counts once, however many rows there are of it. */
  once?(row: RowOf<Name>): string;
  /** Each a table of its own; the empty one is the total. */
  readonly by: readonly (readonly Dimension[])[];
}

/** Keeps the types of the rows while the definition is written, and forgets them where all are listed. */
export const define = <Name extends TableName>(definition: Definition<Name>): Definition =>
  definition as unknown as Definition;

/** Where a row stands in one dimension. */
export const valueIn = (row: object, dimension: Dimension): string | undefined =>
  (row as Partial<Record<Dimension, string>>)[dimension];
