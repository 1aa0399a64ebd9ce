/** What a search may say beside its selector; errors are CouchDB's. */
import type { Call } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';
import { readSelector, SelectorRefused, type Condition } from '../selectors/condition.ts';
import { asObject } from './incoming.ts';

export interface SortField {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

export interface FindOptions {
  readonly selector: Condition;
  /** All of them when there are none. */
  readonly fields: readonly string[];
  /** All in one direction. */
  readonly sort: readonly SortField[];
  readonly limit: number;
  readonly skip: number;
  readonly bookmark: string;
  readonly conflicts: boolean;
  readonly executionStats: boolean;
  /** A design document, and an index of it. */
  readonly useIndex: readonly string[];
  readonly allowFallback: boolean;
}

const refuse = (error: string, reason: string) => new HttpError(400, error, reason);

/** Says a selector's error as one of the protocol. */
export function refusingSelectors<Result>(run: () => Result, error?: string): Result {
  try {
    return run();
  } catch (refused) {
    if (!(refused instanceof SelectorRefused)) throw refused;
    throw refuse(error ?? refused.error, refused.message);
  }
}

const known = new Set([
  ...['selector', 'use_index', 'bookmark', 'limit', 'skip', 'sort', 'fields', 'partition', 'r', 'conflicts'],
  ...['stale', 'update', 'stable', 'execution_stats', 'allow_fallback'],
]);

/** Reads the body of `_find` and `_explain`. */
export function readFindOptions(call: Call): FindOptions {
  const body = asObject(call.json());
  requireKey(body, 'selector');
  const { selector } = body;
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector))
    throw refuse('invalid_selector_json', `Selector must be a JSON object, not: ${JSON.stringify(selector)}`);
  refuseUnknown(body, known);
  const flag = (key: string, otherwise: boolean) => readFlag(body, key, otherwise);
  flag('update', true);
  flag('stable', false);
  const { r = 1 } = body;
  if (!Number.isSafeInteger(r) || (r as number) < 1)
    throw refuse('invalid_pos_integer', `${JSON.stringify(r)} is not an integer greater than zero`);
  return {
    selector: refusingSelectors(() => readSelector(selector as Record<string, unknown>)),
    fields: readFields(body.fields),
    sort: readSort(body.sort ?? []),
    limit: readCount(body, 'limit', 25),
    skip: readCount(body, 'skip', 0),
    bookmark: readBookmark(body.bookmark),
    conflicts: flag('conflicts', false),
    executionStats: flag('execution_stats', false),
    useIndex: readUseIndex(body.use_index),
    allowFallback: flag('allow_fallback', true),
  };
}

export function requireKey(body: Readonly<Record<string, unknown>>, key: string): void {
  if (body[key] === undefined) throw refuse('missing_required_key', `Missing required key: ${key}`);
}

export function refuseUnknown(body: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): void {
  const unknown = Object.keys(body).find((key) => !keys.has(key));
  if (unknown !== undefined) throw refuse('invalid_key', `Invalid key ${unknown} for this request.`);
}

function readFlag(body: Readonly<Record<string, unknown>>, key: string, otherwise: boolean): boolean {
  const value = body[key] ?? otherwise;
  if (typeof value !== 'boolean')
    throw refuse('invalid_boolean', `Invalid boolean value: ${JSON.stringify(value)}`);
  return value;
}

function readCount(body: Readonly<Record<string, unknown>>, key: string, otherwise: number): number {
  const value = body[key] ?? otherwise;
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw refuse(
      'invalid_non_neg_integer',
      `${JSON.stringify(value)} is not an integer greater than or equal to zero`,
    );
  return value as number;
}

function readFields(value: unknown = []): readonly string[] {
  if (!Array.isArray(value))
    throw refuse('invalid_fields', `Fields must be an array of strings, not: ${JSON.stringify(value)}`);
  const odd = value.find((field) => typeof field !== 'string');
  if (odd !== undefined) throw refuse('invalid_field', `Invalid JSON for field spec: ${JSON.stringify(odd)}`);
  return value as string[];
}

/** `["a", {"b": "desc"}]`, as sorts and indexes name their fields. */
export function readSort(value: unknown): readonly SortField[] {
  if (!Array.isArray(value))
    throw refuse('invalid_sort_json', `Sort must be an array of sort specs, not: ${JSON.stringify(value)}`);
  const fields = value.map(readSortField);
  if (new Set(fields.map(({ direction }) => direction)).size > 1)
    throw refuse('unsupported_mixed_sort', 'Sorts currently only support a single direction for all fields.');
  return fields;
}

function readSortField(value: unknown): SortField {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [[value, 'asc']];
  const [[field, direction] = []] = entries as unknown[][];
  const isOne = entries.length === 1 && typeof field === 'string' && field !== '';
  if (!isOne || (direction !== 'asc' && direction !== 'desc'))
    throw refuse('invalid_sort_field', `Invalid sort field: ${JSON.stringify(value)}`);
  return { field, direction };
}

function readBookmark(value: unknown): string {
  if (value === undefined || value === null || value === 'nil') return '';
  if (typeof value !== 'string') throw refuseBookmark(value);
  return value;
}

export const refuseBookmark = (value: unknown) =>
  refuse('invalid_bookmark', `Invalid bookmark value: ${JSON.stringify(value)}`);

function readUseIndex(value: unknown = []): readonly string[] {
  const names = typeof value === 'string' ? [value] : value;
  const isName = Array.isArray(names) && names.length < 3 && names.every((name) => typeof name === 'string');
  if (!isName) throw refuse('invalid_index_name', `Invalid index name: ${JSON.stringify(value)}`);
  return names as string[];
}
