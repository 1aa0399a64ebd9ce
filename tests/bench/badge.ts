/**
 * A badge before the camera of the real app on the real server, the processor slowed four times: from the frame that
 * holds the code to « Présence notée » on the screen, which shows only once the mark is on the disk.
 */
import { chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'uqr';
import { badgeCode, newBadge } from '../../src/lib/domain/badges.ts';

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

interface Held {
  readonly _id: string;
  readonly label?: string;
  readonly group?: string;
  readonly date?: string;
  readonly firstName?: string;
}
const headers = {
  authorization: `Basic ${btoa('admin:admin-of-tests')}`,
  'content-type': 'application/json',
};
const database = `${origin}/couch/paris13-s3-2023`;

async function held(type: string): Promise<Held[]> {
  const response = await fetch(
    `${database}/_all_docs?include_docs=true&startkey="${type}:"&endkey="${type}:~"`,
    { headers },
  );
  return ((await response.json()) as { rows: { doc: Held }[] }).rows.map(({ doc }) => doc);
}

/** Badges for some people of the term, as a coordinator gives them. */
async function giveBadges(count: number): Promise<string[]> {
  // No two of one name: a sentence that stays the same would tell nothing.
  const named = new Map((await held('rosterCard')).map((card) => [card.firstName, card]));
  const cards = [...named.values()].slice(0, count);
  const badges = cards.map((_, at) =>
    newBadge(Uint8Array.from({ length: 11 }, (_one, place) => at * 7 + place)),
  );
  const docs = cards.map((card, at) => ({ ...card, badge: badges[at] }));
  await fetch(`${database}/_bulk_docs`, { method: 'POST', headers, body: JSON.stringify({ docs }) });
  return badges;
}

async function todaysConversation(): Promise<string> {
  const group = (await held('group')).find(({ label }) => label === 'Atelier conversation');
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
  const meeting = (await held('occurrence')).find((one) => one.group === group?.group && one.date === today);
  if (!meeting) throw new Error('no conversation today');
  return meeting._id.slice('occurrence:'.length);
}

/** A camera of the page's own: what it sees is drawn, so that the moment of each frame is known. */
const cameraOf = (page: Page) =>
  page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 480];
    const context = canvas.getContext('2d');
    const table = () => {
      if (!context) return;
      context.fillStyle = '#8a8178';
      context.fillRect(0, 0, canvas.width, canvas.height);
    };
    let draw = table;
    draw();
    // As a camera does: a frame every 33 ms, whether or not anything moved.
    setInterval(() => draw(), 33);
    Object.assign(window, {
      /** Nothing but a table. */
      showTable: () => (draw = table),
      /** A badge held before it, slightly askew: in the next frame. */
      showBadge(modules: readonly (readonly boolean[])[]) {
        draw = () => badge(modules);
        draw();
      },
    });
    function badge(modules: readonly (readonly boolean[])[]) {
      if (!context) return;
      table();
      context.save();
      context.translate(320, 240);
      context.rotate(0.1);
      context.fillStyle = '#fff';
      context.fillRect(-105, -105, 210, 210);
      context.fillStyle = '#000';
      const side = 210 / modules.length;
      modules.forEach((row, y) =>
        row.forEach((isDark, x) => {
          if (isDark) context.fillRect(x * side - 105, y * side - 105, side + 0.5, side + 0.5);
        }),
      );
      context.restore();
    }
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(30));
  });

const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
});
try {
  const badges = await giveBadges(9);
  const occurrence = await todaysConversation();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'fr-FR' });
  const page = await context.newPage();
  await cameraOf(page);
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill('maia');
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('button.pill[data-sync="current"]').waitFor();
  await page.goto(`${origin}/appel/${encodeURIComponent(occurrence)}`);
  await page.getByRole('button', { name: 'Badges' }).click();
  await page.getByText("Montrez un badge à l'appareil photo").waitFor();
  const devtools = await context.newCDPSession(page);
  const times: number[] = [];
  for (const badge of badges) {
    const { data } = encode(badgeCode(badge), { ecc: 'M', border: 4 });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    times.push(
      await page.evaluate(async (modules) => {
        const { showBadge } = window as unknown as { showBadge: (modules: boolean[][]) => void };
        const noted = () => document.querySelector('dialog .banner.ok b')?.textContent ?? '';
        const before = noted();
        const start = performance.now();
        showBadge(modules);
        while (noted() === before) await new Promise((next) => setTimeout(next, 0));
        return performance.now() - start;
      }, data),
    );
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.evaluate(() => (window as unknown as { showTable: () => void }).showTable());
  }
  const sorted = times.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  process.stdout.write(
    `badge to mark confirmed, processor slowed 4×, ${times.length} badges: ${median.toFixed(0)} ms median, ` +
      `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms (aim: 300 ms, ratio ${(median / 300).toFixed(2)})\n`,
  );
} finally {
  await browser.close();
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
