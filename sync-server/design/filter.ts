/** Filters of design documents for the update feed: `filters.{name}`, or a view's map that emits. */
import type { Database } from '../engine/engine.ts';
import { callFunction } from './sandbox.ts';

export type FoundFilter =
  | { readonly ok: true; readonly passes: (document: unknown, request: unknown) => boolean }
  | { readonly ok: false; readonly why: 'no design document' | 'no function' };

/** A filter function stopped or failed: the feed cannot go on. */
export class FilterBroken extends Error {}

/** Finds `filters.{name}` of `_design/{design}`, or with `kind` `views` the map function of that view. */
export function findFilter(
  database: Database,
  design: string,
  name: string,
  kind: 'filters' | 'views',
): FoundFilter {
  const row = database.row(`_design/${design}`);
  if (!row || row.isDeleted) return { ok: false, why: 'no design document' };
  const functions = (JSON.parse(row.body) as Record<string, unknown>)[kind];
  const found = isRecord(functions) && Object.hasOwn(functions, name) ? functions[name] : undefined;
  const source = kind === 'views' && isRecord(found) ? found.map : found;
  if (typeof source !== 'string') return { ok: false, why: 'no function' };
  return {
    ok: true,
    passes(document, request) {
      const [outcome] = callFunction(source, [[document, request]]);
      if (!outcome || outcome.kind === 'broken') throw new FilterBroken(outcome?.reason);
      if (outcome.kind !== 'answered') return false;
      return kind === 'views' ? outcome.emitted > 0 : outcome.answer;
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
