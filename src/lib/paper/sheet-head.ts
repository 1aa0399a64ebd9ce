/** What stands above a sheet: whose it is, what it is about, which version, and « provisoire » with why. */
import type { Content } from 'pdfmake/interfaces';
import { isProvisional, type Doubts } from '../domain/attendance-sheet.ts';
import { m } from '../i18n/paraglide/messages.js';
import { ink, room, words, type Block, type Orientation } from './pages.ts';
import { doubtWords } from './sheet-words.ts';

/** How many facts stand beside one another. */
const across = 4;

/** @param facts label and value */
export function sheetHead(
  orientation: Orientation,
  {
    organisation,
    kind,
    title,
    facts,
    version,
    doubts,
  }: {
    readonly organisation: string;
    readonly kind: string;
    readonly title: string;
    readonly facts: readonly (readonly [label: string, value: string])[];
    /** « Version 2 · rectifié le … par … » */
    readonly version: string;
    readonly doubts: Doubts;
  },
): Block {
  const { width } = room[orientation];
  const cell = width / across;
  const above = words(`${organisation} · ${kind}`, width, { size: 9, color: ink.soft });
  const name = words(title, width, { size: 17, bold: true, color: ink.night });
  const below = words(version, width, { size: 9, bold: true });
  const rows: Block[] = [];
  for (let from = 0; from < facts.length; from += across) {
    const cells = facts.slice(from, from + across).map(([label, value]) => {
      const [small, large] = [
        words(label, cell - 8, { size: 7.5, color: ink.soft }),
        words(value, cell - 8, { size: 10, bold: true }),
      ];
      return { content: { stack: [small.content, large.content] }, height: small.height + large.height };
    });
    rows.push({
      content: {
        columns: cells.map(({ content }) => ({ ...content, width: cell - 8 })),
        columnGap: 8,
        margin: [0, 4, 0, 0],
      },
      height: 4 + Math.max(...cells.map(({ height }) => height)),
    });
  }
  const apart = {
    content: { stack: [below.content], margin: [0, 5, 0, 0] } as Content,
    height: below.height + 5,
  };
  const blocks = [above, name, ...rows, apart];
  if (isProvisional(doubts)) blocks.push(strip(m.sheets_provisional({ what: doubtWords(doubts) }), width));
  return {
    content: { stack: blocks.map(({ content }): Content => content) },
    height: blocks.reduce((sum, { height }) => sum + height, 0),
  };
}

/** A frame that a copier in black keeps. */
function strip(text: string, width: number): Block {
  const { content, height } = words(text, width - 20, { size: 10, bold: true });
  return {
    content: {
      table: { widths: ['*'], body: [[{ ...(content as object), margin: [4, 2, 4, 2] } as Content]] },
      layout: {
        hLineWidth: () => 1.5,
        vLineWidth: () => 1.5,
        hLineColor: () => ink.night,
        vLineColor: () => ink.night,
      },
      margin: [0, 5, 0, 0],
    },
    height: height + 18,
  };
}
