import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountName, DeviceId } from '../../src/lib/domain/ids.ts';
import { readyMadeThemes } from '../../src/lib/domain/ready-made-themes/index.ts';
import { readyMadeTheme } from '../../src/lib/domain/themes.ts';
import { expectAccessible } from './axe.ts';
import { cutTexts, enlarge } from './large-text.ts';
import { openLine } from './line.ts';
import { expect, pill, readyOffline, signIn, test, type PresenceServer } from './presence.ts';

const author = {
  at: '2026-11-02T09:00:00.000Z',
  by: 'admin' as AccountName,
  device: 'desk' as DeviceId,
};

/** The library of the association, on the server. */
async function withLibrary(server: PresenceServer): Promise<void> {
  const docs = readyMadeThemes.map((text) => readyMadeTheme(text, author));
  await server.send('POST', '/couch/paris13-commons/_bulk_docs', { docs });
}

/** Opens today's conversation for its host, from « Aujourd'hui ». */
async function openTheme(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.locator('main .item, section.next').first().waitFor();
  const all = page.getByRole('radio', { name: 'Toutes' });
  if (await all.isVisible()) await all.check({ force: true });
  const meeting = page.locator('main').getByRole('link', { name: 'Atelier conversation' }).first();
  const direct = page.getByRole('link', { name: 'Le thème' });
  await expect(direct.or(meeting).first()).toBeVisible();
  if (!(await direct.isVisible())) await meeting.click();
  await page.getByRole('link', { name: 'Le thème' }).first().click();
  await page.getByRole('navigation', { name: 'Atelier' }).waitFor();
}

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Atelier' }).getByRole('link', { name });

/** The height of a capital in the question shown, as it is painted, in CSS px. */
const capitalHeight = (page: Page) =>
  page.locator('.prompt p').evaluate((paragraph) => {
    const { fontSize, fontFamily, fontWeight } = getComputedStyle(paragraph);
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('no canvas');
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return context.measureText('H').actualBoundingBoxAscent;
  });

test('a host offline chooses a theme, leads, notes, and the next host reads it', async ({
  server,
  phone,
}) => {
  await withLibrary(server);
  const profile = mkdtempSync(join(tmpdir(), 'presence-host-'));
  const line = await openLine(() => server.port);
  const open = () =>
    chromium.launchPersistentContext(profile, {
      viewport: { width: 390, height: 844 },
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    });
  let context = await open();
  try {
    let page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, line.origin, 'lucie');
    await readyOffline(page, line.origin);
    line.cut();
    await context.setOffline(true);

    await openTheme(page, line.origin);
    await page.getByRole('button', { name: 'Changer de thème' }).click();
    const sheet = page.getByRole('dialog', { name: 'Choisir un thème' });
    await expect(sheet.getByText(/jamais fait avec ce groupe/).first()).toBeVisible();
    await sheet.getByRole('searchbox', { name: 'Chercher un thème' }).fill('marche');
    await sheet.getByRole('button', { name: 'Faire ses courses au marché' }).click();
    await expect(page.getByRole('heading', { name: 'Faire ses courses au marché' })).toBeVisible();

    // Leading: one question after the other, words touched as they come up, one added.
    await page.getByRole('button', { name: 'Montrer en grand' }).click();
    const large = page.getByRole('dialog', { name: 'Montrer en grand' });
    await expect(large.getByText('1 sur 5')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(large.getByText('2 sur 5')).toBeVisible();
    await large.getByRole('button', { name: 'Suivante' }).click();
    await expect(large.getByText('Demandez le prix de trois choses à votre voisin.')).toBeVisible();
    await large.getByRole('button', { name: 'Mots' }).click();
    await large.getByRole('checkbox', { name: 'une botte' }).check({ force: true });
    await large.getByLabel('Ajouter un mot').fill('le panier');
    await large.getByRole('button', { name: 'Ajouter' }).click();
    await expect(large.getByRole('checkbox', { name: 'le panier' })).toBeChecked();
    await expect(large.getByRole('checkbox', { name: 'une botte' })).toBeChecked();
    await large.getByRole('button', { name: 'Minuteur' }).click();
    await large.getByRole('button', { name: /^1\s?min$/ }).click();
    await expect(large.getByText(/^Reste/)).toBeVisible();
    await page.goBack();
    await expect(large).toBeHidden();

    // Afterwards: left at once, the last letters are kept all the same.
    await tab(page, 'Après').click();
    await page.getByRole('radio', { name: '4' }).check({ force: true });
    await page.getByLabel('Ce qui a marché').fill('Le jeu du marchand.');
    await page.getByLabel('Idée pour la prochaine fois').fill('Lire une recette.');
    await page.getByRole('link', { name: 'Terminer' }).click();
    await page.getByRole('heading', { level: 1, name: /\d/ }).waitFor();

    // The app is closed and opened again, still without a network.
    await context.close();
    context = await open();
    await context.setOffline(true);
    page = context.pages()[0] ?? (await context.newPage());
    await openTheme(page, line.origin);
    const address = new URL(page.url()).pathname;
    await expect(page.getByRole('heading', { name: 'Faire ses courses au marché' })).toBeVisible();
    await tab(page, 'Après').click();
    await expect(page.getByLabel('Ce qui a marché')).toHaveValue('Le jeu du marchand.');
    await expect(page.getByLabel('Idée pour la prochaine fois')).toHaveValue('Lire une recette.');
    await expect(page.getByRole('radio', { name: '4' })).toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'le panier' })).toBeChecked();
    await expect(page.getByText(/Gardé sur ce téléphone/)).toBeVisible();

    // Back online; the other host of the day, and whoever leads the next meeting, read it.
    line.restore();
    await context.setOffline(false);
    await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
    const other = await phone();
    await other.signIn('jean');
    await other.page.goto(`${other.origin}${address}?onglet=apres`);
    await expect(other.page.getByRole('heading', { name: 'Faire ses courses au marché' })).toBeVisible();
    await expect(other.page.getByText('Le carnet de Lucie Abgrall')).toBeVisible();
    await expect(other.page.getByText('Le jeu du marchand.')).toBeVisible();
    const { rows } = await server.ask<{ rows: { id: string; doc: { group: string; date: string } }[] }>(
      `/paris13-s3-2023/_all_docs?include_docs=true&startkey="occurrence:"&endkey="occurrence:%EF%BF%B0"`,
    );
    const here = rows.find(({ id }) => address.endsWith(encodeURIComponent(id.slice('occurrence:'.length))));
    const next = rows.find(
      ({ doc }) => doc.group === here?.doc.group && doc.date > (here?.doc.date ?? '9999'),
    );
    await other.page.goto(
      `${other.origin}/conversation/${encodeURIComponent(next?.id.slice('occurrence:'.length) ?? '')}`,
    );
    await other.page.getByText(/La dernière fois/).click();
    await expect(other.page.getByText('Le jeu du marchand.')).toBeVisible();
    await tab(other.page, 'Historique').click();
    await expect(other.page.getByText('Faire ses courses au marché')).toBeVisible();
    await other.page.getByRole('button', { name: 'Choisir : Lire une recette.' }).click();
    await other.page.getByRole('dialog').getByRole('searchbox').fill('plat');
    await other.page.getByRole('button', { name: 'Un plat que j’aime' }).click();
    await expect(other.page.getByRole('button', { name: 'Choisir : Lire une recette.' })).toBeHidden();
    await tab(other.page, 'Le thème').click();
    await expect(other.page.getByRole('heading', { name: 'Un plat que j’aime' })).toBeVisible();
    await other.page.getByRole('link', { name: 'Retour' }).click();
    await expect(other.page).toHaveURL(`${other.origin}/`);
  } finally {
    await context.close();
    await line.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

/** Keeps the disk of a database busy, as a slow phone would, until what this answers is called. */
async function holdDisk(page: Page, name: string): Promise<() => Promise<void>> {
  await page.evaluate(async (part) => {
    const found = (await indexedDB.databases()).find((one) => one.name?.includes(part))?.name ?? '';
    const opening = indexedDB.open(found);
    await new Promise((opened) => (opening.onsuccess = opened));
    const [table = ''] = opening.result.objectStoreNames;
    const held = opening.result
      .transaction([...opening.result.objectStoreNames], 'readwrite')
      .objectStore(table);
    // A transaction ends with its last request: each asks for the next one.
    const again = () => {
      if (document.documentElement.dataset.disk === 'held') held.count().onsuccess = again;
      else opening.result.close();
    };
    document.documentElement.dataset.disk = 'held';
    again();
  }, name);
  return () => page.evaluate(() => void delete document.documentElement.dataset.disk);
}

test('what a host wrote last is on the disk before another page shows', async ({ phone }) => {
  const { page, origin, signIn: enter } = await phone();
  await enter('lucie');
  await openTheme(page, origin);
  await tab(page, 'Après').click();
  await page.getByLabel('Ce qui a marché').fill('Le jeu du marchand.');
  const release = await holdDisk(page, 'paris13-s3-2023');
  await page.getByLabel('Idée pour la prochaine fois').fill('Lire une recette.');
  await page.getByLabel('Ajouter un mot').fill('le panier');
  await page.getByRole('link', { name: 'Terminer' }).click();
  await expect(page.getByText('Un instant…')).toBeVisible();
  await expect(page.getByLabel('Idée pour la prochaine fois')).toHaveValue('Lire une recette.');
  await release();
  await expect(page.getByLabel('Idée pour la prochaine fois')).toBeHidden();
  await page.reload();
  await openTheme(page, origin);
  await tab(page, 'Après').click();
  await expect(page.getByLabel('Ce qui a marché')).toHaveValue('Le jeu du marchand.');
  await expect(page.getByLabel('Idée pour la prochaine fois')).toHaveValue('Lire une recette.');
  await expect(page.getByRole('checkbox', { name: 'le panier' })).toBeChecked();

  // What is too long is not kept, and the page says so before it is left, for another tab too.
  await page.getByLabel('Ce qui a marché').fill('Le jeu. '.repeat(130));
  await expect(page.getByText(/Gardé sur ce téléphone/)).toBeHidden();
  const leaving = page.getByRole('dialog', { name: 'Quitter' });
  for (const link of [page.getByRole('link', { name: 'Terminer' }), tab(page, 'Historique')]) {
    await link.click();
    await expect(leaving.getByText('trop long')).toBeVisible();
    await leaving.getByRole('button', { name: 'Rester sur la page' }).click();
    await expect(leaving).toBeHidden();
  }
  await page.getByLabel('Ce qui a marché').fill('Le jeu.');
  await page.getByRole('link', { name: 'Terminer' }).click();
  await expect(page).toHaveURL(`${origin}/`);
});

test('a host proposes a theme and leads with it at once; the coordinator sees it as proposed', async ({
  server,
  phone,
}) => {
  const { page, origin, signIn: enter } = await phone();
  await enter('lucie');
  await openTheme(page, origin);
  await page.getByRole('button', { name: 'Changer de thème' }).click();
  await page.getByRole('button', { name: 'Proposer un thème' }).click();
  const sheet = page.getByRole('dialog', { name: 'Proposer un thème' });
  await sheet.getByLabel('Titre').fill('À la piscine');
  await sheet.getByRole('button', { name: 'Proposer et utiliser' }).click();
  await expect(sheet.getByText('Écrivez au moins une question.')).toBeVisible();
  await sheet.getByLabel('Questions, une par ligne').fill('Savez-vous nager ?\nAimez-vous l’eau ?');
  await sheet.getByLabel('Mots, un par ligne').fill('nager = avancer dans l’eau');
  await sheet.getByRole('button', { name: 'Proposer et utiliser' }).click();
  await expect(page.getByRole('heading', { name: 'À la piscine' })).toBeVisible();
  await expect(page.getByText('Proposé, pas encore relu')).toBeVisible();
  await expect(page.getByText('avancer dans l’eau')).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const { rows } = await server.ask<{ rows: { doc: { title?: string; state?: string; by?: string } }[] }>(
    `/paris13-commons/_all_docs?include_docs=true&startkey="theme:"&endkey="theme:%EF%BF%B0"`,
  );
  expect(rows.find(({ doc }) => doc.title === 'À la piscine')?.doc).toMatchObject({
    state: 'proposed',
    by: 'lucie',
  });
});

test('every tab and the large print are accessible, twice as large as well, and read at two metres', async ({
  server,
  phone,
}) => {
  await withLibrary(server);
  const { page, origin, signIn: enter } = await phone();
  // How often the screen was asked to stay on: the browser's own answer stands.
  await page.addInitScript(() => {
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = (type) => {
      document.documentElement.dataset.awake = type ?? '';
      return request(type);
    };
  });
  await enter('lucie');
  await openTheme(page, origin);
  await page.getByRole('button', { name: 'Changer de thème' }).click();
  await page.getByRole('dialog').getByRole('searchbox').fill('un plat');
  await expectAccessible(page, 'choosing');
  await page.getByRole('button', { name: 'Un plat que j’aime' }).click();
  for (const size of ['100%', '200%']) {
    await enlarge(page, size);
    for (const [name, landmark] of [
      ['Historique', 'Déjà fait'],
      ['Après', "L'énergie du groupe"],
      ['Le thème', 'Mots utiles'],
    ] as const) {
      await tab(page, name).click();
      await page.getByText(landmark).first().waitFor();
      expect.soft(await cutTexts(page), `${name}, ${size}`).toEqual([]);
      await expectAccessible(page, `${name}, ${size}`);
    }
    await page.getByRole('button', { name: 'Montrer en grand' }).click();
    await expect(page.locator('html[data-awake=screen]')).toBeAttached();
    for (let at = 1; at <= 5; at++) {
      await page.getByText(`${at} sur 5`, { exact: true }).waitFor();
      // Ten millimetres as CSS counts them: what a sign has that is read from two metres.
      expect(await capitalHeight(page), `question ${at}, ${size}`).toBeGreaterThanOrEqual(38);
      expect.soft(await cutTexts(page), `question ${at}, ${size}`).toEqual([]);
      if (at < 5) await page.getByRole('button', { name: 'Suivante' }).click();
    }
    for (const tool of ['Mots', 'Minuteur']) {
      await page.getByRole('button', { name: tool }).click();
      expect.soft(await cutTexts(page), `${tool}, ${size}`).toEqual([]);
      await expectAccessible(page, `large print, ${tool}, ${size}`);
    }
    await page.getByRole('button', { name: 'Fermer' }).click();
  }
});
