/** What the desk asks of its worker, and hears from it. */
import type { DeviceId, TermCode } from '$lib/domain/ids.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import type { ReadBeside } from './beside.ts';

export interface DeskAsked {
  /** `follow`: the parts of the desk, again after every change; `count`: how many points wait, once. */
  readonly what: 'follow' | 'count';
  /** Names of the replicas on this device. */
  readonly commons: string;
  readonly registry: string | undefined;
  readonly terms: readonly { readonly term: TermCode; readonly name: string }[];
  /** Those of no current term as well. */
  readonly all: readonly string[];
  readonly timeZone: string;
  readonly deviceId: DeviceId;
}

export type DeskAnswer =
  { readonly read: ReadBeside } | { readonly count: number } | { readonly failed: string };

type Desk = Pick<PresenceDevice, 'commons' | 'registry' | 'terms' | 'stores' | 'timeZone' | 'deviceId'>;

const askedOf = (
  { commons, registry, terms, stores, timeZone, deviceId }: Desk,
  what: DeskAsked['what'],
): DeskAsked => ({
  ...{ what, timeZone, deviceId },
  commons: commons.name,
  registry: registry?.name,
  terms: terms.map(({ term, store }) => ({ term, name: store.name })),
  all: stores.map(({ name }) => name),
});

/** @returns ends it */
function ask(asked: DeskAsked, onanswer: (answer: DeskAnswer) => void): () => void {
  const worker = new Worker(new URL('./desk.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<DeskAnswer>) => onanswer(data));
  worker.addEventListener('error', () => onanswer({ failed: 'no worker' }));
  worker.postMessage(asked);
  return () => worker.terminate();
}

/**
 * Starts a worker that reads what the desk shows of all marks, and reads it again after every change.
 * @param onfailed the worker could not be started, or could not read
 * @returns ends it
 */
export function followBeside(
  desk: Desk,
  onread: (read: ReadBeside) => void,
  onfailed: () => void,
): () => void {
  return ask(askedOf(desk, 'follow'), (answer) => {
    if ('read' in answer) onread(answer.read);
    else onfailed();
  });
}

/** How many points wait at the desk; `undefined` where no worker can tell. */
export function countBeside(desk: Desk): Promise<number | undefined> {
  return new Promise((tell) => {
    const end = ask(askedOf(desk, 'count'), (answer) => {
      tell('count' in answer ? answer.count : undefined);
      end();
    });
  });
}
