/** From what a finger draws to the flat path that is kept: no speed, no pressure, no more points than it takes. */
import type { Signature } from '$lib/domain/documents.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** From touching the screen to leaving it. */
export type Stroke = readonly Point[];

/** Every signature is kept in a box of this size. */
const box = { width: 600, height: 200, margin: 12 };
/** A small drawing is not blown up into a large one. */
const mostEnlarged = 3;
/** Characters: a signature is a few kilobytes, whoever draws and however long. */
const longestPath = 6000;
/** Less ink than that, in pixels, is a touch by mistake. */
const leastInk = 24;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const inkOf = (stroke: Stroke) =>
  stroke.reduce((sum, point, at) => sum + distance(point, stroke[at - 1] ?? point), 0);

/** Whether anything is there that somebody meant. */
export const isDrawn = (strokes: readonly Stroke[]): boolean =>
  strokes.reduce((sum, stroke) => sum + inkOf(stroke), 0) >= leastInk;

/** How far a point is from the line between two others. */
function offLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  if (length === 0) return distance(point, from);
  const share = Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return distance(point, { x: from.x + share * dx, y: from.y + share * dy });
}

/** Douglas and Peucker's: leaves out the points that a straight line between others passes by within `tolerance`. */
export function simplified(stroke: Stroke, tolerance: number): Stroke {
  const kept = new Set([0, stroke.length - 1]);
  const open: [number, number][] = [[0, stroke.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span;
    const [from, to] = [stroke[first], stroke[last]];
    if (!from || !to) continue;
    let [farthest, most] = [-1, tolerance];
    for (let at = first + 1; at < last; at += 1) {
      const off = offLine(stroke[at] ?? from, from, to);
      if (off > most) [farthest, most] = [at, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([first, farthest], [farthest, last]);
  }
  return stroke.filter((_, at) => kept.has(at));
}

/** Moved and scaled into the middle of the box. */
function fitted(strokes: readonly Stroke[]): Stroke[] {
  const points = strokes.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const bounds = (values: readonly number[]) =>
    values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const, [
      Infinity,
      -Infinity,
    ] as readonly [number, number]);
  const [[left, right], [top, bottom]] = [bounds(xs), bounds(ys)];
  const { width, height, margin } = box;
  const scale = Math.min(
    mostEnlarged,
    (width - 2 * margin) / Math.max(1, right - left),
    (height - 2 * margin) / Math.max(1, bottom - top),
  );
  const [dx, dy] = [(width - (left + right) * scale) / 2, (height - (top + bottom) * scale) / 2];
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * scale + dx, y: y * scale + dy })));
}

const write = (stroke: Stroke): string => {
  const points = stroke.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`);
  // A dot is a line to where it is.
  const [first = '', ...others] = points.filter((point, at) => point !== points[at - 1]);
  return `M${[first, ...(others.length ? others : [first])].join('L')}`;
};

/** What is kept of a drawing; `undefined` when there is nothing that somebody meant. @param strokes in pixels */
export function flatDrawing(strokes: readonly Stroke[]): Signature['drawn'] {
  if (!isDrawn(strokes)) return undefined;
  const inBox = fitted(strokes.filter((stroke) => stroke.length > 0));
  const { width, height } = box;
  for (let tolerance = 0.6; ; tolerance *= 1.6) {
    const path = inBox.map((stroke) => write(simplified(stroke, tolerance))).join('');
    if (path.length <= longestPath) return { path, width, height };
    // Thousands of dots: the first of them say as much.
    if (tolerance > width) return { path: path.slice(0, path.lastIndexOf('M', longestPath)), width, height };
  }
}

/** For the screen: as it was drawn, in pixels. */
export const shownPath = (stroke: Stroke): string => {
  const [first, ...others] = stroke.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return first ? `M${[first, ...(others.length ? others : [first])].join('L')}` : '';
};
