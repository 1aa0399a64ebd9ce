/** The changes of a document, kept in it: who changed what, when, on which device. */
import { canonicalJson } from './canonical-json.ts';
import type { Author, Change } from './documents.ts';

interface Tracked {
  readonly at: string;
  readonly by: string;
  readonly device: string;
  readonly changes?: Change[] | undefined;
}

/** What is no field of the thing itself. */
const aside = new Set(['at', 'by', 'device', 'changes', 'v', 'type']);

const isField = (name: string) => !aside.has(name) && !name.startsWith('_');

/** The fields that differ, in the order of their names. */
export function differingFields(before: object | undefined, after: object): Change['fields'] {
  const [former, present] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after))];
  const names = [...new Set([...former.keys(), ...present.keys()])].filter(isField).sort();
  return names
    .map((field) => ({ field, before: former.get(field), after: present.get(field) }))
    .filter((one) => canonicalJson(one.before ?? null) !== canonicalJson(one.after ?? null))
    .map(({ field, ...values }) => ({
      field,
      ...(values.before === undefined ? {} : { before: values.before as unknown }),
      ...(values.after === undefined ? {} : { after: values.after as unknown }),
    }));
}

/**
 * What a form says, set upon the thing as it stands by now: a field that was left as it was shown keeps what somebody
 * else wrote there meanwhile.
 */
export function typedOver<Facts extends object>(typed: Facts, shown: Facts, now: Facts): Facts {
  const [said, before, present] = [typed, shown, now].map((one) => new Map(Object.entries(one)));
  const isSame = (name: string) =>
    canonicalJson(said?.get(name) ?? null) === canonicalJson(before?.get(name) ?? null);
  const names = new Set([...Object.keys(typed), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names]
      .map((name) => [name, (isSame(name) ? present : said)?.get(name) as unknown] as const)
      .filter(([, value]) => value !== undefined),
  ) as Facts;
}

/**
 * A document as it is to be written: by this author, with the change added to those before. A document in which
 * nothing differs is answered as it was, so that the same file read twice writes nothing.
 * @param before as it stands now; `undefined` for a new one
 */
export function withChange<Document extends Tracked>(
  before: Document | undefined,
  after: Document,
  author: Author,
  kind: Change['kind'] = before ? 'edited' : 'created',
): Document {
  const fields = differingFields(before, after);
  if (before && fields.length === 0) return before;
  // What a new document holds stands in it: only that it was made is noted.
  const change: Change = { ...author, kind, fields: before ? fields : [] };
  return { ...after, ...author, changes: [...(before?.changes ?? []), change] };
}

/** The changes of two versions of one document, each once, the oldest first. */
export function unionOfChanges(one: readonly Change[], other: readonly Change[]): Change[] {
  const all = new Map([...one, ...other].map((change) => [`${change.at} ${canonicalJson(change)}`, change]));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}
