/** The options of the commands that keep what the server holds. */
import { Option } from 'commander';
import { couchOption, dataDirOption, folder, read, wholeNumber, type ReadOptions } from '../options.ts';

export type KeepOptions =
  | { task: 'backup'; dataDir: string; to: string; keep?: number }
  | { task: 'restore'; dataDir: string; from: string; replace: boolean }
  | { task: 'check'; dataDir: string }
  | { task: 'compact'; dataDir: string }
  | { task: 'couchdb'; dataDir: string; to: string };

type Task = KeepOptions['task'];

const about: Record<Task, string> = {
  backup: 'Copies everything the server keeps, while it runs, into a folder of its own.',
  restore: 'Puts a backup back. The server must be stopped.',
  check: 'Reads every database and says whether it is whole. The server may run.',
  couchdb:
    'migrate: hands everything over to a CouchDB, accounts included; broken off, it goes on where it stopped. The server must be stopped.',
  compact: 'Drops the bodies of versions that were replaced. The server must be stopped.',
};

const optionsOf: Record<Task, () => Option[]> = {
  backup: () => [
    new Option('--to <folder>', 'where backups stand, each in a folder of its own')
      .env('BACKUP_DIR')
      .makeOptionMandatory()
      .argParser(folder),
    new Option('--keep <number>', 'how many backups stay there: older ones are removed').argParser((value) =>
      wholeNumber(value, 1, 10_000),
    ),
  ],
  restore: () => [
    new Option('--from <folder>', 'the backup: a folder that `npm run backup` made')
      .makeOptionMandatory()
      .argParser(folder),
    new Option('--replace', 'move aside what is in the data folder').default(false),
  ],
  check: () => [],
  compact: () => [],
  couchdb: () => [
    couchOption('--to <url>', 'the CouchDB: http://name:password@host:5984').makeOptionMandatory(),
  ],
};

/** Reads `backup --to …`: the task first, then its options. */
export function readKeepOptions(args: readonly string[]): ReadOptions<KeepOptions> {
  const [task, ...rest] = args;
  if (task === undefined || !Object.hasOwn(about, task))
    return { ok: false, code: 2, text: `The task is one of: ${Object.keys(about).join(', ')}.` };
  const known = task as Task;
  if (known === 'couchdb' && rest.shift() !== 'migrate')
    return { ok: false, code: 2, text: 'The task is: couchdb migrate.' };
  const command = known === 'couchdb' ? 'couchdb -- migrate' : `${known} --`;
  const result = read<Record<string, unknown>>(rest, `npm run ${command}`, about[known], [
    ...optionsOf[known](),
    dataDirOption('folder of the server’s data'),
  ]);
  return result.ok ? { ok: true, options: { ...result.options, task: known } as KeepOptions } : result;
}
