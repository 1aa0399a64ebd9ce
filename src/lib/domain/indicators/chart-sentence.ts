/** What a chart shows, as one sentence's facts: for whoever does not see it, and for whoever looks twice. */
import type { Reading } from './definition.ts';
import type { ChartLine, ChartRow } from './chart.ts';

/** A week of a line. */
interface WeekSaid {
  readonly name: string;
  readonly week: number;
  readonly percent: number;
}

export type Sentence =
  | { readonly key: 'nothing' }
  /** There is but one. */
  | { readonly key: 'one'; readonly row: ChartRow }
  /** From the lowest share, or average, to the highest. */
  | { readonly key: 'between'; readonly lowest: ChartRow; readonly highest: ChartRow }
  /** All that have the same. */
  | { readonly key: 'alike'; readonly row: ChartRow; readonly rows: number }
  /** Which is the most, of how many. */
  | { readonly key: 'most'; readonly row: ChartRow; readonly rows: number }
  | {
      readonly key: 'weeks';
      /** Of each line, its first and its last week. */
      readonly lines: readonly { readonly first: WeekSaid; readonly last: WeekSaid }[];
      readonly lowest: WeekSaid;
    };

const valueOf = ({ said }: ChartRow) => said.percent ?? said.average ?? said.n;

/** Of rows; the first of those that have the same value. */
export function sentenceOf(rows: readonly ChartRow[], reading: Reading): Sentence {
  const some = rows.filter(({ said }) => (reading === 'share' || reading === 'average' ? said.of : said.n));
  const [first, ...others] = some;
  if (!first) return { key: 'nothing' };
  if (others.length === 0) return { key: 'one', row: first };
  if (reading === 'parts' || reading === 'count') {
    if (some.every(({ said }) => said.n === first.said.n))
      return { key: 'alike', row: first, rows: some.length };
    const named = some.filter(({ isGrouped }) => !isGrouped);
    const most = named.reduce((best, row) => (row.said.n > best.said.n ? row : best), named[0] ?? first);
    return { key: 'most', row: most, rows: some.length };
  }
  const lowest = others.reduce((low, row) => (valueOf(row) < valueOf(low) ? row : low), first);
  const highest = others.reduce((high, row) => (valueOf(row) > valueOf(high) ? row : high), first);
  return valueOf(lowest) === valueOf(highest)
    ? { key: 'alike', row: first, rows: some.length }
    : { key: 'between', lowest, highest };
}

export function sentenceOfWeeks(lines: readonly ChartLine[]): Sentence {
  const said = lines.map(({ name, points }) =>
    points.map(({ week, cell }): WeekSaid => ({ name, week, percent: cell.percent ?? 0 })),
  );
  const [first, ...others] = said.flat();
  if (!first) return { key: 'nothing' };
  return {
    key: 'weeks',
    lines: said.flatMap((points) => {
      const [from, to] = [points[0], points.at(-1)];
      return from && to ? [{ first: from, last: to }] : [];
    }),
    lowest: others.reduce((low, one) => (one.percent < low.percent ? one : low), first),
  };
}
