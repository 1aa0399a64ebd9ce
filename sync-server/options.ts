/** What can be set when a program of the server starts: by flag or by environment variable, checked at once. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

interface ServerToRun extends Address {
  readonly dataDir: string;
  readonly adminUser: string;
  readonly adminPassword?: string | undefined;
}

export interface StartOptions extends ServerToRun {
  readonly trustedProxies: number;
  /** A CouchDB in which everything lives; without it everything lives in the data folder. */
  readonly couchdb?: string;
  readonly couchdbSecret?: string;
}

export interface DemoOptions extends ServerToRun {
  readonly demoPassword: string;
}

/** `exit`: nothing is to be started; the text was asked for (code 0) or says what is wrong (code 2). */
export type ReadOptions<Options> = { ok: true; options: Options } | { ok: false; code: 0 | 2; text: string };

const defaultPort = 8014;
const shortestDemoPassword = 4;

export function wholeNumber(text: string, lowest: number, highest: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= lowest && value <= highest))
    throw new InvalidArgumentError(`It is a whole number from ${lowest} to ${highest}.`);
  return value;
}

const text = (value: string): string => {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
};

function accountName(value: string): string {
  if (!/^[^\s:_][^\s:]{0,99}$/.test(value))
    throw new InvalidArgumentError('It is a word without `:` that does not begin with `_`.');
  return value;
}

function demoPassword(value: string): string {
  if (value.length < shortestDemoPassword)
    throw new InvalidArgumentError(`It has at least ${shortestDemoPassword} characters.`);
  return value;
}

export const folder = (value: string) => resolve(text(value));

const addressOptions = () => [
  new Option('--port <number>', 'port to listen on; 0 takes a free one')
    .env('PORT')
    .default(defaultPort)
    .argParser((value) => wholeNumber(value, 0, 65_535)),
  new Option('--host <name>', 'name or address to listen on; 0.0.0.0 is every network of this machine')
    .env('HOST')
    .default('127.0.0.1', 'this machine alone, 127.0.0.1')
    .argParser(text),
];

const administratorOptions = (otherwise: string) => [
  new Option('--admin-user <name>', 'name of the administrator')
    .env('ADMIN_USER')
    .default('admin')
    .argParser(accountName),
  new Option(
    '--admin-password <password>',
    `password of the administrator, kept hashed (default: ${otherwise})`,
  )
    .env('ADMIN_PASSWORD')
    .argParser(text),
];

/** The address of a CouchDB with an administrator's name and password, which no message repeats. */
export const couchOption = (flags: string, says: string) =>
  new Option(flags, says).env('COUCHDB_URL').argParser((value) => {
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol) || !new URL(value).username)
      throw new InvalidArgumentError('It is http://name:password@host:port.');
    return value;
  });

/** Where a server's data are. */
export const dataDirOption = (says: string) =>
  new Option('--data-dir <folder>', says)
    .env('DATA_DIR')
    .default(resolve('data/presence'), 'data/presence')
    .argParser(folder);

/** Reads the options of `npm start`. */
export function readStartOptions(args: readonly string[]): ReadOptions<StartOptions> {
  return read(args, 'npm start --', 'Starts Présence: the app, and the server that the phones sync with.', [
    ...addressOptions(),
    dataDirOption('folder of the databases, made when missing'),
    ...administratorOptions('the one set before; at the first start a random one, printed once'),
    new Option(
      '--trusted-proxies <number>',
      'how many reverse proxies stand in front; their word on address and TLS is believed',
    )
      .env('TRUSTED_PROXIES')
      .default(0)
      .argParser((value) => wholeNumber(value, 0, 20)),
    couchOption(
      '--couchdb <url>',
      'CouchDB in which databases and accounts live: http://name:password@host:5984',
    ),
    new Option('--couchdb-secret <password>', 'its [chttpd_auth] secret (default: it is asked for it)')
      .env('COUCHDB_SECRET')
      .argParser(text),
  ]);
}

/** Reads the options of `npm run demo`. */
export function readDemoOptions(args: readonly string[]): ReadOptions<DemoOptions> {
  return read(args, 'npm run demo --', 'Starts Présence on this machine with the demo year.', [
    ...addressOptions(),
    new Option('--data-dir <folder>', 'folder of the demo, made again every day')
      .env('DEMO_DATA_DIR')
      .default(resolve('data/demo'), 'data/demo')
      .argParser(folder),
    new Option('--demo-password <password>', 'password of every demo account')
      .env('DEMO_PASSWORD')
      .default('bienvenue')
      .argParser(demoPassword),
    ...administratorOptions('a random one, shown to nobody'),
  ]);
}

/** Reads options as commander does, but never ends the program. */
export function read<Options>(
  args: readonly string[],
  usage: string,
  description: string,
  options: readonly Option[],
): ReadOptions<Options> {
  const said: string[] = [];
  const program = new Command(usage)
    .description(description)
    .usage('[options]')
    .helpOption('--help', 'show this')
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (line) => said.push(line),
      writeErr: (line) => said.push(line),
      getOutHelpWidth: () => 100,
    });
  for (const option of options) program.addOption(option);
  try {
    program.parse([...args], { from: 'user' });
    return { ok: true, options: program.opts() as Options };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // A password given wrongly must not come back in a log.
    const shown = said.join('').replace(/((?:password|url)>' (?:argument|value)) '[^]*?' (is|from)/, '$1 $2');
    return error.exitCode === 0
      ? { ok: false, code: 0, text: shown.trimEnd() }
      : {
          ok: false,
          code: 2,
          text: shown
            .replace(/^error: /, '')
            .replaceAll(/\s*\n\s*/g, ' ')
            .trim(),
        };
  }
}
