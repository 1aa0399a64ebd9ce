/** What the parts of the desk share: what the worker read for them, and how many points each of them has. */
import { createContext, onDestroy } from 'svelte';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { readBeside, type ReadBeside } from './beside.ts';
import { followBeside } from './desk-worker.ts';

const parts = ['disagreements', 'doubles', 'missing', 'devices', 'late', 'refused'] as const;
type Part = (typeof parts)[number];

export class DeskParts {
  #read = $state.raw<ReadBeside>();
  #points = $state<Partial<Record<Part, number>>>({});
  readonly #device: PresenceDevice;
  #end = () => {};

  constructor(device: PresenceDevice) {
    this.#device = device;
  }

  /** What the worker read last; `undefined` until its first answer. */
  get read(): ReadBeside | undefined {
    return this.#read;
  }

  /** The replica of that name; `undefined` of one that was closed meanwhile. */
  storeOf(name: string): Store | undefined {
    return this.#device.stores.find((store) => store.name === name);
  }

  /** A part says how many points it has. */
  count(part: Part, points: number | undefined): void {
    if (points !== undefined) this.#points[part] = points;
  }

  /** All points together, once every part has said how many it has; a part that somebody may not see has none. */
  get total(): number | undefined {
    const said = parts.map((part) => this.#points[part]);
    return said.some((one) => one === undefined)
      ? undefined
      : said.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  }

  /** Starts reading what all marks say. */
  follow(): void {
    this.stop();
    const heard = (read: ReadBeside) => {
      this.#read = read;
      this.count('devices', read.devicesRefused);
      this.count('missing', read.missing.length);
      this.count('late', read.late.lists.length);
    };
    this.#end = followBeside(
      this.#device,
      heard,
      // Slower, and in the way of the page: better than nothing.
      () => void readBeside(this.#device, this.#device.author().at).then(heard),
    );
  }

  stop(): void {
    this.#end();
    this.#end = () => {};
  }
}

const [useParts, setParts] = createContext<DeskParts>();
export const useDeskParts = useParts;

/** Made while the desk's page is set up, and stopped with it. */
export function provideDeskParts(device: PresenceDevice): DeskParts {
  const made = new DeskParts(device);
  onDestroy(() => made.stop());
  return setParts(made);
}
