/** A backup put back. */
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lockFolder } from '../engine/sqlite/folder-lock.ts';
import { makeFolder, markRestored } from '../server-settings.ts';
import { checkFolder } from './check.ts';

export interface RestoreOptions {
  /** A folder made by `backUp`. */
  readonly from: string;
  readonly dataDir: string;
  /** What is in the data folder is moved aside; without it a folder that holds something is refused. */
  readonly replace: boolean;
  readonly now: Date;
  /**
   * Carries what was taken back since the backup from one data folder over to another; answers how much, `undefined`
   * when the first cannot be read.
   */
  readonly carryOver: (from: string, to: string) => number | undefined;
}

export type Restored =
  | {
      readonly ok: true;
      readonly databases: number;
      readonly aside: string | undefined;
      /**
       * How many accounts, devices, invitations and calendars stay closed that the backup would open again; `undefined`
       * when nothing told of them.
       */
      readonly takenBack: number | undefined;
    }
  | { readonly ok: false; readonly why: 'no backup' | 'not empty' }
  | { readonly ok: false; readonly why: 'damaged'; readonly problems: readonly string[] };

/**
 * Checks the backup, then puts it in the place of the data folder, in one step. The server gets a new identity, so that
 * every device compares all it holds and sends again what came after the backup. Access that was taken back since stays
 * closed, as far as what is moved aside tells of it.
 * Throws `PRESENCE_IN_USE` when a server runs on the data folder.
 */
export function restore({ from, dataDir, replace, now, carryOver }: RestoreOptions): Restored {
  if (!existsSync(join(from, 'server.json')) || !existsSync(join(from, 'databases')))
    return { ok: false, why: 'no backup' };
  const databases = join(dataDir, 'databases');
  if (existsSync(databases)) lockFolder(databases)();
  const isEmpty = !existsSync(dataDir) || readdirSync(dataDir).length === 0;
  if (!isEmpty && !replace) return { ok: false, why: 'not empty' };
  const checked = checkFolder(from);
  const problems = checked.flatMap((one) => one.problems.map((problem) => `${one.database}: ${problem}`));
  if (problems.length) return { ok: false, why: 'damaged', problems };

  makeFolder(dirname(dataDir));
  const arriving = `${dataDir}.restoring`;
  rmSync(arriving, { recursive: true, force: true });
  cpSync(from, arriving, { recursive: true });
  markRestored(arriving);
  const takenBack = isEmpty ? undefined : carryOver(dataDir, arriving);
  const aside = isEmpty
    ? undefined
    : `${dataDir}.before-${now.toISOString().slice(0, 19).replaceAll(':', '')}`;
  if (aside) renameSync(dataDir, aside);
  else rmSync(dataDir, { recursive: true, force: true });
  renameSync(arriving, dataDir);
  return { ok: true, databases: checked.length, aside, takenBack };
}
