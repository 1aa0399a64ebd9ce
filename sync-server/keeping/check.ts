/** Whether everything in a data folder, or in a backup, is whole. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, type CheckedFile } from '../engine/sqlite/check-file.ts';
import { databaseOf } from '../engine/sqlite/file-name.ts';
import type { Progress } from './progress.ts';

export interface CheckedDatabase extends CheckedFile {
  readonly database: string;
}

/** Checks every database of a folder, beside a running server too. */
export function checkFolder(folder: string, onProgress?: Progress): CheckedDatabase[] {
  const databases = join(folder, 'databases');
  const files = readdirSync(databases).filter((name) => databaseOf(name) !== undefined);
  const sizeOf = (name: string) => statSync(join(databases, name)).size;
  const total = files.reduce((sum, name) => sum + sizeOf(name), 0);
  let done = 0;
  return files.sort().map((name) => {
    const checked = { database: databaseOf(name) ?? name, ...checkFile(join(databases, name)) };
    onProgress?.((done += sizeOf(name)), total);
    return checked;
  });
}
