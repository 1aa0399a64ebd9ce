/** A copy of everything the server keeps, made while it runs. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { databaseOf } from '../engine/sqlite/file-name.ts';
import { snapshot } from '../engine/sqlite/snapshot.ts';
import { makeFolder } from '../server-settings.ts';
import type { Progress } from './progress.ts';

export interface BackupOptions {
  /** The server's data folder. */
  readonly dataDir: string;
  /** Where backups stand; each is a folder of its own in it. */
  readonly to: string;
  readonly now: Date;
  /** How many backups stay there, this one included; all when absent. */
  readonly keep?: number | undefined;
  readonly onProgress?: Progress;
}

export type BackedUp =
  | { readonly ok: true; readonly folder: string; readonly databases: number }
  | { readonly ok: false; readonly why: 'no data' | 'no room' };

/** `presence-20261124-101500`: in the order of time. UTC. */
const nameAt = (now: Date) =>
  `presence-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
const isBackup = (name: string) => /^presence-\d{8}-\d{6}$/.test(name);

/**
 * Copies every database as it is when its turn comes, and the settings. The folder gets its name when all of it is on
 * the disk: a backup that was broken off is never taken for one. Backups beyond `keep` are removed, the oldest first.
 */
export function backUp({ dataDir, to, now, keep, onProgress }: BackupOptions): BackedUp {
  const source = join(dataDir, 'databases');
  if (!existsSync(join(dataDir, 'server.json')) || !existsSync(source)) return { ok: false, why: 'no data' };
  makeFolder(to);
  const names = readdirSync(source).filter((name) => databaseOf(name) !== undefined);
  const sizeOf = (name: string) => statSync(join(source, name), { throwIfNoEntry: false })?.size ?? 0;
  const total = names.reduce((sum, name) => sum + sizeOf(name), 0);
  const disk = statfsSync(to);
  if (disk.bavail * disk.bsize < total) return { ok: false, why: 'no room' };

  const folder = join(to, nameAt(now));
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, 'databases'), { recursive: true, mode: 0o700 });
  try {
    let done = 0;
    for (const name of names) {
      const bytes = sizeOf(name);
      // Deleted since the list was made.
      if (!existsSync(join(source, name))) continue;
      const copy = join(unfinished, 'databases', name);
      snapshot(join(source, name), copy);
      chmodSync(copy, 0o600);
      done += bytes;
      onProgress?.(done, total);
    }
    copyFileSync(join(dataDir, 'server.json'), join(unfinished, 'server.json'));
    chmodSync(join(unfinished, 'server.json'), 0o600);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  if (keep !== undefined) {
    const old = readdirSync(to).filter(isBackup).sort().slice(0, -keep);
    for (const name of old) rmSync(join(to, name), { recursive: true, force: true });
  }
  return { ok: true, folder, databases: names.length };
}
