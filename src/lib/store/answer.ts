/** The answer of a query, followed for as long as somebody looks at it, or for a while longer. */
import type { Subscription } from 'dexie';
import { followed } from './followed.ts';

export type Query<T> = () => Promise<T> | T;

export class Answer<T> {
  readonly #query: Query<T>;
  readonly #lingerMs: number;
  readonly #listeners = new Set<() => void>();
  /** The latest; `undefined` until the first one came. Written here alone. */
  current: T | undefined;
  error: unknown;
  #following: Subscription | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  /** @param lingerMs how long it is followed after nobody looks at it any more */
  constructor(query: Query<T>, lingerMs = 0) {
    this.#query = query;
    this.#lingerMs = lingerMs;
  }

  /** Calls `listener` whenever the answer is another, until what this returns is called. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    clearTimeout(this.#leaving);
    this.#following ??= followed(this.#query).subscribe({
      next: (value) => this.#say(value, undefined),
      error: (error: unknown) => {
        // An error ends what is followed: whoever comes next asks anew.
        this.#stop();
        this.#say(this.current, error);
      },
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      if (this.#lingerMs) this.#leaving = setTimeout(() => this.letGo(), this.#lingerMs);
      else this.#stop();
    };
  }

  #say(current: T | undefined, error: unknown): void {
    this.current = current;
    this.error = error;
    for (const listener of this.#listeners) listener();
  }

  #stop(): void {
    clearTimeout(this.#leaving);
    this.#following?.unsubscribe();
    this.#following = undefined;
  }

  /** Follows no more, and keeps nothing. */
  letGo(): void {
    this.#stop();
    this.current = this.error = undefined;
  }
}
