/** A table as spreadsheets in French open it: UTF-8 with its mark, semicolons, and no cell that is a formula. */

/**
 * What makes a spreadsheet take a cell for a formula: one of four signs, of full width too, and behind whatever is not
 * seen (spaces, marks of direction); or what makes it look behind the first sign.
 */
const formula = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** One cell: text, whatever it begins with. */
function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[";\r\n\t']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const semicolonTable = (rows: Iterable<readonly string[]>): string =>
  `\uFEFF${[...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
