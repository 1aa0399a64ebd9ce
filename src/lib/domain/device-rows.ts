/** The devices of a site as the coordination follows them: what each last said, and what is awaited from it. */
import type { Closing, Device, Mark, Shift, Volunteer } from './documents.ts';
import type { DeviceId, OccurrenceId, VolunteerId } from './ids.ts';
import type { MissingList } from './missing-lists.ts';
import { hoursOf } from './schedule.ts';

export interface DeviceRow {
  readonly device: DeviceId;
  /** As the device last described itself. */
  readonly said: Device;
  /** Instant of the latest thing of it that is here: what it wrote, or its last exchange as it said. */
  readonly heardAt: string;
  /** Lists that its user was to record, and of which nothing came since they were over. */
  readonly awaited: number;
  readonly isThis: boolean;
}

interface TermDevices {
  readonly devices: readonly Device[];
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
  readonly missing: readonly MissingList[];
}

/**
 * One row a device, whatever the terms it described itself in: first those from which a list is awaited, then those
 * with something refused, then those that hold something back, then the latest heard; this device last.
 */
export function deviceRows(
  terms: readonly TermDevices[],
  { thisDevice, timeZone }: { readonly thisDevice: DeviceId; readonly timeZone: string },
): DeviceRow[] {
  const latest = new Map<DeviceId, Device>();
  for (const one of terms.flatMap(({ devices }) => devices)) {
    const known = latest.get(one.device);
    if (!known || known.at < one.at) latest.set(one.device, one);
  }
  const heard = heardFrom(terms);
  const heardAt = (said: Device) =>
    [said.at, said.lastSyncAt ?? '', heard.get(said.device) ?? ''].reduce((a, b) => (a > b ? a : b));
  // Of somebody with several devices, the one heard last is the one that is awaited.
  const main = new Map<string, Device>();
  for (const said of latest.values()) {
    const known = main.get(said.user);
    if (!known || heardAt(known) < heardAt(said)) main.set(said.user, said);
  }
  const ends = terms.flatMap((term) => awaitedEnds(term, timeZone));
  return [...latest.values()]
    .map((said): DeviceRow => {
      const at = heardAt(said);
      const isMain = main.get(said.user) === said;
      const awaited = isMain ? ends.filter(({ user, endsAt }) => user === said.user && endsAt > at) : [];
      const isThis = said.device === thisDevice;
      return { device: said.device, said, heardAt: at, awaited: isThis ? 0 : awaited.length, isThis };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.heardAt > b.heardAt ? -1 : a.heardAt < b.heardAt ? 1 : 0));
}

function rankOf({ isThis, awaited, said }: DeviceRow): number {
  if (isThis) return 4;
  if (awaited > 0) return 0;
  if (said.refusedCount) return 1;
  return said.pendingCount ? 2 : 3;
}

/** When each device last wrote anything that is here. */
function heardFrom(terms: readonly TermDevices[]): ReadonlyMap<DeviceId, string> {
  const heard = new Map<DeviceId, string>();
  for (const { marks, closings } of terms)
    for (const { history } of [...marks, ...closings])
      for (const { device, at } of history) if ((heard.get(device) ?? '') < at) heard.set(device, at);
  return heard;
}

/** For each list that did not come at all or was left open: whose it was, and when it was over (instant). */
function awaitedEnds(
  { shifts, volunteers, missing }: TermDevices,
  timeZone: string,
): { user: string; endsAt: string }[] {
  const accountOf = new Map<VolunteerId, string>(
    volunteers.flatMap(({ volunteer, account }) => (account ? [[volunteer, account]] : [])),
  );
  const shiftsOf = Map.groupBy<OccurrenceId, Shift>(shifts, ({ occurrence }) => occurrence);
  return missing
    .filter(({ kind }) => kind !== 'incomplete')
    .flatMap(({ occurrence }) => {
      const { endsAt } = hoursOf(occurrence, timeZone);
      const users = (shiftsOf.get(occurrence.occurrence) ?? [])
        .filter(({ state }) => state !== 'cancelled')
        .flatMap(({ volunteer }) => accountOf.get(volunteer) ?? []);
      return [...new Set(users)].map((user) => ({ user, endsAt }));
    });
}
