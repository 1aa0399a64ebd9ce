/** Addresses of calendars: a secret of 128 bits that reads the hours of a term, or of one facilitator, and nothing else. */
import { createHash, randomBytes } from 'node:crypto';
import type { CalendarRecord, Kept, Records } from './records.ts';

/** The record's key: who reads the database learns no address from it. */
const keyOf = (token: string) => createHash('sha256').update(token).digest('hex');

export interface SharedCalendar {
  readonly site: string;
  readonly term: string;
  /** Absent: the whole term. */
  readonly volunteer?: string | undefined;
  /** Whose it is: with this account disabled, it shows nothing any more. */
  readonly account?: string | undefined;
  readonly by: string;
}

export class Calendars {
  readonly #records: Records;

  constructor(records: Records) {
    this.#records = records;
  }

  /** Makes one; the token is told this once. */
  make(shared: SharedCalendar, now: number): { token: string; key: string } {
    const token = randomBytes(16).toString('base64url');
    const { volunteer, account, ...rest } = shared;
    const record: CalendarRecord = {
      ...rest,
      type: 'calendar',
      createdAt: new Date(now).toISOString(),
      ...(volunteer === undefined ? {} : { volunteer }),
      ...(account === undefined ? {} : { account }),
    };
    this.#records.write('calendar', keyOf(token), record);
    return { token, key: keyOf(token) };
  }

  /** Those of a site's term that still answer. */
  of(site: string, term: string): Kept<CalendarRecord>[] {
    return this.#records
      .all('calendar')
      .filter(({ record }) => record.site === site && record.term === term && !record.revokedAt);
  }

  /** By the secret itself. */
  find(token: string): Kept<CalendarRecord> | undefined {
    return this.named(keyOf(token));
  }

  /** By the key that the list shows. */
  named(key: string): Kept<CalendarRecord> | undefined {
    const found = this.#records.find('calendar', key);
    return found?.record.revokedAt ? undefined : found;
  }

  /** Answers false when somebody was quicker. */
  revoke({ key, rev, record }: Kept<CalendarRecord>, now: number): boolean {
    return this.#records.write('calendar', key, { ...record, revokedAt: new Date(now).toISOString() }, rev);
  }
}
