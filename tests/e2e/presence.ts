/** Fixtures: the real server with the demo year, and phones with a line of their own each. */
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLine, type Line } from './line.ts';

const root = join(import.meta.dirname, '..', '..');

export class PresenceServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'presence-e2e-'));
  readonly #script: string;
  readonly #credentials: string;
  #process: ChildProcess | undefined;
  #port = 0;

  /** In front of the CouchDB that `COUCH_URL` names, where it does. @param isBare without the demo year */
  constructor({ isBare = false } = {}) {
    this.#script = isBare ? 'bare-server.ts' : 'demo-server.ts';
    const couch = process.env.COUCH_URL ? new URL(process.env.COUCH_URL) : undefined;
    this.#credentials = couch ? `${couch.username}:${couch.password}` : 'admin:admin-of-tests';
  }

  get dataDir(): string {
    return join(this.#folder, 'data');
  }

  get appDir(): string {
    return join(this.#folder, 'app');
  }

  get port(): number {
    return this.#port;
  }

  /** Starts, or starts again on the same data and the same port. */
  async start(): Promise<void> {
    const script = join(import.meta.dirname, this.#script);
    const node = join(root, 'node_modules', '.bin', 'node');
    const child = spawn(node, [script, this.dataDir, this.appDir, String(this.#port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    const origin = await new Promise<string>((tell, fail) => {
      let said = '';
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        const found = /listening (\S+)/.exec(said)?.[1];
        if (found) tell(found);
      });
      child.on('exit', (code) => fail(new Error(`the server ended with ${code}`)));
    });
    this.#port = Number(new URL(origin).port);
  }

  /** @param filled a folder of data to begin with */
  prepare(filled?: string): void {
    cpSync(join(root, 'build'), this.appDir, { recursive: true });
    if (filled) cpSync(filled, this.dataDir, { recursive: true });
  }

  /** Puts another version of the app on the server, as a deployment does. */
  async deploy(): Promise<void> {
    const worker = join(this.appDir, 'service-worker.js');
    writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n// another version\n`);
    await this.stop();
    await this.start();
  }

  /** Asks the protocol as the administrator: an independent witness of what has arrived. */
  async ask<T>(path: string): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/couch${path}`, {
      headers: { authorization: `Basic ${btoa(this.#credentials)}` },
    });
    return (await response.json()) as T;
  }

  /** Writes as the administrator, to the protocol or to the app's own service. */
  async send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(this.#credentials)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    child.removeAllListeners('exit');
    await new Promise((ended) => {
      child.once('exit', ended);
      child.kill('SIGKILL');
    });
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** One phone: a browser of its own and a line that can be cut. */
export interface Phone {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly line: Line;
  readonly origin: string;
  /** The network goes, for the page and for its service worker: once the app is kept, as on every later visit. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  signIn(name: string): Promise<void>;
}

export const test = base.extend<
  {
    /** A server without the demo year. */
    isBare: boolean;
    server: PresenceServer;
    phone: (viewport?: { width: number; height: number }) => Promise<Phone>;
  },
  {
    /** The data of a server that holds the demo year, written once for all tests; none in front of a CouchDB. */
    demoYear: string | undefined;
  }
>({
  demoYear: [
    async ({ browserName: _anyBrowser }, use) => {
      if (process.env.COUCH_URL) return use(undefined);
      const server = new PresenceServer();
      server.prepare();
      await server.start();
      await server.stop();
      await use(server.dataDir);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  isBare: [false, { option: true }],
  // One for each test: what one writes, no other finds.
  server: async ({ isBare, demoYear }, use) => {
    const server = new PresenceServer({ isBare });
    server.prepare(isBare ? undefined : demoYear);
    await server.start();
    await use(server);
    await server.remove();
  },
  phone: async ({ browser, server }, use) => {
    const phones: Phone[] = [];
    await use(async (viewport = { width: 390, height: 844 }) => {
      const line = await openLine(() => server.port);
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      let isCoordinator: boolean | undefined;
      const phone: Phone = {
        page,
        context,
        line,
        origin: line.origin,
        async goOffline() {
          await appKept(page, isCoordinator);
          line.cut();
          await context.setOffline(true);
        },
        async goOnline() {
          line.restore();
          await context.setOffline(false);
        },
        signIn(name) {
          isCoordinator = name === 'elise';
          return signIn(page, line.origin, name);
        },
      };
      phones.push(phone);
      return phone;
    });
    for (const { context, line } of phones) {
      await context.close();
      await line.close();
    }
  },
});

export { expect } from '@playwright/test';

export async function signIn(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill(name);
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page
    .getByText(/Bonjour|Semaine/)
    .first()
    .waitFor();
}

/** Waits until the app is kept for use without a network, as Réglages says it. */
export async function readyOffline(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/reglages`);
  await page.locator('[data-readiness="ready"]').waitFor();
}

/** Waits until the service worker keeps every file that this page's account needs, as the app itself asks it. */
const appKept = (page: Page, isCoordinator: boolean | undefined) =>
  page.evaluate(async (isDesk) => {
    const { active } = await navigator.serviceWorker.ready;
    for (;;) {
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<{ stored: number; total: number }>((tell) => {
        port1.onmessage = ({ data }: MessageEvent<{ stored: number; total: number }>) => tell(data);
      });
      active?.postMessage({ type: 'CHECK', isCoordinator: isDesk }, [port2]);
      const { stored, total } = await answer;
      if (stored === total) return;
    }
  }, isCoordinator);

/** What the pill of the page says, by its state. */
export const pill = (page: Page) => page.locator('button.pill');
