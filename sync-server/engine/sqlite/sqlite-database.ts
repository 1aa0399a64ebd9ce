/**
 * One database in one SQLite file. Rows lie in the order of the last update, so that writing appends and a feed reads on;
 * ids are an index beside. A row holds the winner's body and the whole revision tree; bodies of other
 * revisions stand in `revs`. WAL with `synchronous=FULL`: a write that returned survives a power cut.
 */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseRevision, revisionHash } from '../../revisions/revision.ts';
import {
  grow,
  leavesOf,
  newTree,
  readTree,
  revisionsOf,
  treeText,
  winnerOf,
  withoutLeaf,
  type RevisionPath,
  type RevisionTree,
} from '../../revisions/tree.ts';
import type { Body, Database, DatabaseInfo, Incoming, KeyRange, Row, Security, Written } from '../engine.ts';
import { editPath, isBeginning } from './edit-path.ts';
import { AttachmentStore, stubsOf } from './attachment-store.ts';
import { Listeners } from './listeners.ts';
import { listDesign, listRange } from './listing.ts';
import { rowsById } from './rows-by-id.ts';
import { RevisionBodies } from './revision-bodies.ts';
import { LocalDocuments, Meta } from './side-tables.ts';
import { Statements } from './statements.ts';
import { toRow, treeOf, type StoredRow } from './stored-row.ts';

/** The log is put back into the file every 4000 pages (16 MB); 2 MB of pages are held in memory, the rest is the system's to keep. */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  PRAGMA cache_size = -2000;
  PRAGMA wal_autocheckpoint = 4000;
`;

const schema = `
  CREATE TABLE IF NOT EXISTS docs (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev TEXT NOT NULL, deleted INTEGER NOT NULL,
    tree TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS revs (
    id TEXT NOT NULL, rev TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, rev)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS attachments (digest TEXT PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS local (id TEXT PRIMARY KEY, rev TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

export class SqliteDatabase implements Database {
  readonly name: string;
  readonly uuid: string;
  readonly #path: string;
  readonly #sql: DatabaseSync;
  readonly #statements: Statements;
  readonly #meta: Meta;
  readonly #local: LocalDocuments;
  readonly #attachments: AttachmentStore;
  readonly #bodies: RevisionBodies;
  readonly #listeners = new Listeners();
  #lastSeq: number;
  #documents: number;
  #deleted: number;

  constructor(name: string, path: string) {
    this.name = name;
    this.#path = path;
    this.#sql = new DatabaseSync(path);
    this.#sql.exec(pragmas);
    this.#sql.exec(schema);
    this.#statements = new Statements(this.#sql);
    this.#meta = new Meta(this.#statements);
    this.#local = new LocalDocuments(this.#statements);
    this.#attachments = new AttachmentStore(this.#statements);
    this.#bodies = new RevisionBodies(this.#statements);
    this.uuid = this.#meta.get('uuid') ?? this.#meta.set('uuid', randomUUID().replaceAll('-', ''));
    if (!this.#meta.get('createdAt')) this.#meta.set('createdAt', String(Math.floor(Date.now() / 1000)));
    const { last, total, deleted } = this.#statements
      .of(
        'SELECT coalesce(max(seq), 0) AS last, count(*) AS total, coalesce(sum(deleted), 0) AS deleted FROM docs',
      )
      .get() as { last: number; total: number; deleted: number };
    this.#lastSeq = Math.max(last, Number(this.#meta.get('lastSeq') ?? 0));
    this.#deleted = deleted;
    this.#documents = total - deleted;
  }

  info(): DatabaseInfo {
    return {
      documents: this.#documents,
      deleted: this.#deleted,
      lastSeq: this.#lastSeq,
      fileBytes: statSync(this.#path).size,
      createdAt: Number(this.#meta.get('createdAt')),
    };
  }

  row(id: string): Row | undefined {
    const stored = this.#statements.of('SELECT * FROM docs WHERE id = ?').get(id) as StoredRow | undefined;
    return stored && toRow(stored);
  }

  rows(ids: readonly string[]): ReadonlyMap<string, Row> {
    return rowsById(this.#statements, ids);
  }

  bodyOf(id: string, rev: string): string | undefined {
    const winner = this.row(id);
    return winner?.rev === rev ? winner.body : this.#bodies.get(id, rev);
  }

  attachment(digest: string): Buffer | undefined {
    return this.#attachments.get(digest);
  }

  write(documents: readonly Incoming[]): Written[] {
    const limit = this.revsLimit();
    return this.#inTransaction(() => documents.map((document) => this.#writeOne(document, limit)));
  }

  /** All of it is on the disk when this returns, or none of it; the feeds are told when a number was given. */
  #inTransaction<T>(step: () => T): T {
    const before = { seq: this.#lastSeq, documents: this.#documents, deleted: this.#deleted };
    this.#statements.of('BEGIN IMMEDIATE').run();
    let done: T;
    try {
      done = step();
      this.#statements.of('COMMIT').run();
    } catch (error) {
      this.#lastSeq = before.seq;
      this.#documents = before.documents;
      this.#deleted = before.deleted;
      this.#meta.forget();
      // A full disk may have rolled back already.
      if (this.#sql.isTransaction) this.#sql.exec('ROLLBACK');
      throw error;
    }
    if (this.#lastSeq !== before.seq) this.#listeners.announce();
    return done;
  }

  #writeOne(given: Incoming, limit: number): Written {
    const incoming = given.attachments?.size ? this.#withAttachments(given) : given;
    const { id, edit, isDeleted } = incoming;
    const body = JSON.stringify(incoming.body);
    if (isBeginning(edit)) {
      const path =
        'revision' in edit
          ? edit.revision
          : { start: 1, hashes: [revisionHash(undefined, isDeleted, incoming.body)] };
      if (this.#insert(incoming, path, body, limit))
        return { ok: true, id, rev: `${path.start}-${path.hashes[0]}` };
    }
    const stored = this.#statements.of('SELECT * FROM docs WHERE id = ?').get(id) as StoredRow | undefined;
    const path = 'revision' in edit ? edit.revision : editPath(stored, edit.parent, isDeleted, incoming.body);
    if (!path) return { ok: false, id, why: 'conflict' };
    const rev = `${path.start}-${path.hashes[0]}`;
    if (stored) this.#growOne(stored, rev, path, isDeleted, body, limit);
    else this.#insert(incoming, path, body, limit);
    return { ok: true, id, rev };
  }

  /** Its body with stubs in it, and every content in its table. */
  #withAttachments(incoming: Incoming): Incoming {
    const { id, edit } = incoming;
    const stored = this.row(id);
    const generation =
      'revision' in edit
        ? edit.revision.start
        : (parseRevision(edit.parent ?? (stored?.isDeleted ? stored.rev : undefined))?.generation ?? 0) + 1;
    const ancestors =
      'revision' in edit
        ? edit.revision.hashes.map((hash, back) => `${edit.revision.start - back}-${hash}`)
        : [edit.parent ?? stored?.rev ?? ''];
    const former = ancestors.map((rev) => stubsOf(this.bodyOf(id, rev)));
    return { ...incoming, body: this.#attachments.settle(incoming, former, generation) };
  }

  /** Writes a document that is not there yet; answers false when it is. */
  #insert({ id, isDeleted }: Incoming, path: RevisionPath, body: string, limit: number): boolean {
    const hashes = path.hashes.slice(0, limit);
    const { changes } = this.#statements
      .of(
        'INSERT INTO docs (seq, id, rev, deleted, tree, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
      )
      .run(
        this.#lastSeq + 1,
        id,
        `${path.start}-${path.hashes[0]}`,
        isDeleted ? 1 : 0,
        hashes.length === 1 ? '' : treeText(newTree({ start: path.start, hashes }, isDeleted)),
        body,
      );
    if (changes === 0) return false;
    this.#lastSeq += 1;
    if (isDeleted) this.#deleted += 1;
    else this.#documents += 1;
    return true;
  }

  #growOne(
    stored: StoredRow,
    rev: string,
    path: RevisionPath,
    isDeleted: boolean,
    body: string,
    limit: number,
  ): void {
    const grown = grow(treeOf(stored), path, isDeleted, limit);
    if (!grown.isNew) return;
    const winner = winnerOf(grown.tree);
    let winningBody = stored.body;
    if (winner.rev !== stored.rev) {
      this.#bodies.keep(stored.id, stored.rev, stored.body);
      winningBody = winner.rev === rev ? body : (this.#bodies.get(stored.id, winner.rev) ?? '{}');
      this.#bodies.drop(stored.id, winner.rev);
    }
    if (winner.rev !== rev) this.#bodies.keep(stored.id, rev, body);
    for (const old of grown.stemmed) this.#bodies.drop(stored.id, old);
    this.#lastSeq += 1;
    this.#statements
      .of('UPDATE docs SET seq = ?, rev = ?, deleted = ?, tree = ?, body = ? WHERE id = ?')
      .run(this.#lastSeq, winner.rev, winner.isDeleted ? 1 : 0, treeText(grown.tree), winningBody, stored.id);
    const shift = Number(winner.isDeleted) - stored.deleted;
    this.#deleted += shift;
    this.#documents -= shift;
  }

  changes(since: number, limit: number): Row[] {
    const rows = this.#statements
      .of('SELECT * FROM docs WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(since, limit);
    return (rows as unknown as StoredRow[]).map(toRow);
  }

  changesDescending(before: number, limit: number): Row[] {
    const rows = this.#statements
      .of('SELECT * FROM docs WHERE seq < ? ORDER BY seq DESC LIMIT ?')
      .all(before, limit);
    return (rows as unknown as StoredRow[]).map(toRow);
  }

  countAfter(since: number): number {
    return (this.#statements.of('SELECT count(*) AS n FROM docs WHERE seq > ?').get(since) as { n: number })
      .n;
  }

  designDocuments(): Row[] {
    return listDesign(this.#statements);
  }

  list(range: KeyRange): { rows: Row[]; offset: number } {
    return listRange(this.#statements, range);
  }

  localDocument(id: string): { rev: string; body: Body } | undefined {
    return this.#local.get(id);
  }

  putLocalDocument(id: string, rev: string, body: Body): void {
    this.#local.put(id, rev, body);
  }

  deleteLocalDocument(id: string): boolean {
    return this.#local.delete(id);
  }

  localDocuments(): { id: string; rev: string }[] {
    return this.#local.list();
  }

  security(): Security | undefined {
    const raw = this.rawSecurity() as {
      [list in 'admins' | 'members']?: { names?: string[]; roles?: string[] };
    };
    if (!raw.admins && !raw.members) return undefined;
    const list = (of: 'admins' | 'members') => ({ names: raw[of]?.names ?? [], roles: raw[of]?.roles ?? [] });
    return { admins: list('admins'), members: list('members') };
  }

  rawSecurity(): unknown {
    return JSON.parse(this.#meta.get('security') ?? '{}');
  }

  setSecurity(security: unknown): void {
    this.#meta.set('security', JSON.stringify(security));
  }

  revsLimit(): number {
    return Number(this.#meta.get('revsLimit') ?? 1000);
  }

  setRevsLimit(limit: number): void {
    this.#meta.set('revsLimit', String(limit));
  }

  compact(): void {
    this.#sql.exec('BEGIN IMMEDIATE');
    for (const id of this.#bodies.ids()) {
      const row = this.row(id);
      const leaves = new Set(row ? leavesOf(readTree(row.tree, row)).map((leaf) => leaf.rev) : []);
      for (const rev of this.#bodies.revisionsOf(id)) if (!leaves.has(rev)) this.#bodies.drop(id, rev);
    }
    this.#attachments.sweep();
    this.#sql.exec('COMMIT; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  }

  purge(id: string, revs: readonly string[]): string[] {
    const stored = this.#statements.of('SELECT * FROM docs WHERE id = ?').get(id) as StoredRow | undefined;
    if (!stored) return [];
    let tree: RevisionTree | undefined = treeOf(stored);
    const purged: string[] = [];
    for (const rev of revs) {
      if (!tree || !leavesOf(tree).some((leaf) => leaf.rev === rev)) continue;
      tree = withoutLeaf(tree, rev);
      purged.push(rev);
    }
    if (purged.length === 0) return [];
    const kept = tree ? revisionsOf(tree) : new Map<string, unknown>();
    const winner = tree && winnerOf(tree);
    this.#inTransaction(() => {
      if (winner && winner.rev !== stored.rev) this.#bodies.keep(id, stored.rev, stored.body);
      const body = winner && (this.bodyOf(id, winner.rev) ?? '{}');
      for (const rev of this.#bodies.revisionsOf(id))
        if (!kept.has(rev) || rev === winner?.rev) this.#bodies.drop(id, rev);
      this.#lastSeq += 1;
      // The row that had the last number may be the one that goes: numbers never go back.
      this.#meta.set('lastSeq', String(this.#lastSeq));
      if (tree && winner && body !== undefined)
        this.#statements
          .of('UPDATE docs SET seq = ?, rev = ?, deleted = ?, tree = ?, body = ? WHERE id = ?')
          .run(this.#lastSeq, winner.rev, winner.isDeleted ? 1 : 0, treeText(tree), body, id);
      else this.#statements.of('DELETE FROM docs WHERE id = ?').run(id);
      if (stored.deleted) this.#deleted -= 1;
      else this.#documents -= 1;
      if (winner?.isDeleted) this.#deleted += 1;
      else if (winner) this.#documents += 1;
    });
    return purged;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.onChange(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#listeners.onClose(listener);
  }

  close(): void {
    this.#listeners.close();
    this.#statements.clear();
    this.#sql.close();
  }
}
