/** The annual report on A4: a title, sections with real headings, charts beside their tables, definitions at the end. */
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { TextBlock, TextPiece } from '../../domain/annual-report/figures-in-text.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { getLocale } from '../../i18n/paraglide/runtime.js';
import { flowing, inLatinLetters } from '../flowing.ts';
import { ink } from '../pages.ts';
import { typeset } from '../typeset.ts';
import { barChart } from './bar-chart.ts';
import type { DefinitionNote, Headline, ReportBlock, ReportTable } from './content.ts';
import { pdfDrawing, unitsIn } from './pdf-drawing.ts';
import type { PrintedReport, PrintedSection } from './printed.ts';

/** Points. */
const [side, top, foot] = [56, 56, 60];
const width = 595.28 - 2 * side;
const soft = { color: ink.soft, fontSize: 9 };
const star = '#f5c143';
const anchorOf = (definition: string) => `definition-${definition}`;

const plain = (text: string, size = 10.5) => flowing(text, width, { size, color: ink.text });

/** A line of a text; each figure leads to its definition. */
function line(pieces: readonly TextPiece[]): Content {
  const whole = pieces.map(({ text }) => text).join('');
  if (inLatinLetters(whole) === undefined) return plain(whole);
  // What surrounds a figure keeps its space: letters are put in order piece by piece.
  const spaced = ({ text }: TextPiece) => {
    const clean = inLatinLetters(text) ?? '';
    return typeset(`${/^\s/.test(text) ? ' ' : ''}${clean}${/\s$/.test(text) && clean ? ' ' : ''}`);
  };
  return {
    text: pieces.map((piece) =>
      piece.kind === 'figure'
        ? { text: spaced(piece), bold: true, linkToDestination: anchorOf(piece.definition) }
        : { text: spaced(piece) },
    ),
  };
}

const paragraph = ({ kind, lines }: TextBlock): Content =>
  kind === 'list'
    ? { ul: lines.map(line), margin: [0, 0, 0, 7] }
    : { stack: lines.map(line), margin: [0, 0, 0, 7] };

const headline = ({ value, label, detail, definition }: Headline): TableCell => ({
  stack: [
    {
      text: typeset(value),
      fontSize: 26,
      bold: true,
      color: '#ffffff',
      linkToDestination: anchorOf(definition),
    },
    { text: typeset(label), bold: true, fontSize: 10, color: '#ffffff' },
    { text: typeset(detail), fontSize: 8.5, color: '#c6d0e8' },
  ],
  margin: [12, 12, 10, 12],
});

const headlines = (all: readonly Headline[]): Content => ({
  table: { widths: all.map((_, at) => (at === all.length - 1 ? '*' : 'auto')), body: [all.map(headline)] },
  layout: { ...noLines, fillColor: () => ink.night },
  margin: [0, 4, 0, 12],
});

const noLines = { hLineWidth: () => 0, vLineWidth: () => 0 };

function table({ groups, heads, rows }: ReportTable): ContentTable {
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
      paddingTop: () => 3.5,
      paddingBottom: () => 3.5,
    },
    margin: [0, 4, 0, 4],
  };
}

const blockTitle = (title: string): Content => ({
  ...{ text: typeset(title), bold: true, fontSize: 11, color: ink.night },
  margin: [0, 6, 0, 4],
});

function block(
  { title, headlines: figures, chart, table: rows, notes, definitions }: ReportBlock,
  numbers: ReadonlyMap<string, DefinitionNote>,
  section: string,
): Content {
  const refs = definitions.flatMap((key) => numbers.get(key) ?? []);
  const drawing = chart && barChart(chart.bars, unitsIn(width));
  const last: Content = {
    text: [
      ...notes.map((note) => typeset(`${inLatinLetters(note) ?? note} `)),
      ...(refs.length ? [typeset(`${m.report_definition_refs({ list: '' })}`)] : []),
      ...refs.flatMap(({ key, number, label }, at) => [
        at > 0 ? ', ' : '',
        { text: typeset(m.report_definition_ref({ number, label })), linkToDestination: anchorOf(key) },
      ]),
      ...(refs.length ? ['.'] : []),
    ],
    ...soft,
    margin: [0, 2, 0, 14],
  };
  const drawn: Content[] = drawing
    ? [
        { text: typeset(chart.what), ...soft, margin: [0, 0, 0, 6] },
        { stack: [pdfDrawing(drawing)], margin: [0, 0, 0, 10] },
      ]
    : [];
  const height = 110 + (drawing?.height ?? 0) * 0.76 + (rows?.rows.length ?? 0) * 20;
  return {
    // A block that a page has room for stays whole.
    unbreakable: height < 560,
    stack: [
      // A title never stands alone at the foot of a page, nor is a chart cut from it.
      {
        stack: [...(figures ? [headlines(figures)] : title === section ? [] : [blockTitle(title)]), ...drawn],
        unbreakable: true,
      },
      ...(rows ? [table(rows)] : []),
      last,
    ],
  };
}

const heading = (section: PrintedSection): Content => ({
  text: typeset(section.title),
  headlineLevel: section.level,
  tocItem: true,
  tocMargin: [section.level === 1 ? 0 : 14, section.level === 1 ? 3 : 0, 0, 0],
  ...(section.level === 1
    ? { fontSize: 17, bold: true, color: ink.night, margin: [0, 16, 0, 7] }
    : { fontSize: 13, bold: true, color: ink.night, margin: [0, 10, 0, 5] }),
  lineHeight: 1.05,
});

const definition = (note: DefinitionNote): Content => ({
  stack: [
    {
      text: typeset(m.report_definition_ref({ number: note.number, label: note.label })),
      bold: true,
      id: anchorOf(note.key),
    },
    { text: typeset(`${m.indicators_formula({ formula: note.formula })}`), fontSize: 9.5 },
    {
      text: typeset(`${m.indicators_left({ left: note.leftOut })} ${note.version}.`),
      ...soft,
    },
  ],
  unbreakable: true,
  margin: [0, 0, 0, 8],
});

/** @param report as it is to be printed, with its texts */
export function reportPdf(report: PrintedReport): TDocumentDefinitions {
  const { title, organisation, state, made, sections, definitions } = report;
  const numbers = new Map(definitions.map((note) => [note.key, note]));
  const name = inLatinLetters(organisation) ?? '';
  return {
    pageSize: 'A4',
    pageMargins: [side, top, side, foot],
    language: getLocale(),
    info: { title: title.toWellFormed(), creator: m.shell_app() },
    defaultStyle: { font: 'Paper', fontSize: 10.5, lineHeight: 1.22, color: ink.text },
    // A heading with nothing of its own after it goes to the next page.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && startPosition.top > 841.89 - foot - 120,
    content: [
      { canvas: [{ type: 'rect', x: 0, y: 0, w: 46, h: 4, color: star }], margin: [0, 120, 0, 14] },
      { text: typeset(title), fontSize: 34, bold: true, color: ink.night, lineHeight: 1.05 },
      { ...flowing(organisation, width, { size: 16, color: ink.soft }), margin: [0, 6, 0, 20] } as Content,
      { text: typeset(`${state}. ${made}.`), ...soft, margin: [0, 0, 0, 26] },
      {
        toc: {
          title: {
            text: m.report_contents(),
            bold: true,
            fontSize: 12,
            color: ink.night,
            margin: [0, 0, 0, 6],
          },
        },
      },
      ...sections.flatMap((section, at): Content[] => [
        { ...(heading(section) as object), ...(at === 0 ? { pageBreak: 'before' } : {}) } as Content,
        ...section.text.map(paragraph),
        ...section.blocks.map((one) => block(one, numbers, section.title)),
      ]),
      {
        ...{ text: typeset(m.report_definitions()), tocItem: true, headlineLevel: 1, pageBreak: 'before' },
        ...{ fontSize: 17, bold: true, color: ink.night, margin: [0, 0, 0, 7] },
      },
      { text: typeset(m.report_definitions_lead()), margin: [0, 0, 0, 10] },
      ...definitions.map(definition),
    ],
    footer: (page, pages) => ({
      columns: [
        { text: typeset(`${name} · ${title}`), width: '*' },
        { text: m.report_page({ page, pages }), width: 'auto' },
      ],
      columnGap: 12,
      ...soft,
      margin: [side, 18, side, 0],
    }),
  };
}
