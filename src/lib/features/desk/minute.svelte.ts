/** The instant it is, anew every minute while somebody looks at it. */
import { createSubscriber } from 'svelte/reactivity';

class Minute {
  readonly #subscribe = createSubscriber((update) => {
    const clock = setInterval(update, 60_000);
    return () => clearInterval(clock);
  });

  get current(): string {
    this.#subscribe();
    return new Date().toISOString();
  }
}

export const minute = new Minute();
