/**
 * Several versions of one host's note made one again: somebody wrote on a phone and on a laptop. Never a disagreement
 * (both are the same person's), and no text is lost.
 */
import { canonicalJson } from './canonical-json.ts';
import type { Debrief } from './documents.ts';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One text of two: the one that was changed; where both were, the one that holds the other, else all lines of both.
 * Whichever of the two is named first.
 * @param base what both were made from; `undefined` when it is no longer there
 */
export function mergedText(base: string | undefined, one: string, other: string): string {
  if (one === base) return other;
  if (other === base) return one;
  if (one.includes(other)) return one;
  if (other.includes(one)) return other;
  const [first = '', second = ''] = [one, other].sort();
  const lines = first.split('\n');
  return [...lines, ...second.split('\n').filter((line) => line.trim() && !lines.includes(line))].join('\n');
}

/** What either side added is there, what either took away is not. */
function mergedList(base: readonly string[], one: readonly string[], other: readonly string[]): string[] {
  const [first = [], second = []] = [one, other].sort((a, b) => compare(canonicalJson(a), canonicalJson(b)));
  return [...new Set([...first, ...second])].filter(
    (word) => !base.includes(word) || (one.includes(word) && other.includes(word)),
  );
}

const texts = new Set(['worked', 'nextTime', 'followUp']);
const lists = new Set(['words', 'tookUp']);
const aside = new Set(['at', 'by', 'device', '_rev', 'theme', 'themeAt']);

function mergeTwo(base: Debrief | undefined, one: Debrief, other: Debrief): Debrief {
  const [earlier, later] = [one, other].sort(
    (a, b) => compare(a.at, b.at) || compare(canonicalJson(a), canonicalJson(b)),
  ) as [Debrief, Debrief];
  const { at, by, device } = later;
  const merged: Record<string, unknown> = { at, by, device };
  for (const name of new Set([...Object.keys(earlier), ...Object.keys(later)])) {
    if (aside.has(name)) continue;
    const [was, a, b] = [base?.[name], earlier[name], later[name]];
    const value = texts.has(name)
      ? mergedText(was as string | undefined, a as string, b as string)
      : lists.has(name)
        ? mergedList((was ?? []) as string[], (a ?? []) as string[], (b ?? []) as string[])
        : base !== undefined && canonicalJson(b ?? null) === canonicalJson(was ?? null)
          ? a
          : b;
    if (value !== undefined) merged[name] = value;
  }
  // The theme goes with the moment at which it was chosen: the last one to say.
  const { theme, themeAt } = (earlier.themeAt ?? '') > (later.themeAt ?? '') ? earlier : later;
  return { ...merged, ...(theme && { theme }), ...(themeAt && { themeAt }) } as Debrief;
}

/**
 * @param ancestor what all were made from; `undefined` when it is no longer there
 * @param given at least one, all of the same note; one of them is given back when it says everything
 */
export function mergeDebriefs(ancestor: Debrief | undefined, given: readonly Debrief[]): Debrief {
  const [first, ...others] = [...given].sort((a, b) => compare(canonicalJson(a), canonicalJson(b)));
  if (first === undefined) throw new Error('nothing to merge');
  const merged = others.reduce((one, other) => mergeTwo(ancestor, one, other), first);
  const said = saidBy(merged);
  return given.find((version) => saidBy(version) === said) ?? merged;
}

function saidBy(note: Debrief): string {
  const { _rev, ...said } = note;
  return canonicalJson(said);
}
