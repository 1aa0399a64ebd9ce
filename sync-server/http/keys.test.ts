import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';

const read = (json: string) => JSON.stringify(parseJson(Buffer.from(json)));

describe('a key of an object', () => {
  it.each([
    ['{"bar":1,"foo":2,"baz":3,"foo":4}', '{"bar":1,"baz":3,"foo":4}'],
    ['{"a":1,"a":2,"a":3}', '{"a":3}'],
    ['[{"a":{"b":1,"b":[2]},"a":{"c":1,"b":2,"c":3}}]', '[{"a":{"b":2,"c":3}}]'],
    ['{ "a" : 1 ,\n"b" : null, "a"\t: "x,}\\"" }', '{"b":null,"a":"x,}\\""}'],
    ['{"a\\u0062":1,"c":2,"ab":3}', '{"c":2,"ab":3}'],
    ['{"a":"\\\\","a":"\\\\\\""}', '{"a":"\\\\\\""}'],
    ['{"__proto__":1,"b":2,"__proto__":3}', '{"b":2,"__proto__":3}'],
    ['{"a":-1.5e-3,"a":true}', '{"a":true}'],
    ['{"a":": {\\"b\\": 1}"}', '{"a":": {\\"b\\": 1}"}'],
    ['"a"', '"a"'],
    ['{}', '{}'],
  ])('%s is %s', (json, value) => {
    expect(read(json)).toBe(value);
  });

  it.each([String.raw`"\""`, String.raw`"\n"`, String.raw`"\u0061"`, String.raw`"é\/"`])(
    'the key %s is read as itself, whatever was read before',
    (key) => {
      for (const former of [String.raw`"\\"`, String.raw`"é\\"`])
        for (let times = 0; times < 3; times += 1) JSON.parse(`{"first":1,${former}:2}`);
      const text = `{"first":1,${key}:2}`;
      expect(Object.keys(parseJson(Buffer.from(text)) as object)[1]).toBe(JSON.parse(key));
    },
  );

  it('that comes twice is found however deep it lies', () => {
    const deep = `${'[{"a":'.repeat(5000)}{"x":1,"x":2}${'}]'.repeat(5000)}`;
    let value = parseJson(Buffer.from(deep));
    for (let depth = 0; depth < 5000; depth += 1) value = (value as { a: unknown }[])[0]?.a;
    expect(value).toEqual({ x: 2 });
  });

  it('property: stands where it came last, with the value that came last', () => {
    const name = fc.constantFrom('a', 'b', 'c', '"', '\\', 'é', '__proto__', ':{', ' ');
    type Tree = null | boolean | string | number | Tree[] | { pairs: [string, Tree][] };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(fc.constantFrom(null, true, false), fc.string(), fc.integer(), fc.constant('":1')),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.record({ pairs: fc.array(fc.tuple(name, tie('tree')), { maxLength: 6 }) }),
      ),
    }));
    const written = (value: Tree): string => {
      if (Array.isArray(value)) return `[${value.map(written).join(' , ')}]`;
      if (typeof value !== 'object' || value === null) return JSON.stringify(value);
      return `{${value.pairs.map(([key, one]) => `${JSON.stringify(key)} :${written(one)}`).join(',')}}`;
    };
    const kept = (value: Tree): string => {
      if (Array.isArray(value)) return `[${value.map(kept).join(',')}]`;
      if (typeof value !== 'object' || value === null) return JSON.stringify(value);
      const last = value.pairs.filter(
        ([key], at) => value.pairs.findLastIndex(([one]) => one === key) === at,
      );
      return `{${last.map(([key, one]) => `${JSON.stringify(key)}:${kept(one)}`).join(',')}}`;
    };
    fc.assert(
      fc.property(tree, (value) => void expect(read(written(value))).toBe(kept(value))),
      { numRuns: 1000 },
    );
  });
});
