/** A server as a program: what it says when it cannot start, and how it ends. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PresenceServer } from './app.ts';
import type { Address } from './options.ts';

/** The app as `npm run build` leaves it. */
export const appDir = join(import.meta.dirname, '..', 'build');

/** Says so when there is no app to serve yet: the protocol is served all the same. */
export function warnWithoutApp(): void {
  if (!existsSync(join(appDir, 'index.html')))
    process.stderr.write('The app is not built yet: npm run build. Only the CouchDB protocol is served.\n');
}

/** Why a server could not start, in one line; `undefined` for what is a bug of ours. */
export function whyNotStarted(error: unknown, at: Address & { dataDir: string }): string | undefined {
  const { code, errcode } = error as { code?: string; errcode?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${at.port} is in use by another program: stop it, or choose another with --port or PORT.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return `The host ${at.host} is not an address of this machine: see --host or HOST.`;
    case 'PRESENCE_IN_USE':
      return `The data folder ${at.dataDir} is in use by another Présence server.`;
    case 'PRESENCE_SETTINGS':
      return `The file server.json in the data folder ${at.dataDir} cannot be read; put it back from a backup.`;
    case 'EACCES':
    case 'EPERM':
      return (error as { syscall?: string }).syscall === 'listen'
        ? `Port ${at.port} may not be used by this user: choose one above 1023 with --port or PORT.`
        : cannotWrite(at.dataDir);
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
    case 'EROFS':
    case 'ENOSPC':
    case 'ENAMETOOLONG':
      return cannotWrite(at.dataDir);
    default:
      // SQLite's codes: read-only, cannot open, full.
      return [8, 13, 14].includes((errcode ?? 0) & 255) ? cannotWrite(at.dataDir) : undefined;
  }
}

const cannotWrite = (dataDir: string) => `The data folder ${dataDir} cannot be written: see --data-dir.`;

/** Says on stderr why nothing was started, and ends with exit code 2. */
export function refuseToStart(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

/** Ends what runs when the program is asked to stop: feeds end, files are closed, exit code 0. */
export function stopOnSignals(server: Pick<PresenceServer, 'close'>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // Ctrl-C reaches a program and its starter, who hands it on: the second one says nothing new.
      if (isStopping) return;
      isStopping = true;
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
}
