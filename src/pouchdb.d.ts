/** The parts of PouchDB that we build on, as far as we use them: its packages bring no types. */

declare module 'pouchdb-merge' {
  export interface NodeOptions {
    status: 'available' | 'missing';
    deleted?: boolean;
  }
  export type TreeNode = [hash: string, options: NodeOptions, children: TreeNode[]];
  export interface TreePath {
    pos: number;
    ids: TreeNode;
  }
  export type RevisionTree = TreePath[];
  export interface Merged {
    tree: RevisionTree;
    stemmedRevs: string[];
    conflicts: 'new_leaf' | 'new_branch' | 'internal_node';
  }
  export function merge(tree: RevisionTree, path: TreePath, depth: number): Merged;
  export function winningRev(metadata: { rev_tree: RevisionTree }): string;
  export function isDeleted(metadata: { rev_tree: RevisionTree }, rev?: string): boolean;
  export function collectLeaves(tree: RevisionTree): { rev: string; pos: number; opts: NodeOptions }[];
  export function collectConflicts(metadata: { rev_tree: RevisionTree }): string[];
  export function compactTree(metadata: { rev_tree: RevisionTree }): string[];
  export function traverseRevTree(
    tree: RevisionTree,
    visit: (isLeaf: boolean, pos: number, hash: string, context: unknown, options: NodeOptions) => unknown,
  ): void;
}

declare module 'pouchdb-selector-core' {
  export function matchesSelector(document: Record<string, unknown>, selector: unknown): boolean;
}
