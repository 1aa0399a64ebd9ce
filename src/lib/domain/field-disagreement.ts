/** Settling versions of a document that differ by field: what nobody disputes is merged, the rest is chosen. */
import { canonicalJson } from './canonical-json.ts';
import { differingFields, unionOfChanges } from './changes.ts';
import { saidFields } from './decisions.ts';
import type { AnyDocument, Author, Change } from './documents.ts';

export interface FieldDisagreement {
  /** Fields that were changed to several values, in the order of their names. */
  readonly overlaps: readonly string[];
  /** Of all other fields, the value that stands. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * @param ancestor what all versions were made from; `undefined` when it is no longer there: then every difference is
 * an overlap
 */
export function fieldDisagreement(
  ancestor: AnyDocument | undefined,
  versions: readonly AnyDocument[],
): FieldDisagreement {
  const base = ancestor && saidFields(ancestor);
  const said = versions.map(saidFields);
  const names = [...new Set(said.flatMap((one) => Object.keys(one)))].sort();
  const overlaps: string[] = [];
  const rest: [string, unknown][] = [];
  for (const name of names) {
    const values = new Map(said.map((one) => [canonicalJson(one[name] ?? null), one[name]]));
    if (values.size > 1 && base) values.delete(canonicalJson(base[name] ?? null));
    if (values.size > 1) overlaps.push(name);
    else for (const value of values.values()) if (value !== undefined) rest.push([name, value]);
  }
  return { overlaps, rest: Object.fromEntries(rest) };
}

type Tracked = AnyDocument & { changes?: Change[] | undefined };

/**
 * The document that a coordinator keeps: the fields given, with what happened to every version. Its last change says
 * that it was settled, even where the fields are those of the version that showed: another decision made at the same
 * time is told from an ordinary edit by it.
 * @param base the version that shows
 */
export function settledDocument(
  base: AnyDocument,
  versions: readonly AnyDocument[],
  fields: Readonly<Record<string, unknown>>,
  author: Author,
): AnyDocument {
  const changes = versions
    .map((version) => (version as Tracked).changes ?? [])
    .reduce<Change[]>(unionOfChanges, []);
  const { type, v, _id } = base;
  const next = { ...fields, _id, type, v, ...author } as unknown as Tracked;
  const change: Change = { ...author, kind: 'settled', fields: differingFields(base, next) };
  return { ...next, changes: [...changes, change] } as AnyDocument;
}
