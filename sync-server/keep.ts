/** `npm run backup`, `restore`, `check`, `compact`: keeping what the server holds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { carryRestrictions } from './accounts/carry-restrictions.ts';
import { CouchClient, CouchFailed } from './couchdb/client.ts';
import { migrate } from './couchdb/migrate.ts';
import { openSqliteEngine } from './engine/sqlite/sqlite-engine.ts';
import { readKeepOptions, type KeepOptions } from './keeping/options.ts';
import { backUp } from './keeping/backup.ts';
import { checkFolder } from './keeping/check.ts';
import { compactFolder } from './keeping/compact.ts';
import { bar } from './keeping/progress.ts';
import { restore } from './keeping/restore.ts';
import { refuseToStart, whyNotStarted } from './program.ts';

const read = readKeepOptions(process.argv.slice(2));
if (read.ok) await run(read.options);
else if (read.code === 0) process.stdout.write(`${read.text}\n`);
else refuseToStart(read.text);

async function run(options: KeepOptions): Promise<void> {
  try {
    const said = await keep(options);
    process.stdout.write(`${said}\n`);
  } catch (error) {
    if (error instanceof CouchFailed) refuseToStart(error.message);
    const why = whyNotStarted(error, { host: '', port: 0, dataDir: options.dataDir });
    if (why === undefined) throw error;
    refuseToStart(why);
  }
}

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

function keep(options: KeepOptions): string | Promise<string> {
  const { dataDir } = options;
  switch (options.task) {
    case 'backup': {
      const made = backUp({ ...options, now: new Date(), onProgress: bar('Backup') });
      if (made.ok) return `Backup of ${made.databases} databases: ${made.folder}`;
      return refuseToStart(
        made.why === 'no data'
          ? `The folder ${dataDir} holds no data of a Présence server: see --data-dir.`
          : `There is not enough room in ${options.to}: nothing was written.`,
      );
    }
    case 'restore': {
      const put = restore({ ...options, now: new Date(), carryOver: carryRestrictions });
      if (put.ok)
        return [
          `${put.databases} databases are back in ${dataDir}.`,
          ...(put.aside ? [`What was there before stands in ${put.aside}.`] : []),
          put.takenBack === undefined
            ? 'Access that was taken back since the backup is open again: review the team.'
            : `Access that was taken back since the backup stays closed (${put.takenBack}). Roles, passwords and accounts that were deleted since are those of the backup: review the team.`,
          'Start the server: every phone compares what it holds and sends again what came after the backup.',
        ].join('\n');
      if (put.why === 'damaged')
        return refuseToStart(`The backup is damaged, nothing was changed:\n${put.problems.join('\n')}`);
      return refuseToStart(
        put.why === 'no backup'
          ? `The folder ${options.from} is no backup: see --from.`
          : `The data folder ${dataDir} is not empty: --replace moves aside what is there.`,
      );
    }
    case 'check':
      return check(options.dataDir);
    case 'couchdb':
      return handOver(options);
    case 'compact': {
      const { before, after } = compactFolder(dataDir, bar('Compact'));
      return `Compacted: ${megabytes(before)} before, ${megabytes(after)} after.`;
    }
  }
}

async function handOver({ dataDir, to }: Extract<KeepOptions, { task: 'couchdb' }>): Promise<string> {
  if (!existsSync(join(dataDir, 'databases')))
    return refuseToStart(`The folder ${dataDir} holds no data of a Présence server: see --data-dir.`);
  const engine = openSqliteEngine(join(dataDir, 'databases'));
  const couch = new CouchClient(to);
  try {
    const migrated = await migrate({ engine, couch, onProgress: bar('Migration') });
    return [
      ...migrated.map(
        ({ database, documents, revisions }) =>
          `✓ ${database}: ${documents} documents, ${revisions} versions, all there`,
      ),
      `Everything is in ${couch.address}. Phones compare all they hold with it at their next contact.`,
    ].join('\n');
  } finally {
    engine.close();
  }
}

function check(dataDir: string): string {
  if (!existsSync(join(dataDir, 'databases')))
    return refuseToStart(`The folder ${dataDir} holds no data of a Présence server: see --data-dir.`);
  const checked = checkFolder(dataDir, bar('Check'));
  const lines = checked.map(({ database, documents, deleted, revisions, problems }) =>
    [
      `${problems.length ? '✗' : '✓'} ${database}: ${documents} documents, ${deleted} deleted, ${revisions} versions`,
      ...problems.map((problem) => `    ${problem}`),
    ].join('\n'),
  );
  const wrong = checked.filter(({ problems }) => problems.length).length;
  if (wrong) process.exitCode = 1;
  return [
    ...lines,
    wrong
      ? `${wrong} of ${checked.length} databases are damaged.`
      : `All ${checked.length} databases are whole.`,
  ].join('\n');
}
