/** How many points wait at the desk: each section counts its own. */
import type { DeviceId } from '$lib/domain/ids.ts';
import { countDevicesRefused } from './device-queries.ts';
import { countMissingLists, type DeskStores } from './queries.ts';

export type CountedDesk = DeskStores & { readonly deviceId: DeviceId };

/** One a section. */
const counts: readonly ((desk: CountedDesk, now: string) => Promise<number>)[] = [
  countMissingLists,
  countDevicesRefused,
];

/** @param now instant */
export async function deskTotal(desk: CountedDesk, now: string): Promise<number> {
  const found = await Promise.all(counts.map((count) => count(desk, now)));
  return found.reduce((sum, one) => sum + one, 0);
}
