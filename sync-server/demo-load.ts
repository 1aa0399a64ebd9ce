/** The demo year, put into a server: databases with their members, documents, accounts. */
import { demoSite } from '../src/lib/domain/demo-year/commons.ts';
import type { DemoYear } from '../src/lib/domain/demo-year/generate.ts';
import { commonsDatabase, registryDatabase } from '../src/lib/domain/ids.ts';
import { hashPassword, isPassword, type StoredPassword } from './accounts/passwords.ts';
import { installRules } from './design/presence-design.ts';
import { parentIn, type Database, type Engine, type Incoming, type Security } from './engine/engine.ts';
import { commonsSecurity, registrySecurity, termSecurity } from './site-security.ts';

const batch = 1000;

/** Writes the year's documents, in place of what its databases held; answers how many. */
export function loadDemoYear(engine: Engine, { databases }: DemoYear): number {
  const shared: readonly string[] = [commonsDatabase(demoSite), registryDatabase(demoSite)];
  const terms = [...databases.keys()]
    .filter((name) => !shared.includes(name))
    .map((name) => name.slice(demoSite.length + 1));
  let written = 0;
  for (const [name, documents] of databases) {
    const database = emptyDatabase(engine, name);
    database.setSecurity(securityOf(name, terms));
    installRules(database);
    const incoming = documents.map(({ _id, ...body }): Incoming => {
      return { id: _id, body, isDeleted: false, edit: { parent: undefined } };
    });
    for (let at = 0; at < incoming.length; at += batch)
      written += database.write(incoming.slice(at, at + batch)).filter(({ ok }) => ok).length;
  }
  return written;
}

function emptyDatabase(engine: Engine, name: string): Database {
  engine.destroy(name);
  const created = engine.create(name);
  if (!created.ok) throw new Error(`${name} is there already`);
  return created.database;
}

function securityOf(database: string, terms: readonly string[]): Security {
  if (database === commonsDatabase(demoSite)) return commonsSecurity(demoSite, terms);
  if (database === registryDatabase(demoSite)) return registrySecurity(demoSite);
  return termSecurity(demoSite, database.slice(demoSite.length + 1));
}

/** Gives every demo account this password; an account that has it already stays signed in on its devices. */
export async function setDemoAccounts(
  engine: Engine,
  accounts: DemoYear['accounts'],
  password: string,
): Promise<void> {
  const users = engine.open('_users');
  const ready = await Promise.all(
    accounts.map(async ({ name, displayName, roles }): Promise<Incoming | undefined> => {
      const id = `org.couchdb.user:${name}`;
      const row = users?.row(id);
      const known = row && !row.isDeleted ? (JSON.parse(row.body) as StoredPassword) : undefined;
      if (known && (await isPassword(password, known))) return undefined;
      const body = { type: 'user', name, displayName, roles, ...(await hashPassword(password)) };
      return { id, body, isDeleted: false, edit: { parent: parentIn(row) } };
    }),
  );
  users?.write(ready.filter((incoming) => incoming !== undefined));
}
