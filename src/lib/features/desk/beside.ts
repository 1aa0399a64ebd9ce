/**
 * What the desk reads of all the marks of its terms: too much for the page's own thread, so a worker reads it. Its
 * answers name stores, which no message carries.
 */
import type { DeviceId } from '$lib/domain/ids.ts';
import type { LateList } from '$lib/domain/late-answers.ts';
import type { MissingList } from '$lib/domain/missing-lists.ts';
import { countRefusedElsewhere, devicesOf, type FoundDevices } from './device-queries.ts';
import { findFrozen, findLate, type FoundLate, type FrozenTerm } from './late-queries.ts';
import { findMissingLists, type DeskStores } from './queries.ts';

export interface ReadBeside {
  readonly missing: readonly { readonly store: string; readonly list: MissingList }[];
  readonly devices: FoundDevices;
  /** Devices elsewhere that said that something was refused. */
  readonly devicesRefused: number;
  readonly late: Omit<FoundLate, 'terms'> & {
    readonly lists: readonly { readonly store: string; readonly list: LateList }[];
  };
  readonly frozen: readonly FrozenTerm[];
}

const named = <List>({ store, lists }: { store: { name: string }; lists: readonly List[] }) =>
  lists.map((list) => ({ store: store.name, list }));

/** One after the other, each type of document read as rarely as it can be. @param now instant */
export async function readBeside(
  desk: DeskStores & { readonly deviceId: DeviceId },
  now: string,
): Promise<ReadBeside> {
  const missing = await findMissingLists(desk, now);
  const devices = await devicesOf(desk, missing, now);
  const { terms, ...late } = await findLate(desk);
  return {
    missing: missing.flatMap(named),
    devices,
    devicesRefused: await countRefusedElsewhere(desk),
    late: { ...late, lists: terms.flatMap(named) },
    frozen: await findFrozen(desk),
  };
}
