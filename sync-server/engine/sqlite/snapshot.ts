import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Writes a database as it is at this moment into a new file, which is on the disk when this returns. Writers are not
 * held up: SQLite reads the state of one moment. What was deleted is not in the copy.
 */
export function snapshot(from: string, to: string): void {
  const sql = new DatabaseSync(from, { readOnly: true });
  try {
    sql.exec('PRAGMA busy_timeout = 5000');
    sql.prepare('VACUUM INTO ?').run(to);
  } finally {
    sql.close();
  }
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
}
