/**
 * Making two files one, undoing it, telling two people apart. Each database is one transaction: the registry comes
 * first and holds what everything was before, so that an interruption loses nothing and merging again goes on; an
 * undoing ends with the registry, so that until then it can be asked for again.
 */
import type { AnyDocument, Author, Distinction, PersonMerge, Site } from '../domain/documents.ts';
import { distinctionDocId, mergeDocId, opaqueKey, type MergeId, type ParticipantId } from '../domain/ids.ts';
import {
  CurrentDocuments,
  mergeDocuments,
  undoPlan,
  wholeMerges,
  type WholeMerge,
} from '../domain/person-merge-undo.ts';
import { mergePlan, type MergeChoices, type PlannedChange } from '../domain/person-merge.ts';
import { documentsAbout, writePlanned, type NamedStore, type Written } from './person-documents.ts';
import type { Store } from './store.ts';

export type Done<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly why: Exclude<Written, { ok: true }>['why'] };

export interface TwoPeople {
  readonly kept: ParticipantId;
  readonly absorbed: ParticipantId;
}

/** A document that arrives between the reading and the writing makes it begin again; more than this is no accident. */
const mostAttempts = 5;

/** @param stores the registry first */
export async function mergePeople(
  stores: readonly NamedStore[],
  people: TwoPeople,
  choices: MergeChoices,
  nameDisplay: Site['nameDisplay'],
  author: () => Author,
): Promise<Done<{ readonly merge: MergeId | undefined }>> {
  const [registry] = stores;
  if (!registry) return { ok: false, why: 'failed' };
  let why: 'stale' | 'quota' | 'closed' | 'failed' = 'stale';
  for (let attempt = 0; attempt < mostAttempts && why === 'stale'; attempt += 1) {
    const by = author();
    const held = await documentsAbout(stores, [people.kept, people.absorbed]);
    const { changes } = mergePlan({ ...people, held, nameDisplay, choices, author: by });
    const known = await mergeOfPeople(registry.store, people);
    if (changes.length === 0) return { ok: true, merge: known?.merge };
    const merge = known?.merge ?? (opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as MergeId);
    const kept = mergeDocuments(merge, people, changes, by, known?.parts.length ?? 0);
    const written = await writeInOrder(stores, [...keptIn(registry, kept), ...changes], by);
    if (written.ok) return { ok: true, merge };
    why = written.why;
  }
  return { ok: false, why };
}

/** The merge of these two that stands: what is moved later belongs to it. */
async function mergeOfPeople(
  registry: Store,
  { kept, absorbed }: TwoPeople,
): Promise<WholeMerge | undefined> {
  return wholeMerges(await registry.ofType('merge')).find(
    (one) => one.kept === kept && one.absorbed === absorbed && one.undoneAt === undefined,
  );
}

const keptIn = ({ database }: NamedStore, documents: readonly PersonMerge[]): PlannedChange[] =>
  documents.map((after) => ({ database, id: after._id, before: undefined, after }));

async function writeInOrder(
  stores: readonly NamedStore[],
  changes: readonly PlannedChange[],
  author: Author,
): Promise<Written> {
  for (const store of stores) {
    const done = await writePlanned(store, changes, author);
    if (!done.ok) return done;
  }
  return { ok: true, written: [] };
}

/** Everything as it was before a merge. What somebody changed since is left, and counted. */
export async function undoMerge(
  stores: readonly NamedStore[],
  merge: MergeId,
  author: () => Author,
): Promise<Done<{ readonly left: readonly { readonly database: string; readonly id: string }[] }>> {
  const [registry] = stores;
  if (!registry) return { ok: false, why: 'failed' };
  let why: 'stale' | 'quota' | 'closed' | 'failed' = 'stale';
  for (let attempt = 0; attempt < mostAttempts && why === 'stale'; attempt += 1) {
    const by = author();
    const merges = wholeMerges(await registry.store.ofType('merge'));
    const whole = merges.find((one) => one.merge === merge);
    if (!whole) return { ok: false, why: 'failed' };
    if (whole.undoneAt !== undefined) return { ok: true, left: [] };
    const current = new CurrentDocuments();
    for (const { database, documents } of await documentsAbout(stores, [whole.kept, whole.absorbed]))
      for (const document of documents) current.add(database, document);
    const undone = merges.filter(({ undoneAt }) => undoneAt !== undefined);
    const { changes, left } = undoPlan(whole, current, by, undone);
    const [first] = whole.parts;
    if (!first) return { ok: false, why: 'failed' };
    const ending: PlannedChange = {
      database: registry.database,
      id: mergeDocId(merge),
      before: first,
      after: { ...first, ...by, undoneAt: by.at },
    };
    const written = await writeInOrder([...stores.slice(1), registry], [...changes, ending], by);
    if (written.ok) return { ok: true, left };
    why = written.why;
  }
  return { ok: false, why };
}

/** « Non, 2 fiches »: these two are never proposed again. */
export async function tellApart(
  registry: Store,
  one: ParticipantId,
  other: ParticipantId,
  author: Author,
): Promise<Done<object>> {
  const id = distinctionDocId(one, other);
  const [first = one, second = other] = [one, other].sort();
  const distinction: Distinction = {
    _id: id,
    type: 'distinction',
    v: 1,
    ...author,
    participants: [first, second],
  };
  const done = await registry.commit([
    { id, change: (current: AnyDocument | undefined) => (current ? undefined : distinction) },
  ]);
  return done.ok ? { ok: true } : done;
}

/** Takes a « Non, 2 fiches » back. */
export async function forgetApart(
  registry: NamedStore,
  one: ParticipantId,
  other: ParticipantId,
  author: Author,
): Promise<Done<object>> {
  const id = distinctionDocId(one, other);
  const before = await registry.store.get('distinction', id);
  if (!before) return { ok: true };
  const change = { database: registry.database, id, before, after: undefined };
  const done = await writePlanned(registry, [change], author);
  return done.ok ? { ok: true } : done;
}
