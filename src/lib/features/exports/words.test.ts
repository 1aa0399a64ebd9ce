import { expect, it } from 'vitest';
import { dimensions } from '$lib/domain/indicators/definition.ts';
import { exitName } from '$lib/i18n/place-words.ts';
import { columnName, tableInWords } from './words.ts';

it('calls every dimension of a figure by a word', () => {
  const bare = dimensions.filter((name) => columnName({ name }) === name);
  expect(bare).toEqual([]);
});

it('calls leaving for health as « Bilan » does, with what is personal', () => {
  const [row] = tableInWords({
    name: 'figures',
    columns: [{ name: 'exitReason', type: 'code' }],
    rows: [['health']],
  }).rows;
  expect(row).toEqual([exitName('health')]);
});
