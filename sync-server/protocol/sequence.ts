/** Update sequences on the wire: `{number}-{database}`, opaque to clients. */
import type { Database } from '../engine/engine.ts';
import { badRequest } from '../http/http-error.ts';

const markOf = (database: Database) => database.uuid.slice(0, 12);

export const sequenceText = (database: Database, seq: number) => `${seq}-${markOf(database)}`;

/**
 * Where a feed begins. A sequence of another database of that name, or one that this database has not reached (it was
 * restored from an older backup), begins at the start: the client sees everything again and loses nothing.
 */
export function parseSince(database: Database, text: string | undefined, lastSeq: number): number {
  if (text === undefined || text === '0') return 0;
  if (text === 'now') return lastSeq;
  const match = /^"?(\d{1,15})(?:-([^"]*))?"?$/.exec(text);
  if (!match) throw badRequest("Malformed sequence supplied in 'since' parameter.");
  const seq = Number(match[1]);
  const isOurs = match[2] === undefined || match[2] === markOf(database);
  return isOurs && seq <= lastSeq ? seq : 0;
}
