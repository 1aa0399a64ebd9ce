/** The one bridge from Dexie's `liveQuery` to runes. */
import { followed } from './followed.ts';
import { createSubscriber } from 'svelte/reactivity';

/** The latest answer of a query: `undefined` until the first one came. */
class Live<T> {
  #current: T | undefined;
  #error: unknown;
  readonly #subscribe: () => void;

  constructor(query: () => Promise<T> | T) {
    this.#subscribe = createSubscriber((update) => {
      const subscription = followed(query).subscribe({
        next: (value) => {
          this.#current = value;
          this.#error = undefined;
          update();
        },
        error: (error: unknown) => {
          this.#error = error;
          update();
        },
      });
      return () => subscription.unsubscribe();
    });
  }

  get current(): T | undefined {
    this.#subscribe();
    return this.#current;
  }

  get error(): unknown {
    this.#subscribe();
    return this.#error;
  }
}

/** `const marks = $derived(live(() => store.where('mark', 'occurrence', id)))`, then `marks.current`. */
export const live = <T>(query: () => Promise<T> | T) => new Live(query);
