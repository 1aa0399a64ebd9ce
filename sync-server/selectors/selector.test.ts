import { describe, expect, it } from 'vitest';
import { compareValues } from './collation.ts';
import { readSelector, SelectorRefused } from './condition.ts';
import { hasPattern, matcherOf, timeForPatterns } from './matching.ts';

const documents = [
  { _id: 'a', type: 'x', n: 1, deep: { er: 'one', other: 1 }, tags: ['p', 'q'], s: 'Hello' },
  { _id: 'b', type: 'x', n: 2, tags: [], s: 'hello' },
  { _id: 'c', type: 'y', n: 3, tags: ['q', 'r'], s: 'Émile' },
  { _id: 'd', n: '3', nul: null, yes: true, list: [{ k: 1, v: 2 }, { k: 3 }], 'x.y': 1, x: { y: 2 } },
  { _id: 'e', n: 2.5, deep: { er: 'two' }, list: [1, 2, 3], o: { a: 1, b: 2 } },
  { _id: 'f', n: -1, yes: false },
  { _id: 'g', n: [1], type: 'z' },
];

/** Ids of the documents that a selector finds; every expectation was asked of a CouchDB 3.5. */
const found = (selector: Record<string, unknown>) =>
  documents
    .filter(matcherOf(readSelector(selector)))
    .map(({ _id }) => _id)
    .join('');

describe('a selector', () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, 'abcdefg'],
    [{ n: 1 }, 'a'],
    [{ n: { $ne: 1 } }, 'bcdefg'],
    [{ n: { $gt: 1 } }, 'bcdeg'],
    [{ n: { $lte: '3' } }, 'abcdef'],
    [{ n: { $gt: 0, $lt: 3 } }, 'abe'],
    [{ n: { $exists: false } }, ''],
    [{ none: null }, ''],
    [{ none: { $exists: false } }, 'abcdefg'],
    [{ 'n.in': { $exists: false } }, ''],
    [{ nul: { $exists: true } }, 'd'],
    [{ nul: null }, 'd'],
    [{ n: { $type: 'number' } }, 'abcef'],
    [{ n: { $in: [1, 2] } }, 'abg'],
    [{ n: { $nin: [1, 2] } }, 'cdef'],
    [{ n: { $mod: [2, 1] } }, 'ac'],
    [{ s: { $regex: '^H' } }, 'a'],
    [{ s: { $regex: '(?i)hello' } }, 'ab'],
    [{ s: { $beginsWith: 'He' } }, 'a'],
    [{ s: { $gt: 'h' } }, 'ab'],
    [{ s: { $lt: 'hello' } }, 'c'],
    [{ tags: { $size: 2 } }, 'ac'],
    [{ tags: { $all: ['q', 'r'] } }, 'c'],
    [{ tags: { $all: [] } }, ''],
    [{ tags: { $elemMatch: { $eq: 'p' } } }, 'a'],
    [{ tags: [] }, 'b'],
    [{ list: { $elemMatch: { k: 1 } } }, 'd'],
    [{ list: { $elemMatch: { $gt: 2 } } }, 'de'],
    [{ list: { $allMatch: { $gt: 0 } } }, 'de'],
    [{ tags: { $allMatch: { $eq: 'q' } } }, ''],
    [{ o: { $keyMapMatch: { $eq: 'a' } } }, 'e'],
    [{ deep: { er: 'one' } }, 'a'],
    [{ deep: { er: { $eq: 'one' } } }, 'a'],
    [{ deep: {} }, ''],
    [{ 'list.0': 1 }, 'e'],
    [{ 'list.0.k': 1 }, 'd'],
    [{ 'x.y': 2 }, 'd'],
    [{ 'x\\.y': 1 }, 'd'],
    [{ $or: [{ n: 1 }, { n: 2 }] }, 'ab'],
    [{ $or: [] }, 'abcdefg'],
    [{ $nor: [{ n: 1 }, { n: 2 }] }, 'cdefg'],
    [{ $not: { n: 1 } }, 'bcdefg'],
    [{ $not: { $and: [{ n: { $gt: 1 } }, { type: 'x' }] } }, 'acfg'],
    [{ $not: { tags: { $size: 2 } } }, 'b'],
    [{ n: { $not: { $gt: 1 } } }, 'af'],
    [{ n: { $and: [{ $gt: 0 }, { $lt: 3 }] } }, 'abe'],
    [{ n: { $or: [{ $eq: 1 }, { $eq: 3 }] } }, 'ac'],
    [{ _id: { $gt: 'e' } }, 'fg'],
    [{ _id: { $gt: null } }, 'abcdefg'],
    [{ $and: [1] }, ''],
  ])('%j finds %s', (selector, ids) => expect(found(selector)).toBe(ids));

  it.each<[Record<string, unknown>, string]>([
    [{ $nothing: 1 }, 'invalid_operator'],
    [{ n: { $nothing: 1 } }, 'invalid_operator'],
    [{ n: { $in: 1 } }, 'bad_arg'],
    [{ n: { $exists: 1 } }, 'bad_arg'],
    [{ n: { $mod: [2] } }, 'bad_arg'],
    [{ n: { $mod: [0, 1] } }, 'bad_arg'],
    [{ s: { $regex: '(' } }, 'bad_arg'],
    [{ s: { $regex: 1 } }, 'invalid_operator'],
    [{ tags: { $size: -1 } }, 'bad_arg'],
    [{ $not: 1 }, 'bad_arg'],
    [{ $or: 1 }, 'bad_arg'],
    [{ '': 1 }, 'invalid_selector'],
    [{ $gt: 1 }, 'invalid_selector'],
    [{ 'a..b': 1 }, 'invalid_field_name'],
    [{ $text: 'x' }, 'not_supported'],
  ])('%j is refused: %s', (selector, error) => {
    expect(() => matcherOf(readSelector(selector))).toThrow(SelectorRefused);
    try {
      matcherOf(readSelector(selector));
    } catch (refused) {
      expect((refused as SelectorRefused).error).toBe(error);
    }
  });

  it('is stopped when one of its patterns never ends', () => {
    const condition = readSelector({ s: { $regex: '^(a+)+$' } });
    expect(hasPattern(condition)).toBe(true);
    const matches = matcherOf(condition);
    // So long that no pause of the machine is taken for a pattern's.
    expect(timeForPatterns(60_000, 1)(() => matches({ s: 'aaa' }))).toBe(true);
    const inTime = timeForPatterns(50, 1);
    expect(() => inTime(() => matches({ s: `${'a'.repeat(60)}b` }))).toThrow(SelectorRefused);
    // All documents of a request have one time together.
    expect(() => inTime(() => matches({ s: 'aaa' }))).toThrow(SelectorRefused);
  });
});

it('values stand in the order of CouchDB', () => {
  const ordered = [
    ...[null, false, true, -1, 0, 2.5, 'a', 'A', 'aa', 'b', 'B', 'é', 'f'],
    ...[[], [null], ['a'], ['b'], ['b', 'c']],
    ...[{}, { a: 1 }, { a: 2 }, { b: 1 }, { b: 1, c: 2 }],
  ];
  const shuffled = [...ordered].reverse();
  expect(shuffled.sort(compareValues)).toEqual(ordered);
});
