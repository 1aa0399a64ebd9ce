/** A PouchDB adapter on Dexie. See README.md beside this file. */
import { changesHandler, adapterFun, uuid } from 'pouchdb-utils';
import { createError, MISSING_DOC } from 'pouchdb-errors';
import { traverseRevTree } from 'pouchdb-merge';
import { bulkDocs } from './bulk-docs.ts';
import { treeOf } from './growth.ts';
import { getLocal, putLocal, removeLocal } from './local-documents.ts';
import { allDocs, get, info, readChanges, revsDiff, type Callback, type ChangesOptions } from './reading.ts';
import type { AdapterConstructor, AdapterOptions, PouchPlugin } from './pouchdb.ts';
import { ReplicaTables } from './tables.ts';

const listeners = new changesHandler();

/** Tables opened by name, shared by every PouchDB of that name in this tab. */
const shared = new Map<string, { tables: ReplicaTables; users: number; opening: Promise<unknown> }>();

function acquire(name: string) {
  let entry = shared.get(name);
  if (!entry) {
    const tables = new ReplicaTables(name);
    entry = { tables, users: 0, opening: tables.open() };
    shared.set(name, entry);
  }
  entry.users += 1;
  return entry;
}

function release(name: string): void {
  const entry = shared.get(name);
  if (!entry || --entry.users > 0) return;
  shared.delete(name);
  entry.tables.close();
}

/**
 * Hands a promise's end to a callback, outside of the promise: an error thrown by the callback is the caller's own.
 * Answers nothing, because PouchDB takes a returned promise for the result.
 */
function tell(promise: PromiseLike<unknown>, callback: Callback): void {
  promise.then(
    (result) => queueMicrotask(() => callback(null, result)),
    (error: unknown) => queueMicrotask(() => callback(error)),
  );
}

const DexieAdapter = function (this: Record<string, unknown>, options: AdapterOptions, ready: Callback) {
  const { name } = options;
  const entry = options.tables ? { tables: options.tables, opening: Promise.resolve() } : acquire(name);
  const { tables } = entry;
  let stopListening: () => void = () => undefined;

  /** Inside `bulkDocs` the answer must come before the transaction finds nothing more to do: no detour. */
  const tellLocal = (
    write: typeof putLocal,
    document: never,
    asked: { ctx?: unknown } | Callback,
    callback?: Callback,
  ) => {
    const isInside = typeof asked === 'object' && asked.ctx !== undefined;
    const done = callback ?? (asked as Callback);
    const written = write(tables, document, isInside);
    if (!isInside) return tell(written, done);
    written.then(
      (result) => done(null, result),
      (error: unknown) => done(error),
    );
  };

  Object.assign(this, {
    _remote: false,
    type: () => 'dexie',
    _id: (callback: Callback) => tell(instanceId(tables), callback),
    _info: (callback: Callback) => tell(info(tables), callback),
    _get: (id: string, asked: object, callback: Callback) => tell(get(tables, id, asked), callback),
    _allDocs: (asked: object, callback: Callback) => tell(allDocs(tables, asked), callback),
    _bulkDocs: (request: { docs: Record<string, unknown>[] }, writing: object, callback: Callback) =>
      bulkDocs(tables, this, options, request, writing, callback),
    _getLocal: (id: string, callback: Callback) => tell(getLocal(tables, id), callback),
    _putLocal: (document: never, asked: object | Callback, callback?: Callback) =>
      tellLocal(putLocal, document, asked, callback),
    _removeLocal: (document: never, asked: object | Callback, callback?: Callback) =>
      tellLocal(removeLocal, document, asked, callback),
    _getRevisionTree: (id: string, callback: Callback) =>
      tell(
        tables.docs.get(id).then((row) => {
          if (!row) throw createError(MISSING_DOC);
          return treeOf(row);
        }),
        callback,
      ),
    _doCompaction: (id: string, revs: string[], callback: Callback) =>
      tell(compact(tables, id, revs), callback),
    _getAttachment: (_id: string, _name: string, _at: object, _asked: object, callback: Callback) =>
      callback(createError(MISSING_DOC)),
    _changes: (asked: ChangesOptions & { continuous?: boolean }) => changes(tables, name, this, asked),
    _close: (callback: Callback) => {
      stopListening();
      if (!options.tables) release(name);
      callback(null);
    },
    _destroy: (_asked: object, callback: Callback) => {
      stopListening();
      shared.delete(name);
      tell(
        tables.delete({ disableAutoOpen: true }).then(() => ({ ok: true })),
        callback,
      );
    },
  });
  this.revsDiff = adapterFun('revsDiff', (request: never, asked: unknown, callback: unknown) =>
    tell(revsDiff(tables, request), (callback ?? asked) as Callback),
  );

  entry.opening.then(
    () => {
      stopListening = tables.onWrite(() => listeners.notify(name));
      ready(null, this);
    },
    (error: unknown) => ready(error),
  );
} as unknown as AdapterConstructor;

DexieAdapter.valid = () => true;

/** An id that stays with the database. */
async function instanceId(tables: ReplicaTables): Promise<string> {
  return tables.transaction('rw', tables.local, async () => {
    const known = await tables.local.get('instance');
    if (known) return known.rev;
    const id = uuid();
    await tables.local.put({ id: 'instance', rev: id, body: {} });
    return id;
  });
}

/** Drops bodies of revisions that are no longer leaves and says so in the tree. */
async function compact(tables: ReplicaTables, id: string, revs: string[]): Promise<void> {
  await tables.transaction('rw', tables.docs, tables.revs, async () => {
    const row = await tables.docs.get(id);
    if (!row) return;
    const gone = new Set(revs);
    const tree = treeOf(row);
    traverseRevTree(tree, (_isLeaf, pos, hash, _context, node) => {
      if (gone.has(`${pos}-${hash}`)) node.status = 'missing';
    });
    await tables.docs.put({ ...row, tree: JSON.stringify(tree) });
    await tables.revs.bulkDelete(revs.map((rev) => [id, rev]));
  });
}

function changes(
  tables: ReplicaTables,
  name: string,
  api: object,
  options: ChangesOptions & { continuous?: boolean },
): { cancel: () => void } {
  if (options.continuous) {
    const id = `${name}:${uuid()}`;
    listeners.addListener(name, id, api, options);
    listeners.notify(name);
    return { cancel: () => listeners.removeListener(name, id) };
  }
  let isOver = false;
  tell(
    readChanges(tables, options, () => isOver),
    (error, result) => {
      if (!isOver || error) options.complete(error, result);
    },
  );
  return {
    cancel: () => {
      isOver = true;
    },
  };
}

/** `PouchDB.plugin(dexieAdapter)`, then `new PouchDB(name, { adapter: 'dexie' })`. */
const dexieAdapter: PouchPlugin = (PouchDB) => PouchDB.adapter('dexie', DexieAdapter, true);

export default dexieAdapter;
