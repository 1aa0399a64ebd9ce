/** What stands above a sheet: whose it is, what it is about, which version, and « provisoire » with why. */
import type { Content } from 'pdfmake/interfaces';
import { isProvisional, type Doubts } from '../domain/attendance-sheet.ts';
import { m } from '../i18n/paraglide/messages.js';
import { ink, room, words, type Block, type Orientation } from './pages.ts';

/** « 2 sans réponse, 1 à envoyer »; empty when nothing is in doubt. */
export const doubtWords = ({ open, unmarked, late, unsent }: Doubts): string =>
  [
    open > 0 && m.sheets_doubt_open({ count: open }),
    unmarked > 0 && m.sheets_doubt_unmarked({ count: unmarked }),
    late > 0 && m.sheets_doubt_late({ count: late }),
    unsent > 0 && m.sheets_doubt_unsent({ count: unsent }),
  ]
    .filter(Boolean)
    .join(', ');

export const versionWords = (version: number): string =>
  version > 0 ? m.sheets_version({ version }) : m.sheets_version_none();

/** @param facts label and value, four beside one another on an upright page, six on a broad one */
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
  const across = orientation === 'portrait' ? 4 : 6;
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
  const blocks = [above, name, ...rows, below];
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
