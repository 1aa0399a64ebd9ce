/**
 * A bar chart as shapes: label and value on a line, the bar below it, what it is out of beneath. Pure, and the same on
 * the screen, in a PDF and in a document: each draws these shapes in its own way.
 */
import { setText } from '../lines.ts';
import type { Bar } from './content.ts';

/** What a shape is, for its colour and weight. */
type BarRole = 'track' | 'bar';
type TextRole = 'label' | 'value' | 'detail';
type Role = BarRole | TextRole;

export type Shape =
  | {
      readonly kind: 'rect';
      readonly role: BarRole;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'text';
      readonly role: TextRole;
      readonly x: number;
      /** Of the line that letters stand on. */
      readonly y: number;
      readonly text: string;
      readonly anchor: 'start' | 'end';
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Units of the drawing: points on paper, pixels on a screen. */
export const textSize = { label: 13, value: 13, detail: 11.5 } as const;
const [barHeight, gap, column] = [11, 16, 28];
/** Room for a value, and for a letter at most. */
const [valueRoom, letter] = [64, 7.2];

/**
 * @param width of the whole; wide ones have two columns where there are many bars
 */
export function barChart(bars: readonly Bar[], width: number): Drawing {
  const longest = Math.max(1, ...bars.map(({ n, of }) => Math.max(n, of ?? 0)));
  const isDetailed = bars.some(({ detail }) => detail !== undefined);
  const rowHeight = 18 + barHeight + (isDetailed ? 16 : 0) + gap;
  const columns = width >= 460 && bars.length > 4 ? 2 : 1;
  const own = (width - (columns - 1) * column) / columns;
  const rows = Math.ceil(bars.length / columns);
  const shapes = bars.flatMap((bar, at): Shape[] => {
    const x = Math.floor(at / rows) * (own + column);
    const y = (at % rows) * rowHeight;
    const lengthOf = (n: number) => (own * Math.max(0, n)) / longest;
    const top = y + 18;
    const room = Math.max(4, Math.floor((own - valueRoom) / letter));
    return [
      text('label', x, y + 12, shortened(bar.label, room)),
      text('value', x + own, y + 12, bar.value, 'end'),
      ...(bar.of === undefined
        ? []
        : [rect('track', x, top, Math.max(2, lengthOf(Math.max(bar.n, bar.of))))]),
      ...(bar.n > 0 ? [rect('bar', x, top, Math.max(2, lengthOf(bar.n)))] : []),
      ...(bar.detail === undefined
        ? []
        : [text('detail', x, top + barHeight + 13, shortened(bar.detail, room + 8))]),
    ];
  });
  return { width, height: Math.max(0, rows * rowHeight - gap), shapes };
}

const rounded = (n: number) => Math.round(n * 100) / 100;
const rect = (role: BarRole, x: number, y: number, width: number): Shape => ({
  kind: 'rect',
  ...{ role, x: rounded(x), y, width: rounded(width), height: barHeight },
});

const text = (
  role: TextRole,
  x: number,
  y: number,
  said: string,
  anchor: 'start' | 'end' = 'start',
): Shape => ({
  kind: 'text',
  ...{ role, x: rounded(x), y, text: said, anchor },
});

/** In letters that paper has, on one line; the table says it in full. */
function shortened(text: string, longest: number): string {
  const [line = []] = setText(text, Infinity).lines;
  const letters = [...line.map((piece) => piece.text).join('')];
  return letters.length <= longest
    ? letters.join('')
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trim()}…`;
}

/** Colours of the light dress: paper is white. The edge is that of the track, so that it shows on any printer. */
export const paperDress: Record<Role | 'edge', string> = {
  edge: '#8592b3',
  track: '#dfe4ef',
  bar: '#223766',
  label: '#172037',
  value: '#172037',
  detail: '#48516a',
};
