/**
 * Accounts, devices and invitations of a CouchDB, copied into an engine of this machine, where they are looked up at
 * each request. What must be decided once (who uses up an invitation, what an account may do) is written in the CouchDB
 * itself; what concerns this server's own devices is written here and handed on.
 */
import type { ChangeRecord } from '../accounts/change-record.ts';
import type { Database, Engine } from '../engine/engine.ts';
import { revisionText } from '../protocol/outgoing.ts';
import { leavesOf, readTree } from '../revisions/tree.ts';
import { CouchFailed, type CouchClient } from './client.ts';
import { isSameCouch } from './mirror-identity.ts';
import { pullPage, writeOver } from './mirror-pull.ts';
import { changeRemotely } from './remote-change.ts';
import { settleConflicts, settlements } from './settle-conflicts.ts';

const pageRows = 200;
const waitMs = 25_000;
const pauseMs = 2000;

const pulledNote = '_local/mirror-pulled';
const pushedNote = '_local/mirror-pushed';

export interface MirrorNames {
  /** Brought over, and changed there alone. */
  readonly pulled: readonly string[];
  /** Brought over, and written here as well. */
  readonly shared: readonly string[];
}

export class Mirror {
  readonly #engine: Engine;
  readonly #couch: CouchClient;
  readonly #names: MirrorNames;
  readonly #refreshing = new Map<string, Promise<void>>();
  #pushing: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(engine: Engine, couch: CouchClient, names: MirrorNames) {
    this.#engine = engine;
    this.#couch = couch;
    this.#names = names;
  }

  get #all(): readonly string[] {
    return [...this.#names.pulled, ...this.#names.shared];
  }

  /** Brings everything over once, then goes on until the signal aborts. Throws `CouchFailed` when the first time fails. */
  async start(stopping: AbortSignal): Promise<void> {
    stopping.addEventListener('abort', () => (this.#isOver = true));
    for (const name of this.#all) {
      await this.#open(name);
      await this.#pull(name, 0);
    }
    for (const name of this.#names.shared)
      this.#of(name).onChange(() => void this.settle().catch(() => undefined));
    await this.settle();
    for (const name of this.#all) void this.#follow(name);
  }

  /** Resolves when all that was written here is there. */
  settle(): Promise<void> {
    const next = this.#pushing.catch(() => undefined).then(() => this.#pushAll());
    this.#pushing = next;
    return next;
  }

  /** Brings over what is new there now; those who ask at the same moment are answered together. */
  async refresh(): Promise<void> {
    await Promise.all(
      this.#all.map((name) => {
        const underWay = this.#refreshing.get(name);
        if (underWay) return underWay;
        const pull = this.#pull(name, 0).finally(() => this.#refreshing.delete(name));
        this.#refreshing.set(name, pull);
        return pull;
      }),
    );
  }

  /** Changes a document there, and here as it became there. Throws `CouchFailed`. */
  change: ChangeRecord = async (name, id, change) => {
    const written = await changeRemotely(this.#couch, name, id, change);
    if (written && !this.#isOver) writeOver(this.#of(name), [written]);
    return written !== undefined;
  };

  #of(name: string): Database {
    const database = this.#engine.open(name);
    if (!database) throw new Error('a mirrored database is gone');
    return database;
  }

  /** Makes sure that it is there, closed to all but administrators, and that the copy here is one of it. */
  async #open(name: string): Promise<void> {
    const made = await this.#couch.ask('PUT', `/${name}`);
    if (![201, 202, 412].includes(made.status))
      throw new CouchFailed(`${this.#couch.address} cannot make ${name}: ${made.status}.`, made.status);
    if (this.#names.shared.includes(name)) {
      const closed = { names: [], roles: ['_admin'] };
      await this.#couch.ask('PUT', `/${name}/_security`, { admins: closed, members: closed });
    }
    if (!this.#engine.open(name)) this.#engine.create(name);
    if (await isSameCouch(this.#couch, this.#of(name))) return;
    this.#engine.destroy(name);
    this.#engine.create(name);
    await isSameCouch(this.#couch, this.#of(name));
  }

  async #follow(name: string): Promise<void> {
    while (!this.#isOver)
      try {
        await this.#pull(name, waitMs);
        await this.settle();
      } catch {
        // What is here is used meanwhile.
        await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
      }
  }

  /** @param timeoutMs how long to wait for a change when there is none */
  async #pull(name: string, timeoutMs: number): Promise<void> {
    for (;;) {
      const since = String(this.#of(name).localDocument(pulledNote)?.body.since ?? '0');
      const page = await pullPage(this.#couch, name, { since, limit: pageRows, timeoutMs });
      if (this.#isOver) return;
      const database = this.#of(name);
      writeOver(database, page.documents);
      await this.#settleConflicts(
        name,
        page.documents.map(({ _id: id }) => id),
      );
      if (this.#isOver) return;
      database.putLocalDocument(pulledNote, '0-1', { since: page.lastSeq });
      if (page.isLast) return;
    }
  }

  /** What is changed there alone is settled there; the feed brings it. */
  async #settleConflicts(name: string, ids: readonly string[]): Promise<void> {
    const database = this.#of(name);
    if (this.#names.shared.includes(name)) return settleConflicts(database, ids);
    const docs = settlements(database, ids);
    if (docs.length) await this.#couch.ask('POST', `/${name}/_bulk_docs`, { docs });
  }

  async #pushAll(): Promise<void> {
    for (const name of this.#names.shared) {
      for (;;) {
        if (this.#isOver) return;
        const database = this.#of(name);
        const rows = database.changes(Number(database.localDocument(pushedNote)?.body.seq ?? 0), pageRows);
        const last = rows.at(-1);
        if (!last) break;
        const texts = rows.flatMap((row) =>
          leavesOf(readTree(row.tree, row)).flatMap(
            ({ rev }) => revisionText(database, row, rev, { revs: true }) ?? [],
          ),
        );
        const body = `{"new_edits":false,"docs":[${texts.join(',')}]}`;
        const { status, json } = await this.#couch.ask('POST', `/${name}/_bulk_docs`, body);
        const isTaken = status < 300 && Array.isArray(json) && !json.some(isRefusal);
        if (!isTaken) throw new CouchFailed(`${name} cannot be written: ${status}.`, status);
        if (this.#isOver) return;
        this.#of(name).putLocalDocument(pushedNote, '0-1', { seq: last.seq });
      }
    }
  }
}

const isRefusal = (row: unknown) => typeof row === 'object' && row !== null && 'error' in row;
