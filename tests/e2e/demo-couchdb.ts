/** The demo year in the CouchDB that `COUCH_URL` names, in place of what an earlier test left there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { demoSite } from '../../src/lib/domain/demo-year/commons.ts';
import type { DemoYear } from '../../src/lib/domain/demo-year/generate.ts';
import { recordsDatabase } from '../../sync-server/accounts/records.ts';
import { CouchClient } from '../../sync-server/couchdb/client.ts';
import { migrate } from '../../sync-server/couchdb/migrate.ts';
import { loadDemoYear, setDemoAccounts } from '../../sync-server/demo-load.ts';
import { openSqliteEngine } from '../../sync-server/engine/sqlite/sqlite-engine.ts';

const names = z.array(z.string());
const feed = z.object({
  results: z.array(z.object({ id: z.string(), changes: z.array(z.object({ rev: z.string() })) })),
});

export async function demoYearInCouchdb(couchUrl: string, year: DemoYear, password: string): Promise<void> {
  const couch = new CouchClient(couchUrl);
  for (const name of z.parse(names, (await couch.ask('GET', '/_all_dbs')).json))
    if (name.startsWith(`${demoSite}-`) || name === recordsDatabase) await couch.ask('DELETE', `/${name}`);
  const accounts = new Set(year.accounts.map(({ name }) => `org.couchdb.user:${name}`));
  const known = z.parse(feed, (await couch.ask('GET', '/_users/_changes?style=all_docs')).json);
  const gone = known.results.filter(({ id }) => accounts.has(id));
  // Purged rather than deleted: a disabled account of an earlier test is no version of this one.
  if (gone.length)
    await couch.ask(
      'POST',
      '/_users/_purge',
      Object.fromEntries(gone.map(({ id, changes }) => [id, changes.map(({ rev }) => rev)])),
    );
  const folder = mkdtempSync(join(tmpdir(), 'presence-demo-'));
  const engine = openSqliteEngine(folder);
  try {
    loadDemoYear(engine, year);
    engine.create('_users');
    await setDemoAccounts(engine, year.accounts, password);
    await migrate({ engine, couch });
  } finally {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
