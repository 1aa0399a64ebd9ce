/**
 * What a pull brought into conflict: merged where nobody disagrees, left standing where somebody does. Every device
 * comes to the same result, by the same rules and the same revisions. What was merged is written down beside it.
 */
import { mergeReportTexts } from '../domain/annual-report/report-texts.ts';
import { mergeClosings } from '../domain/closings-merge.ts';
import { mergeDebriefs } from '../domain/debriefs-merge.ts';
import { mergeDecisions, silentDecision } from '../domain/decisions.ts';
import type {
  AnyDocument,
  Author,
  Closing,
  Debrief,
  Decision,
  Mark,
  ReportText,
  SignUp,
} from '../domain/documents.ts';
import { mergeMarks } from '../domain/marks-merge.ts';
import { mergeSignUps } from '../domain/sign-ups-merge.ts';
import { mergeSites } from '../domain/site-merge.ts';
import { mergeFields } from '../domain/three-way.ts';
import type { ConflictedDocument, Leaf } from '../store/leaves.ts';
import type { Edit, Resolution } from '../store/commit.ts';
import type { Store } from '../store/store.ts';

export interface Merges {
  readonly merged: number;
  /** Documents on which people disagree: both versions stay. */
  readonly disagreements: number;
}

/**
 * Merges what can be merged in one replica.
 * @param author whose device merges, and when
 */
export async function mergeConflicts(store: Store, author: Author): Promise<Merges> {
  const conflicted = await store.conflicts();
  const edits: (Edit | Resolution)[] = [];
  let merged = 0;
  for (const conflict of conflicted) {
    const { id, ancestor } = conflict;
    const planned = mergeOf(conflict.leaves, ancestor);
    if (!planned) continue;
    merged += 1;
    if (planned.type === 'decision') {
      edits.push({ id, resolve: (leaves) => mergeOf(leaves, ancestor) });
      continue;
    }
    const note = silentDecision(id, conflict.leaves, planned, author);
    let isMerged = false;
    edits.push(
      {
        id,
        // Written to meanwhile: the next round merges it, and writes down what it merged.
        resolve(leaves) {
          isMerged = sameLeaves(leaves, conflict.leaves);
          return isMerged ? mergeOf(leaves, ancestor) : undefined;
        },
      },
      { id: note._id, change: (current) => (isMerged && !current ? note : undefined) },
    );
  }
  if (edits.length) await store.commit(edits);
  return { merged, disagreements: conflicted.length - merged };
}

const sameLeaves = (one: readonly Leaf[], other: readonly Leaf[]) =>
  one.length === other.length && one.every(({ rev }) => other.some((leaf) => leaf.rev === rev));

/** The one document that says what all leaves say, or `undefined` where they disagree. */
function mergeOf(
  leaves: ConflictedDocument['leaves'],
  ancestor: AnyDocument | undefined,
): AnyDocument | undefined {
  // Deleted here and changed there: somebody has to decide.
  if (leaves.some((leaf) => leaf.isDeleted)) return undefined;
  const plain = leaves.map(withoutRevision);
  const type = plain[0]?.type;
  if (plain.some((document) => document.type !== type)) return undefined;
  if (type === 'mark') {
    const merged = mergeMarks(plain as Mark[]);
    return merged.ok ? original(leaves, plain, merged.merged) : undefined;
  }
  if (type === 'decision') return original(leaves, plain, mergeDecisions(plain as Decision[]));
  if (type === 'closing') return original(leaves, plain, mergeClosings(plain as Closing[]));
  if (type === 'debrief') {
    const before = ancestor?.type === 'debrief' ? ancestor : undefined;
    return original(leaves, plain, mergeDebriefs(before, plain as Debrief[]));
  }
  if (type === 'annualReport') {
    const before = ancestor?.type === 'annualReport' ? ancestor : undefined;
    return original(leaves, plain, mergeReportTexts(before, plain as ReportText[]));
  }
  if (type === 'signUp') return original(leaves, plain, mergeSignUps(plain as SignUp[]));
  let merged: AnyDocument | undefined = plain[0];
  for (const other of plain.slice(1)) {
    const base = ancestor && withoutRevision({ rev: '', isDeleted: false, document: ancestor });
    const step = merged && mergeTwo(base, merged, other);
    if (!step?.ok) return undefined;
    merged = step.merged as AnyDocument;
  }
  return merged;
}

/** By field; a site's terms one by one. */
function mergeTwo(base: AnyDocument | undefined, one: AnyDocument, other: AnyDocument) {
  if (one.type === 'site' && other.type === 'site')
    return mergeSites(base?.type === 'site' ? base : undefined, one, other);
  return mergeFields<AnyDocument>(base, one, other);
}

/** A revision is not part of what a document says. */
function withoutRevision({ document }: Leaf): AnyDocument {
  const { _rev, ...rest } = document as AnyDocument & { _rev?: string };
  return rest as AnyDocument;
}

/** Where a leaf already says everything it is kept as it is, and only the others get a tombstone. */
function original(leaves: readonly Leaf[], plain: readonly AnyDocument[], merged: AnyDocument): AnyDocument {
  const at = plain.indexOf(merged);
  return at === 0 ? (leaves[0]?.document ?? merged) : merged;
}
