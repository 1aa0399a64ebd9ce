import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '$lib/domain/documents.ts';
import { author, meetingOn, person } from '$lib/domain/sheet-examples.ts';
import { sign } from '$lib/domain/signatures.ts';
import { flatDrawing, isDrawn, simplified, type Stroke } from './strokes.ts';

const circle = (points: number, size: number): Stroke =>
  Array.from({ length: points }, (_, at) => ({
    x: 200 + size * Math.cos((at / points) * 2 * Math.PI),
    y: 300 + size * Math.sin((at / points) * 2 * Math.PI),
  }));

const { occurrence } = meetingOn('2023-11-20');
const isKept = (drawn: NonNullable<ReturnType<typeof flatDrawing>>) => {
  const signedFor = {
    status: 'present',
    minutes: 120,
    date: '2023-11-20',
    start: '14:30',
    end: '16:30',
  } as const;
  return parseDocument(
    sign(undefined, { occurrence, participant: person(0) }, { drawn }, signedFor, author(1)),
  ).ok;
};

describe('a drawing', () => {
  it('is kept in a box of one size, with few points and its shape', () => {
    const drawn = flatDrawing([circle(500, 90)]);
    expect(drawn).toMatchObject({ width: 600, height: 200 });
    const points = [...(drawn?.path ?? '').matchAll(/(\d+) (\d+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(points.length).toBeLessThan(60);
    for (const [x = 0, y = 0] of points) expect(Math.hypot(x - 300, y - 100)).toBeCloseTo(88, -1);
    expect(drawn && isKept(drawn)).toBe(true);
  });

  it('is nothing where the screen was only touched', () => {
    expect(flatDrawing([])).toBeUndefined();
    expect(flatDrawing([[{ x: 5, y: 5 }]])).toBeUndefined();
    expect(
      isDrawn([
        [
          { x: 5, y: 5 },
          { x: 40, y: 5 },
        ],
      ]),
    ).toBe(true);
  });

  it('keeps its dots', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ];
    const drawn = flatDrawing([line, [{ x: 50, y: -10 }]]);
    expect(drawn?.path).toMatch(/^M\d+ \d+L\d+ \d+M(\d+ \d+)L\1$/);
  });

  it('leaves out what a straight line says as well', () => {
    const straight = Array.from({ length: 50 }, (_, x) => ({ x, y: 2 * x }));
    expect(simplified(straight, 0.5)).toHaveLength(2);
  });

  it('is valid and small whatever was drawn', () => {
    const point = fc.record({
      x: fc.double({ min: -50, max: 900, noNaN: true }),
      y: fc.double({ min: -50, max: 900, noNaN: true }),
    });
    const strokes = fc.array(fc.array(point, { maxLength: 400 }), { maxLength: 40 });
    fc.assert(
      fc.property(strokes, (drawing) => {
        const drawn = flatDrawing(drawing);
        return drawn === undefined || (drawn.path.length <= 6000 && isKept(drawn));
      }),
      { numRuns: 60 },
    );
    const dots = Array.from({ length: 3000 }, (_, at) => [{ x: at % 300, y: at % 70 }]);
    const scribble = flatDrawing([circle(20, 100), ...dots]);
    expect(scribble && scribble.path.length <= 6000 && isKept(scribble)).toBe(true);
  });
});
