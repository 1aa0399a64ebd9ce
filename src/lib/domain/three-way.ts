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
 *
 * Where both sides were decided on, by people who did not know of each other, one of the two is kept whole, chosen by
 * what it says: the same everywhere, and by no clock.
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
  if (wereSettledApart(a, b)) return chosen(a, b);
  if (overlaps.length > 0) return { ok: false, why: 'disagreement', fields: overlaps };
  const later = provenanceText(a) > provenanceText(b) ? a : b;
  const { at, by, device } = later;
  return { ok: true, merged: { ...Object.fromEntries(merged), at, by, device } as Document };
}

const provenanceText = ({ at, by, device }: { at: string; by: string; device: string }) =>
  canonicalJson([at, by, device]);

const changesOf = (document: object) => ((document as { changes?: Change[] }).changes ?? []) as Change[];

/** Whether the last thing that happened to both is a decision, and not the same one. */
function wereSettledApart(a: object, b: object): boolean {
  const [one, other] = [changesOf(a).at(-1), changesOf(b).at(-1)];
  return one?.kind === 'settled' && other?.kind === 'settled' && !same(one, other);
}

/** One of two decisions, with the changes of both; its own change stays the last. */
function chosen<Document extends object>(a: Document, b: Document): MergedFields<Document> {
  const saidBy = (document: Document) =>
    canonicalJson(
      Object.fromEntries(
        Object.entries(document).filter(
          ([name]) => !provenance.has(name) && name !== 'changes' && !name.startsWith('_'),
        ),
      ),
    );
  const textOf = (document: Document) => `${saidBy(document)} ${canonicalJson(document)}`;
  const [kept, other] = textOf(a) > textOf(b) ? [a, b] : [b, a];
  const last = changesOf(kept).at(-1);
  const text = canonicalJson(last ?? null);
  const all = unionOfChanges(changesOf(kept), changesOf(other));
  const others = all.filter((change) => canonicalJson(change) !== text);
  const { _rev, ...fields } = kept as Document & { _rev?: string };
  return { ok: true, merged: { ...fields, changes: last ? [...others, last] : others } as Document };
}
