/** What is printed, looked at: another program draws the pages, and the pictures are measured. */
import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { FileName } from './paper-page.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let server: Server;
let origin: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'presence-paper-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { global: 'globalThis' },
    resolve: { alias: { $lib: join(root, 'src/lib') } },
    build: {
      outDir: join(folder, 'page'),
      assetsInlineLimit: 0,
      target: 'es2022',
      rollupOptions: {
        input: join(import.meta.dirname, 'paper-page.ts'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    if (path === '/') {
      response.setHeader('content-type', 'text/html');
      return response.end(
        '<!doctype html><title>paper</title><script type="module" src="/page.js"></script>',
      );
    }
    const file = join(folder, 'page', path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'font/ttf');
    return response.end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Fewest lines between columns on a page with a table: one more than the columns. */
const lines: Record<FileName, number> = { meeting: 7, group: 12, certificate: 5, theme: 0 };

test('every page has its head, its code and its number; nothing stands in the margins, and no name reaches the next column', async ({
  page,
}) => {
  await page.goto(origin);
  await page.waitForFunction(() => 'pictures' in window);
  for (const name of Object.keys(lines) as FileName[]) {
    const seen = await page.evaluate((file) => window.pictures(file), name);
    expect(seen.length, name).toBeGreaterThan(0);
    for (const [at, one] of seen.entries()) {
      const where = `${name}, page ${at + 1}`;
      expect.soft(one.outside, `${where}: in the margins`).toBe(0);
      expect.soft(one.head, `${where}: head`).toBeGreaterThan(500);
      // A theme has neither code nor columns.
      if (name === 'theme') continue;
      expect.soft(one.number, `${where}: number`).toBeGreaterThan(40);
      expect.soft(one.code, `${where}: code`).toBeGreaterThan(0.2);
      expect.soft(one.code, `${where}: code`).toBeLessThan(0.8);
      expect.soft(one.across, `${where}: words at the lines`).toBe(0);
    }
    expect
      .soft(Math.max(...seen.map(({ rules }) => rules)), `${name}: columns`)
      .toBeGreaterThanOrEqual(lines[name]);
  }
});
