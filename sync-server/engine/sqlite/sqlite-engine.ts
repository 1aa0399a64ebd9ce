/** The embedded engine: one SQLite file a database, in one folder. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Engine } from '../engine.ts';
import { DatabaseEvents } from '../database-events.ts';
import { databaseOf, fileNameOf } from './file-name.ts';
import { lockFolder } from './folder-lock.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/**
 * Opens the databases of a folder, made if it is missing (readable by its owner alone). Throws `PRESENCE_IN_USE` when
 * another server has it open.
 */
export function openSqliteEngine(folder: string): Engine {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  const open = new Map<string, SqliteDatabase>();
  const known = new Set(
    readdirSync(folder)
      .map(databaseOf)
      .filter((name) => name !== undefined),
  );

  const events = new DatabaseEvents([...known].sort());

  const filesOf = (name: string) =>
    ['', '-wal', '-shm'].map((suffix) => join(folder, fileNameOf(name) + suffix));

  const get = (name: string): SqliteDatabase | undefined => {
    if (!known.has(name)) return undefined;
    let database = open.get(name);
    if (database) return database;
    database = new SqliteDatabase(name, join(folder, fileNameOf(name)));
    database.onChange(() => events.note(name, 'updated'));
    open.set(name, database);
    return database;
  };

  return {
    eventsAfter: (since) => events.after(since),
    onEvent: (listener) => events.onEvent(listener),
    names: () => [...known].sort(),
    open: (name): Database | undefined => get(name),
    create(name) {
      if (known.has(name)) return { ok: false, why: 'exists' };
      const fresh = filesOf(name).filter((file) => !existsSync(file));
      known.add(name);
      let database: Database;
      try {
        database = get(name) as Database;
      } catch (error) {
        // No room for it: it is not there, and can be made when there is.
        known.delete(name);
        for (const file of fresh) rmSync(file, { force: true });
        throw error;
      }
      events.note(name, 'created');
      return { ok: true, database };
    },
    destroy(name) {
      const database = get(name);
      if (!database) return false;
      known.delete(name);
      open.delete(name);
      database.close();
      for (const file of filesOf(name)) rmSync(file, { force: true });
      events.note(name, 'deleted');
      return true;
    },
    close() {
      for (const database of open.values()) database.close();
      open.clear();
      unlock();
    },
  };
}
