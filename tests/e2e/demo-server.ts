/** The demo year as a program for the browser tests: `node demo-server.ts DATA_DIR APP_DIR PORT`. Says when it listens. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer } from '../../sync-server/app.ts';
import { generateDemoYear } from '../../src/lib/domain/demo-year/generate.ts';
import { loadDemoYear, setDemoAccounts } from '../../sync-server/demo-load.ts';

const [dataDir = '', appDir = '', port = '0'] = process.argv.slice(2);
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
const isNew = !existsSync(join(dataDir, 'databases', 'paris13-commons.sqlite'));
const server = await buildServer({
  dataDir,
  appDir,
  admin: { name: 'admin', password: 'admin-of-tests' },
  passwordIterations: 1000,
});
const year = generateDemoYear({ seed: 'presence', today });
if (isNew) loadDemoYear(server.engine, year);
await setDemoAccounts(server.engine, year.accounts, 'bienvenue');
process.stdout.write(`listening ${await server.listen({ host: '127.0.0.1', port: Number(port) })}\n`);
