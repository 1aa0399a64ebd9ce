import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { expect, it } from 'vitest';
import type { Cell, ExportTable } from '$lib/domain/exports/table.ts';
import { hostileTexts } from '$lib/domain/hostile-texts.ts';
import { workbookOf } from './workbook.ts';

const tableWith = (rows: Cell[][], type: 'text' | 'code' = 'text'): ExportTable => ({
  name: 'Personnes',
  columns: [
    { name: 'Nom', type },
    { name: 'Prénom', type: 'text' },
  ],
  rows,
});
const sheetXml = (bytes: Uint8Array, sheet = 1) =>
  strFromU8(unzipSync(bytes)[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array());

/** What XML can hold of a text, with one kind of line break. */
const readable = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- what XML holds none of
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
/** The reader leaves what the standard writes for « _ ». */
const asRead = (cell: unknown) => String(cell ?? '').replaceAll('_x005F_', '_');

async function reopened(texts: readonly string[]): Promise<string[]> {
  const bytes = workbookOf([tableWith(texts.map((text) => [text, 'fin']))], 'Europe/Paris');
  const xml = sheetXml(bytes);
  expect(xml).not.toMatch(/<f[\s>/]/);
  for (const [, kind] of xml.matchAll(/<c r="[A-Z]+\d+"([^>]*)>/g)) expect(kind).toContain('t="inlineStr"');
  const [sheet] = await readWorkbook(Buffer.from(bytes), { trim: false });
  return (sheet?.data ?? []).slice(1).map(([cell]) => asRead(cell));
}

it('makes no cell of words a formula, and loses nothing of them', async () => {
  const cells = await reopened(hostileTexts);
  expect(cells).toHaveLength(hostileTexts.length);
  for (const [place, text] of hostileTexts.entries())
    expect(cells[place]?.trim(), JSON.stringify(text)).toBe(readable(text).trim());
});

it('property: any words come back as they were, row by row', async () => {
  const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), {
    minLength: 1,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (all) => {
      const cells = await reopened(all);
      expect(cells.map((cell) => cell.trim())).toEqual(all.map((text) => asRead(readable(text)).trim()));
    }),
    process.env.LONG_SEARCH === '1' ? { numRuns: 500 } : { numRuns: 40, seed: 20231002 },
  );
});

it('says of each cell what it is: days, moments of the place, hours, numbers, yes and no', async () => {
  const table: ExportTable = {
    name: 'Types',
    columns: [
      { name: 'date', type: 'date' },
      { name: 'instant', type: 'instant' },
      { name: 'time', type: 'time' },
      { name: 'number', type: 'number' },
      { name: 'yesNo', type: 'yesNo' },
      { name: 'late', type: 'date' },
    ],
    rows: [['2023-03-26', '2023-07-01T08:30:00.000Z', '18:00', 1.5, true, 'à compléter']],
  };
  const bytes = workbookOf([table], 'Europe/Paris');
  const row = /<row r="2">.*<\/row>/.exec(sheetXml(bytes))?.[0] ?? '';
  expect([...row.matchAll(/<c r="(\w+)"([^>]*)>(?:<v>([^<]*)<\/v>)?/g)].map(([, ...said]) => said)).toEqual([
    ['A2', ' s="2"', '45011'],
    ['B2', ' s="3"', String(45108 + 10.5 / 24)],
    ['C2', ' s="4"', '0.75'],
    ['D2', '', '1.5'],
    ['E2', ' t="b"', '1'],
    ['F2', ' t="inlineStr"', undefined],
  ]);
  const [sheet] = await readWorkbook(Buffer.from(bytes));
  expect(sheet?.data[1]?.slice(0, 2)).toEqual([
    new Date('2023-03-26T00:00:00.000Z'),
    new Date('2023-07-01T10:30:00.000Z'),
  ]);
});

it('gives sheets names that a spreadsheet takes, each its own', async () => {
  const hostile = ['[a]:*?/\\', '', 'x'.repeat(60), 'x'.repeat(60), "'='", 'Sheet', 'SHEET'];
  const bytes = workbookOf(
    hostile.map((name) => ({ ...tableWith([['a', 'b']]), name })),
    'Europe/Paris',
  );
  const names = (await readWorkbook(Buffer.from(bytes))).map(({ sheet }) => sheet);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(hostile.length);
  for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
});

it('cuts what no cell can hold', async () => {
  const [cell = ''] = await reopened(['a'.repeat(40_000)]);
  expect(cell).toHaveLength(32_767);
});
