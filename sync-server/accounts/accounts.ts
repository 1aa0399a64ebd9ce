/** Who may sign in: the administrator of the server's settings, and the accounts of `_users`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Engine } from '../engine/engine.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { Calendars } from './calendars.ts';
import { cookieValue, readCookie, setCookie } from './cookie.ts';
import { Devices, type KnownDevice } from './devices.ts';
import { Invitations } from './invitations.ts';
import type { NamedDevice } from './named-device.ts';
import { couchIterations, hashPassword, isPassword, type StoredPassword } from './passwords.ts';
import { Records } from './records.ts';
import { SignInLimit } from './sign-in-limit.ts';
import { Team } from './team.ts';
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
  /** The account's devices and passwords let nobody in. */
  disabled: z.optional(z.boolean()),
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
  readonly devices: Devices;
  readonly invitations: Invitations;
  readonly calendars: Calendars;
  readonly team: Team;
  readonly #limit: SignInLimit;
  /** Basic credentials that were right, by the digest of what was sent, so that PBKDF2 runs once and not each time. */
  readonly #proven = new Map<string, string>();
  readonly #decoy: Promise<StoredPassword>;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.iterations = options.iterations ?? couchIterations;
    const records = new Records(options.engine);
    this.devices = new Devices(records);
    this.invitations = new Invitations(records);
    this.calendars = new Calendars(records);
    this.team = new Team(options.engine, this.iterations);
    this.#limit = new SignInLimit(options.secret, records);
    this.#decoy = hashPassword('nobody knows this one', this.iterations);
  }

  #find(name: string): Known | undefined {
    const admin = Object.hasOwn(this.#options.admins, name) ? this.#options.admins[name] : undefined;
    if (admin) return { user: { name, roles: ['_admin'] }, password: admin };
    const row = this.#options.engine.open('_users')?.row(`org.couchdb.user:${name}`);
    if (!row || row.isDeleted) return undefined;
    const parsed = z.safeParse(account, JSON.parse(row.body));
    if (!parsed.success || parsed.data.name !== name || parsed.data.disabled) return undefined;
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
    await this.#failed(name, address, now);
    return { ok: false, why: 'wrong' };
  }

  async #failed(name: string, address: string, now: number): Promise<void> {
    this.#limit.failed(name, address, now);
    await delay(this.#limit.delay(name, address, now));
  }

  /** For credentials that somebody else verifies: may they be tried, and one that was wrong. */
  isLocked = (name: string, address: string, now = Date.now()) => this.#limit.isLocked(name, address, now);
  countFailure = (name: string, address: string, now = Date.now()) => this.#limit.failed(name, address, now);

  /** Whether an administrator of the server has this name. */
  isAdministrator = (name: string) => Object.hasOwn(this.#options.admins, name);

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

  /**
   * The user of an `AuthSession` cookie; `nobody` when it is forged, too old, of an account that is gone or disabled,
   * or of a device that was revoked and has nothing left to hand in.
   */
  byCookie(value: string, now = Date.now()): { user: User; renewal?: string } {
    const cookie = readCookie(value);
    const known = cookie && this.#find(cookie.name);
    if (!cookie || !known) return { user: nobody };
    const device = cookie.device === undefined ? undefined : this.devices.find(cookie.device);
    if (cookie.device !== undefined && device?.record.account !== cookie.name) return { user: nobody };
    if (!cookie.isGenuine(saltOf(known, device), this.#options.secret)) return { user: nobody };
    const state = device && this.devices.stateOf(device, now);
    if (state === 'dead') return { user: nobody };
    const age = now / 1000 - cookie.issuedAt;
    if (age > this.#options.cookieSeconds || age < -86_400) return { user: nobody };
    if (device) this.devices.saw(device.key, now);
    const user: User = {
      ...known.user,
      by: 'cookie',
      ...(device ? { device: { key: device.key, isRevoked: state === 'revoked' } } : {}),
    };
    // Rolling: renewed once a tenth of its life is over, at most one Set-Cookie a day for a daily user.
    const isDue = age > this.#options.cookieSeconds / 10 && state !== 'revoked';
    return isDue ? { user, renewal: this.#newCookie(known, device, now) } : { user };
  }

  #newCookie(known: Known, device: KnownDevice | undefined, now: number): string {
    const issued = {
      name: known.user.name ?? '',
      issuedAt: Math.floor(now / 1000),
      device: device?.key,
    };
    return cookieValue(issued, saltOf(known, device), this.#options.secret);
  }

  /** `Set-Cookie` for a user who just signed in; with a device, it gets a credential of its own. */
  cookieFor(user: User, isSecure: boolean, named?: NamedDevice, now = Date.now()): string {
    const known = this.#find(user.name ?? '');
    const device = known && named && this.devices.register(user.name ?? '', named, now);
    return this.cookieHeader(known ? this.#newCookie(known, device, now) : '', isSecure, now);
  }

  cookieHeader(value: string, isSecure: boolean, now = Date.now()): string {
    return setCookie(value, this.#options.cookieSeconds, isSecure, new Date(now));
  }
}

const saltOf = (known: Known, device: KnownDevice | undefined) =>
  `${known.password.salt}${device?.record.salt ?? ''}`;

function splitAtColon(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
