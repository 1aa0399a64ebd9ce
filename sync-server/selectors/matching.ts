/** Whether documents are what a selector describes. */
import { createContext, Script } from 'node:vm';
import { compareIds, compareValues } from './collation.ts';
import { SelectorRefused, type Condition, type Test } from './condition.ts';
import { blocked, pathOf, valueAt } from './field-path.ts';

/** @param document with `_id` and `_rev` */
export type Matches = (document: Readonly<Record<string, unknown>>) => boolean;

/**
 * @param condition a selector that was read. Throws `SelectorRefused` for a path that is none
 */
export const matcherOf = (condition: Condition): Matches => compile(condition);

type Check = (value: unknown) => boolean;

function compile(condition: Condition): Check {
  if (condition.kind === 'test') return compileTest(condition);
  const checks = condition.of.map(compile);
  if (condition.kind === 'all') return (value) => checks.every((check) => check(value));
  // Nothing to choose from is no condition.
  return (value) => checks.length === 0 || checks.some((check) => check(value));
}

function compileTest({ path, test, isNegated }: Extract<Condition, { kind: 'test' }>): Check {
  const plain = checkOf(test, path === '_id' ? compareIdWith : compareValues);
  const check: Check = isNegated ? (value) => !plain(value) : plain;
  if (path === '') return check;
  const names = pathOf(path);
  const isMissingWanted = test.operator === '$exists' && !test.exists;
  return (document) => {
    const value = valueAt(document, names);
    if (value === undefined) return isMissingWanted;
    return value !== blocked && check(value);
  };
}

type Compare = (first: unknown, second: unknown) => number;

/** Ids are compared by their bytes, and stand behind whatever is no text. */
const compareIdWith: Compare = (id, other) => (typeof other === 'string' ? compareIds(String(id), other) : 1);

function checkOf(test: Test, compare: Compare): Check {
  switch (test.operator) {
    case '$lt':
      return (value) => compare(value, test.value) < 0;
    case '$lte':
      return (value) => compare(value, test.value) <= 0;
    case '$eq':
      return (value) => compare(value, test.value) === 0;
    case '$ne':
      return (value) => compare(value, test.value) !== 0;
    case '$gte':
      return (value) => compare(value, test.value) >= 0;
    case '$gt':
      return (value) => compare(value, test.value) > 0;
    case '$in':
      return (value) => isAmong(value, test.values, compare);
    case '$nin':
      return (value) => !isAmong(value, test.values, compare);
    case '$all':
      return (value) => Array.isArray(value) && hasAll(value, test.values);
    case '$elemMatch': {
      const check = compile(test.condition);
      return (value) => Array.isArray(value) && value.some(check);
    }
    case '$allMatch': {
      const check = compile(test.condition);
      return (value) => Array.isArray(value) && value.length > 0 && value.every(check);
    }
    case '$keyMapMatch': {
      const check = compile(test.condition);
      return (value) => typeOf(value) === 'object' && Object.keys(value as object).some(check);
    }
    case '$exists':
      return () => test.exists;
    case '$type':
      return (value) => typeOf(value) === test.text;
    case '$beginsWith':
      return (value) => typeof value === 'string' && value.startsWith(test.text);
    case '$regex':
      return (value) => typeof value === 'string' && test.pattern.test(value);
    case '$mod':
      return (value) => Number.isInteger(value) && (value as number) % test.divisor === test.remainder;
    case '$size':
      return (value) => Array.isArray(value) && value.length === test.length;
    default:
      return test satisfies never;
  }
}

/** A list is among them when one of its own values is. */
const isAmong = (value: unknown, values: readonly unknown[], compare: Compare) =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).some((one) =>
    values.some((each) => compare(one, each) === 0),
  );

/** All of them, letter by letter; one list alone may be the whole value. */
function hasAll(value: readonly unknown[], wanted: readonly unknown[]): boolean {
  if (wanted.length === 0) return false;
  const held = new Set(value.map((each) => JSON.stringify(each)));
  const [only] = wanted;
  return (
    wanted.every((each) => held.has(JSON.stringify(each))) ||
    (wanted.length === 1 && Array.isArray(only) && JSON.stringify(only) === JSON.stringify(value))
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether there is a pattern in it: one that takes for ever can be written in a few letters. */
export function hasPattern(condition: Condition): boolean {
  if (condition.kind !== 'test') return condition.of.some(hasPattern);
  const { test } = condition;
  return test.operator === '$regex' || ('condition' in test && hasPattern(test.condition));
}

const context = createContext({ run: () => undefined as unknown });
const script = new Script('run()');

/**
 * Time for the patterns of one request, all documents together: many that take long hold the server up as much as one
 * that never ends.
 * @param momentMs a run that takes less counts for nothing: what is quick may be done for ever
 */
export function timeForPatterns(
  milliseconds: number,
  momentMs: number,
): <Result>(run: () => Result) => Result {
  let leftMs = milliseconds;
  return (run) => {
    const startedAt = performance.now();
    try {
      if (leftMs <= 0) throw tooLong();
      return withinTime(Math.ceil(leftMs), run);
    } catch (error) {
      // The timer that stops a run may ring a little early: the time is up all the same.
      leftMs = 0;
      throw error;
    } finally {
      const tookMs = performance.now() - startedAt;
      if (tookMs > momentMs) leftMs -= tookMs;
    }
  };
}

const tooLong = () => new SelectorRefused('bad_arg', 'A pattern of $regex takes too long.');

/** Runs what may never end. Throws `SelectorRefused` when the time is up. */
function withinTime<Result>(milliseconds: number, run: () => Result): Result {
  try {
    context.run = run;
    return script.runInContext(context, { timeout: milliseconds }) as Result;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw tooLong();
  }
}
