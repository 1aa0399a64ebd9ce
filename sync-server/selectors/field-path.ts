/** Fields by their path: `a.b` is a field within a field, `a\.b` one with a dot in its name, `a.0` the first of a list. */
import { SelectorRefused } from './condition.ts';

/** The names of a path, from the outermost. Throws `SelectorRefused` when one is empty. */
export function pathOf(field: string): readonly string[] {
  const names = field.split(/(?<!\\)\./).map((name) => name.replaceAll('\\', ''));
  if (field.split(/(?<!\\)\./).includes(''))
    throw new SelectorRefused('invalid_field_name', `Invalid field name: ${field}`);
  return names;
}

/** There is something in the way: a text has no fields, a list no names. */
export const blocked = Symbol('blocked');

/** What stands at the end of a path; `undefined` where nothing does. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  let at = document;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return blocked;
    const isThere = Object.hasOwn(at, name);
    if (Array.isArray(at) && !(isThere && /^\d+$/.test(name))) return blocked;
    if (!isThere) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}
