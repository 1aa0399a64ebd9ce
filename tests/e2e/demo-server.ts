/**
 * The demo year as a program for the browser tests: `node demo-server.ts DATA_DIR APP_DIR PORT`; in front of a CouchDB
 * where `COUCH_URL` names one. Says when it listens.
 */
import { existsSync } from 'node:fs';
import { buildGateway, buildServer } from '../../sync-server/app.ts';
import { generateDemoYear } from '../../src/lib/domain/demo-year/generate.ts';
import { loadDemoYear, setDemoAccounts } from '../../sync-server/demo-load.ts';
import { demoYearInCouchdb } from './demo-couchdb.ts';

const [dataDir = '', appDir = '', port = '0'] = process.argv.slice(2);
const couchUrl = process.env.COUCH_URL;
const password = 'bienvenue';
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
const isNew = !existsSync(dataDir);
const year = generateDemoYear({ seed: 'presence', today });

async function embedded() {
  const server = await buildServer({
    dataDir,
    appDir,
    admin: { name: 'admin', password: 'admin-of-tests' },
    passwordIterations: 1000,
  });
  if (isNew) loadDemoYear(server.engine, year);
  await setDemoAccounts(server.engine, year.accounts, password);
  return server;
}

async function inFrontOf(couch: string) {
  if (isNew) await demoYearInCouchdb(couch, year, password);
  return buildGateway({ dataDir, appDir, couchUrl: couch });
}

const server = couchUrl ? await inFrontOf(couchUrl) : await embedded();
process.stdout.write(`listening ${await server.listen({ host: '127.0.0.1', port: Number(port) })}\n`);
