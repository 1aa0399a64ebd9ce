/** Who may sign in: the administrator of the server's settings, and the accounts of `_users`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Engine } from '../engine/engine.ts';
import { cookieValue, readCookie, setCookie } from './cookie.ts';
import { couchIterations, hashPassword, isPassword, type StoredPassword } from './passwords.ts';
import { SignInLimit } from './sign-in-limit.ts';
import { nobody, type User } from './user.ts';

/** An account of `_users`, as far as signing in needs it. */
const account = z.looseObject({
  name: z.string(),
  roles: z.array(z.string()),
  password_scheme: z.literal('pbkdf2'),
  pbkdf2_prf: z._default(z.enum(['sha256', 'sha']), 'sha'),
  iterations: z.number(),
  derived_key: z.string(),
  salt: z.string(),
});

interface Known {
  readonly user: User;
  readonly password: StoredPassword;
}

export interface AccountsOptions {
  readonly engine: Engine;
  readonly secret: string;
  readonly admins: Readonly<Record<string, StoredPassword>>;
  readonly cookieSeconds: number;
  readonly iterations?: number;
}

export type SignInResult = { ok: true; user: User } | { ok: false; why: 'wrong' | 'locked' };

export class Accounts {
  readonly iterations: number;
  readonly #options: AccountsOptions;
  readonly #limit = new SignInLimit();
  /** Basic credentials that were right, by the digest of what was sent, so that PBKDF2 runs once and not each time. */
  readonly #proven = new Map<string, string>();
  readonly #decoy: Promise<StoredPassword>;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.iterations = options.iterations ?? couchIterations;
    this.#decoy = hashPassword('nobody knows this one', this.iterations);
  }

  #find(name: string): Known | undefined {
    const admin = Object.hasOwn(this.#options.admins, name) ? this.#options.admins[name] : undefined;
    if (admin) return { user: { name, roles: ['_admin'] }, password: admin };
    const row = this.#options.engine.open('_users')?.row(`org.couchdb.user:${name}`);
    if (!row || row.isDeleted) return undefined;
    const parsed = z.safeParse(account, JSON.parse(row.body));
    if (!parsed.success || parsed.data.name !== name) return undefined;
    return { user: { name, roles: parsed.data.roles }, password: parsed.data };
  }

  /** Wrong name and wrong password look and last the same. */
  async signIn(name: string, password: string, address: string, now = Date.now()): Promise<SignInResult> {
    if (this.#limit.isLocked(name, address, now)) return { ok: false, why: 'locked' };
    const known = this.#find(name);
    const isRight = await isPassword(password, known?.password ?? (await this.#decoy));
    if (known && isRight) {
      this.#limit.succeeded(name, address);
      return { ok: true, user: known.user };
    }
    this.#limit.failed(name, address, now);
    return { ok: false, why: 'wrong' };
  }

  /** The user of an `Authorization: Basic` header: `undefined` when the credentials are wrong. */
  async byBasic(header: string, address: string): Promise<User | undefined> {
    const [name = '', password = ''] = splitAtColon(Buffer.from(header, 'base64').toString('utf8'));
    const known = this.#find(name);
    const digest = createHash('sha256').update(`${this.#options.secret}\n${header}`).digest('hex');
    const proof = known && `${known.password.salt}${known.password.derived_key}`;
    const proven = this.#proven.get(digest);
    if (
      known &&
      proof &&
      proven?.length === proof.length &&
      timingSafeEqual(Buffer.from(proven), Buffer.from(proof))
    )
      return { ...known.user, by: 'default' };
    const result = await this.signIn(name, password, address);
    if (!result.ok || !proof) return undefined;
    if (this.#proven.size > 5000) this.#proven.clear();
    this.#proven.set(digest, proof);
    return { ...result.user, by: 'default' };
  }

  /** The user of an `AuthSession` cookie; `nobody` when it is forged, too old or of an account that is gone. */
  byCookie(value: string, now = Date.now()): { user: User; renewal?: string } {
    const cookie = readCookie(value);
    const known = cookie && this.#find(cookie.name);
    if (!cookie || !known || !cookie.isGenuine(known.password.salt, this.#options.secret))
      return { user: nobody };
    const age = now / 1000 - cookie.issuedAt;
    if (age > this.#options.cookieSeconds || age < -86_400) return { user: nobody };
    const user: User = { ...known.user, by: 'cookie' };
    // Rolling: renewed once a tenth of its life is over, at most one Set-Cookie a day for a daily user.
    return age > this.#options.cookieSeconds / 10 ? { user, renewal: this.#newCookie(known, now) } : { user };
  }

  #newCookie(known: Known, now: number): string {
    const seconds = Math.floor(now / 1000);
    return cookieValue(known.user.name ?? '', seconds, known.password.salt, this.#options.secret);
  }

  /** `Set-Cookie` for a user who just signed in. */
  cookieFor(user: User, isSecure: boolean, now = Date.now()): string {
    const known = this.#find(user.name ?? '');
    return this.cookieHeader(known ? this.#newCookie(known, now) : '', isSecure, now);
  }

  cookieHeader(value: string, isSecure: boolean, now = Date.now()): string {
    return setCookie(value, this.#options.cookieSeconds, isSecure, new Date(now));
  }
}

function splitAtColon(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
