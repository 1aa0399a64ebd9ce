/**
 * Hands everything over to a CouchDB: every database with its `_security`, every leaf with its history and attachments,
 * the accounts with their passwords as they are stored. Broken off, it goes on where it stopped; at the end the CouchDB
 * is asked whether it holds every single revision.
 */
import * as z from 'zod/mini';
import type { Database, Engine, Row } from '../engine/engine.ts';
import { revisionText } from '../protocol/outgoing.ts';
import { leavesOf, readTree } from '../revisions/tree.ts';
import { CouchFailed, type CouchClient } from './client.ts';

const pageRows = 200;
const largestBatchBytes = 4 * 2 ** 20;
/** A cluster may answer before all its nodes know: it is asked again. */
const proofAttempts = 6;

const checkpointId = '_local/presence-migration';
const checkpoint = z.object({ _rev: z.string(), database: z.string(), seq: z.number() });
const resultRows = z.array(z.looseObject({ id: z.string(), error: z.optional(z.string()) }));
const missing = z.record(z.string(), z.object({ missing: z.array(z.string()) }));

export interface Migrated {
  readonly database: string;
  readonly documents: number;
  readonly revisions: number;
}

export interface MigrateOptions {
  readonly engine: Engine;
  readonly couch: CouchClient;
  /** How many changes were handed over, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Throws `CouchFailed`; what was handed over until then stays, and the next run goes on from there. */
export async function migrate({ engine, couch, onProgress }: MigrateOptions): Promise<Migrated[]> {
  const welcome = await couch.ask('GET', '/');
  if (welcome.status === 401)
    throw new CouchFailed(`${couch.address} refuses the name or the password.`, 401);
  const databases = engine.names().flatMap((name) => engine.open(name) ?? []);
  const total = databases.reduce(
    (sum, database) => sum + database.info().documents + database.info().deleted,
    0,
  );
  let done = 0;
  const migrated: Migrated[] = [];
  for (const database of databases) {
    await prepare(couch, database);
    const before = done;
    done += await handOver(couch, database, (count) => onProgress?.(before + count, total));
    onProgress?.(done, total);
  }
  for (const database of databases) migrated.push(await prove(couch, database));
  return migrated;
}

const pathOf = (database: Database) => `/${encodeURIComponent(database.name)}`;

async function prepare(couch: CouchClient, database: Database): Promise<void> {
  const created = await couch.ask('PUT', pathOf(database));
  if (![201, 202, 412].includes(created.status))
    throw new CouchFailed(`${database.name} cannot be made: ${created.status}.`, created.status);
  // A CouchDB keeps its own account database closed by itself.
  if (database.name === '_users') return;
  const closed = { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: ['_admin'] } };
  const security = database.security() ? database.rawSecurity() : closed;
  const set = await couch.ask('PUT', `${pathOf(database)}/_security`, security);
  if (set.status >= 300)
    throw new CouchFailed(`The rights of ${database.name} cannot be set: ${set.status}.`);
}

/** The text of every leaf of a row, with its history and its attachments. */
const leafTexts = (database: Database, row: Row): string[] =>
  leavesOf(readTree(row.tree, row)).flatMap(
    ({ rev }) => revisionText(database, row, rev, { revs: true, contents: { since: [] } }) ?? [],
  );

async function handOver(
  couch: CouchClient,
  database: Database,
  onProgress: (count: number) => void,
): Promise<number> {
  const path = `${pathOf(database)}/${checkpointId}`;
  const found = z.safeParse(checkpoint, (await couch.ask('GET', path)).json);
  let rev = found.success ? found.data._rev : undefined;
  let seq = found.success && found.data.database === database.uuid ? found.data.seq : 0;
  const { documents, deleted } = database.info();
  const total = documents + deleted;
  for (;;) {
    const rows = database.changes(seq, pageRows);
    onProgress(total - database.countAfter(seq));
    if (rows.length === 0) return total;
    let batch: string[] = [];
    let bytes = 0;
    const send = async () => {
      if (batch.length) await write(couch, database, batch);
      batch = [];
      bytes = 0;
    };
    for (const text of rows.flatMap((row) => leafTexts(database, row))) {
      if (bytes + text.length > largestBatchBytes) await send();
      batch.push(text);
      bytes += text.length;
    }
    await send();
    seq = rows.at(-1)?.seq ?? seq;
    const kept = await couch.ask('PUT', path, {
      ...(rev ? { _rev: rev } : {}),
      database: database.uuid,
      seq,
    });
    rev = (kept.json as { rev?: string }).rev;
  }
}

async function write(couch: CouchClient, database: Database, texts: readonly string[]): Promise<void> {
  const answer = await couch.ask(
    'POST',
    `${pathOf(database)}/_bulk_docs`,
    `{"new_edits":false,"docs":[${texts.join(',')}]}`,
  );
  const rows = z.safeParse(resultRows, answer.json);
  const refused = rows.success ? rows.data.find(({ error }) => error) : undefined;
  if (answer.status >= 300 || !rows.success || refused)
    throw new CouchFailed(
      `${database.name}: the CouchDB refuses a document (${refused?.error ?? answer.status}); nothing is lost here.`,
      answer.status,
    );
}

/** Asks for every leaf whether it is there. */
async function prove(couch: CouchClient, database: Database): Promise<Migrated> {
  let revisions = 0;
  let documents = 0;
  for (let seq = 0; ;) {
    const rows = database.changes(seq, pageRows);
    if (rows.length === 0) return { database: database.name, documents, revisions };
    seq = rows.at(-1)?.seq ?? seq;
    const asked = Object.fromEntries(
      rows.map((row) => [row.id, leavesOf(readTree(row.tree, row)).map(({ rev }) => rev)]),
    );
    await proveThese(couch, database, asked);
    documents += rows.length;
    revisions += Object.values(asked).flat().length;
  }
}

async function proveThese(
  couch: CouchClient,
  database: Database,
  asked: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await couch.ask('POST', `${pathOf(database)}/_revs_diff`, asked);
    const parsed = z.safeParse(missing, answer.json);
    const count = parsed.success ? Object.values(parsed.data).flatMap((one) => one.missing).length : -1;
    if (answer.status === 200 && count === 0) return;
    if (attempt === proofAttempts)
      throw new CouchFailed(`${database.name}: ${count} revisions are not in the CouchDB. Run it again.`);
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
  }
}
