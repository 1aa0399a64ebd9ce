/** The record of what was decided: which version was kept, which were not, why, by whom; and that it was undone. */
import { canonicalJson } from './canonical-json.ts';
import { contentHash } from './content-hash.ts';
import type { AnyDocument, Author, DecidedVersion, Decision, Mark, MergeReason } from './documents.ts';
import { decisionDocId, type DocId } from './ids.ts';
import { factsOf } from './roll-call.ts';

/** One version as it stood among the others. */
export interface StandingVersion {
  readonly rev?: string | undefined;
  readonly isDeleted: boolean;
  readonly document: AnyDocument;
}

const aside = new Set(['at', 'by', 'device', 'v', 'type', 'history', 'changes', 'isSettled']);
/** Of the 64 KB that a document may have, what its versions take. */
const roomForFields = 40_000;

/** What a document says, without who wrote it and what happened to it before. */
export function saidFields(document: AnyDocument): Record<string, unknown> {
  if (document.type === 'mark') return factsOf(document) as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => !aside.has(name) && !name.startsWith('_')),
  );
}

/**
 * The versions, each with the fields that tell them apart; where one is a deletion, with all.
 * @param disputed the fields to tell, where more of them differ: those that nobody disputes were merged
 */
export function decidedVersions(
  versions: readonly StandingVersion[],
  disputed?: readonly string[],
): DecidedVersion[] {
  const fields = versions.map(({ document, isDeleted }) => (isDeleted ? {} : saidFields(document)));
  const isWhole = versions.some(({ isDeleted, document }) => isDeleted || document.type === 'mark');
  const differ = [...new Set(fields.flatMap((one) => Object.keys(one)))].filter(
    (name) => isWhole || new Set(fields.map((one) => canonicalJson(one[name] ?? null))).size > 1,
  );
  const names = isWhole ? differ : (disputed ?? differ);
  const room = roomForFields / Math.max(1, versions.length);
  return versions.map(({ rev, isDeleted, document }, at) => {
    const { at: when, by, device } = document;
    const told = names.flatMap((name) =>
      fields[at]?.[name] === undefined ? [] : [[name, fields[at][name]]],
    );
    const kept = withinRoom(Object.fromEntries(told) as Record<string, unknown>, room);
    return {
      ...(rev === undefined ? {} : { rev }),
      ...{ at: when, by, device },
      ...(isDeleted ? { isDeleted } : {}),
      fields: kept,
      ...(Object.keys(kept).length < told.length ? { isCut: true } : {}),
    };
  });
}

/** The shortest fields first, as many as there is room for. */
function withinRoom(fields: Record<string, unknown>, room: number): Record<string, unknown> {
  const sized = Object.entries(fields).map((field) => ({ field, size: canonicalJson(field).length }));
  let left = room;
  const kept = sized
    .sort((a, b) => a.size - b.size || (a.field[0] < b.field[0] ? -1 : 1))
    .filter(({ size }) => (left -= size) >= 0);
  return Object.fromEntries(kept.map(({ field }) => field).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Decided = Pick<Decision, 'kind' | 'kept' | 'discarded'> &
  Partial<Pick<Decision, 'reason' | 'note' | 'rule' | 'answers'>>;

const decisionOf = (about: DocId, decided: Decided, author: Author, name: string): Decision => ({
  _id: decisionDocId(contentHash(about), name),
  type: 'decision',
  v: 1,
  ...author,
  about,
  ...decided,
});

/** A person's decision: a document of its own for each, two at once included. */
export const settledDecision = (about: DocId, decided: Omit<Decided, 'kind'>, author: Author): Decision =>
  decisionOf(
    about,
    { ...decided, kind: 'settled' },
    author,
    contentHash(canonicalJson([about, decided, author.at, author.by, author.device])),
  );

/**
 * A silent merge. Named by what was merged: two devices that merge the same thing write one document, which says the
 * same but for who came first.
 */
export function silentDecision(
  about: DocId,
  versions: readonly StandingVersion[],
  merged: AnyDocument,
  author: Author,
): Decision {
  const place = versions.findIndex(({ document }) => isSaying(document, merged));
  const sides = versions.filter((_, at) => at !== place);
  const sorted = [...sides].sort((a, b) => ((a.rev ?? '') < (b.rev ?? '') ? -1 : 1));
  const [kept, ...discarded] = decidedVersions([
    versions[place] ?? { isDeleted: false, document: merged },
    ...sorted,
  ]);
  if (kept === undefined) throw new Error('nothing was merged');
  const decided = { kind: 'merged' as const, kept, discarded, reason: mergeReason(versions, merged) };
  return decisionOf(about, decided, author, contentHash(canonicalJson([about, decided])));
}

const isSaying = (document: AnyDocument, merged: AnyDocument) => {
  const { _rev: _a, ...one } = document as unknown as Record<string, unknown>;
  const { _rev: _b, ...other } = merged as unknown as Record<string, unknown>;
  return canonicalJson(one) === canonicalJson(other);
};

function mergeReason(versions: readonly StandingVersion[], merged: AnyDocument): MergeReason {
  if (merged.type === 'closing') return 'sameList';
  if (merged.type !== 'mark') return 'otherFields';
  const said = new Set(versions.map(({ document }) => (document as Mark).status));
  if (said.size === 1) return 'sameAnswer';
  return merged.history.some(({ decision }) => decision !== undefined) ? 'decided' : 'oneKnewTheOther';
}

/** The versions of one decision made one: what it says is the same in all, and every undoing stays. */
export function mergeDecisions(versions: readonly Decision[]): Decision {
  const [first] = [...versions].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  if (first === undefined) throw new Error('nothing to merge');
  const all = new Map(
    versions.flatMap(({ undone }) => (undone ?? []).map((one) => [canonicalJson(one), one] as const)),
  );
  if (all.size === (first.undone?.length ?? 0)) return first;
  const undone = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return { ...first, undone };
}

/** Takes a decision back. `undefined` when somebody did already. */
export function undoneDecision(decision: Decision, author: Author): Decision | undefined {
  if (decision.undone?.length) return undefined;
  return { ...decision, ...author, undone: [{ ...author }] };
}

/** Decisions that were undone and not answered by another one: their documents are to be settled again. */
export function openAgain(decisions: readonly Decision[]): Decision[] {
  const answered = new Set(decisions.flatMap(({ answers }) => answers ?? []));
  return decisions.filter(({ _id, undone }) => undone?.length && !answered.has(_id));
}
