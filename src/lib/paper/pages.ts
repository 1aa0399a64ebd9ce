/**
 * Sheets of which each page says which one of how many it is, with a check code and a QR code. One file may hold many
 * such sheets, so pages are filled here: the library knows only the pages of the whole file.
 */
import { encode } from 'uqr';
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { listCode, pageLink, pageReference, type PageOfList } from '../domain/sheet-codes.ts';
import { m } from '../i18n/paraglide/messages.js';
import { getLocale } from '../i18n/paraglide/runtime.js';
import { setText, type Piece } from './lines.ts';
import { typeset } from './typeset.ts';

/** Those of the screens, in their light dress; a copier in black keeps all of them readable. */
export const ink = { night: '#16264b', text: '#172037', soft: '#48516a', line: '#8f95a3', struck: '#ecebe6' };

/** Points. */
const margin = 36;
const [top, footHeight] = [34, 92];
const qrSize = 64;
const lineHeight = 1.05;
/** Of A4: width and height that may be written on. */
export const room = {
  portrait: { width: 595.28 - 2 * margin, height: 841.89 - top - footHeight },
  landscape: { width: 841.89 - 2 * margin, height: 595.28 - top - footHeight },
} as const;
export type Orientation = keyof typeof room;

/** Something that is not parted between two pages, and the most that it takes, in points. */
export interface Block {
  readonly content: Content;
  readonly height: number;
}

/** A row of cells; `height` is without the padding. */
export interface Row {
  readonly cells: TableCell[];
  readonly height: number;
}

/** A table with its title; both come again on the next page where it goes on there. */
export interface Section {
  readonly title?: string;
  readonly widths: (number | '*')[];
  readonly head?: Row;
  readonly rows: readonly Row[];
  /** Each row is a person of the list, in its order: a page read back knows whose lines it holds. */
  readonly isPeople?: boolean;
}

/** A sheet as it will be cut into pages. */
export interface Paper {
  readonly title: string;
  readonly orientation: Orientation;
  /** On the first page. */
  readonly head: Block;
  readonly sections: readonly Section[];
  /** What stands at the end. */
  readonly tail?: Block;
  /** Id of the document that it is about, and its version: what the QR code refers to. */
  readonly about: string;
  readonly version: number;
  /** The check code. */
  readonly code: string;
  /** What is written on it by hand is copied back: its QR code is a link to the page where that is done. */
  readonly isCopiedBack?: boolean;
}

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
}

/**
 * Somebody's words, in lines that stay in their cell.
 * @param width of the cell without its padding, in points
 */
export function words(
  text: string,
  width: number,
  { size, bold = false, color = ink.text }: TextStyle,
): Block {
  // Bold letters are wider.
  const { lines, isRightToLeft } = setText(typeset(text), (width / size) * (bold ? 0.93 : 1));
  const alignment = isRightToLeft ? 'right' : 'left';
  return {
    content: {
      stack: lines.map((pieces) => ({
        text: pieces.map(({ text: piece, font }) => ({ text: piece, font })),
        ...{ alignment, noWrap: true },
      })),
      fontSize: size,
      ...{ bold, color, lineHeight },
    },
    height: lines.reduce((sum, line) => sum + size * lineHeight * emsOf(line), 0),
  };
}
/** How high a line is by its fonts' own measure. */
const emsOf = (line: readonly Piece[]) => (line.some(({ font }) => font === 'PaperArabic') ? 1.57 : 1.33);

/** Above and below the words of a row. */
const padding = 3;
const titleHeight = 26;
const heightOf = ({ height }: Row) => height + 2 * padding + 1;
const headHeight = ({ title, head }: Section) => (title ? titleHeight : 8) + (head ? heightOf(head) : 0);

function table({ title, widths, head, rows }: Section, isContinued: boolean): Content[] {
  // The library writes into what it is given, and a head comes on several pages.
  const all = [...(head ? [structuredClone(head)] : []), ...rows];
  const body: ContentTable = {
    table: {
      widths,
      heights: all.map(({ height }) => height),
      dontBreakRows: true,
      body: all.map(({ cells }) => cells),
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => ink.line,
      vLineColor: () => ink.line,
      paddingLeft: () => 3,
      paddingRight: () => 3,
      paddingTop: () => padding,
      paddingBottom: () => padding,
    },
    margin: [0, title ? 0 : 8, 0, 0],
  };
  if (!title) return [body];
  const said = isContinued ? `${title} (${m.sheets_paper_continued()})` : title;
  return [{ text: typeset(said), bold: true, fontSize: 10.5, color: ink.night, margin: [0, 8, 0, 3] }, body];
}

interface Page {
  readonly content: Content[];
  /** Which people of the list stand on it, from 1. */
  people?: { from: number; to: number };
}

/** The contents of each page of a sheet. */
function pagesOf({ orientation, head, sections, tail }: Paper): Page[] {
  const { height } = room[orientation];
  let page: Page = { content: [head.content] };
  const pages = [page];
  let [left, people] = [height - head.height, 0];
  const turn = () => {
    pages.push((page = { content: [] }));
    left = height;
  };
  for (const section of sections) {
    let [from, isContinued] = [0, false];
    do {
      const first = section.rows[from];
      if (left < headHeight(section) + (first ? heightOf(first) : 0) && left < height) turn();
      left -= headHeight(section);
      let to = from;
      for (
        let row = section.rows[to];
        row && (left >= heightOf(row) || to === from);
        row = section.rows[to]
      ) {
        left -= heightOf(row);
        to += 1;
      }
      page.content.push(...table({ ...section, rows: section.rows.slice(from, to) }, isContinued));
      if (section.isPeople && to > from) {
        page.people = { from: page.people?.from ?? people + 1, to: people + to - from };
        people += to - from;
      }
      [from, isContinued] = [to, true];
    } while (from < section.rows.length);
  }
  if (tail) {
    if (left < tail.height) turn();
    page.content.push(tail.content);
  }
  return pages;
}

interface Foot {
  readonly paper: Paper;
  readonly page: PageOfList;
  readonly pages: number;
  /** The origin of the app. */
  readonly home: string;
}

const referenceOf = ({ paper, page, home }: Foot) =>
  paper.isCopiedBack
    ? pageLink(home, paper.about, page)
    : pageReference(paper.about, paper.version, page.page);

/** « Code de contrôle … », and the list's own code where it comes back. */
const codesOf = ({ code, about, isCopiedBack }: Paper): string =>
  [m.sheets_paper_code({ code }), isCopiedBack && m.sheets_paper_list({ code: listCode(about) })]
    .filter(Boolean)
    .join(' · ');

/** Of one size whatever it says: a code whose dots are whole points would shrink to half where it says a little more. */
function qrPicture(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${dots.join('')}"/></svg>`;
}

const footOf = (foot: Foot): Content => ({
  columns: [
    { stack: [{ svg: qrPicture(referenceOf(foot)), width: qrSize }], width: qrSize + 6 },
    {
      stack: [
        {
          text: typeset(codesOf(foot.paper)),
          bold: true,
          fontSize: 10,
          color: ink.text,
        },
        { text: typeset(m.sheets_paper_code_note()), margin: [0, 2, 0, 0] },
        words(foot.paper.title, room[foot.paper.orientation].width - 190, { size: 8, color: ink.soft })
          .content,
      ],
      width: '*',
    },
    {
      text: m.sheets_paper_page({ page: foot.page.page, pages: foot.pages }),
      width: 70,
      alignment: 'right',
      bold: true,
      fontSize: 10,
      color: ink.text,
    },
  ],
  columnGap: 10,
  fontSize: 8,
  color: ink.soft,
  margin: [margin, 10, margin, 0],
});

/**
 * One file of any number of sheets, each with pages of its own.
 * @param title of the file
 * @param home the origin of the app, for sheets that come back
 */
export function fileOf(papers: readonly Paper[], title: string, home = ''): TDocumentDefinitions {
  const feet: Foot[] = [];
  const content = papers.flatMap((paper) => {
    const pages = pagesOf(paper);
    return pages.map(({ content: stack, people }, at): Content => {
      const isFirst = feet.length === 0;
      const { version } = paper;
      feet.push({ paper, page: { version, page: at + 1, people }, pages: pages.length, home });
      const turned = { pageBreak: 'before', pageOrientation: paper.orientation } as const;
      return { stack, ...(isFirst ? {} : turned) };
    });
  });
  return {
    pageSize: 'A4',
    pageOrientation: papers[0]?.orientation ?? 'portrait',
    pageMargins: [margin, top, margin, footHeight],
    language: getLocale(),
    info: { title: title.toWellFormed(), creator: m.shell_app() },
    defaultStyle: { font: 'Paper', fontSize: 9.5, color: ink.text },
    content,
    footer: (page) => {
      const foot = feet[page - 1];
      return foot ? footOf(foot) : null;
    },
  };
}
