/**
 * The device store in Chromium, against PouchDB's own `idb` adapter and against bare Dexie: what a tap costs, what a
 * first pull costs, what opening a list costs. The sides take turns, so that a busy machine slows both.
 */
import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { buildServer } from '../../../sync-server/app.ts';
import type { Steps } from './page.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));
const appDir = join(folder, 'app');
const admin = { name: 'admin', password: 'bench-password' };

await build({
  configFile: false,
  root,
  logLevel: 'error',
  define: { global: 'globalThis' },
  build: {
    outDir: appDir,
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      input: join(import.meta.dirname, 'page.ts'),
      output: { entryFileNames: 'page.js' },
    },
  },
});
writeFileSync(join(appDir, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>');

const server = await buildServer({ dataDir: join(folder, 'data'), appDir, admin, passwordIterations: 10 });
const origin = await server.listen({ host: '127.0.0.1', port: 0 });
const headers = {
  authorization: `Basic ${btoa(`${admin.name}:${admin.password}`)}`,
  'content-type': 'application/json',
};
await fetch(`${origin}/couch/bench`, { method: 'PUT', headers });
for (let batch = 0; batch < 10; batch++) {
  const docs = Array.from({ length: 1000 }, (_, place) => markOf(batch * 1000 + place));
  await fetch(`${origin}/couch/bench/_bulk_docs`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ docs }),
  });
}

/** Ten thousand marks: 250 lists of 40 people. */
function markOf(n: number) {
  const group = n % 250;
  const said = {
    status: n % 7 ? 'present' : 'absent',
    at: '2023-11-20T13:05:12.345Z',
    by: 'maia',
    device: 'k3j9d7f2m5q8w4',
  };
  const occurrence = `group${group}.2023-11-20T1400`;
  const participant = `p${String(n).padStart(6, '0')}`;
  return {
    _id: `mark:${occurrence}:${participant}`,
    type: 'mark',
    v: 1,
    ...said,
    occurrence,
    participant,
    history: [said],
  };
}

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
const page = await (await browser.newContext()).newPage();
await page.goto(origin);
await page.evaluate(
  (account) =>
    fetch('/couch/_session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    }),
  admin,
);

const once = (step: keyof Steps) =>
  page.evaluate(
    (name) => (globalThis as unknown as { steps: Record<string, () => Promise<number>> }).steps[name]?.(),
    step,
  );

/** Runs the steps in turn, after one round that only warms up. */
async function inTurn<Step extends keyof Steps>(
  rounds: number,
  ...steps: Step[]
): Promise<Record<Step, number[]>> {
  const times = Object.fromEntries(steps.map((step) => [step, [] as number[]])) as Record<Step, number[]>;
  for (let round = 0; round <= rounds; round++)
    for (const step of steps) {
      const ms = await once(step);
      if (round > 0 && ms !== undefined) times[step].push(ms);
    }
  return times;
}

const quantile = (times: number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ??
  Number.NaN;
const median = (times: number[]) => quantile(times, 0.5);
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

function tell(what: string, ratio: number, aim: string, detail: string): void {
  console.log(`${what}: ${ratio.toFixed(2)}× (aim: ${aim}) · ${detail}`);
}

try {
  const pulls = await inTurn(3, 'pullOurs', 'pullPouchIntoAdapter', 'pullPouchIntoIdb');
  const idb = median(pulls.pullPouchIntoIdb);
  const [ours, adapter] = [median(pulls.pullOurs), median(pulls.pullPouchIntoAdapter)];
  tell(
    '10,000 marks pulled, as fast as PouchDB idb',
    idb / ours,
    'at least 1.5',
    `${ms(ours)} against ${ms(idb)}`,
  );
  tell('the same by PouchDB into our adapter', idb / adapter, 'for comparison', `${ms(adapter)}`);

  const reads = await inTurn(15, 'rosterOurs', 'rosterPouch');
  const [indexed, listed] = [median(reads.rosterOurs), median(reads.rosterPouch)];
  tell(
    'a list with its marks, as fast as allDocs',
    listed / indexed,
    'at least 10',
    `${ms(indexed)} against ${ms(listed)}`,
  );

  await once('openBare');
  const { commitOurs, putBare } = await inTurn(300, 'commitOurs', 'putBare');
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [commit, put] = [quantile(commitOurs, share), quantile(putBare, share)];
    tell(
      `a mark committed, as long as a bare put, ${name}`,
      commit / put,
      'at most 2',
      `${ms(commit)} against ${ms(put)}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
