/** Drilling into a figure: the rows that count in a cell, or that it is out of, in an order of their own. */
import { valueIn, type Definition, type Dimension } from './definition.ts';
import type { Place } from './evaluate.ts';
import type { TableName, Tables } from './rows.ts';

/**
 * Opaque ids and no names: whoever may see names looks them up.
 * @param side `n`: counted; `of`: all that they are out of
 */
export function rowsBehind(
  definition: Definition,
  tables: Tables,
  at: Place,
  side: 'n' | 'of' = 'n',
): object[] {
  const count = (side === 'n' ? definition.n : definition.of) ?? definition.n;
  const places = Object.entries(at) as [Dimension, string][];
  const rows = (tables[definition.table as TableName] as readonly object[]).filter(
    (row) =>
      places.every(([dimension, value]) => valueIn(row, dimension) === value) &&
      (definition.includes?.(row as never) ?? true) &&
      count(row as never) > 0,
  );
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

const keyNames = [
  ...['site', 'term', 'date', 'kind', 'group', 'occurrence'],
  ...['participant', 'facilitatorKind', 'facilitator', 'venue'],
];

const keyOf = (row: object) => keyNames.map((name) => (row as Record<string, unknown>)[name]).join(' ');
