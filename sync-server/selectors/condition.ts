/**
 * Selectors of `_find` and of the feed's `_selector` filter, read once: every field with its whole path, every negation
 * at the test that it turns around. Errors are CouchDB's.
 */

/** A selector that means nothing. `error` is CouchDB's word for it. */
export class SelectorRefused extends Error {
  readonly error: string;

  constructor(error: string, reason: string) {
    super(reason);
    this.error = error;
  }
}

const comparisons = ['$lt', '$lte', '$eq', '$ne', '$gte', '$gt'] as const;
const lists = ['$in', '$nin', '$all'] as const;
const inner = ['$elemMatch', '$allMatch', '$keyMapMatch'] as const;

/** What is asked of one value. */
export type Test =
  | { readonly operator: (typeof comparisons)[number]; readonly value: unknown }
  | { readonly operator: (typeof lists)[number]; readonly values: readonly unknown[] }
  | { readonly operator: (typeof inner)[number]; readonly condition: Condition }
  | { readonly operator: '$exists'; readonly exists: boolean }
  | { readonly operator: '$type' | '$beginsWith'; readonly text: string }
  | { readonly operator: '$regex'; readonly pattern: RegExp }
  | { readonly operator: '$mod'; readonly divisor: number; readonly remainder: number }
  | { readonly operator: '$size'; readonly length: number };

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  /** An empty path is the value itself. */
  | { readonly kind: 'test'; readonly path: string; readonly test: Test; readonly isNegated: boolean };

/** Reads a selector. Throws `SelectorRefused`. */
export function readSelector(selector: Readonly<Record<string, unknown>>): Condition {
  if (Object.keys(selector).length === 0) return { kind: 'all', of: [] };
  const condition = read(selector, '', false);
  if (condition.kind === 'test' && condition.path === '')
    throw new SelectorRefused('invalid_selector', 'One or more conditions is missing a field name.');
  return condition;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const badArgument = (operator: string, value: unknown) =>
  new SelectorRefused('bad_arg', `Bad argument for operator ${operator}: ${JSON.stringify(value)}`);

function read(value: unknown, path: string, isNegated: boolean): Condition {
  const entries = isObject(value) ? Object.entries(value) : [];
  const [first] = entries;
  if (first === undefined) return comparison('$eq', value, path, isNegated);
  if (entries.length === 1) return readOne(...first, path, isNegated);
  return several(
    'all',
    entries.map(([name, each]) => readOne(name, each, path, isNegated)),
    isNegated,
  );
}

/** Not all of them is one that is not; not any of them is all that are not. */
const several = (kind: 'all' | 'any', of: readonly Condition[], isNegated: boolean): Condition => ({
  kind: (kind === 'all') === isNegated ? 'any' : 'all',
  of,
});

function readOne(name: string, value: unknown, path: string, isNegated: boolean): Condition {
  switch (name) {
    case '$and':
    case '$or':
    case '$nor': {
      if (!Array.isArray(value)) throw badArgument(name, value);
      const isInverted = name === '$nor' ? !isNegated : isNegated;
      return several(
        name === '$and' ? 'all' : 'any',
        value.map((each) => read(each, path, isInverted)),
        isInverted,
      );
    }
    case '$not':
      if (!isObject(value)) throw badArgument(name, value);
      return read(value, path, !isNegated);
    case '$exists':
      if (typeof value !== 'boolean') throw badArgument(name, value);
      return plain(path, { operator: name, exists: value !== isNegated });
    default:
      if (!name.startsWith('$')) return read(value, path === '' ? name : `${path}.${name}`, isNegated);
      if (isOneOf(comparisons, name)) return comparison(name, value, path, isNegated);
      return { kind: 'test', path, test: readTest(name, value), isNegated };
  }
}

const plain = (path: string, test: Test): Condition => ({ kind: 'test', path, test, isNegated: false });

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

const opposites = { $lt: '$gte', $lte: '$gt', $eq: '$ne', $ne: '$eq', $gte: '$lt', $gt: '$lte' } as const;

const comparison = (operator: keyof typeof opposites, value: unknown, path: string, isNegated: boolean) =>
  plain(path, { operator: isNegated ? opposites[operator] : operator, value });

function readTest(operator: string, value: unknown): Test {
  if (isOneOf(lists, operator)) {
    if (!Array.isArray(value)) throw badArgument(operator, value);
    return { operator, values: value };
  }
  if (isOneOf(inner, operator)) {
    if (!isObject(value)) throw badArgument(operator, value);
    return { operator, condition: read(value, '', false) };
  }
  switch (operator) {
    case '$type':
      if (typeof value !== 'string') throw badArgument(operator, value);
      return { operator, text: value };
    case '$beginsWith':
    case '$regex':
      if (typeof value !== 'string')
        throw new SelectorRefused('invalid_operator', `Invalid operator: ${operator}`);
      return operator === '$regex' ? { operator, pattern: readPattern(value) } : { operator, text: value };
    case '$mod': {
      const [divisor, remainder, ...rest] = Array.isArray(value) ? (value as unknown[]) : [];
      const isWhole = Number.isSafeInteger(divisor) && Number.isSafeInteger(remainder) && rest.length === 0;
      if (!isWhole || divisor === 0) throw badArgument(operator, value);
      return { operator, divisor: divisor as number, remainder: remainder as number };
    }
    case '$size':
      if (!Number.isSafeInteger(value) || (value as number) < 0) throw badArgument(operator, value);
      return { operator, length: value as number };
    case '$text':
      throw new SelectorRefused('not_supported', '$text needs a search index, and there is none.');
    default:
      throw new SelectorRefused('invalid_operator', `Invalid operator: ${operator}`);
  }
}

/** Options that stand in front of a pattern, `(?i)`, are said otherwise here. */
function readPattern(text: string): RegExp {
  const [, options = '', pattern = ''] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(text) ?? [];
  try {
    return new RegExp(pattern, options);
  } catch {
    throw badArgument('$regex', text);
  }
}

/** A condition as a selector again. */
export function shownCondition(condition: Condition): unknown {
  if (condition.kind !== 'test')
    return condition.of.length || condition.kind === 'any'
      ? { [condition.kind === 'all' ? '$and' : '$or']: condition.of.map(shownCondition) }
      : {};
  const shown = { [condition.test.operator]: argumentOf(condition.test) };
  const whole = condition.isNegated ? { $not: shown } : shown;
  return condition.path === '' ? whole : { [condition.path]: whole };
}

function argumentOf(test: Test): unknown {
  if ('value' in test) return test.value;
  if ('values' in test) return test.values;
  if ('condition' in test) return shownCondition(test.condition);
  if ('exists' in test) return test.exists;
  if ('text' in test) return test.text;
  if ('length' in test) return test.length;
  if ('divisor' in test) return [test.divisor, test.remainder];
  return test.pattern.flags ? `(?${test.pattern.flags})${test.pattern.source}` : test.pattern.source;
}
