import fc from 'fast-check';
import { expect, it } from 'vitest';
import { semicolonTable } from './semicolon-table.ts';
import { parse } from 'papaparse';

it('is UTF-8 with its mark, with semicolons and quotes where they are needed', () => {
  expect(
    semicolonTable([
      ['Qui', 'Quoi'],
      ['Élise', 'dit « oui »; puis "non"'],
    ]),
  ).toBe('\uFEFFQui;Quoi\r\nÉlise;"dit « oui »; puis ""non"""\r\n');
});

it('makes no cell a formula, whatever is in it', () => {
  for (const text of ['=1+1', '+33 6', '-2', '@SUM(A1)', '\t=1', '\r=1'])
    expect(semicolonTable([[text]]).slice(1)).toMatch(/^"?'/);
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const { data } = parse<string[]>(semicolonTable(rows).slice(1).replace(/\r\n$/, ''), {
        delimiter: ';',
        newline: '\r\n',
      });
      expect(data.flat().some((text) => /^[=+\-@\t\r]/.test(text))).toBe(false);
      // Nothing is lost: the sign in front is all that is added.
      expect(data.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, '')))).toEqual(
        rows.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))),
      );
    }),
  );
});
