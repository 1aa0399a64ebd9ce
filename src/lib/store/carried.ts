/** The list of revisions that this device holds for another one that may send them. */
import type { RevisionKey } from './outbox.ts';
import type { ReplicaTables } from './pouchdb-adapter/tables.ts';
import type { Store } from './store.ts';

const carriedId = 'carried';

/** Revisions by other accounts that this device holds for one that may send them. */
export async function readCarried(tables: ReplicaTables): Promise<RevisionKey[]> {
  const found = await tables.local.get(carriedId);
  return (found?.body.revisions as RevisionKey[] | undefined) ?? [];
}

/** Holds exactly these from now on. */
export async function writeCarried(tables: ReplicaTables, revisions: readonly RevisionKey[]): Promise<void> {
  if (revisions.length)
    await tables.local.put({ id: carriedId, rev: '0-1', body: { revisions: [...revisions] } });
  else await tables.local.delete(carriedId);
}

/** Lets go of these: the server has them by now, or they are to be sent from here after all. */
export function releaseCarried(store: Store, revisions: readonly RevisionKey[]): Promise<void> {
  const released = new Set(revisions.map(({ id, rev }) => `${id}\n${rev}`));
  return store.apart((tables) =>
    tables.transaction('rw', tables.local, async () => {
      const held = await readCarried(tables);
      await writeCarried(
        tables,
        held.filter(({ id, rev }) => !released.has(`${id}\n${rev}`)),
      );
    }),
  );
}
