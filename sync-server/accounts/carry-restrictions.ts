/** Rights that were taken back after a backup was made are not given again by putting it back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../engine/engine.ts';
import { openSqliteEngine } from '../engine/sqlite/sqlite-engine.ts';
import { recordsDatabase } from './records.ts';
import { withRestrictionsOf } from './restrictions.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Carries over what disables accounts, revokes devices and calendars and uses invitations up.
 * @param from a data folder; it may be damaged
 * @param to the data folder that takes its place
 * @returns how many documents were restricted; `undefined` when the first folder cannot be read
 */
export function carryRestrictions(from: string, to: string): number | undefined {
  const told = new Map<string, Map<string, Fields>>();
  try {
    for (const name of ['_users', recordsDatabase]) told.set(name, bodiesIn(join(from, 'databases'), name));
  } catch {
    return undefined;
  }
  const engine = openSqliteEngine(join(to, 'databases'));
  let count = 0;
  try {
    for (const [name, bodies] of told) count += restrict(engine.open(name), bodies);
  } finally {
    engine.close();
  }
  return count;
}

function bodiesIn(databases: string, name: string): Map<string, Fields> {
  if (!existsSync(databases)) throw new Error('no databases');
  const engine = openSqliteEngine(databases);
  try {
    const database = engine.open(name);
    if (!database) throw new Error('no such database');
    return new Map(rowsOf(database).map(({ id, body }) => [id, JSON.parse(body) as Fields]));
  } finally {
    engine.close();
  }
}

const rowsOf = (database: Database) =>
  database.list({
    ...{ from: '', to: '\u{10ffff}', includesEnd: true, descending: false },
    ...{ skip: 0, limit: Number.MAX_SAFE_INTEGER },
  }).rows;

function restrict(database: Database | undefined, bodies: ReadonlyMap<string, Fields>): number {
  if (!database) return 0;
  const edits = rowsOf(database).flatMap(({ id, rev, body }) => {
    const said = bodies.get(id);
    const restricted = said && withRestrictionsOf(JSON.parse(body) as Fields, [said]);
    return restricted ? [{ id, body: restricted, isDeleted: false, edit: { parent: rev } }] : [];
  });
  return database.write(edits).filter(({ ok }) => ok).length;
}
