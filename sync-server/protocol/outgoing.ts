/** Documents as clients read them. Bodies are spliced as text: they were written by us and are never parsed again. */
import type { AttachmentStub, Database, Row } from '../engine/engine.ts';
import {
  ancestryOf,
  conflictsOf,
  inOrder,
  leavesOf,
  readTree,
  revisionsOf,
  type RevisionTree,
} from '../revisions/tree.ts';

export const treeOf = (row: Row) => readTree(row.tree, row);

export interface Extras {
  readonly revs?: boolean | undefined;
  readonly revsInfo?: boolean | undefined;
  readonly conflicts?: boolean | undefined;
  readonly deletedConflicts?: boolean | undefined;
  readonly localSeq?: boolean | undefined;
  /** Contents in base64, of those that came after the revisions named: all where there are none. */
  readonly contents?: { readonly since: readonly string[] } | undefined;
}

/** JSON text of a document from its body's text. */
function documentText(id: string, rev: string, isDeleted: boolean, body: string, extras = ''): string {
  const head = `{"_id":${JSON.stringify(id)},"_rev":"${rev}"${isDeleted ? ',"_deleted":true' : ''}`;
  return `${head}${body === '{}' ? '' : `,${body.slice(1, -1)}`}${extras}}`;
}

/** The text of one revision of a row, or `undefined` when its body is not kept. */
export function revisionText(
  database: Database,
  row: Row,
  rev: string,
  extras: Extras = {},
): string | undefined {
  const isWinner = rev === row.rev;
  const kept = isWinner ? row.body : database.bodyOf(row.id, rev);
  if (kept === undefined) return undefined;
  const body = extras.contents ? withContents(database, row, rev, kept, extras.contents.since) : kept;
  const isPlain = !extras.revs && !extras.revsInfo && !extras.conflicts && !extras.deletedConflicts;
  if (isWinner && isPlain)
    return documentText(row.id, rev, row.isDeleted, body, extras.localSeq ? `,"_local_seq":${row.seq}` : '');
  const tree = treeOf(row);
  const isDeleted = revisionsOf(tree).get(rev)?.isDeleted ?? false;
  return documentText(row.id, rev, isDeleted, body, extraText(database, row, tree, rev, extras));
}

/** Generation of the newest of some revisions that this one comes from; 0 where it comes from none of them. */
function knownGeneration(row: Row, rev: string, revisions: readonly string[]): number {
  const path = revisions.length ? ancestryOf(treeOf(row), rev) : undefined;
  const own = path?.hashes.map((hash, back) => `${path.start - back}-${hash}`) ?? [];
  return Math.max(0, ...revisions.filter((one) => own.includes(one)).map((one) => Number.parseInt(one, 10)));
}

/** The body's text with contents in place of stubs. */
function withContents(
  database: Database,
  row: Row,
  rev: string,
  body: string,
  since: readonly string[],
): string {
  if (!body.includes('"_attachments"')) return body;
  const value = JSON.parse(body) as { _attachments?: Record<string, AttachmentStub> };
  if (!value._attachments) return body;
  const known = knownGeneration(row, rev, since);
  const filled = Object.entries(value._attachments).map(([name, stub]) => {
    const content = stub.revpos > known ? database.attachment(stub.digest) : undefined;
    const { content_type, revpos, digest } = stub;
    return [name, content ? { content_type, revpos, digest, data: content.toString('base64') } : stub];
  });
  return JSON.stringify({ ...value, _attachments: Object.fromEntries(filled) as unknown });
}

function extraText(database: Database, row: Row, tree: RevisionTree, rev: string, extras: Extras): string {
  const fields: Record<string, unknown> = {};
  const path = ancestryOf(tree, rev);
  if (extras.revs && path) fields._revisions = { start: path.start, ids: path.hashes };
  if (extras.revsInfo && path) {
    const known = revisionsOf(tree);
    fields._revs_info = path.hashes.map((hash, back) => {
      const one = `${path.start - back}-${hash}`;
      const isKept = one === row.rev || database.bodyOf(row.id, one) !== undefined;
      return { rev: one, status: !isKept ? 'missing' : known.get(one)?.isDeleted ? 'deleted' : 'available' };
    });
  }
  if (extras.conflicts) {
    const conflicts = conflictsOf(tree);
    if (conflicts.length) fields._conflicts = conflicts;
  }
  if (extras.deletedConflicts) {
    const dead = inOrder(leavesOf(tree)).filter((leaf) => leaf.isDeleted && leaf.rev !== row.rev);
    if (dead.length) fields._deleted_conflicts = dead.map((leaf) => leaf.rev);
  }
  if (extras.localSeq) fields._local_seq = row.seq;
  const text = JSON.stringify(fields);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}
