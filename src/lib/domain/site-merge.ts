/** Two versions of a site's document made one: its terms are merged one by one, the rest by field. */
import { canonicalJson } from './canonical-json.ts';
import type { Site } from './documents.ts';
import { mergeFields, type MergedFields } from './three-way.ts';

type Listed = Site['terms'][number];

const same = (a: Listed | undefined, b: Listed | undefined) =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** One term of the list: what changed on one side holds; `'both'` where both sides changed it, differently. */
function mergedEntry(
  base: Listed | undefined,
  mine: Listed | undefined,
  theirs: Listed | undefined,
): Listed | undefined | 'both' {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  return same(base, mine) ? theirs : 'both';
}

/**
 * Two coordinators who each make a term without a network make two terms: neither may push the other off the list.
 * @param ancestor what both were made from; `undefined` when it is no longer there
 */
export function mergeSites(ancestor: Site | undefined, a: Site, b: Site): MergedFields<Site> {
  const [base, one, other] = [ancestor, a, b].map(
    (site) => new Map((site?.terms ?? []).map((term) => [term.term as string, term])),
  );
  const codes = [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])];
  const terms: Listed[] = [];
  for (const code of codes) {
    const entry = mergedEntry(base?.get(code), one?.get(code), other?.get(code));
    if (entry === 'both') return { ok: false, why: 'disagreement', fields: ['terms'] };
    if (entry) terms.push(entry);
  }
  terms.sort((x, y) => (`${x.start} ${x.term}` < `${y.start} ${y.term}` ? -1 : 1));
  return mergeFields(ancestor && { ...ancestor, terms }, { ...a, terms }, { ...b, terms });
}
