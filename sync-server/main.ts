/** `npm start`: the real server. */
import { randomBytes } from 'node:crypto';
import { buildGateway, buildServer } from './app.ts';
import { CouchFailed } from './couchdb/client.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { appDir, refuseToStart, stopOnSignals, warnWithoutApp, whyNotStarted } from './program.ts';
import { readSettings } from './server-settings.ts';

const read = readStartOptions(process.argv.slice(2));
if (read.ok) await start(read.options);
else if (read.code === 0) process.stdout.write(`${read.text}\n`);
else refuseToStart(read.text);

async function start(options: StartOptions): Promise<void> {
  try {
    if (options.couchdb !== undefined) return await startGateway(options, options.couchdb);
    const admin = administratorOf(options);
    const server = await buildServer({
      dataDir: options.dataDir,
      appDir,
      admin: admin && { name: options.adminUser, password: admin.password },
      trustedProxies: options.trustedProxies,
      logger: true,
    });
    stopOnSignals(server);
    warnWithoutApp();
    // Said before anything else can go wrong: it is not kept in a readable form anywhere.
    if (admin?.isRandom)
      process.stdout.write(
        `Administrator: ${options.adminUser}\nPassword, shown this once: ${admin.password}\n`,
      );
    const origin = await server.listen(options);
    process.stdout.write(
      `Présence listens on ${origin}/ (CouchDB protocol: ${origin}/couch/). Ctrl-C stops it.\n`,
    );
  } catch (error) {
    if (error instanceof CouchFailed) refuseToStart(error.message);
    const why = whyNotStarted(error, options);
    if (why === undefined) throw error;
    refuseToStart(why);
  }
}

/** In front of a CouchDB, whose own administrators and accounts stand. */
async function startGateway(options: StartOptions, couchUrl: string): Promise<void> {
  const { dataDir, trustedProxies, couchdbSecret } = options;
  const gateway = await buildGateway({
    dataDir,
    appDir,
    trustedProxies,
    couchUrl,
    couchSecret: couchdbSecret,
    logger: true,
  });
  stopOnSignals(gateway);
  warnWithoutApp();
  const origin = await gateway.listen(options);
  process.stdout.write(
    `Présence listens on ${origin}/ (CouchDB protocol: ${origin}/couch/) before a CouchDB. Ctrl-C stops it.\n`,
  );
}

/** The password to set: the one given; at the very first start a random one; else the one of before stays. */
function administratorOf({ dataDir, adminUser, adminPassword }: StartOptions) {
  if (adminPassword !== undefined) return { password: adminPassword, isRandom: false };
  if (Object.hasOwn(readSettings(dataDir).admins, adminUser)) return undefined;
  return { password: randomBytes(15).toString('base64url'), isRandom: true };
}
