/** One server a folder: sequences are counted in memory, and a second server would count them too. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Made once, locked, never written. */
export const lockFile = '.in-use';

/**
 * Locks a folder until the answered function is called or this process ends, however it ends: the operating system
 * itself drops the lock of a process that was killed.
 * Throws an error with the code `PRESENCE_IN_USE` when another server has it.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, lockFile));
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const isLocked = ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
    throw isLocked ? Object.assign(new Error('the folder is in use'), { code: 'PRESENCE_IN_USE' }) : error;
  }
  return () => lock.close();
}
