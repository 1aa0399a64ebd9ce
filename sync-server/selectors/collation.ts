/** The order in which CouchDB puts JSON values: nothing, no, yes, numbers, texts, lists, objects. */

/** The order of Unicode's root, which English keeps as it is: the same on every machine. */
const texts = new Intl.Collator('en');

const rankOf = (value: unknown): number => {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === 'number') return 3;
  if (typeof value === 'string') return 4;
  return Array.isArray(value) ? 5 : 6;
};

/** Less than 0 when the first stands before the second, 0 when they are alike, more than 0 otherwise. */
export function compareValues(first: unknown, second: unknown): number {
  const rank = rankOf(first);
  const other = rankOf(second);
  if (rank !== other) return rank - other;
  if (rank === 3) return (first as number) - (second as number);
  if (rank === 4) return texts.compare(first as string, second as string);
  if (rank === 5) return compareLists(first as unknown[], second as unknown[]);
  return rank === 6 ? compareLists(flat(first as object), flat(second as object)) : 0;
}

/** A name and its value, and the next: in the order in which they were written. */
const flat = (value: object): unknown[] => Object.entries(value).flat();

function compareLists(first: readonly unknown[], second: readonly unknown[]): number {
  for (let at = 0; at < Math.min(first.length, second.length); at += 1) {
    const order = compareValues(first[at], second[at]);
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

/** The order of ids: by their bytes. */
export const compareIds = (first: string, second: string) =>
  Buffer.compare(Buffer.from(first), Buffer.from(second));
