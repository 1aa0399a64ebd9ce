/** A table of the report on paper. */
import type { ContentTable, TableCell } from 'pdfmake/interfaces';
import { flowing } from '../flowing.ts';
import { ink } from '../pages.ts';
import { typeset } from '../typeset.ts';
import type { ReportTable } from './content.ts';
import { width } from './pdf-style.ts';

/** Its head comes again on every page that it goes on to. */
export function pdfTable({ groups, heads, rows }: ReportTable): ContentTable {
  const size = heads.length > 7 ? 8.5 : heads.length > 5 ? 9 : 9.5;
  const letters = Math.max(...rows.map(({ label }) => label.length), heads[0]?.length ?? 0);
  const first = Math.min(heads.length > 4 ? 118 : 190, Math.max(56, letters * size * 0.56));
  const each = (width - first) / Math.max(1, heads.length - 1) - 10;
  const head = (text: string, at: number): TableCell => ({
    ...flowing(text, at === 0 ? first : each, { size: size - 1, bold: true, color: ink.soft }),
    ...(at === 0 ? {} : { alignment: 'right' as const }),
  });
  const over: TableCell[][] = groups
    ? [
        [
          { text: '' },
          ...groups.flatMap(({ label, span }): TableCell[] => [
            {
              ...{ text: typeset(label), bold: true, fontSize: size, color: ink.night, colSpan: span },
              alignment: 'center',
            },
            ...Array.from({ length: Math.max(0, span - 1) }, (): TableCell => ({ text: '' })),
          ]),
        ],
      ]
    : [];
  const headRows = over.length + 1;
  return {
    table: {
      widths: heads.map((_, at) => (at === 0 ? first : '*')),
      headerRows: headRows,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      body: [
        ...over,
        heads.map(head),
        ...rows.map(({ label, cells, isTotal = false }) => [
          flowing(label, first - 6, { size, bold: isTotal, color: ink.text }) as TableCell,
          ...cells.map((text): TableCell => ({
            ...{ text: typeset(text), fontSize: size, bold: isTotal, alignment: 'right' },
            noWrap: cells.length < 6,
          })),
        ]),
      ],
    },
    layout: {
      hLineWidth: (row, { table: { body } }) =>
        row === headRows ? 1 : row === 0 || row === body.length ? 0.8 : row < headRows ? 0 : 0.4,
      hLineColor: (row) => (row === headRows ? ink.night : '#c9ccd6'),
      vLineWidth: () => 0,
      paddingLeft: (column) => (column === 0 ? 0 : 5),
      paddingRight: () => 5,
      paddingTop: () => 2.6,
      paddingBottom: () => 2.6,
    },
    margin: [0, 4, 0, 4],
  };
}
