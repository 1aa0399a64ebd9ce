/**
 * What the server itself keeps of accounts: devices, invitations, addresses of calendars, failed sign-ins. A database like
 * the others, so that backups and a move to a CouchDB take it along.
 */
import * as z from 'zod/mini';
import type { Database, Engine } from '../engine/engine.ts';

/** No site has this code, and nobody but administrators may open it: it has no members. */
export const recordsDatabase = 'presence-server';

const deviceRecord = z.object({
  type: z.literal('device'),
  account: z.string(),
  /** The app's own id of the device, as it stands in documents. */
  device: z.string(),
  label: z.string(),
  salt: z.string(),
  signedInAt: z.string(),
  revokedAt: z.optional(z.string()),
  /** Its data are gone: the credential is dead for good. */
  forgottenAt: z.optional(z.string()),
});

const invitationRecord = z.object({
  type: z.literal('invitation'),
  site: z.string(),
  account: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  by: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.optional(z.string()),
  /** Tells one use from another. */
  spentBy: z.optional(z.string()),
});

const calendarRecord = z.object({
  type: z.literal('calendar'),
  site: z.string(),
  term: z.string(),
  volunteer: z.optional(z.string()),
  account: z.optional(z.string()),
  by: z.string(),
  createdAt: z.string(),
  revokedAt: z.optional(z.string()),
});

export type DeviceRecord = z.infer<typeof deviceRecord>;
export type InvitationRecord = z.infer<typeof invitationRecord>;
export type CalendarRecord = z.infer<typeof calendarRecord>;

const schemas = { device: deviceRecord, invitation: invitationRecord, calendar: calendarRecord };
type RecordOf = { device: DeviceRecord; invitation: InvitationRecord; calendar: CalendarRecord };
type Kind = keyof RecordOf;

export interface Kept<Record> {
  readonly key: string;
  readonly rev: string;
  readonly record: Record;
}

const failures = '_local/failures-';
const seen = '_local/seen-';

export class Records {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    if (!engine.open(recordsDatabase)) engine.create(recordsDatabase);
  }

  get #database(): Database {
    const database = this.#engine.open(recordsDatabase);
    if (!database) throw new Error('the server’s own database is gone');
    return database;
  }

  find<K extends Kind>(kind: K, key: string): Kept<RecordOf[K]> | undefined {
    const row = this.#database.row(`${kind}:${key}`);
    if (!row || row.isDeleted) return undefined;
    const parsed = z.safeParse(schemas[kind], JSON.parse(row.body));
    return parsed.success ? { key, rev: row.rev, record: parsed.data as RecordOf[K] } : undefined;
  }

  all<K extends Kind>(kind: K): Kept<RecordOf[K]>[] {
    const prefix = `${kind}:`;
    const range = { from: prefix, to: `${prefix}\u{10ffff}`, includesEnd: true, descending: false };
    const { rows } = this.#database.list({ ...range, skip: 0, limit: Number.MAX_SAFE_INTEGER });
    return rows.flatMap(({ id }) => this.find(kind, id.slice(prefix.length)) ?? []);
  }

  /** Writes a new record, or one over the revision it was read at; answers false when somebody else did so first. */
  write<K extends Kind>(kind: K, key: string, record: RecordOf[K], rev?: string): boolean {
    const body = record as unknown as Record<string, unknown>;
    const id = `${kind}:${key}`;
    return this.#database.write([{ id, body, isDeleted: false, edit: { parent: rev } }])[0]?.ok ?? false;
  }

  /** When a device was last heard of: not in its history, once an hour at most. */
  lastSeen(key: string): string | undefined {
    const at = this.#database.localDocument(seen + key)?.body.at;
    return typeof at === 'string' ? at : undefined;
  }

  sawDevice(key: string, at: string): void {
    this.#database.putLocalDocument(seen + key, '0-1', { at });
  }

  /** Failed sign-ins by digest, as an earlier run left them. */
  failures(): { key: string; count: number; since: number }[] {
    return this.#database.localDocuments().flatMap(({ id }) => {
      if (!id.startsWith(failures)) return [];
      const { count, since } = this.#database.localDocument(id)?.body ?? {};
      return typeof count === 'number' && typeof since === 'number'
        ? [{ key: id.slice(failures.length), count, since }]
        : [];
    });
  }

  keepFailure(key: string, failure: { count: number; since: number } | undefined): void {
    if (failure) this.#database.putLocalDocument(failures + key, '0-1', { ...failure });
    else this.#database.deleteLocalDocument(failures + key);
  }
}
