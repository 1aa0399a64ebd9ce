import { describe, expect, it } from 'vitest';
import { callFunction, whyNoFunction } from './sandbox.ts';

const answered = { kind: 'answered', answer: true, emitted: 0 };
const endlessStep = 'Array.prototype.indexOf.call({ length: 9007199254740991 }, 3)';

describe('a function of a design document', () => {
  it('answers each of its calls, in their order', () => {
    const source = 'function (n) { if (n === 2) throw({ forbidden: "two" }); return n > 0; }';
    expect(callFunction(source, [[1], [2], [0]])).toEqual([
      answered,
      { kind: 'forbidden', reason: 'two' },
      { kind: 'answered', answer: false, emitted: 0 },
    ]);
  });

  it('is stopped in a step that never ends, and the calls beside it are answered', () => {
    const source = `function (n) { if (n === 2) ${endlessStep}; return true; }`;
    expect(callFunction(source, [[1], [2], [3]])).toEqual([
      answered,
      expect.objectContaining({ kind: 'broken' }),
      answered,
    ]);
  });

  it('is stopped when it nests deeper than the thread can', () => {
    const source = 'function () { var s = ""; for (var i = 0; i < 1e5; i++) s += "("; return eval(s); }';
    expect(callFunction(source, [[]])).toEqual([expect.objectContaining({ kind: 'broken' })]);
    expect(callFunction('function () { return true; }', [[]])).toEqual([answered]);
  });

  it('that runs away again and again is not asked about the rest', () => {
    const outcomes = callFunction(
      'function () { for (;;) {} }',
      Array.from({ length: 50 }, () => []),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'broken'));
  });

  it('is known for none before it is called', () => {
    expect(whyNoFunction('function (')).toBe('SyntaxError');
    expect(whyNoFunction('42')).toBe('TypeError');
    expect(whyNoFunction('function () {}')).toBeUndefined();
  });
});
