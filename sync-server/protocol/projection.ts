/** Documents with some of their fields alone. */
import { blocked, pathOf, valueAt } from '../selectors/field-path.ts';

/**
 * From a document's text to that of what is asked for; `a.b` is a field within a field. Without fields it is the whole.
 * Throws `SelectorRefused` for a path that is none.
 */
export function projection(fields: readonly string[]): (text: string) => string {
  if (fields.length === 0) return (text) => text;
  const paths = fields.map(pathOf);
  return (text) => {
    const document: unknown = JSON.parse(text);
    const kept: Record<string, unknown> = {};
    for (const path of paths) {
      const value = valueAt(document, path);
      if (value !== undefined && value !== blocked) place(kept, path, value);
    }
    return JSON.stringify(kept);
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function place(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) define(target, name, value);
  else {
    const inside = Object.hasOwn(target, name) ? target[name] : undefined;
    const next = isRecord(inside) ? inside : {};
    define(target, name, next);
    place(next, rest, value);
  }
}

/** A field of any name, `__proto__` as well. */
const define = (target: Record<string, unknown>, name: string, value: unknown) =>
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
