import { Answer, type Query } from './answer.ts';
import type { Store } from './store.ts';

const tenMinutes = 600_000;

/**
 * Answers that last: those of pages that a coordinator goes back and forth between. They are followed for ten minutes
 * after such a page was left, so that coming back shows what is true by then, in the first frame and without reading.
 * The closing of the store ends them: who signs out leaves nothing in memory.
 */
export class Lasting<T> {
  readonly #answers = new WeakMap<Store, Map<string, Answer<T>>>();

  /** The answer for a key of a store; `query` is what it answers when nobody has asked before. */
  of(store: Store, key: string, query: Query<T>): Answer<T> {
    const answers = this.#answersOf(store);
    const known = answers.get(key) ?? new Answer(query, tenMinutes);
    answers.set(key, known);
    return known;
  }

  #answersOf(store: Store): Map<string, Answer<T>> {
    const known = this.#answers.get(store);
    if (known) return known;
    const answers = new Map<string, Answer<T>>();
    this.#answers.set(store, answers);
    store.whenClosed(() => {
      for (const answer of answers.values()) answer.letGo();
      this.#answers.delete(store);
    });
    return answers;
  }
}

/** Follows an answer that lasts from now on, for a page that is likely to be opened. */
export const readAhead = <T>(answer: Answer<T>): void => answer.follow(() => {})();
