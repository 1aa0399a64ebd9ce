import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe.ts';
import { cutTexts, enlarge } from './large-text.ts';
import { openLine } from './line.ts';
import { expect, pill, readyOffline, signIn, test } from './presence.ts';
import { openRollCall } from './roll-call-steps.ts';

const database = 'paris13-s3-2023';
const list = 'Atelier conversation';

interface Printed {
  readonly name: string;
  readonly number: string;
  readonly picture: Buffer;
}

/** One card of the sheet, as it lies on the table. */
async function printed(page: Page, at: number): Promise<Printed> {
  const card = page.locator('.badge-sheet li').nth(at);
  const name = (await card.locator('.name').textContent()) ?? '';
  const number = (await card.locator('.number').textContent()) ?? '';
  const cut = (await card.screenshot()).toString('base64');
  // As a camera sees it: askew on a table, in a picture of a camera's size.
  const table = await page.context().newPage();
  await table.setViewportSize({ width: 640, height: 480 });
  await table.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:#8a8178">
      <img style="width:520px;rotate:5deg" src="data:image/png;base64,${cut}"></body>`,
  );
  const picture = await table.screenshot({ type: 'jpeg' });
  await table.close();
  return { name, number, picture };
}

/** A film of badges held before the camera, each for some seconds, again and again. */
function filmOf(pictures: readonly Buffer[], folder: string): string {
  const path = join(folder, 'camera.mjpeg');
  writeFileSync(path, Buffer.concat(pictures.flatMap((picture) => Array<Buffer>(120).fill(picture))));
  return path;
}

test('badges are printed, read by the camera without a network, counted beside, and another phone sees it', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  await laptop.page.goto(`${laptop.origin}/badges`);
  await laptop.page.getByLabel('Groupe').selectOption({ label: list });
  await laptop.page.getByRole('button', { name: /Choisir ces/ }).click();
  await laptop.page.evaluate(() => Object.assign(window, { print: () => undefined }));
  await laptop.page.getByRole('button', { name: 'Imprimer' }).click();
  await expect(laptop.page.getByText('a un badge').first()).toBeVisible();
  await expectAccessible(laptop.page, 'badges to print');
  const [first, lost, typed] = [
    await printed(laptop.page, 0),
    await printed(laptop.page, 1),
    await printed(laptop.page, 2),
  ];
  await laptop.page.getByRole('button', { name: new RegExp(`Nouveau badge pour ${lost.name}`) }).click();
  await laptop.page.getByRole('button', { name: 'Remplacer' }).click();
  await expect(laptop.page.getByText(/Badge remplacé/).first()).toBeVisible();
  await expect(laptop.page.locator('.badge-sheet .number').nth(1)).not.toHaveText(lost.number);
  await expect(pill(laptop.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

  const folder = mkdtempSync(join(tmpdir(), 'presence-camera-'));
  const line = await openLine(() => server.port);
  const browser = await chromium.launch({
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${filmOf([first.picture, lost.picture], folder)}`,
    ],
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  });
  try {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport });
    const page = await context.newPage();
    await signIn(page, line.origin, 'maia');
    await readyOffline(page, line.origin);
    line.cut();
    await context.setOffline(true);
    const occurrence = await openRollCall(page, line.origin, list);

    await page.getByRole('button', { name: 'Badges' }).click();
    const reader = page.getByRole('dialog', { name: 'Lire les badges' });
    // Whichever comes first in the film; it goes round.
    await expect(reader.getByText(`Présence notée\u202F: ${first.name}`)).toBeVisible({ timeout: 60_000 });
    await expect(reader.getByText('Badge inconnu')).toBeVisible({ timeout: 60_000 });
    await expect(reader.getByText(`Déjà noté\u202F: ${first.name}`)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page, 'reading badges');
    await enlarge(page, '200%');
    expect.soft(await cutTexts(page), 'reading badges, text twice as large').toEqual([]);
    await enlarge(page, '100%');
    await reader.getByLabel('Ou taper les douze signes').fill(typed.number.toUpperCase());
    await reader.getByRole('button', { name: 'Noter' }).click();
    await expect(reader.getByText('2 nommés')).toBeVisible();
    await reader.getByRole('button', { name: 'Fermer' }).click();

    await page.getByRole('button', { name: 'Compter' }).click();
    const counter = page.getByRole('dialog', { name: 'Compter seulement' });
    await counter.getByLabel('Nombre de personnes').fill('13');
    await counter.getByRole('button', { name: 'Une personne de plus' }).click();
    await expect(counter.getByText('14 comptés, 2 nommés').first()).toBeVisible();
    await expectAccessible(page, 'counting');
    await enlarge(page, '200%');
    expect.soft(await cutTexts(page), 'counting, text twice as large').toEqual([]);
    await enlarge(page, '100%');
    await counter.getByRole('button', { name: "C'est bon" }).click();
    // Nobody was expected: no answer is asked for, nobody is absent.
    await page.getByRole('button', { name: "Clôturer l'appel" }).click();
    await expect(page.getByText(/Appel clôturé à .*14 comptés, 2 nommés/)).toBeVisible();

    line.restore();
    await context.setOffline(false);
    await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
    const closing = await server.ask<Record<string, unknown>>(
      `/${database}/${encodeURIComponent(`closing:${occurrence}`)}`,
    );
    expect(closing).toMatchObject({
      state: 'closed',
      headcount: 14,
      counts: { present: 2, absent: 0, unmarked: 0 },
    });

    const other = await phone();
    await other.signIn('lucie');
    await other.page.goto(`${other.origin}/appel/${encodeURIComponent(occurrence)}`);
    await expect(other.page.getByText(/Appel clôturé à .*14 comptés, 2 nommés/)).toBeVisible({
      timeout: 60_000,
    });
    const there = other.page.getByRole('radiogroup', { name: new RegExp(first.name) });
    await expect(there.getByRole('radio', { name: 'Présent', exact: true })).toBeChecked();
  } finally {
    await browser.close();
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
