/** Tables for spreadsheets and other programs: columns that say what stands in them, and how it is written as text. */
import { semicolonTable } from '../semicolon-table.ts';

/**
 * - `text`: somebody's own words, names and numbers to call among them
 * - `code`: a word of a closed list, or a term's code; `few`: one that few people may share (country, status)
 * - `id`: says nothing, and is the same thing wherever it stands
 * - `birthYear`: of a person
 * - `date`, `time`: local; `instant`: ISO UTC
 */
export type ColumnType =
  'text' | 'code' | 'few' | 'id' | 'birthYear' | 'number' | 'yesNo' | 'date' | 'time' | 'instant';

export interface Column {
  /** The documents' own word; whoever shows it to people translates. */
  readonly name: string;
  readonly type: ColumnType;
  /** The team's own business: it goes wherever names go, and nowhere else. */
  readonly isOwn?: true;
}

/** Nothing where it is not known. */
export type Cell = string | number | boolean | undefined;

export interface ExportTable {
  /** Of the file or sheet, without an ending. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column as a table is described: its type, and what it says of a row. */
export type Described<Row> = readonly [type: ColumnType, said: (row: Row) => Cell | null, own?: 'own'];

/** Of one kind of row, its columns and what stands in them. */
export function tableOf<Row>(
  name: string,
  columns: Readonly<Record<string, Described<Row>>>,
  rows: readonly Row[],
): ExportTable {
  const cells = Object.values(columns);
  return {
    name,
    columns: Object.entries(columns).map(([column, [type, , own]]) => ({
      ...{ name: column, type },
      ...(own ? { isOwn: true } : {}),
    })),
    rows: rows.map((row) => cells.map(([, cell]) => cell(row) ?? undefined)),
  };
}

/** Empty for what is not known; 1 and 0 for yes and no. */
const textOf = (cell: Cell): string =>
  cell === undefined ? '' : typeof cell === 'boolean' ? String(Number(cell)) : String(cell);

export const textRows = ({ rows }: Pick<ExportTable, 'rows'>): string[][] =>
  rows.map((row) => row.map(textOf));

/** The table as a file that French spreadsheets open: UTF-8 with its mark, semicolons, no cell that is a formula. */
export const csvOf = (table: ExportTable): string =>
  semicolonTable([table.columns.map(({ name }) => name), ...textRows(table)]);
