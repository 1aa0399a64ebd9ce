/**
 * A few databases of a CouchDB, kept in step with an engine of this machine in both directions: accounts, devices and
 * invitations are looked up here at each request, and live there.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Database, Engine } from '../engine/engine.ts';
import { asReplicated } from '../protocol/incoming.ts';
import { revisionText } from '../protocol/outgoing.ts';
import { leavesOf, readTree } from '../revisions/tree.ts';
import type { CouchClient } from './client.ts';
import { settleConflicts } from './settle-conflicts.ts';

const pageRows = 200;
const waitMs = 25_000;
const pauseMs = 2000;
const fetchAttempts = 5;

const feed = z.object({
  results: z.array(z.object({ id: z.string(), changes: z.array(z.object({ rev: z.string() })) })),
  last_seq: z.union([z.string(), z.number()]),
});
const got = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      docs: z.array(z.object({ ok: z.optional(z.looseObject({ _id: z.string() })) })),
    }),
  ),
});

const pulledNote = '_local/mirror-pulled';

export class Mirror {
  readonly #engine: Engine;
  readonly #couch: CouchClient;
  readonly #names: readonly string[];
  readonly #pushed = new Map<string, number>();
  #pushing: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(engine: Engine, couch: CouchClient, names: readonly string[]) {
    this.#engine = engine;
    this.#couch = couch;
    this.#names = names;
  }

  /** Brings everything over once, then goes on until the signal aborts. Throws `CouchFailed` when the first time fails. */
  async start(stopping: AbortSignal): Promise<void> {
    stopping.addEventListener('abort', () => (this.#isOver = true));
    for (const name of this.#names) {
      if (!this.#engine.open(name)) this.#engine.create(name);
      await this.#couch.ask('PUT', `/${name}`);
      await this.#pull(name, 0);
      this.#of(name).onChange(() => void this.settle().catch(() => undefined));
    }
    await this.settle();
    for (const name of this.#names) void this.#follow(name);
  }

  /** Resolves when all that was written here is there. */
  settle(): Promise<void> {
    const next = this.#pushing.catch(() => undefined).then(() => this.#pushAll());
    this.#pushing = next;
    return next;
  }

  /** Brings over what is new there now. */
  async refresh(name: string): Promise<void> {
    await this.#pull(name, 0);
  }

  #of(name: string): Database {
    const database = this.#engine.open(name);
    if (!database) throw new Error('a mirrored database is gone');
    return database;
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
      const database = this.#of(name);
      const since = String(database.localDocument(pulledNote)?.body.since ?? '0');
      const query = new URLSearchParams({ style: 'all_docs', since, limit: String(pageRows) });
      if (timeoutMs > 0) {
        query.set('feed', 'longpoll');
        query.set('timeout', String(timeoutMs));
      }
      const { json } = await this.#couch.ask('GET', `/${name}/_changes?${query}`);
      if (this.#isOver) return;
      const { results, last_seq: lastSeq } = z.parse(feed, json);
      const docs = results
        .filter(({ id }) => !id.startsWith('_design/'))
        .flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
      if (docs.length) {
        const found = await this.#fetch(name, docs);
        if (this.#isOver) return;
        this.#of(name).write(found.map((document) => asReplicated(document, document._id)));
        settleConflicts(
          this.#of(name),
          found.map(({ _id: id }) => id),
        );
      }
      database.putLocalDocument(pulledNote, '0-1', { since: String(lastSeq) });
      if (results.length < pageRows) return;
    }
  }

  /** Revisions that the feed named. The nodes of a cluster may not all have them yet. */
  async #fetch(name: string, docs: readonly { id: string; rev: string }[]) {
    for (let attempt = 1; ; attempt++) {
      const { json } = await this.#couch.ask('POST', `/${name}/_bulk_get?revs=true`, { docs });
      const found = z.parse(got, json).results.flatMap((one) => one.docs.flatMap(({ ok }) => ok ?? []));
      // What a later write replaced is never found: the feed names that write.
      if (found.length >= docs.length || attempt === fetchAttempts || this.#isOver) return found;
      await delay(100 * 2 ** attempt);
    }
  }

  async #pushAll(): Promise<void> {
    for (const name of this.#names) {
      for (;;) {
        if (this.#isOver) return;
        const database = this.#of(name);
        const rows = database.changes(this.#pushed.get(name) ?? 0, pageRows);
        const last = rows.at(-1);
        if (!last) break;
        const texts = rows.flatMap((row) =>
          leavesOf(readTree(row.tree, row)).flatMap(
            ({ rev }) => revisionText(database, row, rev, { revs: true }) ?? [],
          ),
        );
        const body = `{"new_edits":false,"docs":[${texts.join(',')}]}`;
        const { status } = await this.#couch.ask('POST', `/${name}/_bulk_docs`, body);
        if (status >= 300) throw new Error('the accounts cannot be written');
        this.#pushed.set(name, last.seq);
      }
    }
  }
}
