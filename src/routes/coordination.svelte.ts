/** What runs beside the pages on coordinators' devices alone: what waits is counted, two pages are made ready. */
import { preloadCode } from '$app/navigation';
import { AlertCount } from '$lib/features/alerts/alert-count.svelte.ts';
import { DeskCount } from '$lib/features/desk/desk-count.svelte.ts';
import type { DeviceGate } from '$lib/features/shell/device-gate.svelte.ts';

type Device = NonNullable<DeviceGate['device']>;

/** Once the first screen stands. */
const readyAfterMs = 4000;

export class Coordination {
  readonly #alerts: AlertCount;
  readonly #desk: DeskCount;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(device: Device) {
    this.#alerts = new AlertCount(device);
    this.#desk = new DeskCount(device);
    this.#timer = setTimeout(() => void this.#makeReady(device), readyAfterMs);
  }

  /** How many things wait, for the badges. */
  get waiting(): { alerts: number; desk: number } {
    return { alerts: this.#alerts.current, desk: this.#desk.current };
  }

  /** The code of the two pages that a coordinator opens again and again, and their documents. */
  async #makeReady(device: Device): Promise<void> {
    const readies = [
      async () => (await import('$lib/features/planning/ahead.ts')).readPlanningAhead(device),
      () => preloadCode('/planning'),
      async () => (await import('$lib/features/person/ahead.ts')).readPeopleAhead(device),
      () => preloadCode('/personnes'),
    ];
    // Without a network, and not kept yet: the page itself says so when it is opened.
    for (const ready of readies) await ready().catch(() => undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#alerts.stop();
    this.#desk.stop();
  }
}
