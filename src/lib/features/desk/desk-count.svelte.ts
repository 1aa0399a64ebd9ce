/** How many points wait at the desk, for the badge: counted now and then, not with every write, and by a worker. */
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { countBeside } from './desk-worker.ts';

const firstAfterMs = 3000;
const everyMs = 60_000;
/** Time alone makes a list overdue: counted again even when nothing was written. */
const atLeastEveryMs = 10 * 60_000;

export class DeskCount {
  #current = $state(0);
  readonly #device: PresenceDevice;
  #timer: ReturnType<typeof setTimeout>;
  #isOver = false;
  #isStale = true;
  #countedAt = 0;
  readonly #cleanups: (() => void)[];

  constructor(device: PresenceDevice) {
    this.#device = device;
    this.#cleanups = device.stores.map((store) => store.onWrite(() => (this.#isStale = true)));
    this.#timer = setTimeout(() => void this.#count(), firstAfterMs);
  }

  get current(): number {
    return this.#current;
  }

  async #count(): Promise<void> {
    const isDue = this.#isStale || Date.now() - this.#countedAt > atLeastEveryMs;
    // A number that nobody looks at is not worth a phone's battery.
    if (isDue && document.visibilityState === 'visible') {
      this.#isStale = false;
      this.#countedAt = Date.now();
      this.#current = (await countBeside(this.#device)) ?? this.#current;
    }
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#count(), everyMs);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const cleanup of this.#cleanups) cleanup();
  }
}
