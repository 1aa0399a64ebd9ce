/** Every figure of five years of ten sites, and of one term, counted in a worker of Chromium. */
import { chromium } from '@playwright/test';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import type { FiguresTimes } from './indicators/figures.worker.ts';

const aims = { all: 2000, oneTerm: 50 };
const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));

await build({
  configFile: false,
  root: resolve(import.meta.dirname, '../..'),
  logLevel: 'error',
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: 'worker.js' } } },
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      input: join(import.meta.dirname, 'indicators/page.ts'),
      output: { entryFileNames: 'page.js' },
    },
  },
});
writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>');

const server = createServer((request, response) => {
  const name = basename(request.url ?? '/') || 'index.html';
  response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html');
  createReadStream(join(folder, name))
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
});
await new Promise<void>((tell) => server.listen(0, '127.0.0.1', tell));
const { port } = server.address() as AddressInfo;

const browser = await chromium.launch({
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
});

function tell(what: string, times: readonly number[], aim: number): void {
  const sorted = times.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  process.stdout.write(
    `${what}: ${median.toFixed(0)} ms median, ${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms, ` +
      `the first time ${times[0]?.toFixed(0)} ms (aim: ${aim} ms, ratio ${(median / aim).toFixed(2)})\n`,
  );
}

try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => 'figures' in globalThis);
  const times = await page.evaluate(() =>
    (globalThis as unknown as { figures: () => Promise<FiguresTimes> }).figures(),
  );
  const { documents, marks, terms, inscriptions, all, oneTerm, copied } = times;
  process.stdout.write(
    `ten sites, five years: ${terms} terms, ${documents} documents, ${marks} marks, ${inscriptions} inscriptions\n`,
  );
  tell('every figure of all of them', all, aims.all);
  tell('every figure of one term', oneTerm, aims.oneTerm);
  process.stdout.write(`the report handed to the page: ${copied.toFixed(0)} ms\n`);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
