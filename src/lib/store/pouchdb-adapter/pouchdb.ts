/** The faces of PouchDB that we touch, typed by hand: its packages bring no types. */

import type { ReplicaTables } from './tables.ts';

export type PouchPlugin = (PouchDB: PouchConstructor) => void;

export interface PouchConstructor {
  new (name: string, options?: object): PouchDatabase;
  plugin(plugin: PouchPlugin | object): PouchConstructor;
  adapter(name: string, adapter: AdapterConstructor, usesPrefix?: boolean): void;
}

export interface AdapterConstructor {
  (this: object, options: AdapterOptions, ready: (error: unknown, api?: unknown) => void): void;
  valid(): boolean;
}

export interface AdapterOptions {
  readonly name: string;
  readonly revs_limit?: number;
  readonly auto_compaction?: boolean;
  readonly deterministic_revs?: boolean;
  /** Tables that somebody else opened and will close. */
  readonly tables?: ReplicaTables;
}

interface Replication extends Promise<ReplicationResult> {
  cancel(): void;
  on(
    event: 'change' | 'denied' | 'error' | 'paused',
    listener: (detail: ReplicationResult) => void,
  ): Replication;
}

interface ReplicationResult {
  readonly ok: boolean;
  readonly docs_read: number;
  readonly docs_written: number;
  readonly doc_write_failures: number;
  readonly last_seq: unknown;
  readonly pending?: number;
  readonly errors: readonly unknown[];
}

export interface PouchDatabase {
  readonly name: string;
  info(): Promise<{ doc_count: number; update_seq: number | string; db_name: string }>;
  get(id: string, options?: object): Promise<Record<string, unknown>>;
  put(document: object, options?: object): Promise<{ ok: boolean; id: string; rev: string }>;
  bulkDocs(documents: object[], options?: object): Promise<{ ok?: boolean; id?: string; rev?: string }[]>;
  allDocs(
    options?: object,
  ): Promise<{ total_rows: number; rows: { id: string; value: { rev: string }; doc?: object }[] }>;
  remove(document: object): Promise<unknown>;
  bulkGet(asked: { docs: readonly object[] }): Promise<{ results: unknown[] }>;
  readonly replicate: {
    from(source: PouchDatabase | string, options?: object): Replication;
    to(target: PouchDatabase | string, options?: object): Replication;
  };
  close(): Promise<void>;
  destroy(): Promise<void>;
}
