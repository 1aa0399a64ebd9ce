/** What a design document must hold for a CouchDB to take it. */
type Fields = Readonly<Record<string, unknown>>;
type Kind = 'array' | 'boolean' | 'object' | 'string';
/** Where a field stands, `*` for any name, and what it may be. */
type Rule = readonly [path: readonly string[], ...kinds: Kind[]];

/** In the order in which a CouchDB looks. */
const rulesOf = (language: unknown): readonly Rule[] => [
  [['filters'], 'object'],
  [['filters', '*'], 'string', 'object'],
  [['language'], 'string'],
  [['lists'], 'object'],
  [['lists', '*'], 'string', 'object'],
  [['options'], 'object'],
  [['options', 'include_design'], 'boolean'],
  [['options', 'local_seq'], 'boolean'],
  [['options', 'partitioned'], 'boolean'],
  [['rewrites'], 'array', 'string'],
  [['shows'], 'object'],
  [['shows', '*'], 'string', 'object'],
  [['updates'], 'object'],
  [['updates', '*'], 'string', 'object'],
  [['validate_doc_update'], 'string'],
  [['views'], 'object'],
  [['views', 'lib'], 'object'],
  [['views', '*'], 'object'],
  [['views', '*', 'map'], language === 'query' ? 'object' : 'string'],
  [['views', '*', 'reduce'], 'string'],
];

/** The reductions that a CouchDB brings with it. */
const builtIn = /^_(sum|count|stats|approx_count_distinct|first|last|top_\d+|bottom_\d+)/;

/** What is wrong with the fields of a design document, in CouchDB's words; `undefined` when nothing is. */
export function whyNoDesign(body: Fields): string | undefined {
  for (const [path, ...kinds] of rulesOf(body.language)) {
    const wrong = misfit(body, path, kinds);
    if (wrong) return `\`${wrong.join('.')}\` field must have ${kinds.join(' or ')} type`;
  }
  const views = Object.entries((body.views ?? {}) as Readonly<Record<string, Fields>>);
  for (const [name, { map, reduce }] of views) {
    // `lib` holds modules for the others.
    if (name !== 'lib' && map === undefined) return `View \`${name}\` must contain map function`;
    if (typeof reduce === 'string' && reduce.startsWith('_') && !builtIn.test(reduce))
      return `\`${reduce}\` is not a supported reduce function.`;
  }
  if ((body.options as Fields | undefined)?.partitioned === true)
    return 'partitioned option cannot be true in a non-partitioned database.';
  return undefined;
}

/** The whole path of the first value that is there and is nothing of the sort. */
function misfit(
  value: unknown,
  [name, ...rest]: readonly string[],
  kinds: readonly Kind[],
): string[] | undefined {
  if (name === undefined) return value === undefined || kinds.includes(kindOf(value)) ? undefined : [];
  if (!isObject(value)) return undefined;
  for (const key of name === '*' ? Object.keys(value) : [name]) {
    const wrong = misfit(Object.hasOwn(value, key) ? value[key] : undefined, rest, kinds);
    if (wrong) return [key, ...wrong];
  }
  return undefined;
}

const isObject = (value: unknown): value is Fields => kindOf(value) === 'object';

const kindOf = (value: unknown) =>
  (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value) as Kind;

/** The functions of a design document that must compile, each with its name in a sentence. */
export function functionsOf(body: Fields): readonly (readonly [name: string, source: string])[] {
  if (body.language !== undefined && body.language !== 'javascript') return [];
  const views = Object.entries((body.views ?? {}) as Readonly<Record<string, Fields>>);
  const all = [
    ['validate_doc_update function', body.validate_doc_update] as const,
    ...views.flatMap(([view, { map, reduce }]) => [
      [`map function in the '${view}' view`, map] as const,
      [`reduce function in the '${view}' view`, reduce] as const,
    ]),
  ];
  return all.flatMap(([name, source]) =>
    typeof source === 'string' && !source.startsWith('_') ? [[name, source] as const] : [],
  );
}
