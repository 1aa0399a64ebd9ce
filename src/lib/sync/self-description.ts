/** What a device tells the coordination of itself, in a document of its own. */
import type { Author, Device } from '../domain/documents.ts';
import { deviceDocId } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import { storageState } from './persistence.ts';

interface Facts {
  /** Who is signed in on it, and when this is said. */
  readonly author: Author;
  readonly label: string;
  readonly appVersion: string;
  readonly lastSyncAt: string | undefined;
  /** How far the clock is off where that is worth telling; nothing before the server was heard in this run. */
  readonly clock: { readonly skewMs: number | undefined } | undefined;
}

/**
 * Writes the device's document when its name, the app's version, how much was refused or whether its clock is wrong
 * changed since it was last written; nothing otherwise: a phone that works as it did yesterday has nothing to say.
 * @param store where the document stands
 * @param all every store of the device
 */
export async function describeDevice(store: Store, all: readonly Store[], facts: Facts): Promise<void> {
  const { author, label, appVersion, lastSyncAt, clock } = facts;
  const id = deviceDocId(author.device);
  const outboxes = await Promise.all(
    all.map(async ({ outbox }) => ({
      pending: await outbox.pendingCount(),
      refused: (await outbox.refused()).length,
    })),
  );
  const sum = (of: 'pending' | 'refused') => outboxes.reduce((total, one) => total + one[of], 0);
  const refusedCount = sum('refused');
  const said = await store.get('device', id);
  // The server lets nobody describe what is somebody else's: on a shared device the first one spoke.
  if (said && said.user !== author.by) return;
  if (
    said?.label === label &&
    said.appVersion === appVersion &&
    (said.refusedCount ?? 0) === refusedCount &&
    (!clock || (said.clockSkewMs === undefined) === (clock.skewMs === undefined))
  )
    return;
  const { isPersisted, usedBytes, quotaBytes } = await storageState();
  await store.commit([
    {
      id,
      change(current) {
        const next: Device = {
          ...(current?.type === 'device' ? current : undefined),
          _id: id,
          type: 'device',
          v: 1,
          ...author,
          user: author.by,
          label,
          appVersion,
          pendingCount: sum('pending'),
          refusedCount,
          isStoragePersisted: isPersisted,
        };
        if (usedBytes !== undefined && quotaBytes) next.storageShare = usedBytes / quotaBytes;
        if (lastSyncAt) next.lastSyncAt = lastSyncAt;
        if (clock?.skewMs !== undefined) next.clockSkewMs = clock.skewMs;
        else if (clock) delete next.clockSkewMs;
        return next;
      },
    },
  ]);
}
