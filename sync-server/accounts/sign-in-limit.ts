/**
 * Slows down and then stops whoever guesses passwords: failures are counted for each account and address together,
 * for each account over all addresses, and for each address over all accounts. They outlive a restart.
 */
import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { networkOf } from './network-address.ts';

const windowMs = 5 * 60_000;
const allowedFrom = { pair: 10, account: 50, address: 100 } as const;
const remembered = 10_000;
/** So many mistakes are anybody's; from then on each answer takes longer. */
const patience = 3;
const longestDelayMs = 3000;

interface Failures {
  readonly count: number;
  readonly since: number;
}

/** Where failures outlive the process; keys are digests and tell nothing. */
export interface FailureLog {
  failures(): Iterable<{ key: string } & Failures>;
  keepFailure(key: string, failure: Failures | undefined): void;
}

type Keys = Readonly<Record<keyof typeof allowedFrom, string>>;

export type Attempted<T> = { ok: true; value: T } | { ok: false; why: 'wrong' | 'locked' };

export class SignInLimit {
  readonly #failures = new Map<string, Failures>();
  /** Attempts that are being looked at. */
  readonly #underWay = new Map<string, number>();
  #waiting: (() => void)[] = [];
  readonly #secret: string;
  readonly #log: FailureLog | undefined;

  /** @param secret with which names and addresses are made into keys */
  constructor(secret = '', log?: FailureLog) {
    this.#secret = secret;
    this.#log = log;
    for (const { key, count, since } of log?.failures() ?? []) this.#failures.set(key, { count, since });
  }

  /**
   * Has an attempt looked at, unless too many failed lately. Guesses made at once are no more than guesses made one by
   * one: what might fail counts as failed, and the next one waits for it.
   * @param look answers `undefined` when the attempt fails
   */
  async attempt<T>(
    name: string,
    address: string,
    now: number,
    look: () => Promise<T | undefined>,
  ): Promise<Attempted<T>> {
    const keys = this.#keys(name, address);
    for (;;) {
      if (this.#hasReached(keys, (key) => this.#count(key, now))) return { ok: false, why: 'locked' };
      if (!this.#hasReached(keys, (key) => this.#count(key, now) + (this.#underWay.get(key) ?? 0))) break;
      await new Promise<void>((go) => this.#waiting.push(go));
    }
    let value: T | undefined;
    this.#note(keys, 1);
    try {
      value = await look();
      if (value === undefined) this.failed(name, address, now);
      else this.succeeded(name, address);
    } finally {
      this.#note(keys, -1);
      for (const go of this.#waiting.splice(0)) go();
    }
    if (value !== undefined) return { ok: true, value };
    await delay(this.delay(name, address, now));
    return { ok: false, why: 'wrong' };
  }

  /** Too many failures lately: the next attempt is not even looked at. */
  isLocked(name: string, address: string, now: number): boolean {
    return this.#hasReached(this.#keys(name, address), (key) => this.#count(key, now));
  }

  /** How long the answer to a failure waits, in milliseconds: the same for a name that there is not. */
  delay(name: string, address: string, now: number): number {
    const count = this.#count(this.#keys(name, address).pair, now);
    return count <= patience ? 0 : Math.min(longestDelayMs, 100 * 2 ** (count - patience));
  }

  failed(name: string, address: string, now: number): void {
    for (const key of Object.values(this.#keys(name, address))) {
      const failure = { count: this.#count(key, now) + 1, since: now };
      // Put last: the oldest are forgotten first.
      this.#failures.delete(key);
      this.#failures.set(key, failure);
      this.#keep(key, failure);
    }
    for (const [key, { since }] of this.#failures) {
      if (this.#failures.size <= remembered && now - since < windowMs) break;
      this.#failures.delete(key);
      this.#keep(key, undefined);
    }
  }

  succeeded(name: string, address: string): void {
    const { pair } = this.#keys(name, address);
    if (this.#failures.delete(pair)) this.#keep(pair, undefined);
  }

  #hasReached(keys: Keys, countOf: (key: string) => number): boolean {
    return (Object.keys(allowedFrom) as (keyof Keys)[]).some(
      (kind) => countOf(keys[kind]) >= allowedFrom[kind],
    );
  }

  #note(keys: Keys, change: 1 | -1): void {
    for (const key of Object.values(keys)) {
      const count = (this.#underWay.get(key) ?? 0) + change;
      if (count > 0) this.#underWay.set(key, count);
      else this.#underWay.delete(key);
    }
  }

  #keep(key: string, failure: Failures | undefined): void {
    try {
      this.#log?.keepFailure(key, failure);
    } catch {
      // A full disk: they are counted all the same, until the next start.
    }
  }

  #count(key: string, now: number): number {
    const entry = this.#failures.get(key);
    return entry && now - entry.since < windowMs ? entry.count : 0;
  }

  #keys(name: string, address: string): Keys {
    const key = (...parts: string[]) =>
      createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
    const network = networkOf(address);
    return {
      pair: key('pair', name, network),
      account: key('account', name),
      address: key('address', network),
    };
  }
}
