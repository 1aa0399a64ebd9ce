/** The annual report on A4: a title, sections with real headings, charts beside their tables, definitions at the end. */
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { m } from '../../i18n/paraglide/messages.js';
import { getLocale } from '../../i18n/paraglide/runtime.js';
import { flowing, inLatinLetters } from '../flowing.ts';
import { ink } from '../pages.ts';
import { typeset } from '../typeset.ts';
import { barChart } from './bar-chart.ts';
import type { DefinitionNote, Headline, ReportBlock } from './content.ts';
import { pdfDrawing, unitsIn } from './pdf-drawing.ts';
import { anchorOf, foot, side, soft, star, top, width } from './pdf-style.ts';
import { pdfTable } from './pdf-table.ts';
import { heightOf, paragraph } from './pdf-text.ts';
import type { PrintedReport, PrintedSection } from './printed.ts';

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

const blockTitle = (title: string): Content => ({
  ...{ text: typeset(title), bold: true, fontSize: 11, color: ink.night },
  margin: [0, 6, 0, 4],
});

/** What stands above the table with the table and what follows, and how high each is, roughly, in points. */
interface Parts {
  readonly head: Content[];
  readonly tail: Content[];
  readonly above: number;
  readonly below: number;
}

function block(
  { title, headlines: figures, chart, table: rows, notes, definitions }: ReportBlock,
  numbers: ReadonlyMap<string, DefinitionNote>,
  section: string,
): Parts {
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
        {
          stack: [
            ...(chart.what ? [{ text: typeset(chart.what), ...soft, margin: [0, 0, 0, 6] } as Content] : []),
            pdfDrawing(drawing),
          ],
          unbreakable: true,
          margin: [0, 0, 0, 10],
        },
      ]
    : [];
  const titled = figures ? [headlines(figures)] : title === section ? [] : [blockTitle(title)];
  const above = (figures ? 110 : 30) + (drawing ? 30 + 0.76 * drawing.height : 0);
  const below = 40 + 12 * notes.length + (rows ? 18.5 * (rows.rows.length + (rows.groups ? 2 : 1)) : 0);
  return { head: [...titled, ...drawn], tail: [...(rows ? [pdfTable(rows)] : []), last], above, below };
}

/** What a page has room for, in points, roughly: what is less stays whole. */
const pageRoom = 690;

/**
 * Sections in groups that are not parted between pages where a page has room for them: a heading goes with its text and
 * the first figures, one that stands above another with the next.
 */
function groupsOf(
  sections: readonly PrintedSection[],
  numbers: ReadonlyMap<string, DefinitionNote>,
): Content[] {
  const groups: Content[] = [];
  let waiting: Content[] = [];
  let taken = 0;
  let parent = '';
  const add = ({ head, tail, above, below }: Parts) => {
    const all = [...waiting, ...head];
    if (taken + above + below < pageRoom) groups.push({ stack: [...all, ...tail], unbreakable: true });
    // The table goes on over pages, with its head; a chart and its title never do.
    else groups.push({ stack: all, unbreakable: taken + above < pageRoom }, ...tail);
    [waiting, taken] = [[], 0];
  };
  for (const section of sections) {
    if (section.level === 1) parent = section.key;
    waiting.push(heading(section, parent), ...section.text.map(paragraph));
    taken += 45 + heightOf(section.text);
    for (const one of section.blocks) add(block(one, numbers, section.title));
    if (section.text.length > 0 && section.blocks.length === 0)
      add({ head: [], tail: [], above: 0, below: 0 });
  }
  return [...groups, ...waiting];
}

const heading = (section: PrintedSection, parent: string): Content => ({
  id: `section-${section.key}`,
  outline: true,
  ...(section.level === 2 ? { outlineParentId: `section-${parent}` } : { outlineExpanded: true }),
  text: typeset(section.title),
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
      { text: '', pageBreak: 'after' },
      ...groupsOf(sections, numbers),
      {
        ...{
          text: typeset(m.report_definitions()),
          tocItem: true,
          outline: true,

          pageBreak: 'before',
        },
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
