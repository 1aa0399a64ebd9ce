/** How a row grows by a revision. Pure: reads happen before, writes after. */
import { collectLeaves, isDeleted, merge, winningRev, type RevisionTree, type TreeNode } from 'pouchdb-merge';
import type { ReplicaTables, RevisionRow, Row } from './tables.ts';

const splitRev = (rev: string) => {
  const dash = rev.indexOf('-');
  return { generation: Number(rev.slice(0, dash)), hash: rev.slice(dash + 1) };
};

export { splitRev };

/** The tree of a row; that of a single revision is not stored. */
export function treeOf(row: Pick<Row, 'tree' | 'rev' | 'dead'>): RevisionTree {
  if (row.tree !== undefined) return JSON.parse(row.tree) as RevisionTree;
  const { generation, hash } = splitRev(row.rev);
  return [
    {
      pos: generation,
      ids: [hash, row.dead ? { status: 'available', deleted: true } : { status: 'available' }, []],
    },
  ];
}

/** A revision with its ancestors, newest first. */
export interface RevisionPath {
  readonly start: number;
  readonly ids: readonly string[];
}

export function branchOf(path: RevisionPath, dead: boolean): RevisionTree[number] {
  const [newest = '', ...ancestors] = path.ids;
  let node: TreeNode = [newest, dead ? { status: 'available', deleted: true } : { status: 'available' }, []];
  for (const hash of ancestors) node = [hash, { status: 'missing' }, [node]];
  return { pos: path.start - ancestors.length, ids: node };
}

/** The path from a revision to its root, newest first. */
export function ancestryOf(tree: RevisionTree, rev: string): RevisionPath | undefined {
  for (const { pos, ids } of tree) {
    const stack: { node: TreeNode; pos: number; trail: string[] }[] = [{ node: ids, pos, trail: [] }];
    for (let at = stack.pop(); at; at = stack.pop()) {
      const trail = [at.node[0], ...at.trail];
      if (`${at.pos}-${at.node[0]}` === rev) return { start: at.pos, ids: trail };
      for (const child of at.node[2]) stack.push({ node: child, pos: at.pos + 1, trail });
    }
  }
  return undefined;
}

/** What one revision is to be written as. */
export interface NewRevision {
  readonly id: string;
  readonly rev: string;
  readonly dead: boolean;
  /** The document's own fields. */
  readonly body: Record<string, unknown>;
}

/** All that a batch writes, gathered so that it goes out in a few bulk requests. */
export class Batch {
  readonly rows = new Map<string, Row>();
  readonly puts: RevisionRow[] = [];
  readonly drops: [string, string][] = [];
  /** Bodies of losing leaves that were read ahead, by `id` and `rev`. */
  readonly kept: ReadonlyMap<string, RevisionRow>;
  readonly #tables: ReplicaTables;
  #seq: number;

  constructor(tables: ReplicaTables, lastSeq: number, kept: readonly RevisionRow[]) {
    this.#tables = tables;
    this.#seq = lastSeq;
    this.kept = new Map(kept.map((row) => [`${row.id}\n${row.rev}`, row]));
  }

  /**
   * Puts a revision into a row whose tree is known already.
   * @param keepsAncestors whether the body of a former winner is kept (until compaction)
   */
  place(
    before: Row | undefined,
    tree: RevisionTree,
    revision: NewRevision,
    stemmed: readonly string[],
    keepsAncestors: boolean,
  ): Row {
    const isSingle = tree.length === 1 && tree[0]?.ids[2].length === 0;
    const winner = isSingle ? revision.rev : winningRev({ rev_tree: tree });
    const isWinner = winner === revision.rev;
    const isDead = isWinner ? revision.dead : isDeleted({ rev_tree: tree }, winner);
    const leaves = isSingle ? 1 : collectLeaves(tree).length;
    let body: unknown;
    if (isWinner) body = this.#tables.codec.encode(revision.body);
    else {
      const own: RevisionRow = {
        id: revision.id,
        rev: revision.rev,
        body: this.#tables.codec.encode(revision.body),
      };
      if (revision.dead) own.dead = 1;
      this.puts.push(own);
      body = winner === before?.rev ? before.body : this.#bodyKept(revision.id, winner);
    }
    if (before && before.rev !== winner) {
      this.drops.push([revision.id, winner]);
      const isLeafStill = leaves > 1 && collectLeaves(tree).some((leaf) => leaf.rev === before.rev);
      if (keepsAncestors || isLeafStill) {
        const old: RevisionRow = { id: before.id, rev: before.rev, body: before.body };
        if (before.dead) old.dead = 1;
        this.puts.push(old);
      }
    }
    for (const rev of stemmed) this.drops.push([revision.id, rev]);
    return this.#finish(revision.id, winner, isDead, isSingle ? undefined : tree, body, leaves, before);
  }

  #finish(
    id: string,
    rev: string,
    isDead: boolean,
    tree: RevisionTree | undefined,
    body: unknown,
    leaves: number,
    before: Row | undefined,
  ): Row {
    const plain = isDead ? undefined : this.#tables.codec.decode(body);
    const isAdmitted = plain === undefined || this.#tables.admits({ ...plain, _id: id, _rev: rev });
    const row: Row = {
      ...(plain && isAdmitted ? this.#tables.lift(plain) : {}),
      id,
      seq: ++this.#seq,
      rev,
      body,
    };
    if (isDead) row.dead = 1;
    if (tree) row.tree = JSON.stringify(tree);
    if (leaves > 1) row.leaves = leaves;
    if (!isAdmitted) row.quarantined = 1;
    if (before?.unsent) row.unsent = before.unsent;
    if (before?.refusal) row.refusal = before.refusal;
    this.rows.set(id, row);
    return row;
  }

  #bodyKept(id: string, rev: string): unknown {
    const read = this.kept.get(`${id}\n${rev}`) ?? this.puts.find((row) => row.id === id && row.rev === rev);
    return read?.body ?? this.#tables.codec.encode({});
  }

  /** Adds a revision that came with its ancestors; nothing happens when the tree holds it. */
  addReplicated(
    before: Row | undefined,
    path: RevisionPath,
    revision: NewRevision,
    limit: number,
    keepsAncestors: boolean,
  ): void {
    const branch = branchOf(path, revision.dead);
    if (!before && path.ids.length <= limit) {
      this.place(undefined, [branch], revision, [], keepsAncestors);
      return;
    }
    const tree = before ? treeOf(before) : [];
    if (before && (before.rev === revision.rev || ancestryOf(tree, revision.rev))) return;
    const merged = merge(tree, branch, limit);
    this.place(before, merged.tree, revision, merged.stemmedRevs ?? [], keepsAncestors);
  }

  /** Writes everything; call it inside the transaction. */
  async flush(): Promise<void> {
    const { docs, revs } = this.#tables;
    const dropped = this.drops.filter(
      ([id, rev]) =>
        this.rows.get(id)?.rev === rev || !this.puts.some((put) => put.id === id && put.rev === rev),
    );
    const droppedKeys = new Set(dropped.map((key) => key.join('\n')));
    const puts = this.puts.filter((put) => !droppedKeys.has(`${put.id}\n${put.rev}`));
    if (this.rows.size) await docs.bulkPut([...this.rows.values()]);
    if (puts.length) await revs.bulkPut(puts);
    if (dropped.length) await revs.bulkDelete(dropped);
  }
}

/** The bodies of losing leaves of those rows that have several leaves. */
export async function readLosers(
  tables: ReplicaTables,
  rows: Iterable<Row | undefined>,
): Promise<RevisionRow[]> {
  const keys: [string, string][] = [];
  for (const row of rows) {
    if (!row?.leaves) continue;
    for (const leaf of collectLeaves(treeOf(row))) if (leaf.rev !== row.rev) keys.push([row.id, leaf.rev]);
  }
  if (keys.length === 0) return [];
  // Many one by one cost more than all that lie among them, unless those are very many.
  if (keys.length > 20) {
    const [first, last] = [keys.sort((a, b) => indexedDB.cmp(a, b))[0], keys.at(-1)];
    const among = tables.revs.where('[id+rev]').between(first, last, true, true);
    if ((await among.count()) < 10 * keys.length) {
      const wanted = new Set(keys.map(String));
      return (await among.toArray()).filter(({ id, rev }) => wanted.has(`${id},${rev}`));
    }
  }
  const found = await tables.revs.bulkGet(keys);
  return found.filter((row) => row !== undefined);
}
