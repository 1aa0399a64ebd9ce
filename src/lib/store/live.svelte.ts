/** The one bridge from Dexie's `liveQuery` to runes. */
import { createSubscriber } from 'svelte/reactivity';
import { Answer, type Query } from './answer.ts';

/** An answer as screens read it. */
class Live<T> {
  readonly #answer: Answer<T>;
  readonly #subscribe: () => void;

  constructor(answer: Answer<T>) {
    this.#answer = answer;
    this.#subscribe = createSubscriber((update) => answer.follow(update));
  }

  /** `undefined` until the first one came. */
  get current(): T | undefined {
    this.#subscribe();
    return this.#answer.current;
  }

  get error(): unknown {
    this.#subscribe();
    return this.#answer.error;
  }
}

/** `const marks = $derived(live(() => store.where('mark', 'occurrence', id)))`, then `marks.current`. */
export const live = <T>(query: Query<T>) => new Live(new Answer(query));

/** The same of an answer that is followed already, or lasts longer than the page. */
export const liveAnswer = <T>(answer: Answer<T>) => new Live(answer);
