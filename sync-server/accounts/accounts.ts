/** Who may sign in: the administrators of the server's settings, and the accounts of `_users`. */
import { createHash } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { Calendars } from './calendars.ts';
import type { ChangeRecord } from './change-record.ts';
import { cookieValue, readCookie, setCookie } from './cookie.ts';
import { Devices, type KnownDevice } from './devices.ts';
import { Invitations } from './invitations.ts';
import { findAccount, type KnownAccount } from './known-account.ts';
import type { NamedDevice } from './named-device.ts';
import { couchIterations, hashPassword, isPassword, type StoredPassword } from './passwords.ts';
import { Records } from './records.ts';
import { SignInLimit } from './sign-in-limit.ts';
import { Team } from './team.ts';
import { nobody, type User } from './user.ts';

/** Where accounts live when they do not live here, which then is a copy of them. */
interface AccountsElsewhere {
  /** Brings what is new over. */
  refresh(): Promise<void>;
  /** Names of the administrators there, of whom no document tells. */
  readonly administrators: ReadonlySet<string>;
  isAdministrator(name: string, password: string): Promise<boolean>;
}

export interface AccountsOptions {
  readonly engine: Engine;
  readonly secret: string;
  readonly admins: Readonly<Record<string, StoredPassword>>;
  readonly cookieSeconds: number;
  readonly iterations?: number;
  readonly elsewhere?: AccountsElsewhere;
  readonly changeRecord: ChangeRecord;
}

export type SignInResult = { ok: true; user: User } | { ok: false; why: 'wrong' | 'locked' };

/** For so long an administrator's credentials that were right are taken without asking where they are kept. */
const trustedMs = 60_000;

interface Proven {
  readonly until: number;
  /** What the account's password was made into then. */
  readonly proof: string;
}

export class Accounts {
  readonly iterations: number;
  readonly #options: AccountsOptions;
  readonly devices: Devices;
  readonly invitations: Invitations;
  readonly calendars: Calendars;
  readonly team: Team;
  readonly #limit: SignInLimit;
  /** Basic credentials that were right, by the digest of what was sent, so that PBKDF2 runs once and not each time. */
  readonly #proven = new Map<string, Proven>();
  readonly #beingProven = new Map<string, Promise<SignInResult>>();
  readonly #decoy: Promise<StoredPassword>;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.iterations = options.iterations ?? couchIterations;
    const records = new Records(options.engine);
    this.devices = new Devices(records);
    this.invitations = new Invitations(records, options.changeRecord);
    this.calendars = new Calendars(records);
    this.team = new Team(options.engine, options.changeRecord, this.iterations);
    this.#limit = new SignInLimit(options.secret, records);
    this.#decoy = hashPassword('nobody knows this one', this.iterations);
  }

  /** Whether an administrator of the server has this name. */
  isAdministrator = (name: string) =>
    Object.hasOwn(this.#options.admins, name) || (this.#options.elsewhere?.administrators.has(name) ?? false);

  #find(name: string): KnownAccount | undefined {
    const { admins, elsewhere, engine } = this.#options;
    const admin = Object.hasOwn(admins, name) ? admins[name] : undefined;
    if (admin) return { user: { name, roles: ['_admin'] }, password: admin };
    return elsewhere?.administrators.has(name) ? undefined : findAccount(engine, name);
  }

  /** Wrong name and wrong password look and last the same. Throws `NoPlace` when too many try at once. */
  async signIn(name: string, password: string, address: string, now = Date.now()): Promise<SignInResult> {
    const attempted = await this.#limit.attempt(name, address, now, () => this.#look(name, password));
    return attempted.ok ? { ok: true, user: attempted.value } : attempted;
  }

  async #look(name: string, password: string): Promise<User | undefined> {
    const { elsewhere } = this.#options;
    // An account made a moment ago may sign in at once; without the other side, from what is here.
    await elsewhere?.refresh().catch(() => undefined);
    const known = this.#find(name);
    const stored = known?.password ?? (await this.#decoy);
    const isRight = await isPassword(password, stored, this.iterations);
    if (elsewhere?.administrators.has(name))
      return (await elsewhere.isAdministrator(name, password)) ? { name, roles: ['_admin'] } : undefined;
    return isRight && known && !known.disabled ? known.user : undefined;
  }

  /** The user of an `Authorization: Basic` header. Throws `NoPlace` when too many try at once. */
  async byBasic(credentials: string, address: string): Promise<SignInResult> {
    const [name = '', password = ''] = splitAtColon(Buffer.from(credentials, 'base64').toString('utf8'));
    const digest = this.#digestOf(credentials);
    const standing = this.#standing(name);
    const proven = this.#proven.get(digest);
    if (standing && proven && proven.until > Date.now() && proven.proof === standing.proof)
      return { ok: true, user: { ...standing.user, by: 'default' } };
    // A client may send many requests at once: the same credentials are looked at once.
    const key = `${digest} ${address}`;
    const underWay = this.#beingProven.get(key);
    if (underWay) return underWay;
    const result = this.#prove(name, password, address, digest).finally(() => this.#beingProven.delete(key));
    this.#beingProven.set(key, result);
    return result;
  }

  /** The user of Basic credentials that were right before, as the account stands now; `nobody` when it lets nobody in. */
  byProvenBasic(credentials: string): User {
    const [name = ''] = splitAtColon(Buffer.from(credentials, 'base64').toString('utf8'));
    const standing = this.#standing(name);
    const isRight = standing && this.#proven.get(this.#digestOf(credentials))?.proof === standing.proof;
    return isRight ? { ...standing.user, by: 'default' } : nobody;
  }

  #digestOf = (credentials: string) =>
    createHash('sha256').update(`${this.#options.secret}\n${credentials}`).digest('hex');

  async #prove(name: string, password: string, address: string, digest: string): Promise<SignInResult> {
    const result = await this.signIn(name, password, address);
    if (!result.ok) return result;
    const standing = this.#standing(name);
    if (this.#proven.size > 5000) this.#proven.clear();
    if (standing) this.#proven.set(digest, { until: Date.now() + standing.forMs, proof: standing.proof });
    return { ok: true, user: { ...result.user, by: 'default' } };
  }

  /** An account that lets somebody in, with what its password was made into, and for how long that may be trusted. */
  #standing(name: string): { user: User; proof: string; forMs: number } | undefined {
    if (this.#options.elsewhere?.administrators.has(name))
      return { user: { name, roles: ['_admin'] }, proof: '', forMs: trustedMs };
    const known = this.#find(name);
    if (!known || known.disabled) return undefined;
    const { salt, derived_key: key } = known.password;
    return { user: known.user, proof: salt + key, forMs: Number.POSITIVE_INFINITY };
  }

  /**
   * The user of an `AuthSession` cookie; `nobody` when it is forged, too old, of an account that is gone, or of a
   * device that has nothing left to hand in. A device that was revoked, or whose account was disabled, may hand in.
   */
  byCookie(value: string, now = Date.now()): { user: User; renewal?: string } {
    const cookie = readCookie(value);
    const known = cookie && this.#find(cookie.name);
    if (!cookie || !known) return { user: nobody };
    const device = cookie.device === undefined ? undefined : this.devices.find(cookie.device);
    if (cookie.device !== undefined && device?.record.account !== cookie.name) return { user: nobody };
    if (!cookie.isGenuine(saltOf(known, device), this.#options.secret)) return { user: nobody };
    if (!device && known.disabled) return { user: nobody };
    const state = device && this.devices.stateOf(device, now, known.disabled);
    if (state === 'dead') return { user: nobody };
    const age = now / 1000 - cookie.issuedAt;
    if (age > this.#options.cookieSeconds || age < -86_400) return { user: nobody };
    if (device) this.devices.saw(device.key, now);
    const user: User = {
      ...known.user,
      by: 'cookie',
      ...(device
        ? { device: { key: device.key, isRevoked: state !== 'active', mayHandIn: state === 'revoked' } }
        : {}),
    };
    // Rolling: renewed once a tenth of its life is over, at most one Set-Cookie a day for a daily user.
    const isDue = age > this.#options.cookieSeconds / 10 && (!state || state === 'active');
    return isDue ? { user, renewal: this.#newCookie(known, device, now) } : { user };
  }

  #newCookie(known: KnownAccount, device: KnownDevice | undefined, now: number): string {
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

const saltOf = (known: KnownAccount, device: KnownDevice | undefined) =>
  `${known.password.salt}${device?.record.salt ?? ''}`;

function splitAtColon(text: string): [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
