/** Writing on this device: body, revision tree, sequence and outbox mark in one strict transaction. */
import { merge } from 'pouchdb-merge';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { AnyDocument } from '../domain/documents.ts';
import type { DocId } from '../domain/ids.ts';
import { addsToHistory, saysTheSame } from '../domain/same-claim.ts';
import { ancestryOf, Batch, branchOf, readLosers, splitRev, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables, Row } from './pouchdb-adapter/tables.ts';
import { contentHash } from '../domain/content-hash.ts';
import { liveLeavesOf, unsettledLeavesOf, type Leaf } from './leaves.ts';

/**
 * One document changed: from what is there now to what comes next, `undefined` to leave it as it is. Where other versions
 * of it say the same, the change is asked of each of them too, of the one that is shown last of all.
 */
export interface Edit {
  readonly id: DocId;
  readonly change: (current: AnyDocument | undefined) => AnyDocument | undefined;
  /** Also of a document that this app cannot read: it is given as it is, to be deleted. */
  readonly alsoUnread?: boolean;
}

/**
 * A conflicted document settled: the body that stays (one of the leaves' own documents, when that one says all);
 * every other leaf gets a tombstone below it. Its revisions are named by their content, so that two devices that
 * settle the same conflict in the same way write the same revisions and not another conflict.
 */
export interface Resolution {
  readonly id: DocId;
  /** A document marked `_deleted` keeps the deletion that one of the leaves is. */
  readonly resolve: (leaves: readonly Leaf[]) => AnyDocument | undefined;
  /** Also of a document of which one version stands: it was opened again. */
  readonly alsoOfOne?: boolean;
}

export interface CommitFailure {
  readonly ok: false;
  readonly why: 'quota' | 'closed' | 'failed';
  readonly detail: string;
}
export type Committed = { ok: true; written: { id: DocId; rev: string }[] } | CommitFailure;

/** Body of a tombstone that settles a conflict: told apart from the deletion of a document. */
const settled = { isSettled: true };

const newHash = () => crypto.randomUUID().replaceAll('-', '');

/** The document's own fields. */
function ownFields(document: AnyDocument): Record<string, unknown> {
  const { _id, _rev, _deleted, ...body } = document as Record<string, unknown>;
  return body;
}

/**
 * Applies edits to the documents as they are at that moment, all or none. When it answers `ok`, everything is on the
 * disk (Chrome is asked for strict durability): the screen may confirm.
 *
 * The edits are synchronous: a transaction of IndexedDB ends when anything else is awaited.
 */
export async function commit(
  tables: ReplicaTables,
  edits: readonly (Edit | Resolution)[],
): Promise<Committed> {
  const written: { id: DocId; rev: string }[] = [];
  try {
    await tables.transaction('rw', tables.docs, tables.revs, async () => {
      const ids = [...new Set(edits.map((edit) => edit.id))];
      const [found, last] = await Promise.all([tables.docs.bulkGet(ids), tables.lastSeq()]);
      const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
      const batch = new Batch(tables, last, await readLosers(tables, found));
      for (const edit of edits) {
        const row = batch.rows.get(edit.id) ?? rows.get(edit.id);
        if (row?.quarantined && !('alsoUnread' in edit && edit.alsoUnread)) continue;
        if ('resolve' in edit) {
          if (row) resolveOne(tables, batch, row, edit, written);
        } else changeOne(tables, batch, row, edit, written);
      }
      await batch.flush();
    });
  } catch (error) {
    return commitFailure(error);
  }
  if (written.length) tables.wrote();
  return { ok: true, written };
}

/**
 * One document changed, and with it every other version that says the same: until a coordinator's device unites them, a
 * person who was answered for on two phones has two versions that agree. Were only the winner changed, the other would
 * say again, when they are united, what was taken back. Each is told the same thing at the same moment, so that it
 * counts once; versions that disagree are left to whoever settles them.
 */
function changeOne(
  tables: ReplicaTables,
  batch: Batch,
  row: Row | undefined,
  { id, change }: Edit,
  written: { id: DocId; rev: string }[],
): void {
  const kept = row?.leaves ? [...batch.kept.values(), ...batch.puts] : [];
  // Of a document that is deleted there is nothing to change.
  const [current, ...others] = row && !row.dead ? unsettledLeavesOf(tables, row, kept) : [];
  // Before the winner: what an edit notes of the document that it changed, it notes last of the one that is shown.
  const beside: [rev: string, next: AnyDocument][] = [];
  for (const leaf of others) {
    // Under the revision of the winner, which is the one that an edit knows.
    const version: AnyDocument = { ...leaf.document, _rev: current?.rev };
    if (leaf.isDeleted || !saysTheSame(current?.document, version) || !tables.admits(version)) continue;
    const next = change(version);
    if (next && addsToHistory(version, next)) beside.push([leaf.rev, next]);
  }
  const next = change(current?.document);
  if (!next) return;
  // The one that was shown keeps the greatest name of its generation, and is shown still.
  const hashes = [next, ...beside].map(newHash).sort();
  const rev = extend(batch, row, row?.rev, id, ownFields(next), next._deleted === true, hashes.pop());
  written.push({ id, rev });
  for (const [parent, other] of beside)
    extend(batch, batch.rows.get(id), parent, id, ownFields(other), false, hashes.pop());
}

/** Adds a revision below `parent` and marks it unsent; answers it. */
function extend(
  batch: Batch,
  row: Row | undefined,
  parent: string | undefined,
  id: DocId,
  body: Record<string, unknown>,
  dead: boolean,
  hash = newHash(),
): string {
  const tree = row ? treeOf(row) : [];
  const ancestors = (parent && ancestryOf(tree, parent)?.ids) || [];
  const path = {
    start: parent ? splitRev(parent).generation + 1 : 1,
    ids: [hash, ...ancestors],
  };
  const rev = `${path.start}-${path.ids[0]}`;
  const merged = merge(tree, branchOf(path, dead), 1000);
  const next = batch.place(row, merged.tree, { id, rev, dead, body }, merged.stemmedRevs ?? [], true);
  // The new leaf carries its ancestors: an unsent parent needs no journey of its own.
  next.unsent = [...(row?.unsent ?? []).filter((old) => old !== parent), rev];
  delete next.refusal;
  return rev;
}

function resolveOne(
  tables: ReplicaTables,
  batch: Batch,
  row: Row,
  edit: Resolution,
  written: { id: DocId; rev: string }[],
): void {
  const kept = [...batch.kept.values()];
  const leaves = liveLeavesOf(tables, row, kept);
  if (leaves.length < 2 && !edit.alsoOfOne) return;
  const winner = edit.resolve(leaves);
  if (!winner) return;
  if (winner._deleted) {
    for (const leaf of leaves) if (!leaf.isDeleted) bury(leaf);
    return;
  }
  if (winner !== leaves[0]?.document) write(row.rev, ownFields(winner), false);
  for (const leaf of unsettledLeavesOf(tables, row, kept).slice(1)) bury(leaf);

  function bury({ rev }: Leaf): void {
    write(rev, settled, true);
  }

  function write(parent: string, body: Record<string, unknown>, dead: boolean): void {
    const hash = contentHash(`${parent}\n${canonicalJson(body)}`);
    const rev = extend(batch, batch.rows.get(edit.id) ?? row, parent, edit.id, body, dead, hash);
    written.push({ id: edit.id, rev });
  }
}

/** What went wrong, as a value the screen can explain; nothing was written. */
export function commitFailure(error: unknown): CommitFailure {
  const names = [error, (error as { inner?: unknown } | null)?.inner].map(
    (one) => (one as { name?: string } | null)?.name ?? '',
  );
  const detail = names.filter(Boolean).join(' / ') || 'unknown';
  if (names.includes('QuotaExceededError')) return { ok: false, why: 'quota', detail };
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError'))
    return { ok: false, why: 'closed', detail };
  return { ok: false, why: 'failed', detail };
}
