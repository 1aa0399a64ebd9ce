/**
 * Uniting histories of one fact that grew apart on several devices, without asking any clock who is right.
 *
 * A history says two things of each entry: that it was made, and whether something was answered over it by someone
 * who had seen it. The entries still standing are the last run of entries that claim the same thing (a correction of
 * an arrival claims the same status again); all those before were superseded. Both sets only ever grow by union, so
 * the result does not depend on the order, the grouping or the repetition of merges. An entry superseded anywhere is
 * superseded: a history that contains another wins over it. Clocks only put the entries in an order to be read.
 */
import { canonicalJson } from './canonical-json.ts';

/** What every entry of a history says. */
export interface SaidEntry {
  readonly at: string;
  readonly by: string;
  readonly device: string;
}

/** What an entry claims; `null` claims nothing and only takes back what was said before (a cleared answer). */
export type ClaimOf<Entry> = (entry: Entry) => string | null;

/** A history taken apart. */
interface State<Entry> {
  /** By content and rank among equal entries: the same answer given twice in one millisecond is two entries. */
  readonly all: ReadonlyMap<string, Entry>;
  readonly superseded: ReadonlySet<string>;
}

export interface United<Entry> {
  /** In the order to be read. */
  readonly superseded: Entry[];
  readonly standing: Entry[];
  /** Places, among the histories given, of those that already say all of this. */
  readonly complete: number[];
  /** Places of those that say nothing more than another one: what is left when they are dropped is the same. */
  readonly redundant: number[];
}

function stateOf<Entry extends SaidEntry>(history: readonly Entry[], claimOf: ClaimOf<Entry>): State<Entry> {
  const last = history.at(-1);
  const claim = last === undefined ? null : claimOf(last);
  let standsFrom = history.length;
  while (claim !== null && standsFrom > 0) {
    const before = history[standsFrom - 1];
    if (before === undefined || claimOf(before) !== claim) break;
    standsFrom -= 1;
  }
  const all = new Map<string, Entry>();
  const superseded = new Set<string>();
  const ranks = new Map<string, number>();
  for (const [place, entry] of history.entries()) {
    const content = canonicalJson(entry);
    const rank = (ranks.get(content) ?? 0) + 1;
    ranks.set(content, rank);
    all.set(`${content}#${rank}`, entry);
    if (place < standsFrom) superseded.add(`${content}#${rank}`);
  }
  return { all, superseded };
}

const isWithin = <Entry>(a: State<Entry>, b: State<Entry>) =>
  a.all.size <= b.all.size &&
  a.superseded.size <= b.superseded.size &&
  [...a.all.keys()].every((key) => b.all.has(key)) &&
  [...a.superseded].every((key) => b.superseded.has(key));

const readingOrder = ([keyA, a]: [string, SaidEntry], [keyB, b]: [string, SaidEntry]) =>
  Date.parse(a.at) - Date.parse(b.at) || (keyA < keyB ? -1 : keyA > keyB ? 1 : 0);

/** Unites histories: every entry of each, once. */
export function uniteHistories<Entry extends SaidEntry>(
  histories: readonly (readonly Entry[])[],
  claimOf: ClaimOf<Entry>,
): United<Entry> {
  const states = histories.map((history) => stateOf(history, claimOf));
  const all = new Map(states.flatMap((state) => [...state.all]));
  const superseded = new Set(states.flatMap((state) => [...state.superseded]));
  const entries = [...all].sort(readingOrder);
  const last = entries.at(-1);
  if (
    superseded.size === all.size &&
    last !== undefined &&
    !entries.some(([, entry]) => claimOf(entry) === null)
  ) {
    // Histories that contradict each other's order, which no honest device writes: nothing would stand.
    superseded.delete(last[0]);
  }
  return {
    superseded: entries.filter(([key]) => superseded.has(key)).map(([, entry]) => entry),
    standing: entries.filter(([key]) => !superseded.has(key)).map(([, entry]) => entry),
    complete: [...states.keys()].filter((place) => {
      const state = states[place];
      return state?.all.size === all.size && state.superseded.size === superseded.size;
    }),
    redundant: [...states.keys()].filter((place) =>
      states.some((other, index) => {
        const state = states[place];
        if (state === undefined || index === place || !isWithin(state, other)) return false;
        return index < place || !isWithin(other, state);
      }),
    ),
  };
}

/**
 * A history in which {@link uniteHistories} reads the same again: superseded entries first, the last of them one that
 * claims something else than what stands, then those standing.
 */
export function asHistory<Entry extends SaidEntry>(
  superseded: readonly Entry[],
  standing: readonly Entry[],
  claimOf: ClaimOf<Entry>,
): Entry[] {
  const [first] = standing;
  const claim = first === undefined ? undefined : claimOf(first);
  const last = superseded.findLastIndex((entry) =>
    first === undefined ? claimOf(entry) === null : claimOf(entry) !== claim,
  );
  if (last === -1) return [...superseded, ...standing];
  const [separator] = superseded.slice(last, last + 1);
  const before = superseded.filter((_, place) => place !== last);
  return [...before, ...(separator === undefined ? [] : [separator]), ...standing];
}
