/** A drawing as the library of PDF files takes it: bars are shapes, words are text that can be searched and read aloud. */
import type { CanvasElement, Content } from 'pdfmake/interfaces';
import { typeset } from '../typeset.ts';
import { paperDress, textSize, type Drawing, type Shape } from './bar-chart.ts';

/** How far the letters of paper rise above their line, in ems. */
const rise = 0.98;
/** Points that a text is given to the left of where it ends. */
const room = 120;

/** Points of a unit of the drawing: letters of a chart are a little smaller than those of a text. */
const scale = 0.76;
/** Units that a drawing may be wide to take so many points. */
export const unitsIn = (points: number): number => points / scale;

const bar = (shape: Shape & { kind: 'rect' }): CanvasElement => ({
  type: 'rect',
  ...{ x: scale * shape.x, y: scale * shape.y, w: scale * shape.width, h: scale * shape.height, r: 1.6 },
  color: paperDress[shape.role],
  ...(shape.role === 'track' ? { lineWidth: 0.6, lineColor: paperDress.edge } : { lineWidth: 0 }),
});

function text(shape: Shape & { kind: 'text' }): Content {
  const fontSize = scale * textSize[shape.role];
  const words = {
    ...{ text: typeset(shape.text), fontSize, color: paperDress[shape.role], lineHeight: 1, noWrap: true },
    bold: shape.role !== 'detail',
  };
  const y = scale * shape.y - rise * fontSize;
  return shape.anchor === 'start'
    ? { ...words, relativePosition: { x: scale * shape.x, y } }
    : {
        columns: [{ ...words, width: room, alignment: 'right' }],
        relativePosition: { x: scale * shape.x - room, y },
      };
}

/** It takes its height, and the words stand on it. */
export function pdfDrawing({ height, shapes }: Drawing): Content {
  const bars = shapes.flatMap((shape) => (shape.kind === 'rect' ? [bar(shape)] : []));
  const words = shapes.flatMap((shape) => (shape.kind === 'text' ? [text(shape)] : []));
  const foot = scale * height;
  return {
    stack: [
      ...words,
      // Something at its foot: the library gives a drawing the height of what is in it.
      { canvas: [...bars, { type: 'line', x1: 0, y1: foot, x2: 0.1, y2: foot, lineColor: '#ffffff' }] },
    ],
  };
}
