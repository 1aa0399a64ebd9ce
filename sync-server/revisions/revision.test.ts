import { describe, expect, it } from 'vitest';
import { parseRevision, revisionHash } from './revision.ts';

describe('a revision', () => {
  it('is a generation and a hash', () => {
    expect(parseRevision('12-abc')).toEqual({ generation: 12, hash: 'abc' });
  });

  it.each([
    '',
    '1',
    '-abc',
    '0-abc',
    'one-abc',
    '1-a b',
    '1-a/b',
    `1-${'a'.repeat(200)}`,
    7,
    null,
    undefined,
    ['1-a'],
  ])('is not %j', (text) => expect(parseRevision(text)).toBeUndefined());

  // Hashes that a CouchDB 3.5 gave for the same documents.
  it.each([
    [{}, '967a00dff5e02add41819138abb3284d'],
    [{ v: 1 }, '7a7e4b29f3af401e69b6f86e4c26b727'],
    [{ nom: 'Ægir 😀 افغانستان' }, '70049969eb81068e91f207baba087c9f'],
    [
      { i: 1, f: 1.5, big: 12345678901234568, neg: -0.1, t: true, z: null, e: {}, l: [] },
      '3f4ed763ab6f81bffa5e1d08899e6829',
    ],
  ])('of %j is the one that CouchDB makes', (body, hash) => {
    expect(revisionHash(undefined, false, body)).toBe(hash);
  });

  it('of an edit and of a deletion is the one that CouchDB makes', () => {
    const parent = (text: string) => parseRevision(text);
    expect(revisionHash(parent('1-7a7e4b29f3af401e69b6f86e4c26b727'), false, { v: 2 })).toBe(
      'd0df861eb528e79690cd2ff3c4d394f3',
    );
    expect(revisionHash(parent('4-466d1236001126307ed71dfdc083b1c2'), true, {})).toBe(
      '9784a81fd22215d32f2381460f94e439',
    );
  });

  it('differs by parent, by deletion and by the order of nothing but lists', () => {
    const hashes = [
      revisionHash(undefined, false, { a: [1, 2] }),
      revisionHash(undefined, false, { a: [2, 1] }),
      revisionHash(undefined, true, { a: [1, 2] }),
      revisionHash({ generation: 1, hash: 'a' }, false, { a: [1, 2] }),
      revisionHash({ generation: 1, hash: 'b' }, false, { a: [1, 2] }),
      revisionHash({ generation: 2, hash: 'a' }, false, { a: [1, 2] }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('hashes texts longer than its buffer', () => {
    const long = { text: 'é'.repeat(100_000), list: Array.from({ length: 5000 }, (_, n) => `entry ${n}`) };
    expect(revisionHash(undefined, false, long)).toMatch(/^[0-9a-f]{32}$/);
    expect(revisionHash(undefined, false, { v: 1 })).toBe('7a7e4b29f3af401e69b6f86e4c26b727');
  });
});
