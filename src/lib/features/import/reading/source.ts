/** What people bring, a file or a pasted table, as sheets of texts; what cannot be read says why. */
import type { Grid } from '$lib/domain/import/fields.ts';
import { findTable, type Table } from '$lib/domain/import/tables.ts';
import { decodeText, type Encoding } from './encoding.ts';
import { readDelimited, type Separator } from './delimited.ts';
import { largestFile, mostRows } from './limits.ts';
import { readWorkbook, type NamedSheet } from './workbook.ts';

const mostColumns = 200;
/** So many cells of blank paper are looked through for a table. */
const mostLines = 20_000;

export type Source =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'grid'; readonly grid: Grid };

export type SourceFailure = 'tooBig' | 'oldExcel' | 'notReadable' | 'empty' | 'tooManyRows';

export type ReadSource =
  | {
      readonly ok: true;
      readonly sheets: readonly NamedSheet[];
      readonly encoding?: Encoding;
      readonly separator?: Separator;
    }
  | { readonly ok: false; readonly why: SourceFailure };

const hasMark = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);

/** Sheets with something in them. Never throws. */
export async function readSource(source: Source): Promise<ReadSource> {
  if (source.kind === 'grid') return filled([{ name: '', grid: source.grid }]);
  if (source.kind === 'text') return filledText(source.text);
  const { bytes } = source;
  if (bytes.length > largestFile) return { ok: false, why: 'tooBig' };
  // An old Excel file, or a new one with a password.
  if (hasMark(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { ok: false, why: 'oldExcel' };
  if (hasMark(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const opened = await readWorkbook(bytes);
    return opened.ok ? filled(opened.sheets) : opened;
  }
  if (hasMark(bytes, 0x25, 0x50, 0x44, 0x46)) return { ok: false, why: 'notReadable' };
  const { text, encoding } = decodeText(bytes);
  const read = filledText(text);
  return read.ok ? { ...read, encoding } : read;
}

function filledText(text: string): ReadSource {
  const { grid, separator } = readDelimited(text);
  const read = filled([{ name: '', grid }]);
  return read.ok ? { ...read, separator } : read;
}

function filled(sheets: readonly NamedSheet[]): ReadSource {
  const kept = sheets
    .map(({ name, grid }) => ({
      name,
      grid: grid.slice(0, mostLines).map((row) => row.slice(0, mostColumns)),
    }))
    .filter(({ grid }) => grid.some((row) => row.some((cell) => cell.trim() !== '')));
  return kept.length ? { ok: true, sheets: kept } : { ok: false, why: 'empty' };
}

export type OpenedTable =
  { readonly ok: true; readonly table: Table } | { readonly ok: false; why: SourceFailure };

/** The table of a sheet, within what one import takes. */
export function openTable(grid: Grid): OpenedTable {
  const table = findTable(grid);
  if (table.rows.length === 0) return { ok: false, why: 'empty' };
  if (table.rows.length > mostRows || grid.length >= mostLines) return { ok: false, why: 'tooManyRows' };
  return { ok: true, table };
}
