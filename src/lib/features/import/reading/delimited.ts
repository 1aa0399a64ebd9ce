/** A text as a table: the separator by what it makes of the text, quotes as spreadsheets write them. */
import Papa from 'papaparse';
import { fieldOfHeader } from '$lib/domain/import/columns.ts';
import type { Grid } from '$lib/domain/import/fields.ts';

const separators = [';', ',', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

const parse = (text: string, delimiter: string, preview = 0) =>
  Papa.parse<string[]>(text, { delimiter, preview, skipEmptyLines: false });

/** How much of a table a separator makes: headers that are known, then rows of one width. */
function merit(grid: Grid): number {
  const widths = new Map<number, number>();
  for (const row of grid) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [width = 1, rows = 0] = [...widths].sort(([, a], [, b]) => b - a)[0] ?? [];
  const known = grid.map((row) => new Set(row.map((cell) => fieldOfHeader(cell)?.field)).size - 1);
  const even = grid.length ? rows / grid.length : 0;
  return Math.max(0, ...known) * 2 + even * Math.min(width, 6);
}

function separatorOf(text: string): Separator {
  const beginning = text.slice(0, 50_000);
  const merits = separators.map((separator) => merit(parse(beginning, separator, 60).data));
  const best = Math.max(...merits);
  return separators[merits.indexOf(best)] ?? ';';
}

export interface DelimitedTable {
  readonly grid: Grid;
  readonly separator: Separator;
}

/** Never throws. A quote that is never closed is a letter like another. */
export function readDelimited(whole: string): DelimitedTable {
  // Excel's own line about the separator.
  const told = /^\ufeff?sep=(.)\r?\n/i.exec(whole);
  const text = told ? whole.slice(told[0].length) : whole.replace(/^\ufeff/, '');
  const separator = separators.find((one) => one === told?.[1]) ?? separatorOf(text);
  const parsed = parse(text, separator);
  const isBroken = parsed.errors.some(({ code }) => code === 'MissingQuotes');
  const grid = isBroken
    ? text.split(/\r\n|\n|\r/).map((line) => line.split(separator).map((cell) => cell.replace(/^"|"$/g, '')))
    : parsed.data;
  return { grid, separator };
}
