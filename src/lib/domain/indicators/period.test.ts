import { expect, it } from 'vitest';
import type { Site } from '../documents.ts';
import { periodBefore, periodIn, periodText, reportYearOf, scopeOf, yearsOf, type Period } from './period.ts';

const terms = [
  { term: 's2-2023', start: '2023-05-08' },
  { term: 's1-2023', start: '2023-02-06' },
  { term: 's1-2024', start: '2024-02-05' },
] as unknown as Site['terms'];
const before = (text: string) => {
  const period = periodIn(text, terms);
  const found = period && periodBefore(period, terms);
  return found && periodText(found);
};

it('is read from the text that it writes, and from no other', () => {
  for (const text of ['2023', 's1-2023', '2023-02-01_2023-06-30']) {
    const period = periodIn(text, terms);
    expect(period && periodText(period)).toBe(text);
  }
  for (const text of ['', 's9-2023', '2023-02-30_2023-06-30', '2023-06-30_2023-02-01', '<script>'])
    expect(periodIn(text, terms)).toBeUndefined();
});

it('is compared with the term before, the year before, or as many days just before', () => {
  expect(before('s2-2023')).toBe('s1-2023');
  expect(before('s1-2024')).toBe('s2-2023');
  expect(before('s1-2023')).toBeUndefined();
  expect(before('2024')).toBe('2023');
  expect(before('2023-03-01_2023-03-31')).toBe('2023-01-29_2023-02-28');
});

it('is the scope that is counted', () => {
  expect(scopeOf({ kind: 'year', year: 2023 })).toEqual({
    kind: 'period',
    from: '2023-01-01',
    to: '2023-12-31',
  });
  const term = { kind: 'term', term: 's1-2023' } as Period;
  expect(scopeOf(term)).toEqual({ kind: 'terms', terms: ['s1-2023'] });
  expect(yearsOf(terms)).toEqual([2024, 2023]);
});

it('goes into the report of the year it begins in', () => {
  const yearOf = (text: string) => {
    const period = periodIn(text, terms);
    return period && reportYearOf(period, terms);
  };
  expect([yearOf('s1-2024'), yearOf('2023'), yearOf('2023-11-01_2024-01-31')]).toEqual([2024, 2023, 2023]);
});
