/** Opens the tables of one replica, and says why where it cannot. */
import { openFailureOf, type OpenFailure } from './open-failure.ts';
import { ReplicaTables, type ReplicaOptions } from './pouchdb-adapter/tables.ts';

export type OpenedTables =
  { ok: true; tables: ReplicaTables } | { ok: false; why: OpenFailure; detail: string };

/** How long another tab may keep the database from opening before the screen says so. */
const blockedAfterMs = 4000;

/** The tables of that name, made when they are missing. Never throws; a failure never removes anything. */
export async function openTables(name: string, options: ReplicaOptions): Promise<OpenedTables> {
  const tables = new ReplicaTables(name, options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const blocked = new Promise<'blocked'>((tell) => {
    tables.on('blocked', () => {
      timer = setTimeout(() => tell('blocked'), blockedAfterMs);
    });
  });
  try {
    if ((await Promise.race([tables.open(), blocked])) === 'blocked') {
      tables.close({ disableAutoOpen: true });
      return { ok: false, why: 'blocked', detail: 'another tab' };
    }
    // Dexie opens a database of a newer app without a word; writing to it would leave out what that app needs.
    if (tables.backendDB().version / 10 > tables.currentVersion) {
      tables.close({ disableAutoOpen: true });
      return { ok: false, why: 'newer', detail: 'VersionError' };
    }
    return { ok: true, tables };
  } catch (error) {
    tables.close({ disableAutoOpen: true });
    return { ok: false, why: openFailureOf(error), detail: (error as Error).name };
  } finally {
    clearTimeout(timer);
  }
}
