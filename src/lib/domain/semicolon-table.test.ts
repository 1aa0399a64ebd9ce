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

/** What some spreadsheet or other takes for the beginning of a formula: signs of full width, or after what is not seen. */
const isFormula = (text: string) => /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text);

it('makes no cell a formula, whatever is in it', () => {
  const signs = [
    '=1+1',
    '+33 6',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\uFEFF=1',
    '\u200F=1',
    '＝1',
    '－1',
  ];
  for (const text of signs) expect(semicolonTable([[text]]).slice(1)).toMatch(/^"?'/);
  expect(semicolonTable([['1=1', ' 2', 'a-b']]).slice(1)).toBe('1=1;" 2";a-b\r\n');
  const texts = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('', ...signs), fc.string()).map(([sign, rest]) => `${sign}${rest}`),
  );
  fc.assert(
    fc.property(fc.array(fc.array(texts, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const { data } = parse<string[]>(semicolonTable(rows).slice(1).replace(/\r\n$/, ''), {
        delimiter: ';',
        newline: '\r\n',
      });
      expect(data.flat().some(isFormula)).toBe(false);
      // Nothing is lost: the sign in front is all that is added.
      expect(data).toEqual(rows.map((row) => row.map((text) => (isFormula(text) ? `'${text}` : text))));
    }),
  );
});
