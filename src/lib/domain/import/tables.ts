/**
 * Finds the table in a sheet: the row of headers (under titles, in one row or two, merged or not), the rows of people
 * below it, and what stands between them without being anybody: totals, headers printed again, remarks.
 */
import { cleanText } from './cell-text.ts';
import { fieldOfHeader } from './columns.ts';
import type { Grid } from './fields.ts';
import { headerKey } from './header-key.ts';

/** Why a row is no person. */
export type Aside = 'total' | 'header' | 'remark';

export interface TableRow {
  /** As the sheet numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly aside?: Aside;
}

export interface Table {
  readonly headers: readonly string[];
  /** Whether the headers stand in the file; else they are empty. */
  readonly hasHeader: boolean;
  readonly rows: readonly TableRow[];
}

/** So far down a header is looked for. */
const headerWithin = 30;

const isBlank = (row: readonly string[] | undefined) => !row?.some((cell) => cell.trim() !== '');
const textOf = (cell: string | undefined) => cleanText(cell ?? '').text;

/** How many different things the headers of a row name. A row with a long sentence in it is no header. */
function score(headers: readonly string[]): number {
  const fields = headers.map((header) => (header.length > 60 ? undefined : fieldOfHeader(header)));
  const known = new Set(fields.filter((guess) => guess !== undefined).map(({ field }) => field));
  const sure = fields.filter((guess) => guess?.confidence === 'sure').length;
  return known.size + sure / 100;
}

/** The upper row of two: merged cells hold their text in the first only. */
function filledRight(row: readonly string[], width: number): string[] {
  let last = '';
  return Array.from({ length: width }, (_, column) => {
    const text = textOf(row[column]);
    if (text !== '') last = text;
    return last;
  });
}

/** Two rows of headers as one: what stands below, with what stands above it where that is needed to tell. */
function combined(upper: readonly string[], lower: readonly string[], width: number): string[] {
  const above = filledRight(upper, width);
  return Array.from({ length: width }, (_, column) => {
    const [own, below] = [textOf(upper[column]), textOf(lower[column])];
    if (below === '') return own;
    if (own === '' && above[column] === '') return below;
    const both = `${above[column]} ${below}`;
    if (fieldOfHeader(below)?.confidence === 'sure') return below;
    return fieldOfHeader(both) ? both : below;
  });
}

interface Header {
  /** Index of its last row; -1 when there is none. */
  readonly last: number;
  readonly texts: readonly string[];
}

function findHeader(grid: Grid, width: number): Header {
  let best: Header & { score: number } = { last: -1, texts: [], score: 0 };
  const consider = (last: number, texts: readonly string[], bonus: number) => {
    const found = score(texts) - bonus;
    if (found > best.score) best = { last, texts, score: found };
  };
  const rows = grid.slice(0, headerWithin);
  rows.forEach((row, index) => {
    const texts = Array.from({ length: width }, (_, column) => textOf(row[column]));
    if (score(texts) >= 1) consider(index, texts, 0);
    const next = rows[index + 1];
    if (!next || score(next.map(textOf)) < 1) return;
    // Two rows only where both are needed, and the upper one is not people already.
    const pair = combined(row, next, width);
    if (score(texts) >= 1 && !isBlank(next)) consider(index + 1, pair, 0.5);
  });
  // One word that is a header among many that are not: a person called « Nom » is less likely than a table of one column.
  const filled = best.texts.filter((text) => text !== '').length;
  const isEnough = best.score >= 2 || (best.score >= 1 && filled === 1 && width <= 2);
  return isEnough ? best : { last: -1, texts: [] };
}

const totalWords =
  /^(?:sous[- ]?total|total|totaux|nombre|nb|effectifs?|moyenne|somme|count|sum|grand total|average)\b/i;

/** What a row is if it is nobody: a total, the headers again, a title between two blocks, a remark below. */
function asideOf(cells: readonly string[], headers: readonly string[]): Aside | undefined {
  const texts = cells.map(textOf);
  const filled = texts.filter((text) => text !== '');
  const [first = ''] = filled;
  if (
    totalWords.test(first) &&
    filled.slice(1).every((text) => /^[\d.,\s%/]+$|^$/.test(text) || text === first)
  )
    return 'total';
  // A row of numbers under everything: how many there are.
  if (
    headers.length >= 3 &&
    filled.length > 0 &&
    filled.every((text) => /^\d{1,4}$/.test(text)) &&
    filled.length < 3
  )
    return 'total';
  const repeated = texts.filter(
    (text, column) => text !== '' && headerKey(text) === headerKey(headers[column] ?? ''),
  );
  if (repeated.length >= 2 && repeated.length >= filled.length / 2) return 'header';
  const named = headers.filter((header) => header !== '').length;
  if (filled.length === 1 && named >= 3) return 'remark';
  return undefined;
}

/**
 * The table of a sheet. Blank lines and blank columns are dropped; a sheet without headers is all rows. Never throws.
 * @param grid rows of cells as they stand, ragged or not
 */
export function findTable(grid: Grid): Table {
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const header = findHeader(grid, width);
  const body = grid
    .map((cells, index) => ({ line: index + 1, cells }))
    .slice(header.last + 1)
    .filter(({ cells }) => !isBlank(cells));
  const used = Array.from({ length: width }, (_, column) => column).filter(
    (column) => (header.texts[column] ?? '') !== '' || body.some(({ cells }) => textOf(cells[column]) !== ''),
  );
  const headers = used.map((column) => header.texts[column] ?? '');
  const hasHeader = header.last >= 0;
  const rows = body.map(({ line, cells }): TableRow => {
    const kept = used.map((column) => cells[column] ?? '');
    const aside = hasHeader ? asideOf(kept, headers) : undefined;
    return aside ? { line, cells: kept, aside } : { line, cells: kept };
  });
  return { headers, hasHeader, rows };
}
