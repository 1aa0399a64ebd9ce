import { join } from 'node:path';
import { openSqliteEngine } from '../engine/sqlite/sqlite-engine.ts';
import type { Progress } from './progress.ts';

/**
 * Drops the bodies of versions that were replaced, in every database, and gives their room back to the disk.
 * Throws `PRESENCE_IN_USE` when a server runs on the folder: it compacts by `POST /{db}/_compact`.
 * @returns bytes of all files, before and after
 */
export function compactFolder(dataDir: string, onProgress?: Progress): { before: number; after: number } {
  const engine = openSqliteEngine(join(dataDir, 'databases'));
  const sum = { before: 0, after: 0 };
  try {
    const names = engine.names();
    for (const [n, name] of names.entries()) {
      const database = engine.open(name);
      if (!database) continue;
      sum.before += database.info().fileBytes;
      database.compact();
      sum.after += database.info().fileBytes;
      onProgress?.(n + 1, names.length);
    }
  } finally {
    engine.close();
  }
  return sum;
}
