import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLine } from './line.ts';
import { expect, pill, readyOffline, signIn, test, type Phone, type PresenceServer } from './presence.ts';
import { answer, give, openRollCall } from './roll-call-steps.ts';

const database = 'paris13-s3-2023';
const given = ['Présent', 'Absent', 'En retard', 'Présent'];

interface StoredMark {
  _id: string;
  _conflicts?: string[];
  by: string;
  status: string;
}

/** The marks that the server holds of a meeting, with what stands against them. */
async function marksOnServer(server: PresenceServer, occurrence: string): Promise<StoredMark[]> {
  const range = new URLSearchParams({
    include_docs: 'true',
    conflicts: 'true',
    startkey: JSON.stringify(`mark:${occurrence}:`),
    endkey: JSON.stringify(`mark:${occurrence}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: StoredMark }[] }>(`/${database}/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
}

/** Signed in, everything kept, and no network from here on. */
async function takenAway(device: Phone, account: string): Promise<void> {
  await device.signIn(account);
  await readyOffline(device.page, device.origin);
  await device.goOffline();
}

/** A few answers on a list, as somebody without a network gives them. */
async function takeRollCall({ page, origin }: Phone): Promise<string> {
  const occurrence = await openRollCall(page, origin, 'Socioprofessionnel, groupe 1');
  for (const [at, status] of given.entries()) await give(page, at, status);
  return occurrence;
}

async function handOver({ page }: Phone): Promise<string> {
  await page.getByRole('link', { name: 'Passer cet appel à un autre téléphone' }).click();
  const code = await page.locator('.digits').textContent();
  expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);
  return code ?? '';
}

/** A photograph of the screen for each code. */
async function photographs(page: Page, type: 'png' | 'jpeg' = 'png'): Promise<Buffer[]> {
  await page.getByRole('button', { name: 'Pause' }).click();
  const total = Number(await page.locator('[data-of]').getAttribute('data-of'));
  const pictures: Buffer[] = [];
  for (let n = 0; n < total; n++) {
    // As somebody photographs it: askew, with all that stands around it.
    await page.locator('.picture').evaluate((picture) => (picture.style.rotate = '7deg'));
    pictures.push(await page.screenshot({ type }));
    await page.getByRole('button', { name: 'Suivante' }).click();
  }
  return pictures;
}

const asFiles = (pictures: readonly Buffer[]) =>
  pictures.map((buffer, at) => ({ name: `code-${at}.png`, mimeType: 'image/png', buffer }));

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code dit par l'autre personne").fill(code);
  await page.getByRole('button', { name: 'Ouvrir', exact: true }).click();
}

async function seesTheList(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Voir la liste' }).click();
  for (const [at, status] of given.entries()) await expect(answer(page, at, status)).toBeChecked();
}

test('a roll call goes to the laptop as pictures of codes, without a network, and to the server once', async ({
  server,
  phone,
}) => {
  const [mine, laptop] = [await phone(), await phone({ width: 1280, height: 800 })];
  await takenAway(mine, 'maia');
  await takenAway(laptop, 'elise');
  const occurrence = await takeRollCall(mine);
  const code = await handOver(mine);
  const pictures = await photographs(mine.page);
  expect(pictures.length).toBeGreaterThan(2);

  const { page } = laptop;
  await page.goto(`${laptop.origin}/recevoir`);
  const choose = page.getByLabel('Choisir des photos des codes');
  // The last first, one twice, and one that is no code at all.
  const [first, ...rest] = asFiles(pictures);
  await choose.setInputFiles([...rest.slice(1)].reverse());
  await expect(page.getByRole('progressbar')).toHaveAccessibleName(
    `${rest.length - 1} sur ${pictures.length}`,
  );
  await choose.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByRole('alert')).toContainText('Aucun code QR lisible');
  await choose.setInputFiles([rest[0], rest[0], first].flatMap((file) => (file ? [file] : [])));
  await typeCode(page, '0000 0000 0000');
  await expect(page.getByRole('alert')).toContainText("Ce n'est pas le bon code");
  await typeCode(page, code);
  await expect(page.getByText("éléments partiront d'ici")).toBeVisible();
  await seesTheList(page);

  await laptop.goOnline();
  await expect.poll(async () => (await marksOnServer(server, occurrence)).length).toBe(given.length);
  await mine.goOnline();
  await expect(pill(mine.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const marks = await marksOnServer(server, occurrence);
  expect(marks.map(({ by, _conflicts }) => ({ by, _conflicts }))).toEqual(
    given.map(() => ({ by: 'maia', _conflicts: undefined })),
  );
});

/** A film of the codes, each for a second: what the camera of the other phone sees. */
function filmOf(pictures: readonly Buffer[], folder: string): string {
  const path = join(folder, 'camera.mjpeg');
  writeFileSync(path, Buffer.concat(pictures.flatMap((picture) => Array<Buffer>(30).fill(picture))));
  return path;
}

test('a roll call goes to another volunteer’s phone through its camera and as a sealed file, is kept there for its author, and merges', async ({
  server,
  phone,
}) => {
  const mine = await phone();
  await takenAway(mine, 'maia');
  const occurrence = await takeRollCall(mine);
  const code = await handOver(mine);
  const frames = await photographs(mine.page, 'jpeg');
  await mine.page.getByRole('radio', { name: 'Fichier' }).check({ force: true });
  const saved = mine.page.waitForEvent('download');
  await mine.page.getByRole('button', { name: 'Enregistrer le fichier' }).click();
  const path = await (await saved).path();

  const folder = mkdtempSync(join(tmpdir(), 'presence-camera-'));
  const line = await openLine(() => server.port);
  const browser = await chromium.launch({
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${filmOf(frames, folder)}`,
    ],
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  });
  try {
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    const page = await context.newPage();
    await signIn(page, line.origin, 'jean');
    await readyOffline(page, line.origin);
    line.cut();
    await context.setOffline(true);

    await page.goto(`${line.origin}/recevoir`);
    await page.getByRole('button', { name: "Lire avec l'appareil photo" }).click();
    await expect(page.getByLabel("Code dit par l'autre personne")).toBeVisible({ timeout: 60_000 });
    await typeCode(page, code);
    await expect(page.getByText('sont gardés ici')).toBeVisible();
    await seesTheList(page);
    await page.goto(`${line.origin}/recevoir`);
    await page.getByLabel('Ouvrir un fichier reçu').setInputFiles(path);
    await typeCode(page, code);
    await expect(page.getByText('Cet appel est déjà là, complet')).toBeVisible();

    // A network for the second phone alone: what is not its own stays, and is no refusal.
    line.restore();
    await context.setOffline(false);
    await expect(pill(page)).toHaveAttribute('data-sync', 'carried', { timeout: 60_000 });
    await expect(pill(page)).toContainText(`${given.length} à transmettre`);
    expect(await marksOnServer(server, occurrence)).toEqual([]);

    await mine.goOnline();
    await expect.poll(async () => (await marksOnServer(server, occurrence)).length).toBe(given.length);
    await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  } finally {
    await browser.close();
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a phone’s rescue copy is taken up at the desk, once, and everything is proven', async ({
  server,
  phone,
}) => {
  const [mine, laptop] = [await phone(), await phone({ width: 1280, height: 800 })];
  await takenAway(mine, 'maia');
  const occurrence = await takeRollCall(mine);
  await mine.page.goto(`${mine.origin}/reglages`);
  const saved = mine.page.waitForEvent('download');
  await mine.page.getByRole('button', { name: 'Enregistrer une copie de secours' }).click();
  const path = await (await saved).path();

  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/synchro`);
  const choose = page.getByLabel('Choisir le fichier');
  await choose.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"kind":"presence-rescue","databases":[{'),
  });
  await expect(page.getByRole('alert').filter({ hasText: 'abîmé ou incomplet' })).toBeVisible();
  await choose.setInputFiles(path);
  const found = page.getByRole('group', { name: 'Copie de maia' });
  await expect(found).toContainText(`${given.length} documents nouveaux ici`);
  await found.getByRole('button', { name: 'Reprendre' }).click();
  await expect(page.getByText(`${given.length} versions reprises`).first()).toBeVisible();
  await expect.poll(async () => (await marksOnServer(server, occurrence)).length).toBe(given.length);

  await choose.setInputFiles(path);
  await expect(page.getByText('Tout est déjà sur cet appareil')).toBeVisible();

  await page.getByRole('button', { name: 'Tout vérifier' }).click();
  const proof = page.getByRole('region', { name: 'Tout vérifier' });
  await expect(proof).toContainText(/\d versions comparées.* le serveur a tout/, { timeout: 60_000 });
  await page.reload();
  await expect(proof).toContainText(/\d versions comparées.* le serveur a tout/);
  await laptop.goOffline();
  await expect(page.getByText('Vérification impossible hors ligne')).toBeVisible();
});
