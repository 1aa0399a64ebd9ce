/**
 * Indexes of `_find`, kept as CouchDB keeps them in design documents of the language `query`. Here an index is a promise
 * of an order and of the fields that a document has; every document is looked at all the same.
 */
import * as z from 'zod/mini';
import type { Database, Row } from '../engine/engine.ts';
import { HttpError } from '../http/http-error.ts';
import { compareIds } from '../selectors/collation.ts';
import type { Condition } from '../selectors/condition.ts';
import { isConstant, narrowedFields, notRequired } from '../selectors/requirements.ts';
import { readSort, type FindOptions, type SortField } from './find-options.ts';

export interface Index {
  /** `null`: the order of the ids, which is always there. */
  readonly ddoc: string | null;
  readonly name: string;
  readonly fields: readonly SortField[];
  /** A selector that its documents must match. */
  readonly partial: Readonly<Record<string, unknown>>;
}

const byId: Index = {
  ddoc: null,
  name: '_all_docs',
  fields: [{ field: '_id', direction: 'asc' }],
  partial: {},
};

const definition = z.object({
  map: z.object({
    fields: z.record(z.string(), z.enum(['asc', 'desc'])),
    partial_filter_selector: z.optional(z.record(z.string(), z.unknown())),
  }),
  options: z.optional(z.object({ def: z.optional(z.object({ fields: z.optional(z.unknown()) })) })),
});

/** The indexes of a database, the order of the ids first. */
export const indexesOf = (database: Database): readonly Index[] => [
  byId,
  ...database
    .designDocuments()
    .flatMap(indexesIn)
    .sort((a, b) => compareIds(a.ddoc ?? '', b.ddoc ?? '') || compareIds(a.name, b.name)),
];

function indexesIn({ id, body }: Row): Index[] {
  const { language, views } = JSON.parse(body) as { language?: unknown; views?: object };
  if (language !== 'query') return [];
  return Object.entries(views ?? {}).flatMap(([name, view]): Index[] => {
    const read = z.safeParse(definition, view);
    if (!read.success) return [];
    const { map, options } = read.data;
    return [
      {
        ddoc: id,
        name,
        fields: orderOf(map.fields, options?.def?.fields),
        partial: map.partial_filter_selector ?? {},
      },
    ];
  });
}

/** Names that are numbers lose their place in an object: the list that the index was made from has it. */
function orderOf(fields: Record<string, 'asc' | 'desc'>, list: unknown): readonly SortField[] {
  try {
    return readSort(list);
  } catch {
    return Object.entries(fields).map(([field, direction]) => ({ field, direction }));
  }
}

/** How `_index` and `_explain` show one. */
export const shownIndex = ({ ddoc, name, fields, partial }: Index) => ({
  ddoc,
  name,
  type: ddoc === null ? 'special' : 'json',
  ...(ddoc === null ? {} : { partitioned: false }),
  def: {
    fields: fields.map(({ field, direction }) => ({ [field]: direction })),
    ...(Object.keys(partial).length ? { partial_filter_selector: partial } : {}),
  },
});

const withPrefix = (ddoc: string) => (ddoc.startsWith('_design/') ? ddoc : `_design/${ddoc}`);

/** Whether the client named it. */
const isNamed = ({ ddoc, name }: Index, [wantedDdoc, wantedName]: readonly string[]) =>
  wantedDdoc !== undefined && ddoc === withPrefix(wantedDdoc) && (wantedName ?? name) === name;

export interface Chosen {
  readonly index: Index;
  readonly warnings: readonly string[];
}

/** The index of a search; `undefined` when there is none for its sort. Throws a 400 when it may be no other than one. */
export function chooseIndex(all: readonly Index[], options: FindOptions): Chosen | undefined {
  const { useIndex } = options;
  const usable = all.filter(
    (index) =>
      (Object.keys(index.partial).length === 0 || isNamed(index, useIndex)) && isUsable(index, options),
  );
  if (usable.length === 0) return undefined;
  const named = usable.filter((index) => isNamed(index, useIndex));
  if (named.length === 0 && !options.allowFallback) throw missing(useIndex);
  const candidates = named.length ? named : usable;
  const json = candidates.filter(({ ddoc }) => ddoc !== null);
  const index = best(json.length ? json : candidates, options.selector);
  return { index, warnings: warningsOf(index, useIndex) };
}

const missing = (useIndex: readonly string[]) =>
  new HttpError(
    400,
    'invalid_index',
    useIndex.length
      ? `${nameOf(useIndex)} specified by \`use_index\` could not be found or it is not suitable.`
      : 'You must specify an index with the `use_index` parameter.',
  );

const nameOf = ([ddoc = '', name]: readonly string[]) =>
  withPrefix(ddoc) + (name === undefined ? '' : `, ${name}`);

function isUsable({ ddoc, fields }: Index, { selector, sort }: FindOptions): boolean {
  const columns = fields.map(({ field }) => field);
  const sorted = sort.map(({ field }) => field);
  // The order of the ids serves no other search.
  if (ddoc === null)
    return sorted.length === 0 || (narrowedFields(selector).includes('_id') && sorted.join() === '_id');
  const required = columns.filter((field) => !sorted.includes(field) && field !== '_id' && field !== '_rev');
  return notRequired(selector, required).length === 0 && hasOrder(columns, sorted, selector);
}

/** Behind fields that stand still, an index has the order of those that follow. */
function hasOrder(columns: readonly string[], sorted: readonly string[], selector: Condition): boolean {
  if (sorted.length === 0) return true;
  const [first, ...rest] = columns;
  if (first === undefined) return false;
  if (first === sorted[0]) return sorted.every((field, at) => columns[at] === field);
  return isConstant(selector, first) && hasOrder(rest, sorted, selector);
}

/** The one whose first fields cover most of what the selector narrows down, then the shortest, then by name. */
function best(candidates: readonly Index[], selector: Condition): Index {
  const narrowed = narrowedFields(selector);
  const covered = ({ fields }: Index) => {
    const end = fields.findIndex(({ field }) => !narrowed.includes(field));
    return end < 0 ? fields.length : end;
  };
  const [first = byId] = [...candidates].sort(
    (a, b) => covered(b) - covered(a) || a.fields.length - b.fields.length,
  );
  return first;
}

function warningsOf(index: Index, useIndex: readonly string[]): string[] {
  const isIgnored = useIndex.length > 0 && !isNamed(index, useIndex);
  const why = useIndex.length > 1 ? 'it is not' : 'it does not contain';
  return [
    ...(isIgnored ? [`${nameOf(useIndex)} was not used because ${why} a valid index for this query.`] : []),
    ...(index.ddoc === null ? ['No matching index found, create an index to optimize query time.'] : []),
  ];
}
