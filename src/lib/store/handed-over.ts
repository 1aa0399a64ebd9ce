/**
 * Revisions that reached this device by hand: a rescue file, or a roll call from another phone. They are written like
 * those of a sync, and the server may still lack them.
 */
import { readCarried, writeCarried } from './carried.ts';
import { commitFailure, type CommitFailure } from './commit.ts';
import type { RevisionKey } from './outbox.ts';
import { ancestryOf, Batch, readLosers, treeOf } from './pouchdb-adapter/growth.ts';
import type { ReplicaTables, Row } from './pouchdb-adapter/tables.ts';
import type { IncomingRevision } from './replicated.ts';
import type { Store } from './store.ts';

/** Whose device this is: it decides which revisions may be sent from here. */
export interface Sender {
  readonly account: string;
  /** The server takes from coordinators what others wrote, and from volunteers only what is their own. */
  readonly passesOn: boolean;
}

/** How many revisions were new here; the others were here already. */
export interface TakenOver {
  readonly ok: true;
  /** Written, and to be sent from here. */
  readonly toSend: number;
  /** Written, and held for a device that may send them. */
  readonly carried: number;
  /** Written without a schema that fits: kept out of every screen, never sent. */
  readonly quarantined: number;
  /** Left out: they fit no schema, and a version that does is here. */
  readonly leftOut: number;
}

const longestHistory = 1000;

/** Writes what is new among them, all or nothing, each with what is to become of it. Never throws. */
export const takeOver = (
  store: Store,
  revisions: readonly IncomingRevision[],
  sender: Sender,
): Promise<TakenOver | CommitFailure> => store.apart((tables) => write(tables, revisions, sender));

async function write(
  tables: ReplicaTables,
  revisions: readonly IncomingRevision[],
  sender: Sender,
): Promise<TakenOver | CommitFailure> {
  const count = { toSend: 0, carried: 0, quarantined: 0, leftOut: 0 };
  const isFit = new Map(revisions.map((one) => [one, fits(tables, one)]));
  // Where only one of two versions fits, that one comes first, and stays in sight.
  const inOrder = [...revisions].sort((one, other) => Number(isFit.get(other)) - Number(isFit.get(one)));
  const ids = [...new Set(revisions.map(({ id }) => id))];
  try {
    await tables.transaction('rw', tables.docs, tables.revs, tables.local, async () => {
      const [found, last] = await Promise.all([tables.docs.bulkGet(ids), tables.lastSeq()]);
      const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
      const batch = new Batch(tables, last, await readLosers(tables, found));
      const carried: RevisionKey[] = [];
      for (const one of inOrder) {
        const { id, rev, isDeleted, start, hashes, body } = one;
        const before = batch.rows.get(id) ?? rows.get(id);
        if (before && isKnown(before, rev)) continue;
        if (before && !isFit.get(one)) {
          count.leftOut += 1;
          continue;
        }
        const revision = { id, rev, dead: isDeleted, body };
        batch.addReplicated(before, { start, ids: hashes }, revision, longestHistory, true);
        const row = batch.rows.get(id);
        if (!row) continue;
        if (!isFit.get(one)) count.quarantined += 1;
        else if (sender.passesOn || body.by === sender.account) {
          row.unsent = [...new Set([...(row.unsent ?? []), rev])];
          count.toSend += 1;
        } else carried.push({ id, rev });
      }
      count.carried = carried.length;
      await batch.flush();
      if (carried.length) await writeCarried(tables, [...(await readCarried(tables)), ...carried]);
    });
  } catch (error) {
    return commitFailure(error);
  }
  if (count.toSend + count.carried + count.quarantined > 0) tables.wrote();
  return { ok: true, ...count };
}

const fits = (tables: ReplicaTables, { id, rev, isDeleted, body }: IncomingRevision) =>
  isDeleted || tables.admits({ ...body, _id: id, _rev: rev });

const isKnown = (row: Row, rev: string) => row.rev === rev || ancestryOf(treeOf(row), rev) !== undefined;
