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

declare module 'pouchdb-errors' {
  export interface PouchError extends Error {
    status: number;
    error: boolean | string;
    reason?: string;
  }
  export const MISSING_DOC: PouchError;
  export const REV_CONFLICT: PouchError;
  export const NOT_AN_OBJECT: PouchError;
  export const BAD_REQUEST: PouchError;
  export const IDB_ERROR: PouchError;
  export const DOC_VALIDATION: PouchError;
  export function createError(error: PouchError, reason?: string): PouchError;
}

declare module 'pouchdb-utils' {
  export class changesHandler {
    addListener(name: string, id: string, db: unknown, options: unknown): void;
    removeListener(name: string, id: string): void;
    notify(name: string): void;
  }
  export function filterChange(options: unknown): (change: { doc?: unknown }) => boolean | object;
  export function uuid(): string;
  export function adapterFun(
    name: string,
    implementation: (request: never, options: unknown, callback: unknown) => void,
  ): unknown;
}

declare module 'pouchdb-adapter-utils' {
  import type { RevisionTree } from 'pouchdb-merge';
  export interface DocInfo {
    metadata: {
      id: string;
      rev: string;
      rev_tree: RevisionTree;
      deleted?: boolean;
      winningRev?: string;
      seq?: number;
    };
    data: Record<string, unknown>;
    stemmedRevs?: string[];
    error?: unknown;
    _id?: string;
  }
  export function parseDoc(document: object, newEdits: boolean, options: unknown): DocInfo;
  export function processDocs(
    revLimit: number,
    docInfos: readonly unknown[],
    api: unknown,
    fetchedDocs: Map<string, DocInfo['metadata']>,
    transaction: unknown,
    results: unknown[],
    writeDoc: (
      docInfo: DocInfo,
      winningRev: string,
      winningRevIsDeleted: boolean,
      newRevIsDeleted: boolean,
      isUpdate: boolean,
      delta: number,
      at: number,
      done: () => void,
    ) => void,
    options: object,
    done: () => void,
  ): void;
}

declare module 'pouchdb-core' {
  const PouchDB: import('./lib/store/pouchdb-adapter/pouchdb.ts').PouchConstructor;
  export default PouchDB;
}
declare module 'pouchdb-adapter-http' {
  const plugin: import('./lib/store/pouchdb-adapter/pouchdb.ts').PouchPlugin;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: import('./lib/store/pouchdb-adapter/pouchdb.ts').PouchPlugin;
  export default plugin;
}
declare module 'pouchdb-adapter-idb' {
  const plugin: import('./lib/store/pouchdb-adapter/pouchdb.ts').PouchPlugin;
  export default plugin;
}
