const keys: ReadonlySet<string> = new Set(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Whether a key moves through the grid. */
export const isGridKey = (key: string): boolean => keys.has(key);

/** The next button in a direction, over cells without a meeting and rows that are filtered out. */
export function neighbour(button: HTMLElement, key: string): HTMLElement | undefined {
  const cell = button.closest<HTMLTableCellElement>('th, td');
  const row = button.closest('tr');
  if (!cell || !row) return undefined;
  const inRow = [...row.querySelectorAll<HTMLElement>('[data-place]')];
  const at = inRow.indexOf(button);
  const isRtl = getComputedStyle(row).direction === 'rtl';
  switch (key) {
    case 'ArrowRight':
      return inRow[isRtl ? at - 1 : at + 1];
    case 'ArrowLeft':
      return inRow[isRtl ? at + 1 : at - 1];
    case 'Home':
      return inRow[0];
    case 'End':
      return inRow.at(-1);
    default: {
      const rows = [
        ...(row.closest('table')?.querySelectorAll<HTMLTableRowElement>('tr.line:not([hidden])') ?? []),
      ];
      const step = key === 'ArrowDown' ? 1 : -1;
      for (let next = rows.indexOf(row) + step; rows[next]; next += step) {
        const found = rows[next]?.cells[cell.cellIndex]?.querySelector<HTMLElement>('[data-place]');
        if (found) return found;
      }
      return undefined;
    }
  }
}
