/** A term's counts as they were frozen: what is signed, and which number a freezing has. */
import { canonicalJson } from './canonical-json.ts';
import type { Author, Snapshot } from './documents.ts';
import { snapshotDocId, type TermCode } from './ids.ts';
import { countingRules, type Counts } from './term-counts.ts';

/** What is signed of a snapshot: all it says, in one text. */
export function signedText(snapshot: Snapshot): string {
  const { _rev, _deleted, signature: _signature, signedWith: _key, ...said } = snapshot;
  return canonicalJson(said);
}

/** The latest freezing of a term; `undefined` while there is none. */
export const latestOf = (snapshots: readonly Snapshot[]): Snapshot | undefined =>
  [...snapshots].sort((a, b) => b.number - a.number)[0];

/**
 * The next freezing of a term, yet to be signed: 1 the first time, 2 when it was opened and closed again.
 * @param facts.inputsHash SHA-256, hexadecimal, of the text of the documents counted
 */
export function unsignedSnapshot(
  former: readonly Snapshot[],
  facts: {
    readonly term: TermCode;
    readonly counts: Counts;
    readonly unfinished: Counts;
    readonly inputsHash: string;
  },
  author: Author,
): Snapshot {
  const { term, counts, unfinished, inputsHash } = facts;
  const number = (latestOf(former)?.number ?? 0) + 1;
  return {
    _id: snapshotDocId(term, number),
    type: 'snapshot',
    v: 1,
    ...author,
    ...{ term, number, rules: countingRules, counts, unfinished, inputsHash },
    signature: '',
    signedWith: {},
  };
}
