import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { designBody, designId } from '../../sync-server/design/presence-design.ts';
import { buildServer, type PresenceServer } from '../../sync-server/app.ts';
import { markRestored } from '../../sync-server/server-settings.ts';
import { AdminClient } from './admin-client.ts';

export const site = 'paris13';
export const term = 's3-2023';
export const commons = `${site}-commons`;
export const termBase = `${site}-${term}`;
export const registry = `${site}-registry`;
/** Small, so that an oversize document stays small in tests. */
export const documentBytes = 64 * 1024;

const admin = { name: 'admin', password: 'admin-password' };

/** The real server, on a folder of its own. */
export interface TestServer {
  /** `http://127.0.0.1:…`; changes with a restart. */
  origin(): string;
  readonly admin: AdminClient;
  readonly dataDir: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Keeps a copy of the data; the server must be stopped. */
  backUp(): string;
  /** Puts a copy back, as an administrator would; the server must be stopped. */
  restore(copy: string, options?: { isMarked?: boolean }): void;
  /** Stops for good and removes the data. */
  dispose(): Promise<void>;
}

/** Databases, their members, and accounts for `phones`: volunteers of the term; `coco` and `cleo` coordinate. */
async function furnish(client: AdminClient, volunteers: readonly string[]): Promise<void> {
  const isMember = { roles: [`coordinator:${site}`, `volunteer:${site}:${term}`] };
  for (const name of [commons, termBase]) {
    await client.put(name, undefined);
    await client.put(`${name}/_security`, { admins: { roles: ['_admin'] }, members: isMember });
    await client.put(`${name}/${designId}`, designBody);
  }
  await client.put(registry, undefined);
  await client.put(`${registry}/_security`, {
    admins: { roles: ['_admin'] },
    members: { roles: [`coordinator:${site}`] },
  });
  await client.put(`${registry}/${designId}`, designBody);
  const accounts = [
    ...volunteers.map((name) => ({ name, roles: [`volunteer:${site}:${term}`] })),
    ...['coco', 'cleo'].map((name) => ({ name, roles: [`coordinator:${site}`] })),
  ];
  for (const { name, roles } of accounts)
    await client.put(`_users/org.couchdb.user:${name}`, {
      name,
      roles,
      type: 'user',
      password: `${name}-password`,
    });
  await client.put(`${commons}/site:${site}`, {
    type: 'site',
    v: 1,
    at: '2026-11-01T08:00:00.000Z',
    by: 'admin',
    device: 'desk',
    site,
    name: 'Paris 13',
    timezone: 'Europe/Paris',
    publicHolidays: 'FR',
    nameDisplay: 'first',
    languages: ['fr'],
    terms: [{ term, label: 'S3.23', start: '2026-10-05', end: '2026-12-13', state: 'open' }],
  });
}

/** Without the place it last lay at, a folder put back is not recognised as a copy: the devices have to notice. */
function forgetPlace(dataDir: string): void {
  const path = join(dataDir, 'server.json');
  const { place: _place, ...settings } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(settings));
}

function copies(dataDir: string) {
  return {
    backUp() {
      const copy = `${dataDir}.copy`;
      rmSync(copy, { recursive: true, force: true });
      cpSync(dataDir, copy, { recursive: true });
      return copy;
    },
    restore(copy: string, { isMarked = true } = {}) {
      rmSync(dataDir, { recursive: true, force: true });
      cpSync(copy, dataDir, { recursive: true });
      if (isMarked) markRestored(dataDir);
      else forgetPlace(dataDir);
    },
    remove() {
      for (const folder of [dataDir, `${dataDir}.copy`]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server in this process: quick to start, stops cleanly. */
export async function openTestServer(volunteers = ['maia', 'noor', 'sami']): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'presence-sync-'));
  const folder = copies(dataDir);
  let server: PresenceServer | undefined;
  let origin = '';
  const opened: TestServer = {
    origin: () => origin,
    dataDir,
    admin: new AdminClient(() => origin, admin),
    async stop() {
      await server?.close();
      server = undefined;
    },
    async start() {
      server = await buildServer({ dataDir, admin, passwordIterations: 10, documentBytes });
      origin = await server.listen({ host: '127.0.0.1', port: 0 });
    },
    ...folder,
    async dispose() {
      await opened.stop();
      folder.remove();
    },
  };
  await opened.start();
  await furnish(opened.admin, volunteers);
  return opened;
}

/** The server as a process of its own, that `stop` kills without a warning. */
export async function openKillableServer(volunteers = ['maia']): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'presence-kill-'));
  const folder = copies(dataDir);
  let child: ChildProcess | undefined;
  let origin = '';
  const opened: TestServer = {
    origin: () => origin,
    dataDir,
    admin: new AdminClient(() => origin, admin),
    async stop() {
      const running = child;
      child = undefined;
      if (!running || running.exitCode !== null) return;
      const gone = new Promise((end) => running.once('exit', end));
      running.kill('SIGKILL');
      await gone;
    },
    async start() {
      const program = join(import.meta.dirname, 'server-process.ts');
      const started = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
      child = started;
      origin = await new Promise<string>((ready, fail) => {
        started.stdout.on('data', (text: Buffer) => ready(text.toString().trim()));
        started.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
      });
    },
    ...folder,
    async dispose() {
      await opened.stop();
      folder.remove();
    },
  };
  await opened.start();
  await furnish(opened.admin, volunteers);
  return opened;
}
