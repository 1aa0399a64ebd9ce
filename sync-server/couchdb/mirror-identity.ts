/** Whether a copy is one of the database that is asked: another CouchDB may stand at the address by now. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Database } from '../engine/engine.ts';
import { CouchFailed, type CouchClient } from './client.ts';

/** Never replicated: a copy of the database in another CouchDB gets its own. */
const remoteNote = '_local/presence-mirror';
const localNote = '_local/mirror-of';

const stored = z.object({ identity: z.string() });

/** Answers true for a new copy as well, which from then on is one of that database. Throws `CouchFailed`. */
export async function isSameCouch(couch: CouchClient, copy: Database): Promise<boolean> {
  const identity = await identityOf(couch, copy.name);
  const known = z.safeParse(stored, copy.localDocument(localNote)?.body);
  if (known.success) return known.data.identity === identity;
  const { documents, deleted } = copy.info();
  if (documents + deleted > 0) return false;
  copy.putLocalDocument(localNote, '0-1', { identity });
  return true;
}

async function identityOf(couch: CouchClient, name: string): Promise<string> {
  const path = `/${name}/${remoteNote}`;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const found = z.safeParse(stored, (await couch.ask('GET', path)).json);
    if (found.success) return found.data.identity;
    // Somebody else may write it at the same moment: it is read again.
    await couch.ask('PUT', path, { identity: randomUUID() });
  }
  throw new CouchFailed(`${couch.address} keeps nothing in ${name}.`);
}
