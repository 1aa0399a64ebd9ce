/**
 * Three-way merge by field, on the version both sides started from. A field changed on one side takes that change; a
 * field changed on both to different values is an overlap, and someone decides.
 */
import { canonicalJson } from './canonical-json.ts';
import { unionOfChanges } from './changes.ts';
import type { Change } from './documents.ts';

export type MergedFields<Document> =
  | { readonly ok: true; readonly merged: Document }
  | { readonly ok: false; readonly why: 'disagreement'; readonly fields: readonly string[] };

/** Who wrote, when and where belongs to a version, not to what it says. */
const provenance = new Set(['at', 'by', 'device']);

const same = (a: unknown, b: unknown) => a === b || canonicalJson(a) === canonicalJson(b);

/**
 * Merges `a` and `b`, both made from `ancestor` (`undefined` when it is no longer there: then every difference is an
 * overlap). A field is the whole of its value: lists are not merged by item, but for the list of
 * changes, of which both sides' stay. Provenance is that of the later version
 * by its text, the same whichever side asks; fields beginning with `_`, other than the id, are left out.
 */
export function mergeFields<Document extends { _id: string; at: string; by: string; device: string }>(
  ancestor: Document | undefined,
  a: Document,
  b: Document,
): MergedFields<Document> {
  const [base, one, other] = [ancestor, a, b].map((version) => new Map(Object.entries(version ?? {})));
  if (base === undefined || one === undefined || other === undefined) throw new Error('three versions');
  const merged: [string, unknown][] = [];
  const overlaps: string[] = [];
  for (const name of [...new Set([...one.keys(), ...other.keys(), ...base.keys()])].sort()) {
    if (provenance.has(name) || (name.startsWith('_') && name !== '_id')) continue;
    const [mine, theirs] = [one.get(name), other.get(name)];
    if (name === 'changes') {
      merged.push([name, unionOfChanges((mine ?? []) as Change[], (theirs ?? []) as Change[])]);
      continue;
    }
    const isChangedHere = ancestor === undefined || !same(mine, base.get(name));
    const isChangedThere = ancestor === undefined || !same(theirs, base.get(name));
    if (isChangedHere && isChangedThere && !same(mine, theirs)) overlaps.push(name);
    const kept = isChangedHere ? mine : theirs;
    if (kept !== undefined) merged.push([name, kept]);
  }
  if (overlaps.length > 0) return { ok: false, why: 'disagreement', fields: overlaps };
  const later = provenanceText(a) > provenanceText(b) ? a : b;
  const { at, by, device } = later;
  return { ok: true, merged: { ...Object.fromEntries(merged), at, by, device } as Document };
}

const provenanceText = ({ at, by, device }: { at: string; by: string; device: string }) =>
  canonicalJson([at, by, device]);
