/** What this device wrote and the server has not proven to hold. */
import { followed } from './followed.ts';
import { readCarried } from './carried.ts';
import { ancestryOf, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables, Row } from './pouchdb-adapter/tables.ts';

export interface RevisionKey {
  readonly id: string;
  readonly rev: string;
}

/** A revision ready for `_bulk_docs` with `new_edits:false`. */
export interface OutgoingRevision extends RevisionKey {
  readonly document: Record<string, unknown> & {
    _id: string;
    _rev: string;
    _revisions: { start: number; ids: readonly string[] };
  };
}

export interface RefusedDocument extends RevisionKey {
  readonly status: number;
  readonly reason: string;
  readonly at: string;
}

export class Outbox {
  readonly #tables: ReplicaTables;

  constructor(tables: ReplicaTables) {
    this.#tables = tables;
  }

  /**
   * The rows of documents that wait or were refused, each once: read in one go and sorted out here. With thousands
   * waiting, as after an import, a cursor over them takes many times as long, after every write.
   */
  async #unsent(): Promise<Row[]> {
    const rows = await this.#tables.docs.where('unsent').above('').toArray();
    // The index holds a document once for each of its revisions that wait.
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }

  /** Documents that wait to be sent; refused ones are counted apart. */
  async pendingCount(): Promise<number> {
    return (await this.#unsent()).filter((row) => !row.refusal).length;
  }

  /** Calls back now and after every write, in this tab or another, that may have changed what waits or was refused. */
  watch(onChange: () => void): () => void {
    const waiting = followed(() => this.isEmpty());
    const subscription = waiting.subscribe({ next: onChange, error: onChange });
    return () => subscription.unsubscribe();
  }

  /** What others wrote and handed over: held here for a device that may send it. */
  carried(): Promise<RevisionKey[]> {
    return readCarried(this.#tables);
  }

  /** Whether nothing here waits, was refused or is carried: only then may the replica be thrown away. */
  async isEmpty(): Promise<boolean> {
    return (await this.#unsent()).length + (await this.carried()).length === 0;
  }

  /** Ids of the documents that wait, for telling what they are. */
  async pendingIds(): Promise<string[]> {
    return (await this.#unsent()).filter((row) => !row.refusal).map((row) => row.id);
  }

  async refused(): Promise<RefusedDocument[]> {
    return (await this.#unsent()).flatMap((row) => (row.refusal ? [{ id: row.id, ...row.refusal }] : []));
  }

  /** Up to `limit` documents' unsent revisions, oldest change first. */
  async nextBatch(limit: number): Promise<OutgoingRevision[]> {
    return this.#tables.transaction('r', this.#tables.docs, this.#tables.revs, async () => {
      // What was made here goes out even when a newer app's version has come on top of it.
      const rows = (await this.#unsent()).filter((row) => !row.refusal);
      rows.sort((one, other) => one.seq - other.seq);
      const outgoing: OutgoingRevision[] = [];
      for (const row of rows.slice(0, limit))
        for (const rev of row.unsent ?? []) {
          const document = await this.#documentOf(row, rev);
          if (document) outgoing.push({ id: row.id, rev, document });
        }
      return outgoing;
    });
  }

  async #documentOf(row: Row, rev: string): Promise<OutgoingRevision['document'] | undefined> {
    const isWinner = rev === row.rev;
    const kept = isWinner ? undefined : await this.#tables.revs.get([row.id, rev]);
    const path = ancestryOf(treeOf(row), rev);
    if ((!isWinner && !kept) || !path) return undefined;
    const isDead = isWinner ? row.dead === 1 : kept?.dead === 1;
    return {
      ...this.#tables.codec.decode(isWinner ? row.body : kept?.body),
      ...(isDead ? { _deleted: true } : {}),
      _id: row.id,
      _rev: rev,
      _revisions: { start: path.start, ids: path.ids },
    };
  }

  /** Receipts: takes exactly these revisions off the list; a newer edit of the same document stays on it. */
  async markSent(revisions: readonly RevisionKey[]): Promise<void> {
    await this.#amend(revisions, (row, revs) => {
      const left = (row.unsent ?? []).filter((rev) => !revs.has(rev));
      if (left.length) row.unsent = left;
      else delete row.unsent;
      if (row.refusal && revs.has(row.refusal.rev)) delete row.refusal;
    });
  }

  /** Sets documents aside with the server's reason, so that they do not hold up the others. */
  async markRefused(refusals: readonly RefusedDocument[]): Promise<void> {
    const byKey = new Map(refusals.map((refusal) => [`${refusal.id}\n${refusal.rev}`, refusal]));
    await this.#amend(refusals, (row, revs) => {
      for (const rev of revs) {
        const refusal = byKey.get(`${row.id}\n${rev}`);
        // An edit made meanwhile is another attempt.
        if (!refusal || !row.unsent?.includes(rev)) continue;
        row.refusal = { rev, status: refusal.status, reason: refusal.reason, at: refusal.at };
      }
    });
  }

  /** Lets refused documents try again, all or some. */
  async retryRefused(ids?: readonly string[]): Promise<void> {
    const wanted = ids && new Set(ids);
    const refused = await this.refused();
    await this.#amend(
      refused.filter((one) => !wanted || wanted.has(one.id)),
      (row) => delete row.refusal,
    );
  }

  /** What an audit found missing on the server: it is to be sent again. */
  async markUnsent(revisions: readonly RevisionKey[]): Promise<void> {
    await this.#amend(revisions, (row, revs) => {
      row.unsent = [...new Set([...(row.unsent ?? []), ...revs])];
    });
  }

  async #amend(
    revisions: readonly RevisionKey[],
    change: (row: Row, revs: ReadonlySet<string>) => void,
  ): Promise<void> {
    if (revisions.length === 0) return;
    const revsOf = new Map<string, Set<string>>();
    for (const { id, rev } of revisions) revsOf.set(id, (revsOf.get(id) ?? new Set()).add(rev));
    await this.#tables.transaction('rw', this.#tables.docs, async () => {
      const rows = await this.#tables.docs.bulkGet([...revsOf.keys()]);
      const changed: Row[] = [];
      for (const row of rows) {
        if (!row) continue;
        change(row, revsOf.get(row.id) ?? new Set());
        changed.push(row);
      }
      await this.#tables.docs.bulkPut(changed);
    });
  }
}
