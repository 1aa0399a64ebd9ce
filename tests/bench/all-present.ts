/**
 * « Tous présents » for forty people in the real app on the real server, the processor slowed four times: from the
 * press to the forty answers on the screen, which show only once they are on the disk.
 */
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));
const server = spawn(
  process.execPath,
  [join(root, 'tests/e2e/demo-server.ts'), join(folder, 'data'), join(root, 'build'), '0'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const origin = await new Promise<string>((tell) => {
  server.stdout.on('data', (text: Buffer) => {
    const found = /listening (\S+)/.exec(text.toString())?.[1];
    if (found) tell(found.replace('127.0.0.1', 'localhost'));
  });
});

interface Row {
  id: string;
}
const ask = async (path: string) => {
  const headers = { authorization: `Basic ${btoa('admin:admin-of-tests')}` };
  const response = await fetch(`${origin}/couch/paris13-s3-2023/${path}`, { headers });
  return ((await response.json()) as { rows: Row[] }).rows.map((row) => row.id);
};

/** The group with the most people, and its first meeting that has no mark. */
async function largestUntakenList(): Promise<{ occurrence: string; people: number }> {
  const range = (type: string) => `_all_docs?startkey="${type}:"&endkey="${type}:~"`;
  const enrolments = await ask(range('enrolment'));
  const sizes = new Map<string, number>();
  for (const id of enrolments) {
    const group = id.split(':')[1] ?? '';
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const taken = new Set((await ask(range('mark'))).map((id) => id.split(':')[1]));
  const untaken = (await ask(range('occurrence')))
    .map((id) => id.split(':')[1] ?? '')
    .filter((id) => !taken.has(id));
  const ranked = untaken
    .map((occurrence) => ({ occurrence, people: sizes.get(occurrence.split('.')[0] ?? '') ?? 0 }))
    .sort((one, other) => other.people - one.people);
  const [first] = ranked;
  if (!first) throw new Error('no list is left to take');
  return first;
}

const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
});
try {
  const { occurrence } = await largestUntakenList();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill('maia');
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('button.pill[data-sync="current"]').waitFor();
  await page.goto(`${origin}/appel/${encodeURIComponent(occurrence)}`);
  await page.getByRole('button', { name: 'Tous présents' }).waitFor();
  const people = await page.getByRole('radiogroup').count();
  const devtools = await context.newCDPSession(page);
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    times.push(
      await page.evaluate(async (wanted) => {
        const button = [...document.querySelectorAll<HTMLButtonElement>('.thumb-bar button')].find((one) =>
          /présents/.test(one.textContent),
        );
        const start = performance.now();
        button?.click();
        while (document.querySelectorAll('.roll-call input:checked').length < wanted)
          await new Promise((next) => setTimeout(next, 0));
        return performance.now() - start;
      }, people),
    );
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.roll-call input:checked').length === 0);
  }
  const sorted = times.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  process.stdout.write(
    `(f) « Tous présents » for ${people} people, processor slowed 4×: ${median.toFixed(0)} ms median, ` +
      `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms (aim: 100 ms, ratio ${(median / 100).toFixed(2)})\n`,
  );
} finally {
  await browser.close();
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
