/** Parts of the report for a word processor: headings, texts, tables, charts as pictures, definitions. */
import type { IParagraphOptions, Paragraph, ParagraphChild, Table } from 'docx';
import type { TextBlock, TextPiece } from '../../domain/annual-report/figures-in-text.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { DefinitionNote, ReportBlock, ReportTable } from './content.ts';
import { plainText } from './plain-text.ts';
import type { PrintedSection } from './printed.ts';

/** A chart as a picture, by the key of its block. */
export interface Picture {
  readonly png: Uint8Array;
  /** Pixels of a screen: 96 an inch. */
  readonly width: number;
  readonly height: number;
}
export type Pictures = ReadonlyMap<string, Picture>;

/** How wide a chart is on the page, in pixels of a screen. */
export const pictureWidth = 600;

type Library = typeof import('docx');
type Child = Paragraph | Table;

export const night = '16264B';
export const soft = '48516A';
const line = 'C9CCD6';
const anchorOf = (definition: string) => `definition_${definition}`;
const isArabic = /\p{Script=Arabic}/u;

/** Knows the library, which is loaded with the first document. */
export class DocxWriter {
  readonly #docx: Library;
  readonly #pictures: Pictures;
  readonly #numbers: ReadonlyMap<string, DefinitionNote>;

  constructor(docx: Library, pictures: Pictures, definitions: readonly DefinitionNote[]) {
    this.#docx = docx;
    this.#pictures = pictures;
    this.#numbers = new Map(definitions.map((note) => [note.key, note]));
  }

  section({ level, title, text, blocks }: PrintedSection, isFirst: boolean): Child[] {
    const { HeadingLevel } = this.#docx;
    return [
      this.#paragraph(title, {
        heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        pageBreakBefore: isFirst,
      }),
      ...text.flatMap((one) => this.#text(one)),
      ...blocks.flatMap((block) => this.#block(block, title)),
    ];
  }

  definition(note: DefinitionNote): Child[] {
    const { Bookmark, HeadingLevel, Paragraph, TextRun } = this.#docx;
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_3,
        children: [
          new Bookmark({
            id: anchorOf(note.key),
            children: [
              new TextRun(plainText(m.report_definition_ref({ number: note.number, label: note.label }))),
            ],
          }),
        ],
      }),
      this.#paragraph(m.indicators_formula({ formula: note.formula })),
      this.small(`${m.indicators_left({ left: note.leftOut })} ${note.version}.`),
    ];
  }

  small(text: string): Paragraph {
    const { Paragraph } = this.#docx;
    return new Paragraph({ children: [this.#run(text, { size: 18, color: soft })], spacing: { after: 160 } });
  }

  #run(text: string, style: { bold?: boolean; size?: number; color?: string } = {}) {
    const plain = plainText(text);
    return new this.#docx.TextRun({ text: plain, ...style, rightToLeft: isArabic.test(plain) });
  }

  #paragraph(text: string, options: IParagraphOptions = {}): Paragraph {
    const { Paragraph, TextRun } = this.#docx;
    return new Paragraph({ ...options, children: [new TextRun(plainText(text))] });
  }

  #text({ kind, lines }: TextBlock): Paragraph[] {
    const { Paragraph } = this.#docx;
    return lines.map(
      (pieces) =>
        new Paragraph({
          children: pieces.map((piece) => this.#piece(piece)),
          ...(kind === 'list' ? { bullet: { level: 0 } } : { spacing: { after: 120 } }),
        }),
    );
  }

  #piece(piece: TextPiece): ParagraphChild {
    if (piece.kind !== 'figure') return this.#run(piece.text);
    return this.#link(piece.definition, piece.text, { bold: true });
  }

  #link(definition: string, text: string, style: { bold?: boolean; size?: number; color?: string }) {
    const { InternalHyperlink } = this.#docx;
    return new InternalHyperlink({ anchor: anchorOf(definition), children: [this.#run(text, style)] });
  }

  #block({ key, title, headlines, chart, table, notes, definitions }: ReportBlock, section: string): Child[] {
    const { AlignmentType, ImageRun, Paragraph } = this.#docx;
    const picture = this.#pictures.get(key);
    const drawn =
      picture && chart
        ? [
            ...(chart.what
              ? [
                  new Paragraph({
                    keepNext: true,
                    spacing: { after: 60 },
                    children: [this.#run(chart.what, { size: 18, color: soft })],
                  }),
                ]
              : []),
            new Paragraph({
              keepNext: true,
              alignment: AlignmentType.LEFT,
              children: [
                new ImageRun({
                  type: 'png',
                  data: picture.png,
                  transformation: { width: picture.width, height: picture.height },
                  altText: { name: key, title: plainText(title), description: plainText(chart.alt) },
                }),
              ],
            }),
          ]
        : // Without its picture a chart is told, so that nothing of it is missing.
          chart
          ? [this.small(chart.alt)]
          : [];
    return [
      ...(title === section
        ? []
        : [
            new Paragraph({
              keepNext: true,
              spacing: { before: 160, after: 80 },
              children: [this.#run(title, { bold: true, color: night })],
            }),
          ]),
      ...(headlines
        ? [
            this.#table({
              heads: [m.report_head_figure(), m.report_head_value()],
              rows: headlines.map(({ value, label, detail }) => ({
                label,
                cells: [`${value} (${detail})`],
              })),
            }),
          ]
        : []),
      ...drawn,
      ...(table ? [this.#table(table)] : []),
      ...this.#notes(notes, definitions),
    ];
  }

  #notes(notes: readonly string[], definitions: readonly string[]): Paragraph[] {
    const { Paragraph } = this.#docx;
    const style = { size: 18, color: soft };
    const refs = definitions.flatMap((key) => this.#numbers.get(key) ?? []);
    return [
      new Paragraph({
        spacing: { before: 60, after: 240 },
        children: [
          ...notes.map((note) => this.#run(`${note} `, style)),
          ...(refs.length ? [this.#run(m.report_definition_refs({ list: '' }), style)] : []),
          ...refs.flatMap(({ key, number, label }, at) => [
            ...(at > 0 ? [this.#run(', ', style)] : []),
            this.#link(key, m.report_definition_ref({ number, label }), style),
          ]),
        ],
      }),
    ];
  }

  #table({ groups, heads, rows }: ReportTable): Table {
    const { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableRow, WidthType } = this.#docx;
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
    const thin = { style: BorderStyle.SINGLE, size: 4, color: line };
    const size = heads.length > 7 ? 17 : 19;
    const cell = (text: string, at: number, style: { bold?: boolean; color?: string } = {}, span = 1) =>
      new TableCell({
        columnSpan: span,
        margins: { top: 50, bottom: 50, left: 60, right: 60 },
        children: [
          new Paragraph({
            alignment: at === 0 ? AlignmentType.START : span > 1 ? AlignmentType.CENTER : AlignmentType.END,
            children: [this.#run(text, { ...style, size })],
          }),
        ],
      });
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders: {
        ...{ top: thin, bottom: thin, left: none, right: none },
        ...{ insideHorizontal: thin, insideVertical: none },
      },
      rows: [
        ...(groups
          ? [
              new TableRow({
                tableHeader: true,
                cantSplit: true,
                children: [
                  cell('', 0),
                  ...groups.map(({ label, span }) => cell(label, 1, { bold: true, color: night }, span)),
                ],
              }),
            ]
          : []),
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: heads.map((head, at) => cell(head, at, { bold: true, color: soft })),
        }),
        ...rows.map(
          ({ label, cells, isTotal = false }) =>
            new TableRow({
              cantSplit: true,
              children: [label, ...cells].map((text, at) => cell(text, at, { bold: isTotal })),
            }),
        ),
      ],
    });
  }
}
