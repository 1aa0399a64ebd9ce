/** One theme on A4, for whoever leads without a screen: questions, words, games, and a note for the host alone. */
import type { Column, Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { Theme } from '$lib/domain/documents.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { getLocale } from '$lib/i18n/paraglide/runtime.js';
import { setText } from './lines.ts';
import { words, type TextStyle } from './pages.ts';
import { typeset } from './typeset.ts';

/** Points. */
const margin = 48;
/** Of A4, between the margins. */
const width = 595.28 - 2 * margin;
const column = { number: 20, level: 26, word: 152, gap: 6 };
const footWidth = width - 90;
/** The screens' own, in their light dress. */
const colour = {
  night: '#16264b',
  ink: '#172037',
  soft: '#48516a',
  line: '#c9c4b6',
  star: '#f5c143',
  tint: '#fdf2d3',
};
const starPath = 'M12 0 14.4 9.6 24 12 14.4 14.4 12 24 9.6 14.4 0 12 9.6 9.6Z';

/** Somebody's words in lines that stay in their column, whatever their length and letters. */
const said = (text: string, room: number, style: TextStyle & { readonly lineHeight?: number }): Content =>
  ({
    ...(words(text, room, style).content as object),
    lineHeight: style.lineHeight ?? 1.2,
  }) as Content;

/** The first line of them, where there is room for one. */
function firstLine(text: string, room: number, size: number): Column {
  const { lines } = setText(typeset(text), room / size - 1);
  const [pieces = []] = lines;
  const all: Content[] = pieces.map(({ text: piece, font }) => ({ text: piece, font }));
  return { text: lines.length > 1 ? [...all, { text: '…' }] : all, noWrap: true, width: '*' };
}

/** A title with its rows; the title comes again where they go on to another page, and never stands alone at its foot. */
function section(title: string, columns: (string | number)[], rows: TableCell[][]): Content[] {
  if (rows.length === 0) return [];
  const [, ...others] = columns.map((): TableCell => ({ text: '' }));
  const head: TableCell = {
    text: title,
    style: 'section',
    colSpan: columns.length,
    border: [false, false, false, true],
  };
  const table: ContentTable = {
    table: {
      widths: columns,
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      body: [[head, ...others], ...rows],
    },
    layout: {
      hLineWidth: (row, { table: { body } }) =>
        row === 0 || row === body.length ? 0 : row === 1 ? 1.2 : 0.5,
      hLineColor: (row) => (row === 1 ? colour.night : colour.line),
      vLineWidth: () => 0,
      paddingLeft: (at) => (at === 0 ? 0 : column.gap),
      paddingRight: () => 0,
      paddingTop: () => 5,
      paddingBottom: () => 5,
    },
    margin: [0, 14, 0, 0],
  };
  return [table];
}

/** @param theme as it is printed: also one that waits to be approved */
export function themeSheet(theme: Theme): TDocumentDefinitions {
  const about = [
    m.themes_level_of({ level: theme.level }),
    theme.minutes && m.themes_minutes({ count: theme.minutes }),
  ];
  const care: Content[] = theme.care
    ? [
        {
          table: {
            widths: ['*'],
            dontBreakRows: true,
            body: [
              [
                {
                  stack: [
                    { text: typeset(m.themes_paper_care()), bold: true, margin: [0, 0, 0, 3] },
                    said(theme.care, width - 30, { size: 12 }),
                  ],
                  fillColor: colour.tint,
                  margin: [10, 8, 10, 8],
                },
              ],
            ],
          },
          layout: {
            hLineWidth: () => 0,
            vLineWidth: (at) => (at === 0 ? 4 : 0),
            vLineColor: () => colour.star,
            paddingLeft: () => 0,
            paddingRight: () => 0,
            paddingTop: () => 0,
            paddingBottom: () => 0,
          },
          margin: [0, 18, 0, 0],
        },
      ]
    : [];
  return {
    pageSize: 'A4',
    pageMargins: [margin, 44, margin, 54],
    language: getLocale(),
    info: { title: theme.title.toWellFormed(), subject: m.themes_paper_kind(), creator: m.shell_app() },
    defaultStyle: { font: 'Paper', fontSize: 12, lineHeight: 1.2, color: colour.ink },
    styles: { section: { bold: true, fontSize: 13, color: colour.night } },
    content: [
      {
        columns: [
          { svg: `<svg viewBox="0 0 24 24"><path fill="${colour.star}" d="${starPath}"/></svg>`, width: 14 },
          { text: `${m.shell_app()} · ${m.themes_paper_kind()}`, fontSize: 10, color: colour.soft },
        ],
        columnGap: 6,
      },
      {
        stack: [
          said(theme.title, width - 12, { size: 27, bold: true, color: colour.night, lineHeight: 1.05 }),
        ],
        margin: [0, 10, 0, 2],
      },
      { text: about.filter(Boolean).join(' · '), bold: true, color: colour.soft },
      ...(theme.aim
        ? [{ stack: [said(theme.aim, width, { size: 13 })], margin: [0, 6, 0, 0] } satisfies Content]
        : []),
      ...section(
        m.themes_prompts(),
        [column.number, '*', column.level],
        theme.prompts.map(({ text, level }, place) => [
          { text: String(place + 1), bold: true, color: colour.soft },
          said(text, width - column.number - column.level - 2 * column.gap, { size: 12 }),
          { text: level ?? '', color: colour.soft, alignment: 'right' },
        ]),
      ),
      ...section(
        m.themes_vocabulary(),
        [column.word, '*'],
        theme.vocabulary.map(({ word, meaning }) => [
          said(word, column.word, { size: 12, bold: true }),
          said(meaning, width - column.word - column.gap, { size: 12 }),
        ]),
      ),
      ...section(
        m.themes_games(),
        ['*'],
        (theme.games ?? []).map((game) => [said(game, width, { size: 12 })]),
      ),
      ...care,
      ...(theme.source
        ? [
            {
              stack: [
                said(`${m.themes_source()} : ${theme.source}`, width, { size: 10, color: colour.soft }),
              ],
              margin: [0, 12, 0, 0],
            } satisfies Content,
          ]
        : []),
    ],
    footer: (page, pages) => ({
      columns: [
        firstLine(theme.title, footWidth, 9),
        { text: m.themes_paper_page({ page, pages }), width: 'auto' },
      ],
      columnGap: 12,
      fontSize: 9,
      color: colour.soft,
      margin: [margin, 18, margin, 0],
    }),
  };
}
