/**
 * What a database is to the protocol. One implementation is embedded (`sqlite/`). Everything is synchronous: a call
 * that returned is on the disk.
 */
import type { RevisionPath } from '../revisions/tree.ts';

/** The fields of a document that do not begin with an underscore, and `_attachments` as stubs. */
export type Body = Record<string, unknown>;

/** An attachment as a stored body names it, in CouchDB's words. */
export interface AttachmentStub {
  readonly content_type: string;
  /** Generation of the revision that brought it. */
  readonly revpos: number;
  /** `md5-` and the MD5 in base64. */
  readonly digest: string;
  /** Bytes. */
  readonly length: number;
  readonly stub: true;
}

/** An attachment as it is written; without `data` it is taken over from the revisions before. */
export interface IncomingAttachment {
  readonly contentType: string;
  readonly data?: Buffer;
  /** Generation of the revision that brought it: what is taken over must have come with that one. */
  readonly revpos?: number | undefined;
}

/** A stub names an attachment that no revision before it has: nothing of the batch was written. */
export class MissingStub extends Error {
  readonly id: string;
  readonly attachment: string;

  constructor(id: string, attachment: string) {
    super('missing stub');
    this.id = id;
    this.attachment = attachment;
  }
}

/** A document as it is written. */
export interface Incoming {
  readonly id: string;
  readonly body: Body;
  readonly isDeleted: boolean;
  /** By name. */
  readonly attachments?: ReadonlyMap<string, IncomingAttachment> | undefined;
  /** An edit: the revision it is made on. A replicated revision: itself and its ancestors. */
  readonly edit: { readonly parent: string | undefined } | { readonly revision: RevisionPath };
}

export type Written = { ok: true; id: string; rev: string } | { ok: false; id: string; why: 'conflict' };

/** One row of the update feed, and of a database's list of documents. */
export interface Row {
  readonly id: string;
  readonly seq: number;
  /** The winning revision. */
  readonly rev: string;
  readonly isDeleted: boolean;
  /** The winner's body, as JSON text. */
  readonly body: string;
  /** The revision tree, as `readTree` reads it. */
  readonly tree: string;
}

/** The revision that an edit of a document is made on; what is deleted begins anew. */
export const parentIn = (row: Row | undefined) => (row && !row.isDeleted ? row.rev : undefined);

export interface DatabaseInfo {
  readonly documents: number;
  readonly deleted: number;
  readonly lastSeq: number;
  readonly fileBytes: number;
  readonly createdAt: number;
}

export interface KeyRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly includesEnd: boolean;
  readonly descending: boolean;
  readonly skip: number;
  readonly limit: number;
}

export interface Security {
  readonly admins: { readonly names: readonly string[]; readonly roles: readonly string[] };
  readonly members: { readonly names: readonly string[]; readonly roles: readonly string[] };
}

export interface Database {
  readonly name: string;
  /** Told apart from a database of the same name that was deleted and made again. */
  readonly uuid: string;
  info(): DatabaseInfo;
  row(id: string): Row | undefined;
  /** Many at once, by their ids; those that are not there are left out. */
  rows(ids: readonly string[]): ReadonlyMap<string, Row>;
  /** The body of any revision still kept, as JSON text; `undefined` when it was compacted or never came. */
  bodyOf(id: string, rev: string): string | undefined;
  /** An attachment's content by its digest. */
  attachment(digest: string): Buffer | undefined;
  /**
   * Writes all in one transaction; answers in the order given. Nothing is acknowledged before it is on the disk.
   * Throws `MissingStub`.
   */
  write(documents: readonly Incoming[]): Written[];
  /** Rows after `since` in the order of the last update. */
  changes(since: number, limit: number): Row[];
  /** Rows before `before`, the last ones first. */
  changesDescending(before: number, limit: number): Row[];
  /** How many documents were last updated after `since`. */
  countAfter(since: number): number;
  /** The `_design/` documents that are not deleted, in the order of their ids. */
  designDocuments(): Row[];
  list(range: KeyRange): { rows: Row[]; offset: number };
  localDocument(id: string): { rev: string; body: Body } | undefined;
  putLocalDocument(id: string, rev: string, body: Body): void;
  deleteLocalDocument(id: string): boolean;
  localDocuments(): { id: string; rev: string }[];
  security(): Security | undefined;
  setSecurity(security: unknown): void;
  rawSecurity(): unknown;
  revsLimit(): number;
  setRevsLimit(limit: number): void;
  compact(): void;
  /** Removes leaves as if they had never been, for good: answers those that were there. */
  purge(id: string, revs: readonly string[]): string[];
  /** Called after every write; answers the way to stop. */
  onChange(listener: () => void): () => void;
  /** Called when the database is deleted or the server stops. */
  onClose(listener: () => void): () => void;
}

/** What happened to a database, the last time that it did. */
export interface DatabaseEvent {
  readonly name: string;
  readonly what: 'created' | 'updated' | 'deleted';
  readonly seq: number;
}

export interface Engine {
  /** The last event of each kind of each database, after `since`, in their order. */
  eventsAfter(since: number): DatabaseEvent[];
  /** Called after every event; answers the way to stop. */
  onEvent(listener: () => void): () => void;
  names(): string[];
  open(name: string): Database | undefined;
  create(name: string): { ok: true; database: Database } | { ok: false; why: 'exists' };
  destroy(name: string): boolean;
  close(): void;
}
