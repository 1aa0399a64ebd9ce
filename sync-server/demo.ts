/** `npm run demo`: the whole system on this machine, with the demo year. */
import { randomBytes } from 'node:crypto';
import { generateDemoYear, type DemoYear } from '../src/lib/domain/demo-year/generate.ts';
import { buildServer } from './app.ts';
import { prepareDemoFolder } from './demo-folder.ts';
import { loadDemoYear, setDemoAccounts } from './demo-load.ts';
import { readDemoOptions, type DemoOptions } from './options.ts';
import { appDir, refuseToStart, stopOnSignals, warnWithoutApp, whyNotStarted } from './program.ts';

const kinds = { volunteer: 'volunteer', host: 'conversation host', coordinator: 'coordinator' } as const;

const read = readDemoOptions(process.argv.slice(2));
if (read.ok) await start(read.options);
else if (read.code === 0) process.stdout.write(`${read.text}\n`);
else refuseToStart(read.text);

async function start(options: DemoOptions): Promise<void> {
  try {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
    const prepared = prepareDemoFolder(options.dataDir, today);
    if (!prepared.ok) refuseToStart(prepared.why);
    const server = await buildServer({
      dataDir: options.dataDir,
      appDir,
      admin: {
        name: options.adminUser,
        password: options.adminPassword ?? randomBytes(15).toString('base64url'),
      },
    });
    stopOnSignals(server);
    warnWithoutApp();
    const { isEmpty, markLoaded } = prepared.folder;
    const year = generateDemoYear({ seed: 'presence', today });
    if (isEmpty) loadDemoYear(server.engine, year);
    await setDemoAccounts(server.engine, year.accounts, options.demoPassword);
    markLoaded();
    announce(await server.listen(options), year.accounts, options.demoPassword);
  } catch (error) {
    const why = whyNotStarted(error, options);
    if (why === undefined) throw error;
    refuseToStart(why);
  }
}

function announce(listening: string, accounts: DemoYear['accounts'], password: string): void {
  const origin = listening.replace('//127.0.0.1:', '//localhost:');
  const rows = accounts.map(
    ({ name, displayName, kind }) => `  ${name.padEnd(8)}${displayName.padEnd(18)}${kinds[kind]}`,
  );
  process.stdout.write(
    `
Présence, with the demo year (invented people).

  App               ${origin}/
  CouchDB protocol  ${origin}/couch/

Accounts, all with the password ${password}
${rows.join('\n')}

Ctrl-C stops it.
`,
  );
}
