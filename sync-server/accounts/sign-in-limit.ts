/** Slows down whoever guesses passwords: failures are counted for each account and address together. */

const window = 5 * 60_000;
const allowed = 10;
const remembered = 10_000;

export class SignInLimit {
  readonly #failures = new Map<string, { count: number; since: number }>();

  /** Too many failures lately: the next attempt is not even looked at. */
  isLocked(name: string, address: string, now: number): boolean {
    const entry = this.#failures.get(`${name}\n${address}`);
    return entry !== undefined && now - entry.since < window && entry.count >= allowed;
  }

  failed(name: string, address: string, now: number): void {
    const key = `${name}\n${address}`;
    const entry = this.#failures.get(key);
    const count = entry && now - entry.since < window ? entry.count + 1 : 1;
    this.#failures.delete(key);
    this.#failures.set(key, { count, since: now });
    if (this.#failures.size > remembered) this.#failures.delete(this.#failures.keys().next().value ?? '');
  }

  succeeded(name: string, address: string): void {
    this.#failures.delete(`${name}\n${address}`);
  }
}
