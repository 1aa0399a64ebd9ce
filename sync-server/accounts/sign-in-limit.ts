/**
 * Slows down whoever guesses passwords: failures are counted for each account and address together, and for each
 * address over all accounts.
 */

const windowMs = 5 * 60_000;
const allowedForAccount = 10;
/** Higher: a whole team may sit behind one address. */
const allowedForAddress = 100;
const remembered = 10_000;

export class SignInLimit {
  readonly #failures = new Map<string, { count: number; since: number }>();

  /** Too many failures lately: the next attempt is not even looked at. */
  isLocked(name: string, address: string, now: number): boolean {
    return (
      this.#count(accountKey(name, address), now) >= allowedForAccount ||
      this.#count(address, now) >= allowedForAddress
    );
  }

  failed(name: string, address: string, now: number): void {
    for (const key of [accountKey(name, address), address]) {
      const count = this.#count(key, now) + 1;
      // Put last: the oldest are forgotten first.
      this.#failures.delete(key);
      this.#failures.set(key, { count, since: now });
    }
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= remembered) break;
      this.#failures.delete(oldest);
    }
  }

  succeeded(name: string, address: string): void {
    this.#failures.delete(accountKey(name, address));
  }

  #count(key: string, now: number): number {
    const entry = this.#failures.get(key);
    return entry && now - entry.since < windowMs ? entry.count : 0;
  }
}

const accountKey = (name: string, address: string) => `${address}\n${name}`;
