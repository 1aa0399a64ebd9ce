/** Revision trees: pure functions over `pouchdb-merge`, the trees as JSON text outside. */
import {
  collectConflicts,
  collectLeaves,
  merge,
  traverseRevTree,
  winningRev,
  type RevisionTree,
  type TreeNode,
} from 'pouchdb-merge';
import { compareRevisions, type Revision } from './revision.ts';

export type { RevisionTree } from 'pouchdb-merge';

/** A revision with its ancestors, newest first, as `_revisions` gives them. */
export interface RevisionPath {
  /** Generation of the newest. */
  readonly start: number;
  readonly hashes: readonly string[];
}

export interface Leaf {
  readonly rev: string;
  readonly isDeleted: boolean;
}

export const pathOf = (revision: Revision): RevisionPath => ({
  start: revision.generation,
  hashes: [revision.hash],
});

/** The tree of one path: only its newest revision has a body. */
function branchOf(path: RevisionPath, isDeletedLeaf: boolean): RevisionTree[number] {
  const [newest = '', ...ancestors] = path.hashes;
  let node: TreeNode = [
    newest,
    isDeletedLeaf ? { status: 'available', deleted: true } : { status: 'available' },
    [],
  ];
  for (const hash of ancestors) node = [hash, { status: 'missing' }, [node]];
  return { pos: path.start - ancestors.length, ids: node };
}

/** A tree that holds nothing but this path. */
export const newTree = (path: RevisionPath, isDeletedLeaf: boolean): RevisionTree => [
  branchOf(path, isDeletedLeaf),
];

/** A tree as text; a tree that holds one revision and nothing else is the empty text. */
export const treeText = (tree: RevisionTree): string =>
  tree.length === 1 && tree[0]?.ids[2].length === 0 ? '' : JSON.stringify(tree);

/** Reads a tree from its text; the winner completes the shortest form. */
export function readTree(text: string, winner: Leaf): RevisionTree {
  if (text !== '') return JSON.parse(text) as RevisionTree;
  const dash = winner.rev.indexOf('-');
  return newTree(
    { start: Number(winner.rev.slice(0, dash)), hashes: [winner.rev.slice(dash + 1)] },
    winner.isDeleted,
  );
}

export interface Grown {
  readonly tree: RevisionTree;
  /** False when the revision was in the tree already: there is nothing to write. */
  readonly isNew: boolean;
  /** Revisions that fell off the tree's root, beyond the limit. */
  readonly stemmed: readonly string[];
}

/**
 * Adds a revision and its ancestors to a tree, keeping at most `limit` generations of each branch. The tree given is used
 * up: go on with the one answered.
 */
export function grow(tree: RevisionTree, path: RevisionPath, isDeletedLeaf: boolean, limit: number): Grown {
  if (ancestryOf(tree, `${path.start}-${path.hashes[0]}`)) return { tree, isNew: false, stemmed: [] };
  const merged = merge(tree, branchOf(path, isDeletedLeaf), limit);
  return { tree: merged.tree, isNew: true, stemmed: merged.stemmedRevs ?? [] };
}

/** A tree without one of its leaves, and without the ancestors that led to nothing else; `undefined`: nothing is left. */
export function withoutLeaf(tree: RevisionTree, leaf: string): RevisionTree | undefined {
  const prune = (node: TreeNode, pos: number): TreeNode | undefined => {
    const [hash, options, children] = node;
    if (children.length === 0) return `${pos}-${hash}` === leaf ? undefined : node;
    const rest = children.map((child) => prune(child, pos + 1)).filter((child) => child !== undefined);
    return rest.length ? [hash, options, rest] : undefined;
  };
  const rest = tree.flatMap(({ pos, ids }) => {
    const kept = prune(ids, pos);
    return kept ? [{ pos, ids: kept }] : [];
  });
  return rest.length ? rest : undefined;
}

/** The revision that every replica shows, the same everywhere. */
export function winnerOf(tree: RevisionTree): Leaf {
  const rev = winningRev({ rev_tree: tree });
  // Looked up by the whole revision: a hash alone may stand at two generations.
  return leavesOf(tree).find((leaf) => leaf.rev === rev) ?? { rev, isDeleted: false };
}

/** Its leaves, each once: merging puts what follows a revision of two branches on both. */
export const leavesOf = (tree: RevisionTree): Leaf[] => {
  const leaves = collectLeaves(tree).map(({ rev, opts }) => ({ rev, isDeleted: Boolean(opts.deleted) }));
  return leaves.length < 2 ? leaves : [...new Map(leaves.map((leaf) => [leaf.rev, leaf])).values()];
};

/** Leaves in the order of CouchDB: the living before the deleted, each from the newest generation on. */
export const inOrder = (leaves: readonly Leaf[]): Leaf[] =>
  [...leaves].sort((a, b) => Number(a.isDeleted) - Number(b.isDeleted) || compareRevisions(b.rev, a.rev));

/** Live leaves other than the winner, the newest generation first. */
export const conflictsOf = (tree: RevisionTree): string[] => {
  const conflicts = new Set(collectConflicts({ rev_tree: tree }));
  if (conflicts.size > 0) conflicts.delete(winnerOf(tree).rev);
  return [...conflicts].sort((a, b) => compareRevisions(b, a));
};

/** Every revision of the tree, with its status. */
export function revisionsOf(tree: RevisionTree): Map<string, { isLeaf: boolean; isDeleted: boolean }> {
  const all = new Map<string, { isLeaf: boolean; isDeleted: boolean }>();
  traverseRevTree(tree, (isLeaf, pos, hash, _context, options) => {
    all.set(`${pos}-${hash}`, { isLeaf, isDeleted: Boolean(options.deleted) });
  });
  return all;
}

/** The path from a revision to its root, newest first; `undefined` when the tree does not hold it. */
export function ancestryOf(tree: RevisionTree, rev: string): RevisionPath | undefined {
  for (const { pos, ids } of tree) {
    const stack: { node: TreeNode; pos: number; trail: string[] }[] = [{ node: ids, pos, trail: [] }];
    for (let at = stack.pop(); at; at = stack.pop()) {
      const [hash, , children] = at.node;
      const trail = [hash, ...at.trail];
      if (`${at.pos}-${hash}` === rev) return { start: at.pos, hashes: trail };
      for (const child of children) stack.push({ node: child, pos: at.pos + 1, trail });
    }
  }
  return undefined;
}

/** The leaves that descend from a revision (itself when it is a leaf). */
export function leavesBelow(tree: RevisionTree, rev: string): string[] {
  return leavesOf(tree)
    .map((leaf) => leaf.rev)
    .filter((leaf) => {
      const path = ancestryOf(tree, leaf);
      return path?.hashes.some((hash, back) => `${path.start - back}-${hash}` === rev) ?? false;
    });
}
