/** The heavy part of an import, for a worker to run: reading, finding the table, planning. Holds the table between. */
import { recogniseColumns } from '$lib/domain/import/columns.ts';
import type { ColumnFields, ColumnGuess, Grid } from '$lib/domain/import/fields.ts';
import { planImport, type Plan, type PlanInput } from '$lib/domain/import/plan.ts';
import { readRow, rowContext } from '$lib/domain/import/rows.ts';
import type { Table } from '$lib/domain/import/tables.ts';
import { openTable, readSource, type OpenedTable, type ReadSource, type Source } from './source.ts';

/** Cells mended by hand: by row and column, what stands there now. */
export type CellEdits = Readonly<Record<number, Readonly<Record<number, string>>>>;

export type Opened =
  | {
      readonly ok: true;
      readonly table: Table;
      readonly guesses: readonly (ColumnGuess | undefined)[];
      /** SHA-256 of the table, hexadecimal: the same people in another file are the same. */
      readonly contentHash: string;
    }
  | Extract<OpenedTable, { ok: false }>;

/** What a plan is made against: sent once, and again when it changed. */
export interface PlanContext extends Pick<PlanInput, 'people' | 'referrers' | 'term'> {
  readonly table: Table;
}

export interface PlanRequest extends Omit<PlanInput, 'rows' | keyof PlanContext> {
  /** None: as last time. */
  readonly context?: PlanContext | undefined;
  readonly fields: ColumnFields;
  readonly edits: CellEdits;
}

/** Told now and then: how many rows are done, of how many. */
export type OnProgress = (done: number, total: number) => void;

export const read = (source: Source): Promise<ReadSource> => readSource(source);

export async function open({ grid, today }: { grid: Grid; today: string }): Promise<Opened> {
  const opened = openTable(grid);
  if (!opened.ok) return opened;
  const { table } = opened;
  const people = table.rows.filter(({ aside }) => aside === undefined).map(({ cells }) => cells);
  const bytes = new TextEncoder().encode(
    JSON.stringify([table.headers, table.rows.map(({ cells }) => cells)]),
  );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    ok: true,
    table,
    guesses: recogniseColumns(table.headers, people, today),
    contentHash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

let held: PlanContext | undefined;

export function plan({ context: sent, edits, ...asked }: PlanRequest, onProgress?: OnProgress): Plan {
  held = sent ?? held;
  if (!held) throw new Error('no table to plan with');
  const { table, ...known } = held;
  const input = { ...known, ...asked };
  const context = rowContext(table, input.fields, input.today);
  const total = table.rows.length;
  const rows = table.rows.map((row, index) => {
    const mended = edits[index];
    return readRow(
      mended ? { ...row, cells: row.cells.map((cell, at) => mended[at] ?? cell) } : row,
      index,
      context,
    );
  });
  return planImport({ ...input, rows }, (done) => onProgress?.(done, total));
}
