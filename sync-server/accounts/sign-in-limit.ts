/**
 * Slows down and then stops whoever guesses passwords: failures are counted for each account and address together,
 * for each account over all addresses, and for each address over all accounts. They outlive a restart.
 */
import { createHmac } from 'node:crypto';

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

export class SignInLimit {
  readonly #failures = new Map<string, Failures>();
  readonly #secret: string;
  readonly #log: FailureLog | undefined;

  /** @param secret with which names and addresses are made into keys */
  constructor(secret = '', log?: FailureLog) {
    this.#secret = secret;
    this.#log = log;
    for (const { key, count, since } of log?.failures() ?? []) this.#failures.set(key, { count, since });
  }

  /** Too many failures lately: the next attempt is not even looked at. */
  isLocked(name: string, address: string, now: number): boolean {
    const keys = this.#keys(name, address);
    return (Object.keys(keys) as (keyof typeof keys)[]).some(
      (kind) => this.#count(keys[kind], now) >= allowedFrom[kind],
    );
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

  #keys(name: string, address: string) {
    const key = (...parts: string[]) =>
      createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
    return {
      pair: key('pair', name, address),
      account: key('account', name),
      address: key('address', address),
    };
  }
}
