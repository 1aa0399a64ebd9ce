/** How many points wait at the desk: each section counts its own. */
import type { DeviceId } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';
import { countRefusedElsewhere } from './device-queries.ts';
import { disagreementCount } from './disagreements.ts';
import { countDoubles } from './doubles.ts';
import { countLateLists } from './late-queries.ts';
import { countMissingLists, type DeskStores } from './queries.ts';
import { countSetAside } from './refused-queries.ts';

export type CountedDesk = DeskStores & { readonly deviceId: DeviceId; readonly stores: readonly Store[] };

/** One a section. */
const counts: readonly ((desk: CountedDesk, now: string) => Promise<number>)[] = [
  disagreementCount,
  countDoubles,
  countMissingLists,
  countRefusedElsewhere,
  countLateLists,
  countSetAside,
];

/** @param now instant */
export async function deskTotal(desk: CountedDesk, now: string): Promise<number> {
  const found = await Promise.all(counts.map((count) => count(desk, now)));
  return found.reduce((sum, one) => sum + one, 0);
}
