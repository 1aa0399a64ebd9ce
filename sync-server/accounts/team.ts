/** The accounts of a site, as its coordinators see and make them: documents of `_users` in CouchDB's format. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Engine, Row } from '../engine/engine.ts';
import type { ChangeRecord } from './change-record.ts';
import { findAccount } from './known-account.ts';
import { hashPassword } from './passwords.ts';

const stored = z.looseObject({
  name: z.string(),
  roles: z.array(z.string()),
  displayName: z.optional(z.string()),
  disabled: z.optional(z.boolean()),
});

export interface TeamAccount {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly isDisabled: boolean;
}

/** `coordinator:{site}`, `volunteer:{site}:{term}`: is the role one of this site? */
const isOf = (site: string) => (role: string) => role.split(':')[1] === site;

const prefix = 'org.couchdb.user:';

export class Team {
  readonly #engine: Engine;
  readonly #iterations: number;
  readonly #changeRecord: ChangeRecord;

  constructor(engine: Engine, changeRecord: ChangeRecord, iterations: number) {
    this.#engine = engine;
    this.#changeRecord = changeRecord;
    this.#iterations = iterations;
  }

  /** Those who have a role in a site, by name. */
  of(site: string): TeamAccount[] {
    const range = { from: prefix, to: `${prefix}\u{10ffff}`, includesEnd: true, descending: false, skip: 0 };
    const { rows } = this.#users.list({ ...range, limit: Number.MAX_SAFE_INTEGER });
    return rows.flatMap((row) => read(row) ?? []).filter(({ roles }) => roles.some(isOf(site)));
  }

  /** The account of a name. */
  find(name: string): TeamAccount | undefined {
    const row = this.#users.row(prefix + name);
    return row && !row.isDeleted ? read(row) : undefined;
  }

  /** Whether a site's coordinators may decide about an account: it has no rights anywhere else. */
  isOwn = (account: TeamAccount, site: string) => account.roles.length > 0 && account.roles.every(isOf(site));

  /**
   * Gives roles of a site to an account; one that is not there is made, with a password that nobody knows.
   * @returns false when it has rights elsewhere, or lets nobody in
   */
  async admit(site: string, { name, displayName, roles }: Omit<TeamAccount, 'isDisabled'>): Promise<boolean> {
    const fresh = findAccount(this.#engine, name)
      ? undefined
      : await hashPassword(randomBytes(32).toString('base64url'), this.#iterations);
    return this.#changeRecord('_users', prefix + name, (before) => {
      const account = before && accountOf(before);
      if (before && (!account || account.isDisabled || !this.isOwn(account, site))) return undefined;
      const hasPassword = before?.derived_key !== undefined;
      if (!hasPassword && !fresh) return undefined;
      return {
        ...before,
        ...(hasPassword ? {} : fresh),
        type: 'user',
        name,
        displayName: before?.displayName ?? displayName,
        roles: [...new Set([...(account?.roles ?? []), ...roles])],
      };
    });
  }

  /**
   * A disabled account lets nobody in: its password is put aside, so that no CouchDB takes it either, and its devices
   * may only hand in what they have not sent.
   * @returns false when the account is none of the site's own
   */
  setDisabled(site: string, name: string, isDisabled: boolean, now: number): Promise<boolean> {
    return this.#changeRecord('_users', prefix + name, (before) => {
      const account = before && accountOf(before);
      if (!account || !this.isOwn(account, site)) return undefined;
      return isDisabled ? closed(before, now) : reopened(before);
    });
  }

  get #users() {
    const users = this.#engine.open('_users');
    if (!users) throw new Error('the accounts are gone');
    return users;
  }
}

const read = (row: Row) => accountOf(JSON.parse(row.body));

function accountOf(fields: unknown): TeamAccount | undefined {
  const parsed = z.safeParse(stored, fields);
  if (!parsed.success) return undefined;
  const { name, displayName, roles, disabled } = parsed.data;
  return { name, displayName: displayName ?? name, roles, isDisabled: disabled === true };
}

type Fields = Readonly<Record<string, unknown>>;

const closed = (account: Fields, now: number) =>
  account.disabled === true
    ? { ...account }
    : {
        ...account,
        disabled: true,
        disabledAt: new Date(now).toISOString(),
        ...withoutPassword(account),
      };

/** The password of an account put aside: nothing is ever derived to an empty key. */
export const withoutPassword = ({ derived_key: key }: Fields) => ({ disabled_key: key, derived_key: '' });

function reopened({ disabled: _is, disabledAt: _since, disabled_key: key, ...account }: Fields) {
  // A password that was set meanwhile stands.
  return account.derived_key === '' && key !== undefined ? { ...account, derived_key: key } : account;
}
