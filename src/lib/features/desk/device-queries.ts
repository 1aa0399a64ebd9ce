/** The devices that the desk follows. */
import { accountNames } from '$lib/domain/account-names.ts';
import { deviceRows, type DeviceRow } from '$lib/domain/device-rows.ts';
import type { DeviceId } from '$lib/domain/ids.ts';
import { addDays, todayIn } from '$lib/domain/local-time.ts';
import type { DeskStores, MissingOfTerm } from './queries.ts';

/** Answers older than that say nothing of when a device was last heard: its closings and its own word do. */
const daysOfAnswers = 8;

export interface FoundDevices {
  readonly rows: readonly DeviceRow[];
  /** Names of those who sign in, by account. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * @param missing the lists that did not come, which some device may still hold
 * @param now instant
 */
export async function devicesOf(
  { timeZone, deviceId }: Pick<DeskStores, 'timeZone'> & { readonly deviceId: DeviceId },
  missing: readonly MissingOfTerm[],
  now: string,
): Promise<FoundDevices> {
  const today = todayIn(timeZone, now);
  const terms = await Promise.all(
    missing.map(async ({ store, lists, shifts, volunteers }) => {
      const [devices, closings, recent] = await Promise.all([
        store.ofType('device'),
        store.ofType('closing'),
        store.between('occurrence', 'date', addDays(today, -daysOfAnswers), today),
      ]);
      const marks = await store.whereAnyOf(
        'mark',
        'occurrence',
        recent.map(({ occurrence }) => occurrence),
      );
      return { devices, closings, marks, shifts, volunteers, missing: lists };
    }),
  );
  return {
    rows: deviceRows(terms, { thisDevice: deviceId, timeZone }),
    names: accountNames(terms.flatMap(({ volunteers }) => volunteers)),
  };
}

/** Devices elsewhere that said that something was refused: somebody has to look. */
export async function countRefusedElsewhere({
  terms,
  deviceId,
}: Pick<DeskStores, 'terms'> & { readonly deviceId: DeviceId }): Promise<number> {
  const all = await Promise.all(terms.map(({ store }) => store.ofType('device')));
  const latest = new Map(
    all
      .flat()
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map((one) => [one.device, one]),
  );
  return [...latest.values()].filter(({ device, refusedCount }) => device !== deviceId && refusedCount)
    .length;
}
