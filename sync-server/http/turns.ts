/**
 * Long work takes turns: one piece each time the loop goes round. When hundreds of phones come back at once their
 * batches wait for one another, and a sign-in or a short question goes through between two of them.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is this one's turn, in the order of asking. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(this.#next);
    });
  }

  readonly #next = () => {
    this.#waiting.shift()?.();
    if (this.#waiting.length) setImmediate(this.#next);
  };
}
