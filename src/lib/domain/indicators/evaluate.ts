/** Definitions counted over tables: every cell with what it is out of, and what it rests on. One pass a split. */
import { share } from '../assiduity.ts';
import { valueIn, type Definition, type Dimension, type Reading, type Unit } from './definition.ts';
import type { TableName, Tables } from './rows.ts';

/** Where a cell stands: `{ kind: 'language', term: 's1-2023' }`; the total stands nowhere. */
export type Place = Readonly<Partial<Record<Dimension, string>>>;

export interface Cell {
  readonly at: Place;
  readonly n: number;
  /** What it is out of; of a mere number nothing. */
  readonly of?: number;
  /** Whole, half up; nothing out of nobody. */
  readonly percent?: number;
  /** n ÷ N to one decimal, of averages. */
  readonly average?: number;
  /** Answers that are missing in what is counted here: neither present nor absent. */
  readonly unmarked: number;
}

/** A figure split one way. */
export interface Split {
  readonly by: readonly Dimension[];
  /** In the order of their places. */
  readonly cells: readonly Cell[];
  /** In the total and out of the split: where they stand is not known. */
  readonly unknown: { readonly n: number; readonly of: number };
}

export interface Indicator {
  readonly key: string;
  readonly version: number;
  readonly unit: Unit;
  readonly reading: Reading;
  /** Rows that the definition is not about. */
  readonly excluded: number;
  readonly splits: readonly Split[];
}

interface Row {
  readonly unmarked?: number;
}

/** Adds up rows, or counts once whom they are about. */
class Tally {
  n = 0;
  of = 0;
  unmarked = 0;
  readonly #counted = new Set<string>();
  readonly #outOf = new Set<string>();
  readonly #definition: Definition;

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  add(row: Row): void {
    const { once } = this.#definition;
    const n = this.#definition.n(row as never);
    const of = this.#definition.of?.(row as never) ?? 0;
    this.unmarked += row.unmarked ?? 0;
    if (once === undefined) {
      this.n += n;
      this.of += of;
      return;
    }
    const name = once(row as never);
    if (n > 0) this.#counted.add(name);
    if (of > 0) this.#outOf.add(name);
    this.n = this.#counted.size;
    this.of = this.#outOf.size;
  }
}

const keyOf = (values: readonly string[]) => values.join('\u0000');

export function evaluate(definition: Definition, tables: Tables): Indicator {
  const all = tables[definition.table as TableName] as readonly Row[];
  const { includes } = definition;
  const rows = includes === undefined ? all : all.filter((row) => includes(row as never));
  const { key, version, unit, reading } = definition;
  return {
    ...{ key, version, unit, reading },
    excluded: all.length - rows.length,
    splits: definition.by.map((by) => splitOf(definition, rows, by)),
  };
}

function splitOf(definition: Definition, rows: readonly Row[], by: readonly Dimension[]): Split {
  const tallies = new Map<string, { readonly at: Place; readonly tally: Tally }>();
  const unknown = new Tally(definition);
  if (by.length === 0) tallies.set('', { at: {}, tally: new Tally(definition) });
  for (const row of rows) {
    const values = by.map((dimension) => valueIn(row, dimension));
    if (!values.every((value) => value !== undefined)) {
      unknown.add(row);
      continue;
    }
    const key = keyOf(values);
    let found = tallies.get(key);
    if (found === undefined) {
      const at = Object.fromEntries(by.map((dimension, place) => [dimension, values[place] ?? '']));
      tallies.set(key, (found = { at, tally: new Tally(definition) }));
    }
    found.tally.add(row);
  }
  const ordered = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  const whole = wholesOf(definition, ordered, by);
  return {
    by,
    cells: ordered.map(({ at, tally }) => cellOf(definition.reading, at, tally, whole(at))),
    unknown: { n: unknown.n, of: unknown.of },
  };
}

/** Of parts, what those that share all but the last dimension add up to: each term has its own whole. */
function wholesOf(
  { reading }: Definition,
  cells: readonly { readonly at: Place; readonly tally: Tally }[],
  by: readonly Dimension[],
): (at: Place) => number {
  if (reading !== 'parts') return () => 0;
  const outer = by.slice(0, -1);
  const outerKey = (at: Place) => keyOf(outer.map((dimension) => at[dimension] ?? ''));
  const wholes = new Map<string, number>();
  for (const { at, tally } of cells) wholes.set(outerKey(at), (wholes.get(outerKey(at)) ?? 0) + tally.n);
  return (at) => wholes.get(outerKey(at)) ?? 0;
}

function cellOf(reading: Reading, at: Place, { n, of, unmarked }: Tally, whole: number): Cell {
  switch (reading) {
    case 'count':
      return { at, n, unmarked };
    case 'average':
      return { at, n, of, ...(of > 0 ? { average: Math.round((10 * n) / of) / 10 } : {}), unmarked };
    case 'share':
    case 'parts': {
      const { percent, of: base } = share(n, reading === 'parts' ? whole : of);
      return { at, n, of: base, ...(percent === undefined ? {} : { percent }), unmarked };
    }
    default:
      return reading satisfies never;
  }
}

/**
 * The rows behind a cell, as opaque ids: those that count in it, or those that it is out of.
 * @param side `n`: counted; `of`: all that they are out of
 */
export function rowsBehind(
  definition: Definition,
  tables: Tables,
  at: Place,
  side: 'n' | 'of' = 'n',
): object[] {
  const count = (side === 'n' ? definition.n : definition.of) ?? definition.n;
  const places = Object.entries(at) as [Dimension, string][];
  return (tables[definition.table as TableName] as readonly object[]).filter(
    (row) =>
      places.every(([dimension, value]) => valueIn(row, dimension) === value) &&
      (definition.includes?.(row as never) ?? true) &&
      count(row as never) > 0,
  );
}

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
