/**
 * What a merge keeps so that it can be undone, and the undoing: every document as it was before, unless somebody has
 * changed it since. A document is as the merge left it while it bears the merge's own author and moment.
 */
import { differingFields } from './changes.ts';
import type { AnyDocument, Author, Mark, PersonMerge } from './documents.ts';
import { mergeDocId, participantDocId, type DocId, type MergeId, type ParticipantId } from './ids.ts';
import { sameFacts, type PlannedChange } from './person-merge.ts';
import { factsOf, saidAgain } from './roll-call.ts';
import { signUpRestored } from './sign-ups.ts';
import { canonicalJson } from './canonical-json.ts';

/** The server takes no document over 64 KiB: longer ones go on in another. */
const largestPart = 40_000;

/** The merge that a document is a part of. */
const mergeOf = ({ merge, part }: Pick<PersonMerge, 'merge' | 'part'>) =>
  (part === undefined ? merge : merge.slice(0, merge.lastIndexOf('.'))) as MergeId;

/**
 * The documents that keep what was before.
 * @param parts how many the merge has already: those made now follow them
 */
export function mergeDocuments(
  merge: MergeId,
  people: { readonly kept: ParticipantId; readonly absorbed: ParticipantId },
  changes: readonly PlannedChange[],
  author: Author,
  parts = 0,
): PersonMerge[] {
  const pages: PersonMerge['before'][] = [[]];
  let size = 0;
  for (const { database, id, before } of changes) {
    const { _rev, ...document } = before ?? {};
    const entry = { database, id, document: before ? (document as Record<string, unknown>) : null };
    const length = canonicalJson(entry).length;
    if (size > 0 && size + length > largestPart) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(entry);
    size += length;
  }
  const { kept, absorbed } = people;
  return pages.map((before, index): PersonMerge => {
    const part = parts + index;
    const key = (part === 0 ? merge : `${merge}.${part}`) as MergeId;
    return {
      _id: mergeDocId(key),
      type: 'merge',
      v: 1,
      ...author,
      merge: key,
      kept,
      absorbed,
      ...(part === 0 ? {} : { part }),
      before,
    };
  });
}

/** A merge with all its parts, the first one first. */
export interface WholeMerge {
  readonly merge: MergeId;
  readonly kept: ParticipantId;
  readonly absorbed: ParticipantId;
  /** Who merged, and when. */
  readonly author: Author;
  readonly undoneAt: string | undefined;
  readonly parts: readonly PersonMerge[];
}

/** The merges of a registry, the latest first. */
export function wholeMerges(documents: Iterable<PersonMerge>): WholeMerge[] {
  const merges = Map.groupBy(documents, mergeOf);
  return [...merges]
    .flatMap(([merge, found]) => {
      const parts = [...found].sort((a, b) => (a.part ?? 0) - (b.part ?? 0));
      const [first] = parts;
      if (!first || first.part !== undefined) return [];
      const { kept, absorbed, at, by, device, undoneAt } = first;
      return [{ merge, kept, absorbed, author: { at, by, device }, undoneAt, parts }];
    })
    .sort((a, b) => (a.author.at > b.author.at ? -1 : 1));
}

const keyOf = (database: string, id: string) => `${database} ${id}`;

/** The documents as they are, by database and id: what an undoing reads. */
export class CurrentDocuments {
  readonly #documents = new Map<string, AnyDocument>();

  add(database: string, document: AnyDocument): void {
    this.#documents.set(keyOf(database, document._id), document);
  }

  get(database: string, id: string): AnyDocument | undefined {
    return this.#documents.get(keyOf(database, id));
  }
}

export interface UndoPlan {
  readonly changes: readonly PlannedChange[];
  /** Documents that somebody changed since: what was written in them stays. */
  readonly left: readonly { readonly database: string; readonly id: DocId }[];
}

/**
 * What is to be written so that everything is as it was before the merge.
 * @param undone merges that were undone, the latest first: what their undoing gave back is not a change since
 */
export function undoPlan(
  merge: WholeMerge,
  current: CurrentDocuments,
  author: Author,
  undone: readonly WholeMerge[] = [],
): UndoPlan {
  const changes: PlannedChange[] = [];
  const left: { database: string; id: DocId }[] = [];
  const touched = new Map<string, { database: string; id: DocId }>();
  for (const { before } of merge.parts)
    for (const { database, id } of before) touched.set(keyOf(database, id), { database, id: id as DocId });
  for (const { database, id } of touched.values()) {
    const now = current.get(database, id);
    const { isKnown, target } = stateBefore(merge, database, id, givenBack(now, database, undone));
    const wanted = isKnown ? target : apart(now, merge);
    if (!isAsBefore(now, wanted))
      changes.push({ database, id, before: now, after: wanted && restored(now, wanted, author) });
    if (!isAsBefore(wanted, target)) left.push({ database, id });
  }
  return { changes, left };
}

/** Back through the parts, the last one first, as long as each left the document as the next one found it. */
function stateBefore(
  merge: WholeMerge,
  database: string,
  id: DocId,
  now: AnyDocument | undefined,
): { isKnown: boolean; target: AnyDocument | undefined } {
  let state = now;
  let isKnown = false;
  let first: AnyDocument | undefined;
  for (const part of [...merge.parts].reverse()) {
    const image = part.before.find((one) => one.database === database && one.id === id);
    if (!image) continue;
    first = (image.document as AnyDocument | null) ?? undefined;
    if (!isLeftBy(part, id, state)) continue;
    isKnown = true;
    state = first;
  }
  return { isKnown, target: isKnown ? state : first };
}

function isLeftBy(part: PersonMerge, id: DocId, state: AnyDocument | undefined): boolean {
  const isAbsorbed = id.split(':').includes(part.absorbed) && id !== participantDocId(part.absorbed);
  if (state === undefined) return isAbsorbed || isExit(id);
  return isWrittenWith(state, part);
}

const isWrittenWith = (document: Author, { at, by, device }: Author) =>
  document.at === at && document.by === by && document.device === device;

/** A document that the undoing of another merge gave back, as it stood before that merge; else as it is. */
function givenBack(
  now: AnyDocument | undefined,
  database: string,
  undone: readonly WholeMerge[],
): AnyDocument | undefined {
  let state = now;
  for (const { author, parts } of undone) {
    // The document of a merge bears its undoing once it is undone.
    if (!state || !isWrittenWith(state, author)) continue;
    const { _id } = state;
    const images = parts.flatMap(({ before }) => before);
    const image = images.find((one) => one.database === database && one.id === _id);
    const before = (image?.document as AnyDocument | null | undefined) ?? undefined;
    if (before && isAsBefore(now, before)) state = before;
  }
  return state;
}

/** Whatever was written in the absorbed file since, it is no part of the kept one any more. */
function apart(now: AnyDocument | undefined, { kept, absorbed }: WholeMerge): AnyDocument | undefined {
  if (now?.type !== 'participant' || now.participant !== absorbed || now.mergedInto !== kept) return now;
  const { mergedInto: _into, ...file } = now;
  return file;
}

/** A reason of leaving goes where the person turns out to be still there. */
const isExit = (id: DocId) => id.startsWith('exit:');

/** Whether it says what it said then. An answer's history only grows: it is left out. */
function isAsBefore(now: AnyDocument | undefined, target: AnyDocument | undefined): boolean {
  if (!now || !target) return now === target;
  if ((now.type === 'mark' && target.type === 'mark') || (now.type === 'signUp' && target.type === 'signUp'))
    return sameFacts({ ...now, history: [] }, { ...target, history: [] });
  return sameFacts(now, target);
}

function restored(now: AnyDocument | undefined, target: AnyDocument, author: Author): AnyDocument {
  if (target.type === 'mark')
    return now?.type === 'mark' ? answerRestored(now, target, author) : saidAgain(target, author);
  if (target.type === 'signUp')
    return signUpRestored(now?.type === 'signUp' ? now : undefined, target, author);
  if (!('changes' in target) && !(now && 'changes' in now)) return { ...target, ...author };
  const past = (now as { changes?: unknown } | undefined)?.changes ?? target.changes ?? [];
  const change = { ...author, kind: 'undone' as const, fields: now ? differingFields(now, target) : [] };
  return { ...target, ...author, changes: [...(past as object[]), change] } as AnyDocument;
}

/** The server takes no history that lost an entry: the answer as it was is given again, after all those that were. */
function answerRestored(now: Mark, target: Mark, author: Author): Mark {
  return { ...target, ...author, history: [...now.history, { ...factsOf(target), ...author }] };
}
