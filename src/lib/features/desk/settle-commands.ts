/**
 * Settling, undoing, opening again: each in one transaction, the document and what was decided on it together. What
 * changed since the screen showed it is left as it is: nothing is discarded that nobody saw.
 */
import { reopenRollCall } from '$lib/domain/closing.ts';
import { mergeClosings } from '$lib/domain/closings-merge.ts';
import {
  decidedVersions,
  settledDecision,
  undoneDecision,
  type StandingVersion,
} from '$lib/domain/decisions.ts';
import type {
  AnyDocument,
  Author,
  Closing,
  Decision,
  DecidedVersion,
  DocumentType,
  Mark,
  SettleReason,
} from '$lib/domain/documents.ts';
import { settledDocument } from '$lib/domain/field-disagreement.ts';
import type { DocId } from '$lib/domain/ids.ts';
import { reopen, settle } from '$lib/domain/mark-decisions.ts';
import type { AnswerFacts } from '$lib/domain/roll-call.ts';
import type { Committed, Edit, Resolution } from '$lib/store/commit.ts';
import type { Leaf } from '$lib/store/leaves.ts';
import type { Store } from '$lib/store/store.ts';
import type { Disagreement } from './disagreements.ts';

/** What is kept of a disagreement. */
export type Kept =
  | { readonly answer: AnswerFacts }
  /** Every field of the document, as it is to stand. */
  | { readonly fields: Readonly<Record<string, unknown>> }
  | { readonly isDeleted: true };

export interface Choice {
  readonly disagreement: Disagreement;
  readonly kept: Kept;
}

export interface Why {
  readonly reason?: SettleReason | undefined;
  readonly note?: string | undefined;
  readonly rule: NonNullable<Decision['rule']>;
}

export type Settled =
  | {
      readonly ok: true;
      readonly decisions: readonly Decided[];
      /** The questions that they answer. */
      readonly answered: readonly Disagreement[];
      /** How many were left: somebody wrote to them meanwhile. */
      readonly left: number;
    }
  | Extract<Committed, { ok: false }>;

/** A decision and where it stands. */
export interface Decided {
  readonly store: Store;
  readonly id: DocId;
}

const plain = (document: AnyDocument): AnyDocument => {
  const { _rev, ...rest } = document as AnyDocument & { _rev?: string };
  return rest as AnyDocument;
};
const isMark = (document: AnyDocument): document is Mark => document.type === 'mark';
const isClosing = (document: AnyDocument): document is Closing => document.type === 'closing';

const isAsSeen = (leaves: readonly Leaf[], seen: readonly string[]) =>
  leaves.length === seen.length && leaves.every(({ rev }) => seen.includes(rev));

/** Settles one or many, each replica in one transaction. */
export async function settleAll(choices: readonly Choice[], why: Why, author: Author): Promise<Settled> {
  const stores = new Map<Store, Choice[]>();
  for (const choice of choices) {
    const { store } = choice.disagreement;
    stores.set(store, [...(stores.get(store) ?? []), choice]);
  }
  const decisions: Decided[] = [];
  const answered: Disagreement[] = [];
  for (const [store, own] of stores) {
    const made: Decided[] = [];
    const of: Disagreement[] = [];
    const done = await store.commit(
      own.flatMap((choice) =>
        settling(choice, why, author, (id) => {
          made.push({ store, id });
          of.push(choice.disagreement);
        }),
      ),
    );
    if (!done.ok) return done;
    decisions.push(...made);
    answered.push(...of);
  }
  return { ok: true, decisions, answered, left: choices.length - decisions.length };
}

function settling(
  { disagreement, kept }: Choice,
  { reason, note, rule }: Why,
  author: Author,
  onMade: (id: DocId) => void,
): (Edit | Resolution)[] {
  const { id, seen, versions, reopened, overlaps } = disagreement;
  const keptVersion: StandingVersion = {
    isDeleted: 'isDeleted' in kept,
    document: keptDocument(id, kept, author),
  };
  const [first, ...discarded] = decidedVersions(
    [keptVersion, ...versions],
    overlaps.length ? overlaps : undefined,
  ) as [DecidedVersion, ...DecidedVersion[]];
  const answers = reopened.map(({ _id }) => _id);
  const decision = settledDecision(
    id,
    {
      kept: first,
      discarded,
      rule,
      ...(reason ? { reason } : {}),
      ...(note ? { note } : {}),
      ...(answers.length ? { answers } : {}),
    },
    author,
  );
  let isSettled = false;
  return [
    {
      id,
      alsoOfOne: true,
      resolve(leaves) {
        isSettled = isAsSeen(leaves, seen);
        return isSettled ? outcome(leaves, kept, author) : undefined;
      },
    },
    {
      id: decision._id,
      change() {
        if (!isSettled) return undefined;
        onMade(decision._id);
        return decision;
      },
    },
  ];
}

const typeOf = (id: DocId) => id.slice(0, id.indexOf(':')) as DocumentType;

const keptDocument = (id: DocId, kept: Kept, author: Author) =>
  ({
    ...('answer' in kept ? kept.answer : 'fields' in kept ? kept.fields : {}),
    ...author,
    _id: id,
    type: typeOf(id),
    v: 1,
  }) as unknown as AnyDocument;

function outcome(leaves: readonly Leaf[], kept: Kept, author: Author): AnyDocument | undefined {
  const documents = leaves.filter(({ isDeleted }) => !isDeleted).map(({ document }) => plain(document));
  const [first] = leaves;
  if (first === undefined) return undefined;
  if ('isDeleted' in kept) return { ...first.document, _deleted: true };
  if ('answer' in kept) return settle(documents.filter(isMark), kept.answer, author);
  const base = documents[0] ?? keptDocument(first.document._id, { fields: {} }, author);
  return settledDocument(base, documents, kept.fields, author);
}

/**
 * Takes decisions back, or opens silent merges again. A mark is then a disagreement on every device, a list is open and
 * to be closed anew; another document stays as it is until it is settled anew, from what the decision kept of it.
 * @returns how many were taken back; those that somebody else took back first are not among them
 */
export async function takeDecisionsBack(decisions: readonly Decided[], author: Author): Promise<number> {
  let count = 0;
  for (const { store, id } of decisions) {
    const decision = await store.get('decision', id);
    if (!decision || decision.undone?.length) continue;
    let isUndone = false;
    const reopening: Resolution = {
      id: decision.about,
      alsoOfOne: true,
      resolve(leaves) {
        const documents = leaves.filter(({ isDeleted }) => !isDeleted).map(({ document }) => plain(document));
        if (documents.length === 0) return undefined;
        if (documents.every(isMark)) return reopen(documents, author, [decision.kept, ...decision.discarded]);
        // Of other documents every version stands already: they disagree without a word of ours.
        return documents.every(isClosing) ? reopenRollCall(mergeClosings(documents), author) : undefined;
      },
    };
    const done = await store.commit([
      {
        id,
        change(current) {
          const next = current?.type === 'decision' ? undoneDecision(current, author) : undefined;
          isUndone = next !== undefined;
          return next;
        },
      },
      { ...reopening, resolve: (leaves) => (isUndone ? reopening.resolve(leaves) : undefined) },
    ]);
    if (done.ok && isUndone) count += 1;
  }
  return count;
}
