/**
 * Uniting histories of one fact that grew apart on several devices, without asking any clock who is right.
 *
 * A history says two things of each entry: that it was made, and whether something was answered over it by someone
 * who had seen it. The entries still standing are the last run of entries that claim the same thing (a correction of
 * an arrival claims the same status again); all those before were superseded. Both sets only ever grow by union, so
 * the result does not depend on the order, the grouping or the repetition of merges. An entry superseded anywhere is
 * superseded: a history that contains another wins over it. Clocks only put the entries in an order to be read.
 *
 * A decision says by itself what it was made over, entry by entry. It stands at the end of a history beside others that
 * it had not seen, whatever they claim: only what it names, and what stood before that, is superseded by it.
 */
import { canonicalJson } from './canonical-json.ts';
import { contentHash } from './content-hash.ts';

/** What every entry of a history says. */
export interface SaidEntry {
  readonly at: string;
  readonly by: string;
  readonly device: string;
}

/** What an entry claims; `null` claims nothing and only takes back what was said before (a cleared answer). */
type ClaimOf<Entry> = (entry: Entry) => string | null;

/** How entries are read. */
export interface Reading<Entry> {
  readonly claimOf: ClaimOf<Entry>;
  /** Of a decision, the names of the entries that it was made over; `undefined` of any other entry. */
  readonly overOf?: (entry: Entry) => readonly string[] | undefined;
}

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
  /** How a decision names those standing. */
  readonly standingNames: string[];
  /** Every entry by its name. */
  readonly byName: () => ReadonlyMap<string, Entry>;
  /** Places, among the histories given, of those that already say all of this. */
  readonly complete: number[];
  /** Places of those that say nothing more than another one: what is left when they are dropped is the same. */
  readonly redundant: number[];
}

const nameOf = (key: string) => contentHash(key).slice(0, 16);

function stateOf<Entry extends SaidEntry>(history: readonly Entry[], reading: Reading<Entry>): State<Entry> {
  const { claimOf, overOf } = reading;
  const all = new Map<string, Entry>();
  const ranks = new Map<string, number>();
  for (const entry of history) {
    const content = canonicalJson(entry);
    const rank = (ranks.get(content) ?? 0) + 1;
    ranks.set(content, rank);
    all.set(`${content}#${rank}`, entry);
  }
  const keys = [...all.keys()];
  const over = new Set(overOf === undefined ? [] : history.flatMap((entry) => overOf(entry) ?? []));
  const isNamed = (place: number) => over.size > 0 && over.has(nameOf(keys[place] ?? ''));
  const isDecision = (entry: Entry | undefined) => entry !== undefined && overOf?.(entry) !== undefined;

  let decidedFrom = history.length;
  while (decidedFrom > 0 && isDecision(history[decidedFrom - 1])) decidedFrom -= 1;
  const last = history[decidedFrom - 1];
  const claim = last === undefined || isNamed(decidedFrom - 1) ? null : claimOf(last);
  let standsFrom = decidedFrom;
  while (claim !== null && standsFrom > 0) {
    const before = history[standsFrom - 1];
    if (before === undefined || isDecision(before) || claimOf(before) !== claim) break;
    standsFrom -= 1;
  }
  const superseded = new Set(keys.filter((_, place) => place < standsFrom || isNamed(place)));
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
  reading: Reading<Entry>,
): United<Entry> {
  const { claimOf } = reading;
  const states = histories.map((history) => stateOf(history, reading));
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
    standingNames: entries.filter(([key]) => !superseded.has(key)).map(([key]) => nameOf(key)),
    byName: () => new Map(entries.map(([key, entry]) => [nameOf(key), entry])),
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
 * separates them from what stands, then those standing, decisions last.
 */
export function asHistory<Entry extends SaidEntry>(
  superseded: readonly Entry[],
  standing: readonly Entry[],
  { claimOf, overOf }: Reading<Entry>,
): Entry[] {
  const isDecision = (entry: Entry) => overOf?.(entry) !== undefined;
  const said = standing.filter((entry) => !isDecision(entry));
  const decided = standing.filter(isDecision);
  const [first] = said;
  const named = new Set([...superseded, ...decided].flatMap((entry) => overOf?.(entry) ?? []));
  const separates = (entry: Entry) => {
    if (first !== undefined) return claimOf(entry) !== claimOf(first);
    if (isDecision(entry)) return false;
    return claimOf(entry) === null || (decided.length > 0 && named.has(nameOf(`${canonicalJson(entry)}#1`)));
  };
  const last = superseded.findLastIndex(separates);
  if (last === -1) return [...superseded, ...said, ...decided];
  const [separator] = superseded.slice(last, last + 1);
  const before = superseded.filter((_, place) => place !== last);
  return [...before, ...(separator === undefined ? [] : [separator]), ...said, ...decided];
}
