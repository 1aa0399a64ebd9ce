/** The large term on the real server, with the built app and a Chromium beside it, for the benches of screens. */
import { chromium, type Browser } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  commonsDatabase,
  registryDatabase,
  termDatabase,
  type SiteCode,
  type TermCode,
} from '../../src/lib/domain/ids.ts';
import { buildServer } from '../../sync-server/app.ts';
import { setDemoAccounts } from '../../sync-server/demo-load.ts';
import { installRules } from '../../sync-server/design/presence-design.ts';
import { commonsSecurity, registrySecurity, termSecurity } from '../../sync-server/site-security.ts';
import { largeTerm } from './large-term.ts';

const root = resolve(import.meta.dirname, '../..');

export interface LargeTermServer {
  readonly origin: string;
  readonly browser: Browser;
  /** The term's own database. */
  readonly termName: string;
  readonly documents: ReturnType<typeof largeTerm>;
  close(): Promise<void>;
}

/** The account `elise`, password `bienvenue`, coordinates; the administrator's password is `bench-password`. */
export async function openLargeTerm(): Promise<LargeTermServer> {
  const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));
  const server = await buildServer({
    dataDir: join(folder, 'data'),
    appDir: join(root, 'build'),
    admin: { name: 'admin', password: 'bench-password' },
    passwordIterations: 10,
  });
  const [site, code] = ['bench' as SiteCode, 's3-2026' as TermCode];
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
  const documents = largeTerm(today);
  for (const [name, security, all] of [
    [commonsDatabase(site), commonsSecurity(site, [code]), documents.commons],
    [registryDatabase(site), registrySecurity(site), documents.registry],
    [termDatabase(site, code), termSecurity(site, code), documents.term],
  ] as const) {
    const created = server.engine.create(name);
    if (!created.ok) throw new Error(`${name} is there already`);
    created.database.setSecurity(security);
    installRules(created.database);
    for (let at = 0; at < all.length; at += 1000)
      created.database.write(
        all
          .slice(at, at + 1000)
          .map(({ _id: id, ...body }) => ({ id, body, isDeleted: false, edit: { parent: undefined } })),
      );
  }
  const account = {
    name: 'elise' as never,
    displayName: 'Élise',
    roles: [`coordinator:${site}`],
    kind: 'coordinator' as const,
  };
  await setDemoAccounts(server.engine, [account], 'bienvenue');
  const listening = await server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  });
  return {
    origin: listening.replace('127.0.0.1', 'localhost'),
    browser,
    termName: termDatabase(site, code),
    documents,
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
