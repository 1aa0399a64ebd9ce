import { expect, it } from 'vitest';
import type { Indicator } from './evaluate.ts';
import { gapsOf, type Statement } from './statements.ts';

const assidus: Indicator = {
  ...{ key: 'assidus', version: 1, unit: 'inscriptions', reading: 'share', excluded: 0 },
  splits: [
    { by: [], cells: [{ at: {}, n: 116, of: 186, percent: 62, unmarked: 0 }], unknown: { n: 0, of: 0 } },
  ],
};
const gaps = (statement: object) =>
  gapsOf([{ id: 'x', where: 'text', relation: 'exactly', ...statement } as Statement], [assidus]);
const percent = { kind: 'percent', key: 'assidus', at: {} };
const number = { kind: 'number', key: 'assidus', at: {} };

it('tells a number that differs, as it was said: as it is, about, more than', () => {
  expect(gaps({ ...number, stated: 116 })).toEqual([]);
  expect(gaps({ ...number, stated: 120 })).toMatchObject([{ key: 'statedDiffers', counted: 116 }]);
  expect(gaps({ ...number, stated: 120, relation: 'about' })).toMatchObject([{ relation: 'about' }]);
  expect(gaps({ ...number, stated: 118, relation: 'about' })).toEqual([]);
  expect(gaps({ ...number, stated: 115, relation: 'moreThan' })).toEqual([]);
  expect(gaps({ ...number, stated: 116, relation: 'moreThan' })).toHaveLength(1);
  expect(gaps({ ...number, stated: 611 })).toMatchObject([{ key: 'statedWithDigitsSwapped' }]);
});

it('tells a percentage that differs, and one that its base cannot give', () => {
  expect(gaps({ ...percent, stated: 62 })).toEqual([]);
  expect(gaps({ ...percent, stated: 80 })).toMatchObject([
    { key: 'percentDiffers', n: 116, of: 186, counted: 62 },
  ]);
  const jobs = { kind: 'percentOf', of: 45 };
  expect(gaps({ ...jobs, stated: 25 })).toMatchObject([{ key: 'impossiblePercent', below: 24, above: 27 }]);
  expect(gaps({ ...jobs, n: 29, stated: 64 })).toEqual([]);
  // Said roughly it need not be possible, and is held against what is counted all the same.
  expect(gaps({ ...jobs, stated: 25, relation: 'about' })).toEqual([]);
  expect(gaps({ ...jobs, n: 29, stated: 25, relation: 'about' })).toMatchObject([{ counted: 64 }]);
  expect(gaps({ ...jobs, n: 29, stated: 50, relation: 'moreThan' })).toEqual([]);
});
