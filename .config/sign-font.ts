/**
 * The signs of a grid's cells as a font, made from the icons when the app is built: hundreds of letters are painted in
 * a third of the time of hundreds of pictures (docs/decisions/2026-11-26-signs-as-letters.md). `virtual:sign-font`
 * holds its bytes, and the letter of each icon.
 */
import opentype from 'opentype.js';
import svgpath from 'svgpath';
import type { Plugin } from 'vite';
import { icons, type IconName } from '../src/lib/ui/icons.ts';

/** What is drawn; each has the letter of its rank in the font's private area. */
const drawn = ['check', 'warning', 'person-plus', 'dash', 'talk'] as const satisfies readonly IconName[];

const perEm = 1000;
/** Icons are drawn on a grid of 24, with a stroke of 2.25 and round ends. */
const scale = perEm / 24;
const radius = (2.25 / 2) * scale;
/** Straight pieces of a curve. */
const pieces = 6;

type Point = readonly [x: number, y: number];

/** The lines that an icon is drawn along, curves as pieces, in units of the font: upwards from the foot. */
function linesOf(path: string): [Point, Point][] {
  const lines: [Point, Point][] = [];
  let [from, start]: Point[] = [
    [0, 0],
    [0, 0],
  ];
  const place = (x: number, y: number): Point => [x * scale, perEm - y * scale];
  const lineTo = (to: Point) => {
    lines.push([from as Point, to]);
    from = to;
  };
  svgpath(path)
    .abs()
    .unarc()
    .unshort()
    .iterate(([command, ...n], _index, x, y) => {
      switch (command) {
        case 'M':
          from = start = place(n[0] ?? 0, n[1] ?? 0);
          break;
        case 'H':
          lineTo(place(n[0] ?? 0, y));
          break;
        case 'V':
          lineTo(place(x, n[0] ?? 0));
          break;
        case 'L':
          lineTo(place(n[0] ?? 0, n[1] ?? 0));
          break;
        case 'Z':
        case 'z':
          lineTo(start as Point);
          break;
        case 'C': {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = n;
          for (let piece = 1; piece <= pieces; piece++) {
            const t = piece / pieces;
            const u = 1 - t;
            const mix = (a: number, b: number, c: number, d: number) =>
              u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
            lineTo(place(mix(x, x1, x2, x3), mix(y, y1, y2, y3)));
          }
          break;
        }
        default:
          throw new Error(`no letter can be made of the command ${command}`);
      }
    });
  return lines;
}

/**
 * One line with round ends, all the way round in one sense: where such shapes lie over each other, a font fills both,
 * and the icon is whole.
 */
function strokeAlong(outline: opentype.Path, [[x1, y1], [x2, y2]]: [Point, Point]): void {
  const along = Math.atan2(y2 - y1, x2 - x1);
  // A cubic Bézier that is a quarter of a circle.
  const reach = 0.5523 * radius;
  const at = ([x, y]: Point, angle: number): Point => [
    x + radius * Math.cos(angle),
    y + radius * Math.sin(angle),
  ];
  const quarter = (centre: Point, angle: number) => {
    const [ax, ay] = at(centre, angle);
    const [bx, by] = at(centre, angle - Math.PI / 2);
    outline.curveTo(
      ax + reach * Math.sin(angle),
      ay - reach * Math.cos(angle),
      bx + reach * Math.cos(angle),
      by + reach * Math.sin(angle),
      bx,
      by,
    );
  };
  outline.moveTo(...at([x1, y1], along + Math.PI / 2));
  outline.lineTo(...at([x2, y2], along + Math.PI / 2));
  quarter([x2, y2], along + Math.PI / 2);
  quarter([x2, y2], along);
  outline.lineTo(...at([x1, y1], along - Math.PI / 2));
  quarter([x1, y1], along - Math.PI / 2);
  quarter([x1, y1], along - Math.PI);
  outline.closePath();
}

const codeOf = (rank: number) => 0xe000 + rank;

/** The font, in the OpenType format. */
export function signFont(): ArrayBuffer {
  const glyphs = drawn.map((icon, rank) => {
    const path = new opentype.Path();
    for (const line of linesOf(icons[icon])) strokeAlong(path, line);
    return new opentype.Glyph({ name: icon, unicode: codeOf(rank), advanceWidth: perEm, path });
  });
  const missing = new opentype.Glyph({ name: '.notdef', advanceWidth: perEm, path: new opentype.Path() });
  return new opentype.Font({
    familyName: 'Presence signs',
    styleName: 'Regular',
    unitsPerEm: perEm,
    ascender: perEm,
    // A font must have some depth; the screen gives it none.
    descender: -1,
    glyphs: [missing, ...glyphs],
  }).toArrayBuffer();
}

/** By icon. */
export const signLetters: Readonly<Record<(typeof drawn)[number], string>> = Object.fromEntries(
  drawn.map((icon, rank) => [icon, String.fromCodePoint(codeOf(rank))]),
) as Record<(typeof drawn)[number], string>;

const name = 'virtual:sign-font';

export const signFontModule: Plugin = {
  name: 'presence-sign-font',
  resolveId: (id) => (id === name ? `\0${name}` : undefined),
  load: (id) =>
    id === `\0${name}`
      ? `export const letters = ${JSON.stringify(signLetters)};
export const bytes = Uint8Array.from(atob('${Buffer.from(signFont()).toString('base64')}'), (byte) => byte.charCodeAt(0));`
      : undefined,
};
