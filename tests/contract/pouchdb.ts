/** The npm package `pouchdb` as an independent client: what of it the tests use (it brings no types). */
import PouchDB from 'pouchdb';
import memoryAdapter from 'pouchdb-adapter-memory';

type Document = Record<string, unknown> & { _id?: string; _rev?: string; _conflicts?: string[] };

interface ReplicationResult {
  ok: boolean;
  docs_read: number;
  docs_written: number;
  doc_write_failures: number;
}

export interface Replication extends Promise<ReplicationResult> {
  on(event: string, listener: (value: unknown) => void): this;
  cancel(): void;
}

export interface Pouch {
  put(document: Document): Promise<{ ok: boolean; id: string; rev: string }>;
  get(id: string, options?: object): Promise<Document>;
  remove(id: string, rev: string): Promise<{ ok: boolean; rev: string }>;
  bulkDocs(documents: readonly Document[]): Promise<{ ok?: boolean }[]>;
  allDocs(options?: object): Promise<{
    total_rows: number;
    rows: { id: string; value: { rev: string }; doc?: Document }[];
  }>;
  info(): Promise<{ doc_count: number }>;
  close(): Promise<void>;
  destroy(): Promise<void>;
  sync(other: Pouch, options?: object): Replication;
  replicate: {
    to(other: Pouch, options?: object): Replication;
    from(other: Pouch, options?: object): Replication;
  };
}

type PouchConstructor = {
  new (name: string, options?: object): Pouch;
  plugin(plugin: unknown): PouchConstructor;
};

const Constructor = (PouchDB as PouchConstructor).plugin(memoryAdapter);

let made = 0;

/** A replica in memory. */
export const localReplica = () => new Constructor(`replica-${(made += 1)}`, { adapter: 'memory' });

/** A database of a server, spoken to by PouchDB's own adapter. */
export const remoteDatabase = (url: string, name: string, password: string) =>
  new Constructor(url, { skip_setup: true, auth: { username: name, password } });
