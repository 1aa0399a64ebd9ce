/** One cell of a figure, found by its place. */
import type { Dimension } from './definition.ts';
import type { Cell, Indicator, Place } from './evaluate.ts';

/** The cell of a figure at a place; nothing counted there is 0 out of nothing. */
export function cellAt(indicators: readonly Indicator[], key: string, at: Place = {}): Cell {
  const names = Object.keys(at);
  const split = indicators
    .find((one) => one.key === key)
    ?.splits.find(({ by }) => by.length === names.length && by.every((each) => names.includes(each)));
  if (!split) throw new Error(`${key} is not split by ${names.join(', ') || 'nothing'}`);
  const found = split.cells.find((cell) =>
    split.by.every((dimension) => cell.at[dimension] === at[dimension]),
  );
  return found ?? { at, n: 0, of: 0, unmarked: 0 };
}

/** How many of the cell at a place are out of its split by one more dimension: where they stand in it is not known. */
export function unknownAt(
  indicators: readonly Indicator[],
  key: string,
  at: Place,
  dimension: Dimension,
): number {
  const names = Object.keys(at) as Dimension[];
  const split = indicators
    .find((one) => one.key === key)
    ?.splits.find(
      ({ by }) => by.length === names.length + 1 && [...names, dimension].every((each) => by.includes(each)),
    );
  const known = (split?.cells ?? []).filter((cell) => names.every((name) => cell.at[name] === at[name]));
  return cellAt(indicators, key, at).n - known.reduce((sum, { n }) => sum + n, 0);
}
