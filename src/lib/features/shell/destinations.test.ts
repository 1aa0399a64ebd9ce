import { expect, it } from 'vitest';
import { destinations } from './destinations.ts';

const openAt = (path: string) =>
  destinations(path, true)
    .filter(({ isCurrent }) => isCurrent)
    .map(({ href }) => href);

it('shows one place as open, on the pages below it and beside it too', () => {
  expect(openAt('/')).toEqual(['/']);
  expect(openAt('/bilan')).toEqual(['/bilan']);
  expect(openAt('/bilan/rapport/2023')).toEqual(['/bilan']);
  expect(openAt('/exports')).toEqual(['/bilan']);
  expect(openAt('/feuilles/relire')).toEqual(['/bilan']);
  expect(openAt('/acces')).toEqual([]);
});
