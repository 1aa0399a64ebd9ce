/**
 * Tables without anybody in them: ids become pseudonyms that hold within one export, words and numbers to call are left
 * out, years of birth become bands of age, and what few people share is told together.
 */
import { orderedAndKept } from '../indicators/small-cells.ts';
import type { Cell, Column, ExportTable } from './table.ts';

/** What stands for a value that too few share. */
export const sharedByFew = 'other';

const bands = [18, 26, 36, 46, 56] as const;

/** « 18-25 », by the years alone; the first and the last are open. */
function ageBand(birthYear: number, year: number): string {
  const age = year - birthYear;
  const next = bands.find((first) => age < first);
  const last = bands.findLast((first) => age >= first);
  if (last === undefined) return `0-${bands[0] - 1}`;
  return next === undefined ? `${last}+` : `${last}-${next - 1}`;
}

/** Every id that stands in the tables: what pseudonyms are asked for. */
export function idsIn(tables: readonly ExportTable[]): Set<string> {
  const ids = new Set<string>();
  for (const { columns, rows } of tables) {
    const places = columns.flatMap(({ type }, at) => (type === 'id' ? [at] : []));
    for (const row of rows)
      for (const at of places) {
        const id = row[at];
        if (typeof id === 'string') ids.add(id);
      }
  }
  return ids;
}

/** Values of a column that may stand as they are: five people share each, and so do those that may not. */
function sharedByEnough({ columns, rows }: ExportTable, at: number): ReadonlySet<Cell> {
  // A file that became part of another one is nobody more.
  const merged = columns.findIndex(({ name }) => name === 'merged_into');
  const counts = new Map<Cell, number>();
  for (const row of rows)
    if (row[at] !== undefined && row[merged] === undefined)
      counts.set(row[at], (counts.get(row[at]) ?? 0) + 1);
  const cells = [...counts].map(([value, n]) => ({ value, n }));
  return new Set(orderedAndKept(cells, ({ value }) => String(value)).kept.map(({ value }) => value));
}

interface Asked {
  /** A pseudonym says nothing, and is the same for the same id. */
  readonly pseudonymOf: (id: string) => string;
  /** Ages are told as of that year. */
  readonly year: number;
}

/** What becomes of the cells of a column; `undefined`: it is left out. */
function transformed(
  { type, isOwn }: Column,
  at: number,
  table: ExportTable,
  { pseudonymOf, year }: Asked,
): ((cell: Cell) => Cell) | undefined {
  if (isOwn) return undefined;
  switch (type) {
    case 'text':
      return undefined;
    case 'id':
      return (cell) => (typeof cell === 'string' ? pseudonymOf(cell) : undefined);
    case 'birthYear':
      return (cell) => (typeof cell === 'number' ? ageBand(cell, year) : cell);
    case 'few': {
      const known = sharedByEnough(table, at);
      return (cell) => (cell === undefined || known.has(cell) ? cell : sharedByFew);
    }
    case 'code':
    case 'number':
    case 'yesNo':
    case 'date':
    case 'time':
    case 'instant':
      return (cell) => cell;
    default:
      return type satisfies never;
  }
}

export function pseudonymisedTable(table: ExportTable, asked: Asked): ExportTable {
  const kept = table.columns.flatMap((column, at) => {
    const become = transformed(column, at, table, asked);
    if (!become) return [];
    const named: Column = column.type === 'birthYear' ? { name: 'age_band', type: 'code' } : column;
    return [{ column: named, at, become }];
  });
  return {
    name: table.name,
    columns: kept.map(({ column }) => column),
    // In the order of the pseudonyms: the order of ids, or of names, would tell.
    rows: table.rows
      .map((row) => kept.map(({ at, become }) => become(row[at])))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
}
