/** One replica on this device, in the terms of our documents. */
import { collectLeaves } from 'pouchdb-merge';
import type { DocumentOf, DocumentType } from '../domain/documents.ts';
import type { DocId } from '../domain/ids.ts';
import { commit, type Committed, type Edit, type Resolution } from './commit.ts';
import { replicaOptions } from './admitted.ts';
import type { Lookup } from './indexes.ts';
import { conflicts, leavesOf, type ConflictedDocument, type Leaf } from './leaves.ts';
import type { OpenFailure } from './open-failure.ts';
import { openTables } from './open-tables.ts';
import { Outbox, type RevisionKey } from './outbox.ts';
import { treeOf } from './pouchdb-adapter/growth.ts';
import type { PouchConstructor, PouchDatabase } from './pouchdb-adapter/pouchdb.ts';
import { missingHere, writeReplicated, type IncomingRevision } from './replicated.ts';
import type { ReplicaTables, Row } from './pouchdb-adapter/tables.ts';

export type OpenedStore = { ok: true; store: Store } | { ok: false; why: OpenFailure; detail: string };

/** A document with all its leaves, for the rescue file. */
export interface ExportedDocument {
  readonly id: string;
  readonly rev: string;
  readonly tree: unknown;
  readonly isDeleted: boolean;
  readonly body: Record<string, unknown>;
  readonly others: { rev: string; isDeleted: boolean; body: Record<string, unknown> }[];
  readonly unsent: readonly string[];
}

export class Store {
  readonly name: string;
  readonly outbox: Outbox;
  readonly #tables: ReplicaTables;

  constructor(tables: ReplicaTables) {
    this.name = tables.name;
    this.#tables = tables;
    this.outbox = new Outbox(tables);
  }

  /** Writes on this device; the screen confirms when it answers `ok`. */
  commit(edits: readonly (Edit | Resolution)[]): Promise<Committed> {
    return commit(this.#tables, edits);
  }

  #documentOf<Type extends DocumentType>(row: Row): DocumentOf<Type> {
    const document = this.#tables.codec.decode(row.body);
    document._id = row.id;
    document._rev = row.rev;
    return document as unknown as DocumentOf<Type>;
  }

  /** A live document of that type and id. */
  async get<Type extends DocumentType>(type: Type, id: DocId): Promise<DocumentOf<Type> | undefined> {
    const row = await this.#tables.docs.get(id);
    return row?.type === type ? this.#documentOf<Type>(row) : undefined;
  }

  /**
   * All live documents of a type: its ids stand together (the server refuses one that does not begin with the type), which
   * reads faster than by an index.
   */
  async ofType<Type extends DocumentType>(type: Type): Promise<DocumentOf<Type>[]> {
    const rows = await this.#tables.docs.where('id').between(`${type}:`, `${type};`).toArray();
    return rows.flatMap((row) => (row.type === type ? this.#documentOf<Type>(row) : []));
  }

  /** Live documents of a type whose field `by` is `value`, by compound index. */
  async where<Type extends DocumentType>(type: Type, by: Lookup, value: string): Promise<DocumentOf<Type>[]> {
    const rows = await this.#tables.docs.where(`[type+${by}]`).equals([type, value]).toArray();
    return rows.map((row) => this.#documentOf<Type>(row));
  }

  /** Live documents of a type whose field `by` is one of `values`. */
  async whereAnyOf<Type extends DocumentType>(
    type: Type,
    by: Lookup,
    values: readonly string[],
  ): Promise<DocumentOf<Type>[]> {
    const keys = values.map((value) => [type, value]);
    const rows = await this.#tables.docs.where(`[type+${by}]`).anyOf(keys).toArray();
    return rows.map((row) => this.#documentOf<Type>(row));
  }

  /** Live documents of a type whose field `by` lies between two values, both included. */
  async between<Type extends DocumentType>(
    type: Type,
    by: Lookup,
    from: string,
    to: string,
  ): Promise<DocumentOf<Type>[]> {
    const range = this.#tables.docs.where(`[type+${by}]`).between([type, from], [type, to], true, true);
    return (await range.toArray()).map((row) => this.#documentOf<Type>(row));
  }

  /** Several reads of this store as one: of one moment, and sooner than each by itself. Nothing else is waited for in it. */
  together<T>(read: () => Promise<T>): Promise<T> {
    return this.#tables.transaction('r', this.#tables.docs, read);
  }

  /** Documents of which several versions stand: disagreements, until they are merged or settled. */
  conflicts(): Promise<ConflictedDocument[]> {
    return conflicts(this.#tables);
  }

  /** The versions that stand of one document, the winner first; a deletion is one too. */
  leavesOf(id: DocId): Promise<Leaf[]> {
    return leavesOf(this.#tables, id);
  }

  /** What failed its schema: kept, never on screens, never sent. */
  async quarantined(): Promise<{ id: string; rev: string; document: Record<string, unknown> }[]> {
    const rows = await this.#tables.docs.where('quarantined').equals(1).toArray();
    return rows.map(({ id, rev, body }) => ({ id, rev, document: this.#tables.codec.decode(body) }));
  }

  /** Every leaf revision held here, page by page, for comparing with the server. */
  async *leaves(pageSize = 1000): AsyncGenerator<RevisionKey[]> {
    let after = '';
    for (;;) {
      const rows = await this.#tables.docs.where('id').above(after).limit(pageSize).toArray();
      if (rows.length === 0) return;
      after = rows.at(-1)?.id ?? after;
      yield rows
        .filter((row) => !row.quarantined)
        .flatMap((row) => collectLeaves(treeOf(row)).map(({ rev }) => ({ id: row.id, rev })));
    }
  }

  /** Those of some revisions whose author is this account. */
  async writtenBy(revisions: readonly RevisionKey[], account: string): Promise<RevisionKey[]> {
    const ids = [...new Set(revisions.map(({ id }) => id))];
    const rows = await this.#tables.docs.bulkGet(ids);
    const others = await this.#tables.revs.bulkGet(
      revisions.map(({ id, rev }) => [id, rev] as [string, string]),
    );
    const bodies = new Map<string, unknown>();
    for (const row of rows) if (row) bodies.set(`${row.id}\n${row.rev}`, row.body);
    for (const other of others) if (other) bodies.set(`${other.id}\n${other.rev}`, other.body);
    return revisions.filter(({ id, rev }) => {
      const body = bodies.get(`${id}\n${rev}`);
      return body !== undefined && this.#tables.codec.decode(body).by === account;
    });
  }

  /** Everything held here, all leaves included, page by page. */
  async *everything(pageSize = 500): AsyncGenerator<ExportedDocument[]> {
    let after = '';
    for (;;) {
      const rows = await this.#tables.docs.where('id').above(after).limit(pageSize).toArray();
      if (rows.length === 0) return;
      const [first, last] = [rows[0]?.id ?? '', rows.at(-1)?.id ?? ''];
      const others = await this.#tables.revs
        .where('[id+rev]')
        .between([first, ''], [last, '\uffff'], true, true)
        .toArray();
      after = last;
      yield rows.map((row) => ({
        id: row.id,
        rev: row.rev,
        tree: treeOf(row),
        isDeleted: row.dead === 1,
        body: this.#tables.codec.decode(row.body),
        others: others
          .filter((other) => other.id === row.id)
          .map(({ rev, dead, body }) => ({
            rev,
            isDeleted: dead === 1,
            body: this.#tables.codec.decode(body),
          })),
        unsent: row.unsent ?? [],
      }));
    }
  }

  /**
   * Lets documents go from this replica, unsent work in them included: callers note what was given up, and fetch what the
   * server holds of them anew.
   */
  async letGo(ids: readonly string[]): Promise<void> {
    await this.#tables.transaction('rw', this.#tables.docs, this.#tables.revs, async () => {
      await this.#tables.docs.bulkDelete([...ids]);
      for (const id of ids)
        await this.#tables.revs.where('[id+rev]').between([id, ''], [id, '\uffff'], true, true).delete();
    });
    this.#tables.wrote();
  }

  /** A document of whatever type as it stands here, readable by screens or not; `undefined` when it is not here. */
  async body(id: string): Promise<Record<string, unknown> | undefined> {
    const row = await this.#tables.docs.get(id);
    return row && { ...this.#tables.codec.decode(row.body), _id: row.id, _rev: row.rev };
  }

  /** How many documents are held. */
  count(): Promise<number> {
    return this.#tables.docs.count();
  }

  /** Called after every write from this tab. */
  onWrite(listener: () => void): () => void {
    return this.#tables.onWrite(listener);
  }

  /** Those of the server's revisions that are not here. */
  missing(asked: readonly RevisionKey[]): Promise<RevisionKey[]> {
    return missingHere(this.#tables, asked);
  }

  /** Writes revisions that came from the server, all or none; answers how many documents changed. */
  writeReplicated(revisions: readonly IncomingRevision[]): Promise<number> {
    return writeReplicated(this.#tables, revisions);
  }

  /** For further parts of the store, which come with the screens that need them and not with every page. */
  apart<T>(part: (tables: ReplicaTables) => T): T {
    return part(this.#tables);
  }

  /** The same tables as a PouchDB, for replication. The constructor must know the adapter `dexie`. */
  pouch(PouchDB: PouchConstructor): PouchDatabase {
    return new PouchDB(this.name, {
      adapter: 'dexie',
      tables: this.#tables,
      auto_compaction: false,
      deterministic_revs: false,
    });
  }

  /** Free-standing notes of this replica (checkpoints of a feed of our own), never replicated. */
  async note(key: string): Promise<Record<string, unknown> | undefined> {
    return (await this.#tables.local.get(`note/${key}`))?.body;
  }

  async setNote(key: string, body: Record<string, unknown> | undefined): Promise<void> {
    if (body) await this.#tables.local.put({ id: `note/${key}`, rev: '0-1', body });
    else await this.#tables.local.delete(`note/${key}`);
  }

  readonly #closers = new Set<() => void>();

  /** Called once, when this store is closed or removed. */
  whenClosed(listener: () => void): void {
    this.#closers.add(listener);
  }

  close(): void {
    for (const listener of this.#closers) listener();
    this.#closers.clear();
    this.#tables.close({ disableAutoOpen: true });
  }

  /** Removes the replica from this device, unsent work included: callers ask first. */
  async destroy(): Promise<void> {
    this.close();
    await this.#tables.delete({ disableAutoOpen: true });
  }
}

/** Opens the replica of that name, made when it is missing. Never throws; a failure never removes anything. */
export async function openStore({ name }: { name: string }): Promise<OpenedStore> {
  const opened = await openTables(name, replicaOptions);
  return opened.ok ? { ok: true, store: new Store(opened.tables) } : opened;
}
