import { parse } from 'papaparse';
import { expect, it } from 'vitest';
import { generateDemoYear } from '../demo-year/generate.ts';
import type { AnyDocument } from '../documents.ts';
import { attendanceTables } from './attendance-tables.ts';
import { csvOf, textRows } from './table.ts';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string): readonly AnyDocument[] => databases.get(`paris13-${name}`) ?? [];
const year = {
  commons: of('commons'),
  registry: of('registry'),
  terms: ['s1-2023', 's2-2023', 's3-2023'].map(of),
};
const read = (text: string) =>
  parse<string[]>(text.slice(1).replace(/\r\n$/, ''), { delimiter: ';', newline: '\r\n' }).data;

it('gives every document that figures rest on a row, and no name of anybody', () => {
  const tables = attendanceTables(year);
  const rows = new Map(tables.map((table) => [table.name, table.rows.length]));
  const count = (type: string) => year.terms.flat().filter((one) => one.type === type).length;
  expect(rows.get('marks')).toBe(count('mark'));
  expect(rows.get('occurrences')).toBe(count('occurrence'));
  expect(rows.get('participants')).toBe(186);
  const text = tables.map(csvOf).join('\n');
  const names = year.registry.flatMap((one) =>
    one.type === 'participant' ? [one.firstName, one.familyName] : [],
  );
  for (const cell of new Set(names)) expect(text.split(/[;\r\n"]/).includes(cell), cell).toBe(false);
});

it('is read back as it is, each table with a row of as many cells as it has columns', () => {
  for (const table of attendanceTables(year)) {
    const text = csvOf(table);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(read(text)).toEqual([table.columns.map(({ name }) => name), ...textRows(table)]);
    expect(new Set(table.rows.map((row) => row.length))).toEqual(new Set([table.columns.length]));
  }
});

it('makes no formula of hostile words', () => {
  const hostile = [
    '=cmd|"/c calc"!A1',
    '+1',
    '@SUM(A1)',
    '\u202E=1',
    '<script>',
    'a;b"c\r\nd',
    'x'.repeat(300),
  ];
  const terms = hostile.map((label, place) => [
    {
      ...(of('s1-2023').find((one) => one.type === 'term') as AnyDocument),
      term: `t${place}`,
      label,
    } as AnyDocument,
  ]);
  const [table] = attendanceTables({ ...year, terms });
  if (!table) throw new Error('no table of terms');
  const labels = read(csvOf(table))
    .slice(1)
    .map((row) => row[1]);
  expect(labels).toEqual(hostile.map((label) => (/^\u202E?[=+@]/.test(label) ? `'${label}` : label)));
});
