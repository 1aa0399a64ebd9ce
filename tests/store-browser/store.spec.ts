import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { Shelf } from './page.ts';

declare global {
  interface Window {
    shelf: Shelf;
  }
}

let folder: string;
let server: Server;
let origin: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'presence-store-'));
  await build({
    configFile: false,
    root: resolve(import.meta.dirname, '../..'),
    logLevel: 'error',
    define: { global: 'globalThis' },
    build: {
      outDir: join(folder, 'page'),
      target: 'es2022',
      rollupOptions: {
        input: join(import.meta.dirname, 'page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const script = readFileSync(join(folder, 'page', 'page.js'));
  server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const launch = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(join(folder, profile), {
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  });

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => 'shelf' in window);
  return page;
}

test('a commit is found by index and waits to be sent; two tabs see each other at once', async () => {
  const context = await launch('tabs');
  const [one, other] = [await openPage(context), await openPage(context)];
  for (const page of [one, other]) expect(await page.evaluate(() => window.shelf.open('term'))).toBe('ok');
  const seen = other.evaluate(() => window.shelf.sees(3));
  expect(await one.evaluate(() => window.shelf.mark(0, 3, 'present'))).toBe(3);
  await seen;
  expect(await other.evaluate(() => window.shelf.mark(2, 2, 'absent'))).toBe(2);
  expect(await one.evaluate(() => window.shelf.count())).toBe(4);
  expect(await one.evaluate(() => window.shelf.pending())).toBe(4);
  await context.close();
});

test('what was confirmed is there after the browser was killed', async () => {
  const context = await launch('killed');
  const page = await openPage(context);
  await page.evaluate(() => window.shelf.open('term'));
  expect(await page.evaluate(() => window.shelf.mark(0, 40, 'present'))).toBe(40);
  // All processes of this profile, at once, with no time to tidy up.
  const pids = execFileSync('pgrep', ['-f', join(folder, 'killed')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  for (const pid of pids) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Its parent's end took it along.
    }
  }
  await context.close().catch(() => undefined);
  const again = await launch('killed');
  const next = await openPage(again);
  await next.evaluate(() => window.shelf.open('term'));
  expect(await next.evaluate(() => window.shelf.count())).toBe(40);
  expect(await next.evaluate(() => window.shelf.pending())).toBe(40);
  await again.close();
});

test('the database of a newer app is refused and left as it is', async () => {
  const context = await launch('newer');
  const page = await openPage(context);
  await page.evaluate(() => window.shelf.makeNewer('term'));
  expect(await page.evaluate(() => window.shelf.open('term'))).toBe('newer');
  expect(await page.evaluate(() => window.shelf.countRaw('term'))).toBe(1);
  await context.close();
});

test('another tab that holds an older shape open is named as the reason', async () => {
  const context = await launch('blocked');
  const [one, other] = [await openPage(context), await openPage(context)];
  await one.evaluate(() => window.shelf.block('term'));
  expect(await other.evaluate(() => window.shelf.open('term'))).toBe('blocked');
  await one.close();
  expect(await other.evaluate(() => window.shelf.open('term'))).toBe('ok');
  await context.close();
});

test('a full device says so before anything is confirmed, and what was there stays readable', async () => {
  // The browser takes an order on quota for contexts without a profile only.
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  });
  const context = await browser.newContext();
  const page = await openPage(context);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  await page.evaluate(() => window.shelf.open('term'));
  expect(await page.evaluate(() => window.shelf.mark(0, 5, 'present'))).toBe(5);
  let confirmed = 5;
  let outcome: number | string = 0;
  for (let from = 100; from < 1000 && outcome !== 'quota'; from += 20) {
    outcome = await page.evaluate((at) => window.shelf.mark(at, 20, 'present', 50_000), from);
    if (typeof outcome === 'number') confirmed += outcome;
  }
  expect(outcome).toBe('quota');
  // What was confirmed is there and waits to be sent; what was refused is not.
  expect(await page.evaluate(() => window.shelf.count())).toBe(confirmed);
  expect(await page.evaluate(() => window.shelf.pending())).toBe(confirmed);
  await browser.close();
});

test('PouchDB lives on the adapter: revisions, conflicts, lists, closing and destroying', async () => {
  const context = await launch('pouch');
  const page = await openPage(context);
  expect(await page.evaluate(() => window.shelf.pouch('pouch'))).toEqual({
    conflict: 409,
    n: 3,
    conflicts: [expect.stringMatching(/^2-/)],
    old: 1,
    rows: 1,
    seq: 3,
    kept: 3,
    left: 0,
  });
  await context.close();
});
