/** Chance that can be had again: the same seed gives the same draws, on every machine. */
import { opaqueKey } from '../ids.ts';

export interface Random {
  /** From 0 up to 1, which it never is. */
  fraction(): number;
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** A copy in another order. */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** An opaque key, as documents bear. */
  key(): string;
}

/** Spreads the bits of a 32-bit number: neighbours in, strangers out. */
function scrambled(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * A source of its own for each purpose, so that one more draw in one place leaves the others as they were.
 * @param seed what tells this source from others
 */
export function randomFrom(...seed: readonly (string | number)[]): Random {
  let state = 0;
  for (const letter of seed.join('/')) state = scrambled(state ^ (letter.codePointAt(0) ?? 0)) + 0x632be59b;
  const fraction = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return scrambled(state) / 0x1_0000_0000;
  };
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const shuffled = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, rank: fraction() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  const key = () => opaqueKey(Uint8Array.from({ length: 14 }, () => between(0, 255)));
  return { fraction, between, chance: (probability) => fraction() < probability, pick, shuffled, key };
}
