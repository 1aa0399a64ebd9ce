/** The design document of Présence: the rules, put into a site's databases and kept current. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentIn, type Body, type Database, type Engine } from '../engine/engine.ts';

export const designId = '_design/presence';

/** The rules as every CouchDB takes them: with QuickJS it knows nothing but `function (` from the first letter on. */
const rules = readFileSync(join(import.meta.dirname, 'presence-rules.js'), 'utf8')
  .replace(/^\/\*.*?\*\/\s*function \w+/s, 'function ')
  .trim();

/** What stands in `_design/presence`, here and on a CouchDB. */
export const designBody: Body = { language: 'javascript', validate_doc_update: rules };

/** Puts the rules into a database, or brings them up to date. */
export function installRules(database: Database): void {
  const row = database.row(designId);
  if (row && !row.isDeleted && row.body === JSON.stringify(designBody)) return;
  database.write([{ id: designId, body: designBody, isDeleted: false, edit: { parent: parentIn(row) } }]);
}

/** Brings the rules up to date in every database that has them: this program may be newer than they are. */
export function keepRulesCurrent(engine: Engine): void {
  for (const name of engine.names()) {
    const database = engine.open(name);
    const row = database?.row(designId);
    if (database && row && !row.isDeleted) installRules(database);
  }
}
