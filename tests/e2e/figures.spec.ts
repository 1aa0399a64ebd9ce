import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { cutTexts, enlarge } from './large-text.ts';
import { expect, readyOffline, test } from './presence.ts';

const rowOf = async (page: Page, name: string) =>
  page.locator('[data-table="means"]').getByRole('row', { name }).locator('td').allTextContents();

test('a year’s figures are those that were published, and what contradicts itself is told as it comes', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.getByRole('link', { name: 'Bilan' }).click();
  // The third term is this year's, moved so that it can be taken.
  await page.getByLabel('Période', { exact: true }).selectOption({ label: 'Année 2023' });
  await expect(page.locator('[data-figure="people"]')).toHaveText('110');
  await expect(page.locator('[data-figure="regular"]')).toHaveText('79');
  await expect(page.getByText('72\u202F% des inscrits, 79/110')).toBeVisible();
  expect(await rowOf(page, 'Participants inscrits')).toEqual(['55', '55', '24', '35', '35', '11']);
  expect(await rowOf(page, 'Groupes')).toEqual(['8', '7', '4', '3', '3', '3']);
  expect(await rowOf(page, 'Bénévoles')).toEqual(['6', '4', '10', '10', '5', '4']);
  expect(await rowOf(page, 'Volontaires en service civique')).toEqual(['2', '2', '3', '1', '0', '0']);
  expect(await rowOf(page, 'Salariés')).toEqual(['2', '2', '0', '0', '0', '0']);
  expect(await rowOf(page, "Lieux d'animation")).toEqual(['5', '5', '2', '2', '2', '2']);
  await expectAccessible(page, 'figures');
  await page.emulateMedia({ colorScheme: 'light' });

  // Somebody's gender is no longer known, elsewhere: they leave the split, and it is said.
  const { rows } = await server.ask<{ rows: { doc: Record<string, unknown> }[] }>(
    '/paris13-s1-2023/_all_docs?include_docs=true&startkey="enrolment:"&endkey="enrolment:~"&limit=1',
  );
  const path = `/paris13-registry/participant:${String(rows[0]?.doc.participant)}`;
  const file = await server.ask<Record<string, unknown>>(path);
  await server.send('PUT', `/couch${path}`, { ...file, gender: 'unknown' });
  await expect(page.locator('[data-finding="peopleWithoutGender"]')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('Genre inconnu, hors de la répartition\u202F: 1')).toBeVisible();

  // Counted on the device: no network is asked for.
  await laptop.goOffline();
  await page.getByLabel('Période', { exact: true }).selectOption({ label: 'S1.23' });
  await expect(page.locator('[data-figure="people"]')).toHaveText('55');
  await page.getByText('Définitions').click();
  await expect(page.getByText(/inscriptions assidues ÷/).first()).toBeVisible();
});

test('a term is compared with the one before; a chart is a table too, and whoever stands behind it is named', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${origin}/bilan`);
  const period = page.getByLabel('Période', { exact: true });
  await period.selectOption({ label: 'S2.23' });
  await expect(page).toHaveURL(/\/bilan\?periode=s2-2023$/);
  await expect(page.getByText('Par rapport à\u202F: S1.23')).toBeVisible();
  // 65 % after 78 %, in words and with a sign.
  await expect(page.locator('[data-difference="people"]')).toContainText('comme avant');
  await expect(page.locator('[data-difference="assidus"]')).toContainText(
    '−13 points, en baisse (avant\u202F:\u00A078\u202F%)',
  );

  const chart = page.locator('[data-chart="byGender"]');
  await expect(chart).toContainText(/De \d+\u202F% \(Hommes\) à \d+\u202F% \(Femmes\)/);
  await expect(chart).toContainText('Non pointés\u202F: 0. Inconnus\u202F: 0. Hors du calcul\u202F:');
  await page.keyboard.press('Tab');
  await chart.getByRole('button', { name: 'Tableau' }).press('Enter');
  const women = chart.getByRole('row', { name: /Femmes/ });
  const [enrolled = '', , regular = ''] = await women.getByRole('cell').allTextContents();
  expect(Number(regular)).toBeGreaterThan(0);

  await women.getByRole('button').click();
  const panel = page.getByRole('dialog', { name: 'Par genre, Femmes' });
  await expect(panel.getByRole('heading', { name: `${regular} comptent` })).toBeVisible();
  const left = Number(enrolled) - Number(regular);
  await expect(panel.getByRole('heading', { name: `${left} dans le total` })).toBeVisible();
  await expect(panel.getByRole('link')).toHaveCount(Number(enrolled));
  await expect(panel.getByText(/aucune présence|la moitié des séances ou moins/).first()).toBeVisible();
  await expect(panel.locator('[data-behind="unmarked"]')).toHaveText('Aucune réponse ne manque.');
  await expectAccessible(page, 'behind a figure');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page).toHaveURL(/\/bilan\?periode=s2-2023$/);
  await panel.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/personnes\//);
});

test('a sentence is held against what is counted, without a network; a wrong one is told, and can be taken back', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await readyOffline(page, origin);
  await laptop.goOffline();
  const menu = page.getByRole('navigation', { name: 'Menu principal' });
  await menu.getByRole('link', { name: 'Bilan' }).click();
  await page.getByLabel('Période', { exact: true }).selectOption({ label: 'Année 2023' });
  await page.getByRole('button', { name: 'Écrire une phrase' }).click();
  const form = page.getByRole('dialog', { name: 'Écrire une phrase' });
  await form.getByLabel('Phrase', { exact: true }).fill('57 % des 76 inscrits sont venus');
  await expect(form.getByLabel('Nombre écrit')).toHaveValue('57');
  await expect(form.getByLabel('Sur combien')).toHaveValue('76');
  await form.getByLabel('Sur combien').fill('45');
  await form.getByRole('button', { name: 'Comparer' }).click();
  const said = page.locator('[data-statement="57"]');
  await expect(said.locator('[data-finding="impossiblePercent"]')).toContainText(
    '57\u202F% de 45 est impossible',
  );

  // The same sentence about a figure that is counted.
  await said.getByRole('button', { name: 'Corriger' }).click();
  await page
    .getByLabel('De quoi parle ce nombre')
    .selectOption({ label: 'Assidus\u202F: Socioprofessionnel' });
  await page.getByRole('button', { name: 'Comparer' }).click();
  await expect(said.locator('[data-finding="percentDiffers"]')).toContainText('79/110 donne 72');
  await expectAccessible(page, 'a sentence');
  await page.emulateMedia({ colorScheme: 'light' });

  await said.getByRole('button', { name: 'Retirer' }).click();
  await expect(said).toHaveCount(0);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(said).toBeVisible();

  // Of other dates nothing was said, and nothing is counted.
  await page.getByLabel('Période', { exact: true }).selectOption({ label: 'Autre période…' });
  await page.getByLabel('Du', { exact: true }).fill('2019-01-01');
  await page.getByLabel('Au', { exact: true }).fill('2019-01-31');
  await page.getByRole('button', { name: 'Afficher' }).click();
  await expect(page.getByText("Rien n'est compté sur cette période")).toBeVisible();
  await expect(said).toHaveCount(0);
});

test('a phone reads the figures too, and a volunteer does not', async ({ phone }) => {
  const coordinator = await phone({ width: 390, height: 844 });
  await coordinator.signIn('elise');
  await coordinator.page.goto(`${coordinator.origin}/reglages`);
  await coordinator.page.getByRole('link', { name: 'Bilan' }).click();
  await expect(coordinator.page.locator('[data-figure="people"]')).toHaveText('76');
  await expectAccessible(coordinator.page, 'figures on a phone');
  await enlarge(coordinator.page, '200%');
  expect(await cutTexts(coordinator.page), 'the figures at 200 %').toEqual([]);
  await enlarge(coordinator.page, '100%');

  const volunteer = await phone({ width: 390, height: 844 });
  await volunteer.signIn('maia');
  await volunteer.page.goto(`${volunteer.origin}/bilan`);
  await expect(volunteer.page.getByText('Réservé à la coordination')).toBeVisible();
});
