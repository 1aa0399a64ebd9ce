/**
 * The tables of one replica: documents, bodies of revisions that do not win, `_local` documents. They know nothing of
 * what the documents mean: which fields are indexed, how bodies are kept and which bodies are admitted is passed in.
 */
import Dexie, { type Table } from 'dexie';

/** A document: the winner's body, the whole revision tree, and whether the server has it. */
export interface Row {
  id: string;
  /** Order of the last change on this device; unique. */
  seq: number;
  /** The winning revision. */
  rev: string;
  /** 1 when the winner is a tombstone; absent otherwise, so that the index holds tombstones alone. */
  dead?: 1;
  /** The revision tree as JSON text; absent for a document of one revision. */
  tree?: string;
  /** The winner's body, as the codec keeps it. */
  body: unknown;
  /** How many leaves the tree has, when there are several. */
  leaves?: number;
  /** Leaf revisions made here that the server has not proven to hold. */
  unsent?: string[];
  /** Why the server refused the last unsent revision. */
  refusal?: { rev: string; status: number; reason: string; at: string };
  /** 1 when the body was not admitted: kept, but out of every index. */
  quarantined?: 1;
  /** Fields lifted out of the body to be indexed. */
  [lifted: string]: unknown;
}

/** The body of a revision that is not the winner: a losing leaf, or an ancestor that was not compacted. */
export interface RevisionRow {
  id: string;
  rev: string;
  dead?: 1;
  body: unknown;
}

export interface LocalRow {
  id: string;
  rev: string;
  body: Record<string, unknown>;
}

/** Where bodies go in and out: the one place for an encryption. Both ways are synchronous. */
export interface BodyCodec {
  encode(body: Record<string, unknown>): unknown;
  /** Answers a fresh object that the caller may change. */
  decode(kept: unknown): Record<string, unknown>;
}

const asIs: BodyCodec = { encode: (body) => body, decode: (kept) => kept as Record<string, unknown> };

export interface ReplicaOptions {
  /** Raised when indexes change; an older app refuses a newer database. */
  readonly version?: number;
  /** Dexie's notation of indexes over lifted fields: `[type+date]`. */
  readonly indexes?: readonly string[];
  /** The fields of a live winner that are indexed. */
  readonly lift?: (body: Record<string, unknown>) => Record<string, unknown>;
  readonly codec?: BodyCodec;
  /** Is this body one that screens can show? Otherwise it is quarantined. */
  readonly admits?: (body: Record<string, unknown>) => boolean;
}

const ownIndexes = ['&seq', 'dead', 'leaves', '*unsent', 'quarantined'];

export class ReplicaTables extends Dexie {
  readonly docs!: Table<Row, string>;
  readonly revs!: Table<RevisionRow, [string, string]>;
  readonly local!: Table<LocalRow, string>;
  readonly codec: BodyCodec;
  readonly lift: (body: Record<string, unknown>) => Record<string, unknown>;
  readonly admits: (body: Record<string, unknown>) => boolean;
  readonly currentVersion: number;
  readonly #listeners = new Set<() => void>();

  constructor(name: string, options: ReplicaOptions = {}) {
    // Chrome confirms a write before it is on the disk unless it is asked not to.
    super(name, { chromeTransactionDurability: 'strict', autoOpen: false });
    this.codec = options.codec ?? asIs;
    this.lift = options.lift ?? (() => ({}));
    this.admits = options.admits ?? (() => true);
    this.currentVersion = options.version ?? 1;
    this.version(this.currentVersion).stores({
      docs: ['id', ...ownIndexes, ...(options.indexes ?? [])].join(', '),
      revs: '[id+rev]',
      local: 'id',
    });
    // Another tab wants a newer version: step aside, and never reopen with the old shape.
    this.on('versionchange', () => this.close({ disableAutoOpen: true }));
  }

  /** Called after every write to `docs` from this tab. */
  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  wrote(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** The last sequence given; call it inside the transaction that writes. */
  async lastSeq(): Promise<number> {
    const keys = await this.docs.orderBy('seq').reverse().limit(1).keys();
    return (keys[0] as number | undefined) ?? 0;
  }
}
