/** An Excel workbook as tables of texts, one a sheet. */
import { unzipSync, zipSync } from 'fflate';
import readWorkbookFile from 'read-excel-file/universal';
import type { Grid } from '$lib/domain/import/fields.ts';

export interface NamedSheet {
  readonly name: string;
  readonly grid: Grid;
}

/** How large a workbook may be once unpacked: a small file may claim to be a very large one. */
const largestUnpacked = 60_000_000;

export type OpenedWorkbook =
  { ok: true; sheets: NamedSheet[] } | { ok: false; why: 'tooBig' | 'notReadable' };

/**
 * The parts that hold tables, unpacked within bounds and packed again without compression: what is stored plainly the
 * reader takes as it is, where it would start a worker from a text to unpack it, which our content-security-policy
 * rightly forbids.
 */
function plainly(bytes: Uint8Array): ArrayBuffer | undefined {
  let size = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/.test(name)) return false;
      size += originalSize;
      return size <= largestUnpacked;
    },
  });
  if (size > largestUnpacked) return undefined;
  return zipSync(files, { level: 0 }).buffer as ArrayBuffer;
}

/** A date without its hour, a number as it is typed, a tick as « oui ». */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  return String(value);
}

/** Never throws: what is no workbook is a value. */
export async function readWorkbook(bytes: Uint8Array): Promise<OpenedWorkbook> {
  try {
    const plain = plainly(bytes);
    if (!plain) return { ok: false, why: 'tooBig' };
    const sheets = await readWorkbookFile(plain, { trim: false });
    return {
      ok: true,
      sheets: sheets.map(({ sheet, data }) => ({ name: sheet, grid: data.map((row) => row.map(textOf)) })),
    };
  } catch {
    return { ok: false, why: 'notReadable' };
  }
}
