/** Every figure of five years of ten sites, and of one term, counted in a worker of Chromium. */
import { chromium } from '@playwright/test';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import type { Made, Step } from './indicators/figures.worker.ts';
import { workerThreadMs } from './worker-thread.ts';

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

const program = await chromium.launchServer({
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
});
const browser = await chromium.connect(program.wsEndpoint());

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
  const ask = (step: Step) =>
    page.evaluate(
      (asked) =>
        (globalThis as unknown as { figures: (step: string) => Promise<Made | number> }).figures(asked),
      step,
    );
  const { documents, marks, terms } = (await ask('make')) as Made;
  process.stdout.write(
    `ten sites, five years: ${terms} terms, ${documents} documents, ${marks} marks; load of the machine ` +
      `${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors\n`,
  );
  const { pid } = program.process();
  for (const [step, what, rounds] of [
    ['all', 'every figure of all of them', 5],
    ['oneTerm', 'every figure of one term', 20],
  ] as const) {
    const times: number[] = [];
    const before = workerThreadMs(pid);
    for (let round = 0; round < rounds; round++) times.push((await ask(step)) as number);
    const after = workerThreadMs(pid);
    tell(what, times, aims[step]);
    // What other programs of the machine take is no part of this.
    if (before !== undefined && after !== undefined)
      process.stdout.write(
        `${what}: the worker's own thread worked ${((after - before) / rounds).toFixed(0)} ms a time\n`,
      );
  }
  process.stdout.write(`the report handed to the page: ${Number(await ask('copy')).toFixed(0)} ms\n`);
} finally {
  await browser.close();
  await program.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
