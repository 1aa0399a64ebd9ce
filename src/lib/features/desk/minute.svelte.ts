/**
 * The instant at which the desk is looked at: anew every minute, and soon after every write of this tab. Its wider
 * questions touch so many documents that a write among them alone does not always ask them anew.
 */
import type { Store } from '$lib/store/store.ts';

/** Writes come in bursts: one question answers them all. */
const settleMs = 150;

const instantNow = () => new Date().toISOString();

/** Made while a component is set up, and stopped with it. */
export class Minute {
  #current = $state(instantNow());

  constructor(stores: () => readonly Store[]) {
    $effect(() => {
      let soon: ReturnType<typeof setTimeout> | undefined;
      const look = () => {
        soon = undefined;
        this.#current = instantNow();
      };
      const clock = setInterval(look, 60_000);
      const cleanups = stores().map((store) => store.onWrite(() => (soon ??= setTimeout(look, settleMs))));
      return () => {
        clearInterval(clock);
        clearTimeout(soon);
        for (const cleanup of cleanups) cleanup();
      };
    });
  }

  get current(): string {
    return this.#current;
  }
}
