/** What the parts of the desk share: what the worker read for them, and how many points each of them has. */
import { createContext, onDestroy } from 'svelte';
import { live } from '$lib/store/live.svelte.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { readBeside, type ReadBeside } from './beside.ts';
import { followBeside } from './desk-worker.ts';

/** Those that the page reads itself. */
const parts = ['disagreements', 'doubles', 'refused'] as const;
type Part = (typeof parts)[number];

export class DeskParts {
  #heard = $state.raw<ReadBeside>();
  /** Where no worker reads: slower, and in the way of the page, but never left out. */
  #onPage = $state.raw<{ readonly current: ReadBeside | undefined }>();
  #points = $state<Partial<Record<Part, number>>>({});
  readonly #device: PresenceDevice;
  #end = () => {};

  constructor(device: PresenceDevice) {
    this.#device = device;
  }

  /** What all marks say; `undefined` until it was read once. */
  get read(): ReadBeside | undefined {
    return this.#onPage?.current ?? this.#heard;
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
    const { read } = this;
    const said = [
      ...parts.map((part) => this.#points[part]),
      ...[read?.missing.length, read?.late.lists.length, read?.devicesRefused],
    ];
    return said.some((one) => one === undefined)
      ? undefined
      : said.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  }

  /** Starts reading what all marks say. */
  follow(): void {
    this.stop();
    this.#onPage = undefined;
    const { commons, registry, terms, timeZone, deviceId } = this.#device;
    const desk = { commons, registry, terms, timeZone, deviceId };
    this.#end = followBeside(
      this.#device,
      (read) => (this.#heard = read),
      () => {
        this.stop();
        this.#onPage = live(() => readBeside(desk, this.#device.author().at));
      },
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
