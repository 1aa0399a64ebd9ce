/** A table copied from a page or a text document: cells that span several stand in the first of them. */
import type { Grid } from '$lib/domain/import/fields.ts';

const most = 20_000;

/** The largest table of a piece of HTML; none where there is none. Nothing in it runs or is fetched. */
export function tableOfHtml(html: string): Grid | undefined {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const tables = [...page.querySelectorAll('table')].map(gridOf);
  return tables.sort((a, b) => b.length - a.length)[0];
}

function gridOf(table: HTMLTableElement): string[][] {
  const grid: string[][] = [];
  [...table.rows].slice(0, most).forEach((row, line) => {
    const cells = (grid[line] ??= []);
    for (const cell of row.cells) {
      let column = 0;
      while (cells[column] !== undefined) column += 1;
      for (let down = 0; down < Math.min(cell.rowSpan, 50); down += 1)
        for (let across = 0; across < Math.min(cell.colSpan, 50); across += 1)
          (grid[line + down] ??= [])[column + across] = down + across === 0 ? (cell.textContent ?? '') : '';
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? ''));
}
