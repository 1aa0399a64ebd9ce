import { expect, it } from 'vitest';
import type { Site } from '$lib/domain/documents.ts';
import { scopeChoices } from './scopes.ts';

it('offers each year once and each term, the latest first', () => {
  const terms = [
    { term: 's1-2023', label: 'S1.23', start: '2023-02-06' },
    { term: 's1-2024', label: 'S1.24', start: '2024-02-05' },
    { term: 's2-2023', label: 'S2.23', start: '2023-05-08' },
  ] as unknown as Site['terms'];
  const choices = scopeChoices(terms);
  expect(choices.map(({ value }) => value)).toEqual(['2024', '2023', 's1-2024', 's2-2023', 's1-2023']);
  expect(choices[3]?.reportYear).toBe('2023');
  expect(choices[1]?.scope).toEqual({ kind: 'period', from: '2023-01-01', to: '2023-12-31' });
  expect(choices[4]?.scope).toEqual({ kind: 'terms', terms: ['s1-2023'] });
});
