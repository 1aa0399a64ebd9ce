import { expect, it } from 'vitest';
import { dimensions } from '$lib/domain/indicators/definition.ts';
import { columnName } from './words.ts';

it('calls every dimension of a figure by a word', () => {
  const bare = dimensions.filter((name) => columnName({ name }) === name);
  expect(bare).toEqual([]);
});
