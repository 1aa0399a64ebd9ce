import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { cutTexts, enlarge } from './large-text.ts';
import { expect, pill, readyOffline, test, type Phone } from './presence.ts';

const database = 'paris13-s3-2023';

interface OneOff {
  readonly title: string;
  readonly type: string;
  readonly places?: string;
}

const synced = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

/** A coordinator adds something that happens once, today; `fill` says more of it. */
async function addOnce(laptop: Phone, { title, type, places }: OneOff, fill: () => Promise<void>) {
  const { page, origin } = laptop;
  await page.goto(`${origin}/planning`);
  await page.getByRole('button', { name: 'Ajouter une sortie' }).click();
  const sheet = page.locator('dialog[open]');
  await sheet.getByLabel('Titre').fill(title);
  await sheet.getByRole('radio', { name: type }).check();
  await sheet.getByLabel('Où exactement').fill('23 rue de Sévigné');
  if (places) await sheet.getByLabel('Nombre de places').fill(places);
  await fill();
  await sheet.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(page.locator('#content').getByText('Séance ajoutée')).toBeVisible();
  await page.locator('.toast').getByRole('button', { name: 'Fermer' }).click();
  await synced(page);
}

/** The page of an outing, by the link on today's page. */
async function openOuting({ page, origin }: Phone, title: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: 'Sorties et activités' }).click();
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function signUp(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Chercher un nom' }).fill(name);
  await page.getByRole('button', { name: new RegExp(`(Inscrire|Mettre en attente) ${name}`) }).click();
}

const region = (page: Page, name: RegExp) => page.getByRole('region', { name });

test('an outing: two phones without a network take the last place, the later one waits; who withdraws gives the place on; fewer come back than left', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  const title = 'Musée Carnavalet';
  const sheet = laptop.page.locator('dialog[open]');
  await addOnce(laptop, { title, type: 'Activité culturelle', places: '2' }, async () => {
    await sheet.getByLabel('Point de rendez-vous').fill('Métro Saint-Paul');
    await sheet.getByLabel('Prix').fill('Gratuit');
    await sheet.getByLabel('Accessibilité').fill('Ascenseur');
    await expectAccessible(laptop.page, 'the sheet of an outing');
  });

  const [one, other] = [await phone(), await phone()];
  await one.signIn('maia');
  await other.signIn('jean');
  for (const each of [one, other]) {
    await readyOffline(each.page, each.origin);
    await openOuting(each, title);
  }
  await expect(one.page.getByText('Métro Saint-Paul')).toBeVisible();
  await signUp(one.page, 'Bibi Gul Amarkhil');
  await expect(region(other.page, /Ont une place/)).toContainText('Bibi Gul', { timeout: 60_000 });

  await one.goOffline();
  await other.goOffline();
  await signUp(one.page, 'Fatima Noorzai');
  await expect(one.page.getByText('Inscription notée : Fatima Noorzai').first()).toBeVisible();
  await signUp(other.page, 'Laila Popalzai');
  await expect(other.page.getByText('Inscription notée : Laila Popalzai').first()).toBeVisible();
  await one.goOnline();
  await other.goOnline();
  for (const { page } of [one, other]) {
    await expect(region(page, /Ont une place/)).toContainText('Fatima Noorzai', { timeout: 60_000 });
    await expect(region(page, /Liste d'attente/)).toContainText('Laila Popalzai', { timeout: 60_000 });
    await expect(region(page, /À prévenir/)).toContainText("Laila Popalzai n'a plus de place");
  }
  await expectAccessible(one.page, 'an outing with a waiting list');
  await enlarge(one.page, '200%');
  expect.soft(await cutTexts(one.page), 'an outing, text twice as large').toEqual([]);
  await enlarge(one.page, '100%');
  await region(other.page, /À prévenir/)
    .getByRole('button', { name: "C'est fait Laila" })
    .click();
  await expect(region(one.page, /À prévenir/)).toBeHidden({ timeout: 60_000 });

  await one.page.getByRole('button', { name: 'Se désiste Bibi Gul Amarkhil' }).click();
  await expect(one.page.getByText('La place est pour Laila Popalzai : à prévenir').first()).toBeVisible();
  await expect(region(other.page, /À prévenir/)).toContainText("Une place s'est libérée pour Laila", {
    timeout: 60_000,
  });

  await one.page.getByRole('link', { name: 'Appel' }).click();
  await expect(one.page.getByRole('radiogroup')).toHaveCount(2);
  await one.page.getByRole('button', { name: 'Tous présents' }).click();
  await one.page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await one.page.getByRole('link', { name: 'Inscriptions et retour' }).click();
  await one.page.getByRole('button', { name: 'Une personne de plus' }).click();
  await expect(one.page.getByText('Il manque 1 personne')).toBeVisible();
  await expectAccessible(one.page, 'fewer at return');
  await one.page.getByLabel('Personnes au retour').fill('2');
  await one.page.getByLabel('Personnes au retour').press('Tab');
  await expect(one.page.getByText('2 au départ, 2 au retour')).toBeVisible();
  await synced(one.page);
  const { rows } = await server.ask<{ rows: { doc: Record<string, unknown> }[] }>(
    `/${database}/_all_docs?include_docs=true&startkey="closing:"&endkey="closing:~"`,
  );
  expect(rows.filter(({ doc }) => doc.returnCount !== undefined).map(({ doc }) => doc)).toMatchObject([
    { state: 'closed', returnCount: 2, counts: { present: 2, unmarked: 0 } },
  ]);
});

test('a practical workshop is for a chosen list; cancelled, the day’s page tells it and who is to be told', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  const title = 'Lettre de motivation';
  const people = ['Fatima Noorzai', 'Laila Popalzai'];
  const sheet = laptop.page.locator('dialog[open]');
  await addOnce(laptop, { title, type: 'Atelier pratique' }, async () => {
    await sheet.getByRole('radio', { name: 'Une liste choisie' }).check();
    for (const name of people) {
      await sheet.getByRole('searchbox', { name: 'Chercher une personne' }).fill(name);
      await sheet.getByRole('button', { name: `Ajouter ${name}` }).click();
    }
    await expect(sheet.getByText('2 personnes choisies')).toBeVisible();
  });

  const volunteer = await phone();
  await volunteer.signIn('maia');
  await openOuting(volunteer, title);
  const { page, origin } = volunteer;
  for (const name of people)
    await expect(region(page, /2 personnes sur la liste/)).toContainText(name, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Appel' }).click();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);

  const grid = laptop.page.getByRole('grid');
  await grid.getByRole('button', { name: new RegExp(`${title}, semaine 8`) }).click();
  const detail = laptop.page.getByRole('complementary');
  await expect(detail.getByText('2 personnes sur la liste')).toBeVisible();
  await detail.getByRole('button', { name: 'Annuler la séance' }).click();
  await detail.getByRole('radio', { name: 'Grève des transports' }).check();
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await synced(laptop.page);

  await page.goto(`${origin}/`);
  const told = region(page, /Annulées/).getByRole('link', { name: new RegExp(title) });
  await expect(told).toContainText('Annulée : Grève des transports · 2 personnes à prévenir', {
    timeout: 60_000,
  });
  await expectAccessible(page, 'a cancelled meeting on today’s page');
  await told.click();
  for (const name of people) await expect(region(page, /2 personnes à prévenir/)).toContainText(name);
});
