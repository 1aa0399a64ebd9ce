/** Reading documents for PouchDB: single ones, lists, feeds, revision differences. */
import Dexie from 'dexie';
import { MISSING_DOC, createError } from 'pouchdb-errors';
import { collectConflicts, collectLeaves, traverseRevTree, type RevisionTree } from 'pouchdb-merge';
import { filterChange } from 'pouchdb-utils';
import { ancestryOf, splitRev, treeOf } from './growth.ts';
import type { ReplicaTables, Row } from './tables.ts';

export type Callback = (error: unknown, result?: unknown) => void;

/** What PouchDB calls metadata. */
const metadataOf = (row: Row) => ({
  id: row.id,
  rev: row.rev,
  rev_tree: treeOf(row),
  winningRev: row.rev,
  deleted: row.dead === 1,
  seq: row.seq,
});

/** The winner as a document. */
function documentOf(tables: ReplicaTables, row: Row): Record<string, unknown> {
  const document: Record<string, unknown> = { ...tables.codec.decode(row.body), _id: row.id, _rev: row.rev };
  if (row.dead) document._deleted = true;
  return document;
}

/** Leaves below a revision: what `latest` asks for. */
function latestOf(tree: RevisionTree, rev: string): string {
  for (const leaf of collectLeaves(tree)) {
    const path = ancestryOf(tree, leaf.rev);
    if (path?.ids.some((hash, back) => `${path.start - back}-${hash}` === rev)) return leaf.rev;
  }
  return rev;
}

export async function get(
  tables: ReplicaTables,
  id: string,
  options: { rev?: string; latest?: boolean },
): Promise<{ doc: Record<string, unknown>; metadata: object; ctx: object }> {
  const row = await tables.docs.get(id);
  if (!row) throw createError(MISSING_DOC, 'missing');
  const metadata = metadataOf(row);
  if (!options.rev) {
    if (row.dead) throw createError(MISSING_DOC, 'deleted');
    return { doc: documentOf(tables, row), metadata, ctx: tables };
  }
  const rev = options.latest ? latestOf(metadata.rev_tree, options.rev) : options.rev;
  if (rev === row.rev) return { doc: documentOf(tables, row), metadata, ctx: tables };
  const kept = await tables.revs.get([id, rev]);
  if (!kept) throw createError(MISSING_DOC, 'missing');
  const doc: Record<string, unknown> = { ...tables.codec.decode(kept.body), _id: id, _rev: rev };
  if (kept.dead) doc._deleted = true;
  return { doc, metadata, ctx: tables };
}

export interface AllDocsOptions {
  startkey?: string;
  endkey?: string;
  key?: string;
  keys?: string[];
  inclusive_end?: boolean;
  descending?: boolean;
  skip?: number;
  limit?: number;
  include_docs?: boolean;
  conflicts?: boolean;
  update_seq?: boolean;
  deleted?: 'ok';
}

const countLive = async (tables: ReplicaTables) =>
  (await tables.docs.count()) - (await tables.docs.where('dead').equals(1).count());

export async function info(tables: ReplicaTables) {
  return tables.transaction('r', tables.docs, async () => ({
    doc_count: await countLive(tables),
    update_seq: await tables.lastSeq(),
  }));
}

export function allDocs(tables: ReplicaTables, options: AllDocsOptions): Promise<object> {
  return tables.transaction('r', tables.docs, async () => {
    const total = await countLive(tables);
    const rows = options.keys
      ? await rowsByKeys(tables, options, options.keys)
      : await rowsInRange(tables, options);
    return {
      total_rows: total,
      offset: options.skip ?? 0,
      rows,
      ...(options.update_seq ? { update_seq: await tables.lastSeq() } : {}),
    };
  });
}

function listRow(tables: ReplicaTables, row: Row, options: AllDocsOptions): object {
  const value = row.dead ? { rev: row.rev, deleted: true } : { rev: row.rev };
  const listed: Record<string, unknown> = { id: row.id, key: row.id, value };
  if (!options.include_docs) return listed;
  if (row.dead) return { ...listed, doc: null };
  const doc = documentOf(tables, row);
  if (options.conflicts) {
    const conflicts = row.leaves ? collectConflicts({ rev_tree: treeOf(row) }) : [];
    if (conflicts.length) doc._conflicts = conflicts;
  }
  return { ...listed, doc };
}

async function rowsByKeys(tables: ReplicaTables, options: AllDocsOptions, keys: string[]): Promise<object[]> {
  const found = await tables.docs.bulkGet(keys.map(String));
  return keys.map((key, at) => {
    const row = found[at];
    return row ? listRow(tables, row, options) : { key, error: 'not_found' };
  });
}

async function rowsInRange(tables: ReplicaTables, options: AllDocsOptions): Promise<object[]> {
  const { descending = false, inclusive_end: includesEnd = true, limit = -1, skip = 0 } = options;
  const from = options.key ?? options.startkey;
  const to = options.key ?? options.endkey;
  if (limit === 0) return [];
  const low = (descending ? to : from) ?? Dexie.minKey;
  const high = (descending ? from : to) ?? Dexie.maxKey;
  const includesLow = !descending || includesEnd || to === undefined;
  const includesHigh = descending || includesEnd || to === undefined;
  if (Dexie.minKey !== low && high !== Dexie.maxKey && String(low) > String(high)) return [];
  let range = tables.docs.where('id').between(low, high, includesLow, includesHigh);
  if (descending) range = range.reverse();
  if (options.deleted !== 'ok') range = range.filter((row) => !row.dead);
  if (skip) range = range.offset(skip);
  if (limit >= 0) range = range.limit(limit);
  const rows = await range.toArray();
  return rows.map((row) => listRow(tables, row, options));
}

export interface ChangesOptions {
  since: number;
  limit?: number;
  descending?: boolean;
  doc_ids?: string[];
  include_docs?: boolean;
  return_docs?: boolean;
  style?: string;
  processChange: (document: object, metadata: object, options: ChangesOptions) => Change;
  onChange: (change: Change) => void;
  complete: Callback;
}

interface Change {
  id: string;
  seq: number;
  doc?: unknown;
}

const pageRows = 500;

/** One reading of the feed. `isOver` tells that the listener went away. */
export async function readChanges(
  tables: ReplicaTables,
  options: ChangesOptions,
  isOver: () => boolean,
): Promise<{ results: Change[]; last_seq: number }> {
  const limit = options.limit === undefined || options.limit < 0 ? Infinity : options.limit;
  const wanted = options.doc_ids && new Set(options.doc_ids);
  const passes = filterChange(options);
  const results: Change[] = [];
  let at = options.since;
  let count = 0;
  for (let isMore = true; isMore && count < limit && !isOver();) {
    const rows = await (options.descending
      ? tables.docs.orderBy('seq').reverse().toArray()
      : tables.docs.where('seq').above(at).limit(pageRows).toArray());
    isMore = !options.descending && rows.length === pageRows;
    for (const row of rows) {
      if (count >= limit || isOver()) break;
      at = row.seq;
      if (wanted && !wanted.has(row.id)) continue;
      const change = options.processChange(documentOf(tables, row), metadataOf(row), options);
      change.seq = row.seq;
      const verdict = passes(change);
      if (typeof verdict === 'object') throw verdict;
      if (!verdict) continue;
      count += 1;
      if (options.return_docs !== false) results.push(change);
      options.onChange(change);
    }
  }
  return { results, last_seq: at };
}

/** For each document: the revisions that are missing here. One read for all of them. */
export async function revsDiff(
  tables: ReplicaTables,
  asked: Record<string, string[]>,
): Promise<Record<string, { missing: string[]; possible_ancestors?: string[] }>> {
  const ids = Object.keys(asked);
  const rows = await tables.docs.bulkGet(ids);
  const answer = new Map<string, { missing: string[]; possible_ancestors?: string[] }>();
  for (const [at, id] of ids.entries()) {
    const row = rows[at];
    const revs = asked[id] ?? [];
    if (!row) {
      answer.set(id, { missing: revs });
      continue;
    }
    if (revs.every((rev) => rev === row.rev)) continue;
    const known = new Map<string, boolean>();
    traverseRevTree(treeOf(row), (_isLeaf, pos, hash, _context, options) => {
      known.set(`${pos}-${hash}`, options.status === 'available');
    });
    const missing = revs.filter((rev) => !known.get(rev));
    if (missing.length === 0) continue;
    const generation = Math.max(...missing.map((rev) => splitRev(rev).generation));
    const ancestors = [...known].filter(([rev, isHere]) => isHere && splitRev(rev).generation < generation);
    answer.set(id, {
      missing,
      ...(ancestors.length ? { possible_ancestors: ancestors.map(([rev]) => rev) } : {}),
    });
  }
  return Object.fromEntries(answer);
}
