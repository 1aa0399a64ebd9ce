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

/** What each row of a table brings to a figure, asked once for all of its splits. */
interface Brought {
  readonly definition: Definition;
  readonly isIncluded: readonly boolean[];
  readonly n: readonly number[];
  readonly of: readonly number[];
  readonly unmarked: readonly number[];
  /** None where rows are added up. */
  readonly once: readonly string[] | undefined;
}

function broughtBy(definition: Definition, rows: readonly Row[]): Brought {
  const { includes, once, of } = definition;
  return {
    definition,
    isIncluded: rows.map((row) => includes?.(row as never) ?? true),
    n: rows.map((row) => definition.n(row as never)),
    of: rows.map((row) => of?.(row as never) ?? 0),
    unmarked: rows.map((row) => row.unmarked ?? 0),
    once: once && rows.map((row) => once(row as never)),
  };
}

/** Adds up rows, or counts once whom they are about. */
class Tally {
  n = 0;
  of = 0;
  unmarked = 0;
  readonly #brought: Brought;
  readonly #counted = new Set<string>();
  readonly #outOf = new Set<string>();

  constructor(brought: Brought) {
    this.#brought = brought;
  }

  add(row: number): void {
    const { once } = this.#brought;
    const n = this.#brought.n[row] ?? 0;
    const of = this.#brought.of[row] ?? 0;
    this.unmarked += this.#brought.unmarked[row] ?? 0;
    if (once === undefined) {
      this.n += n;
      this.of += of;
      return;
    }
    const name = once[row] ?? '';
    if (n > 0) this.#counted.add(name);
    if (of > 0) this.#outOf.add(name);
    this.n = this.#counted.size;
    this.of = this.#outOf.size;
  }
}

const keyOf = (values: readonly string[]) => values.join('\u0000');

/** Where each row of a table stands in a split; many figures are split alike. */
interface Grouping {
  /** In the order of the rows; -1 where it is not known. */
  readonly groupOf: Int32Array;
  readonly places: readonly Place[];
}

function groupingOf(rows: readonly object[], by: readonly Dimension[]): Grouping {
  const numbers = new Map<string, number>();
  const places: Place[] = [];
  const groupOf = new Int32Array(rows.length);
  if (by.length === 0) return { groupOf, places: [{}] };
  for (const [index, row] of rows.entries()) {
    const values: string[] = [];
    for (const dimension of by) {
      const value = valueIn(row, dimension);
      if (value !== undefined) values.push(value);
    }
    const key = keyOf(values);
    let number = values.length === by.length ? numbers.get(key) : -1;
    if (number === undefined) {
      number = places.length;
      numbers.set(key, number);
      places.push(Object.fromEntries(by.map((dimension, place) => [dimension, values[place] ?? ''])));
    }
    groupOf[index] = number;
  }
  return { groupOf, places };
}

/** Every definition over the same tables. */
export function evaluateAll(definitions: readonly Definition[], tables: Tables): Indicator[] {
  const groupings = new Map<string, Grouping>();
  return definitions.map((definition) => {
    const rows = tables[definition.table as TableName] as readonly Row[];
    const { key, version, unit, reading } = definition;
    const brought = broughtBy(definition, rows);
    const splits = definition.by.map((by) => {
      const name = [definition.table, ...by].join(' ');
      const grouping = groupings.get(name) ?? groupingOf(rows, by);
      groupings.set(name, grouping);
      return splitOf(brought, by, grouping);
    });
    const excluded = brought.isIncluded.filter((is) => !is).length;
    return { key, version, unit, reading, excluded, splits };
  });
}

function splitOf(brought: Brought, by: readonly Dimension[], { groupOf, places }: Grouping): Split {
  const { definition, isIncluded } = brought;
  const tallies = new Map<number, Tally>();
  const unknown = new Tally(brought);
  if (by.length === 0) tallies.set(0, new Tally(brought));
  for (let row = 0; row < groupOf.length; row++) {
    if (!isIncluded[row]) continue;
    const group = groupOf[row] ?? -1;
    if (group < 0) {
      unknown.add(row);
      continue;
    }
    let tally = tallies.get(group);
    if (tally === undefined) tallies.set(group, (tally = new Tally(brought)));
    tally.add(row);
  }
  const ordered = [...tallies]
    .map(([group, tally]) => ({ at: places[group] ?? {}, tally }))
    .map((each) => ({ ...each, key: keyOf(by.map((dimension) => each.at[dimension] ?? '')) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
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
