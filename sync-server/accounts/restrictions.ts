/** What takes a right away from an account, a device, an invitation or the address of a calendar. */
import { withoutPassword } from './team.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Said in one version of a document, it holds whichever version stands. */
const restrictions = ['disabled', 'disabledAt', 'revokedAt', 'forgottenAt', 'usedAt'] as const;

/** The document's fields with the restrictions that other versions of it tell; `undefined` when it lacks none of them. */
export function withRestrictionsOf(
  fields: Fields,
  others: readonly Fields[],
): Record<string, unknown> | undefined {
  const lacking = restrictions.flatMap((field) => {
    const said = others.map((other) => other[field]).filter((value) => value !== undefined);
    return fields[field] === undefined && said.length > 0 ? [[field, said.toSorted()[0]]] : [];
  });
  if (lacking.length === 0) return undefined;
  const lacked = Object.fromEntries(lacking) as Record<string, unknown>;
  return { ...fields, ...lacked, ...(lacked.disabled === true ? withoutPassword(fields) : {}) };
}
