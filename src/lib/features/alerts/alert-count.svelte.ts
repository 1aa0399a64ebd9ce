/** How many things wait for a coordinator, for the badge: counted now and then, not with every write. */
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { alertCount } from './queries.ts';

const firstAfterMs = 2000;
const everyMs = 60_000;

export class AlertCount {
  #current = $state(0);
  readonly #device: PresenceDevice;
  #timer: ReturnType<typeof setTimeout>;
  #isOver = false;

  constructor(device: PresenceDevice) {
    this.#device = device;
    this.#timer = setTimeout(() => void this.#count(), firstAfterMs);
  }

  get current(): number {
    return this.#current;
  }

  async #count(): Promise<void> {
    // A number that nobody looks at is not worth a phone's battery.
    if (document.visibilityState === 'visible')
      this.#current = await alertCount(this.#device, this.#device.author().at).catch(() => this.#current);
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#count(), everyMs);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
