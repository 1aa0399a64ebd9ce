/** What a selector says about fields: which a document must have to be found, which stand still. */
import type { Condition, Test } from './condition.ts';

/** Those of the fields that a document may lack and still be found. */
export function notRequired(condition: Condition, fields: readonly string[]): readonly string[] {
  if (condition.kind === 'test') {
    const { path, test } = condition;
    if (test.operator === '$exists' && !test.exists) return fields;
    return fields.filter((field) => field !== path);
  }
  if (condition.kind === 'all') return condition.of.reduce((left, one) => notRequired(one, left), fields);
  if (condition.of.length === 0) return fields;
  return fields.filter((field) => condition.of.some((one) => notRequired(one, [field]).length > 0));
}

/** Whether every document that is found has one and the same value there. */
export function isConstant(condition: Condition, field: string): boolean {
  if (condition.kind === 'all') return condition.of.some((one) => isConstant(one, field));
  return condition.kind === 'test' && condition.path === field && condition.test.operator === '$eq';
}

const ordered: ReadonlySet<Test['operator']> = new Set([
  ...(['$lt', '$lte', '$eq', '$gte', '$gt', '$beginsWith', '$exists'] as const),
]);

/** The fields whose values an order of documents would narrow down. */
export function narrowedFields(condition: Condition): readonly string[] {
  if (condition.kind === 'all') return [...new Set(condition.of.flatMap(narrowedFields))].sort();
  if (condition.kind !== 'test' || condition.isNegated || condition.path === '') return [];
  return ordered.has(condition.test.operator) ? [condition.path] : [];
}
