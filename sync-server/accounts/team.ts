/** The accounts of a site, as its coordinators see and make them: documents of `_users` in CouchDB's format. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { parentIn, type Engine, type Row } from '../engine/engine.ts';
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

  constructor(engine: Engine, iterations: number) {
    this.#engine = engine;
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

  /** Gives roles to an account; one that is not there is made, with a password that nobody knows. */
  async grant(name: string, displayName: string, roles: readonly string[]): Promise<void> {
    const fresh = this.find(name)
      ? undefined
      : await hashPassword(randomBytes(32).toString('base64url'), this.#iterations);
    this.#change(name, (before) => ({
      ...before,
      type: 'user',
      name,
      displayName: before.displayName ?? displayName,
      roles: [...new Set([...((before.roles as string[] | undefined) ?? []), ...roles])],
      ...(before.derived_key === undefined ? fresh : {}),
    }));
  }

  /** A disabled account lets nobody in, with a password or a device. */
  setDisabled(name: string, isDisabled: boolean): void {
    this.#change(name, ({ disabled: _before, ...account }) =>
      isDisabled ? { ...account, disabled: true } : account,
    );
  }

  #change(name: string, change: (before: Record<string, unknown>) => Record<string, unknown>): void {
    const row = this.#users.row(prefix + name);
    const before = row && !row.isDeleted ? (JSON.parse(row.body) as Record<string, unknown>) : {};
    this.#users.write([
      { id: prefix + name, body: change(before), isDeleted: false, edit: { parent: parentIn(row) } },
    ]);
  }

  get #users() {
    const users = this.#engine.open('_users');
    if (!users) throw new Error('the accounts are gone');
    return users;
  }
}

function read(row: Row): TeamAccount | undefined {
  const parsed = z.safeParse(stored, JSON.parse(row.body));
  if (!parsed.success) return undefined;
  const { name, displayName, roles, disabled } = parsed.data;
  return { name, displayName: displayName ?? name, roles, isDisabled: disabled === true };
}
