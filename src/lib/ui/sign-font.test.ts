import opentype from 'opentype.js';
import { describe, expect, it } from 'vitest';
import { signFont, signLetters } from '../../../.config/sign-font.ts';

const font = opentype.parse(signFont());
const glyphs = Object.entries(signLetters).map(([icon, letter]) => [icon, font.charToGlyph(letter)] as const);

/** Of each contour, by the corners alone: its sign tells which way round it is drawn. */
function turnsOf(path: opentype.Path): number[] {
  const contours: [number, number][][] = [];
  for (const command of path.commands)
    if (command.type === 'M') contours.push([[command.x, command.y]]);
    else if (command.type !== 'Z') contours.at(-1)?.push([command.x, command.y]);
  return contours.map((points) =>
    Math.sign(
      points.reduce((sum, [x, y], at) => {
        const [nextX, nextY] = points[(at + 1) % points.length] ?? [0, 0];
        return sum + x * nextY - nextX * y;
      }, 0),
    ),
  );
}

describe('the font of signs', () => {
  it.each(glyphs)('draws %s within the square of a letter', (_icon, glyph) => {
    const { x1, y1, x2, y2 } = glyph.getBoundingBox();
    expect(Math.min(x1, y1)).toBeGreaterThanOrEqual(0);
    expect(Math.max(x2, y2)).toBeLessThanOrEqual(1000);
    expect(x2 - x1).toBeGreaterThan(500);
  });

  it.each(glyphs)('draws every stroke of %s the same way round, so that none cuts a hole', (_icon, glyph) => {
    expect(new Set(turnsOf(glyph.path))).toEqual(new Set([-1]));
  });
});
