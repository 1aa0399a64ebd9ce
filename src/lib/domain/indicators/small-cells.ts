/** Cells as they may be published: under five people they are grouped, so that nobody can be made out. */
import { share } from '../assiduity.ts';
import type { Dimension } from './definition.ts';
import type { Cell, Split } from './evaluate.ts';

/** Fewest people that a published cell may have (programme, counting rules). */
const fewestPublished = 5;

export interface PublishedSplit {
  readonly by: Dimension;
  /** The largest first. */
  readonly cells: readonly Cell[];
  /** All the others together: how many there are, and what they add up to; none where nothing is grouped. */
  readonly others: (Omit<Cell, 'at'> & { readonly cells: number }) | undefined;
  /** Not known: a number on its own, never a place. */
  readonly unknown: number;
}

const sumOf = (some: readonly { readonly n: number }[]) => some.reduce((sum, { n }) => sum + n, 0);

/**
 * The largest first, and those that may stand by themselves. Where the small ones together are still under five, the
 * next larger one goes with them: what is left out of a known total could be reckoned.
 */
export function orderedAndKept<Counted extends { readonly n: number }>(
  cells: readonly Counted[],
  name: (cell: Counted) => string,
): { readonly ordered: readonly Counted[]; readonly kept: readonly Counted[] } {
  const ordered = [...cells].sort((a, b) => b.n - a.n || (name(a) < name(b) ? -1 : 1));
  let kept = ordered.filter(({ n }) => n >= fewestPublished);
  const whole = sumOf(ordered);
  while (kept.length > 0 && whole - sumOf(kept) > 0 && whole - sumOf(kept) < fewestPublished)
    kept = kept.slice(0, -1);
  return { ordered, kept };
}

/** A split by one dimension of people. */
export function published({ cells, unknown, by }: Split): PublishedSplit {
  const [dimension] = by;
  if (dimension === undefined || by.length > 1) throw new Error('a split by one dimension is published');
  const { ordered, kept } = orderedAndKept(cells, (cell) => cell.at[dimension] ?? '');
  const grouped = ordered.slice(kept.length);
  const whole = sumOf(ordered);
  return {
    by: dimension,
    cells: kept,
    others: grouped.length === 0 ? undefined : othersOf(grouped, sumOf(grouped), whole),
    unknown: unknown.n,
  };
}

function othersOf(grouped: readonly Cell[], n: number, whole: number): PublishedSplit['others'] {
  const { percent } = share(n, whole);
  return {
    ...{ cells: grouped.length, n, of: whole },
    ...(percent === undefined ? {} : { percent }),
    unmarked: grouped.reduce((sum, { unmarked }) => sum + unmarked, 0),
  };
}
