/** Invitations: a secret, good once and for 48 hours, that signs a device in without a password to type. */
import { createHash, randomBytes } from 'node:crypto';
import type { InvitationRecord, Kept, Records } from './records.ts';

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

  constructor(records: Records) {
    this.#records = records;
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

  /** Uses it up, or withdraws it: answers false when somebody was quicker. */
  spend({ key, rev, record }: Kept<InvitationRecord>, now: number): boolean {
    return this.#records.write('invitation', key, { ...record, usedAt: new Date(now).toISOString() }, rev);
  }
}

const isOpen = (record: InvitationRecord, now: number) =>
  record.usedAt === undefined && Date.parse(record.expiresAt) > now;
