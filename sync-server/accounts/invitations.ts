/** Invitations: a secret, good once and for 48 hours, that signs a device in without a password to type. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ChangeRecord } from './change-record.ts';
import { recordsDatabase, type InvitationRecord, type Kept, type Records } from './records.ts';

const validMs = 48 * 3_600_000;

/** The record's key: who reads the database learns no token from it. */
const keyOf = (token: string) => createHash('sha256').update(token).digest('hex');

export interface Invited {
  readonly site: string;
  readonly account: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly by: string;
}

export class Invitations {
  readonly #records: Records;
  readonly #change: ChangeRecord;

  constructor(records: Records, change: ChangeRecord) {
    this.#records = records;
    this.#change = change;
  }

  /** Makes one; the token is told this once. */
  make(invited: Invited, now: number): { token: string; key: string; expiresAt: string } {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now + validMs).toISOString();
    const record: InvitationRecord = {
      ...invited,
      type: 'invitation',
      roles: [...invited.roles],
      createdAt: new Date(now).toISOString(),
      expiresAt,
    };
    this.#records.write('invitation', keyOf(token), record);
    return { token, key: keyOf(token), expiresAt };
  }

  /** Those of a site that can still be used. */
  openOf(site: string, now: number): Kept<InvitationRecord>[] {
    return this.#records
      .all('invitation')
      .filter(({ record }) => record.site === site && isOpen(record, now));
  }

  find(token: string, now: number): Kept<InvitationRecord> | undefined {
    const found = this.#records.find('invitation', keyOf(token));
    return found && isOpen(found.record, now) ? found : undefined;
  }

  /**
   * Uses it up, or withdraws it.
   * @returns what this use is known by; `undefined` when somebody was quicker, on this server or another
   */
  async spend({ key }: Kept<InvitationRecord>, now: number): Promise<string | undefined> {
    // By this it is known again when the answer to the first attempt was lost.
    const spentBy = randomUUID();
    const isSpent = await this.#change(recordsDatabase, `invitation:${key}`, (before) => {
      if (!before || (before.usedAt !== undefined && before.spentBy !== spentBy)) return undefined;
      return { ...before, usedAt: new Date(now).toISOString(), spentBy };
    });
    return isSpent ? spentBy : undefined;
  }

  /** Takes a use back that let nobody in; a use by somebody else stands. */
  async unspend({ key }: Kept<InvitationRecord>, spentBy: string): Promise<void> {
    await this.#change(recordsDatabase, `invitation:${key}`, (before) => {
      if (before?.spentBy !== spentBy) return undefined;
      const { usedAt: _usedAt, spentBy: _spentBy, ...unused } = before;
      return unused;
    });
  }
}

const isOpen = (record: InvitationRecord, now: number) =>
  record.usedAt === undefined && Date.parse(record.expiresAt) > now;
