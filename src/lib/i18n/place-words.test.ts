import { expect, it } from 'vitest';
import { placeWords } from './place-words.ts';

it('says where a figure stands, and nothing as the code has it', () => {
  const names = { 's1-2023': 'S1.23', amarres: 'Les Amarres' };
  expect(placeWords({ kind: 'language', term: 's1-2023' }, names)).toBe('Français, S1.23');
  expect(placeWords({ hours: '40' }, names)).toBe('40 à 60\u202fh');
  expect(placeWords({ band: 'under60' }, names)).toBe('Moins de 60\u202fh');
  expect(placeWords({ exitReason: 'health' }, names)).toBe('Motif personnel ou santé');
  expect(placeWords({ venue: 'amarres' }, names)).toBe('Les Amarres');
});
