import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, pill, test } from './presence.ts';

interface Row<Document> {
  readonly doc: Document;
}
interface StoredFile {
  readonly _id: string;
  readonly participant: string;
  readonly firstName: string;
  readonly familyName: string;
  readonly phone?: string;
  readonly mergedInto?: string;
  readonly languages: readonly string[];
}
interface StoredCard {
  readonly participant: string;
  readonly firstName: string;
  readonly familyName?: string;
  readonly isProvisional: boolean;
}

const term = 'paris13-s3-2023';
const ofType = (database: string, type: string) =>
  `/${database}/_all_docs?${new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type}:\ufff0`),
  })}`;

/** Everything of this device has reached the server. */
const allSent = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('a person is entered without a network beside somebody alike, edited, merged, and the merge undone', async ({
  server,
  phone,
}) => {
  test.slow();
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  const { rows } = await server.ask<{ rows: Row<StoredCard>[] }>(ofType(term, 'rosterCard'));
  const known = rows
    .map(({ doc }) => doc)
    .find((one) => !one.isProvisional && one.familyName && one.firstName.length > 4);
  if (!known?.familyName) throw new Error('somebody with two names was expected');
  await page.goto(`${origin}/personnes`);
  await expect(page.getByRole('columnheader', { name: 'Présences' })).toBeVisible();
  await page.getByRole('link', { name: 'Nouvelle personne' }).click();
  await page.getByLabel('Prénom').waitFor();
  await laptop.goOffline();

  // The name of somebody who is there already, written a little differently.
  await page.getByLabel('Prénom').fill(known.firstName);
  await page.getByLabel('Nom', { exact: true }).fill(`${known.familyName}e`);
  await expect(page.getByText('Est-ce cette personne')).toBeVisible();
  await expect(
    page.getByRole('link', { name: `Ouvrir la fiche de ${known.firstName} ${known.familyName}` }),
  ).toBeVisible();
  await page.getByLabel('Langues parlées').fill('tigr');
  await page.getByLabel('Langues parlées').press('Enter');
  await page.getByLabel('Téléphone').fill('06 11 22 33 44');
  await page.getByLabel('Orientation par').selectOption({ label: 'Une nouvelle personne ou structure…' });
  await page.getByRole('group', { name: 'Une nouvelle personne' }).getByLabel('Nom').fill('Claire Morel');
  await expectAccessible(page, 'people, state 1');
  // Enter makes no second file: it goes to the question.
  await page.getByLabel('Prénom').press('Enter');
  await expect(page.getByRole('link', { name: /^Ouvrir la fiche de/ }).first()).toBeFocused();
  // Leaving asks first.
  await page.getByRole('link', { name: 'Annuler' }).click();
  await expect(page.getByRole('dialog')).toContainText('Quitter sans enregistrer');
  await page.getByRole('button', { name: 'Rester sur la page' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('dialog')).toContainText('Quitter sans enregistrer');
  await page.getByRole('button', { name: 'Rester sur la page' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Enregistrer une nouvelle fiche quand même' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${known.firstName} ${known.familyName}e`);
  const card = page.getByRole('complementary', { name: 'Fiche' });
  await expect(card.getByRole('link', { name: '06 11 22 33 44' })).toHaveAttribute('href', 'tel:0611223344');
  await expect(card).toContainText('tigrigna');
  await expect(card).toContainText('Claire Morel');
  await expect(page.getByText(/a créé la fiche le/)).toBeVisible();

  await page.getByRole('link', { name: 'Modifier la fiche' }).click();
  await page.getByLabel('Téléphone').fill('07 55 44 33 22');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(card.getByRole('link', { name: '07 55 44 33 22' })).toBeVisible();
  await expect(page.getByText(/a changé le téléphone le/)).toBeVisible();
  await expect(page.getByText('Téléphone\u202F: 06 11 22 33 44 → 07 55 44 33 22')).toBeVisible();
  const fresh = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  // Found in the list by any spelling, in any script.
  await page.goto(`${origin}/personnes`);
  await page.getByRole('searchbox').fill(`${known.firstName} ${known.familyName}`.toUpperCase());
  await expect(page.locator('tbody a')).toHaveCount(2);
  await page.getByRole('searchbox').press('ArrowDown');
  await expect(page.locator('tbody a').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('tbody a').nth(1)).toBeFocused();

  await page.getByRole('link', { name: 'Doublons (1)' }).click();
  const pair = page.getByRole('article', { name: new RegExp(known.familyName) });
  await expect(pair.getByText('noms proches')).toBeVisible();
  await expectAccessible(page, 'people, state 2');
  await pair.getByRole('link', { name: /^Oui, fusionner/ }).click();
  await page.getByRole('radio', { name: `${known.familyName}e` }).check({ force: true });
  await expect(page.getByRole('heading', { name: 'Ce qui est repris' })).toBeVisible();
  await expectAccessible(page, 'people, state 3');
  await page.getByRole('button', { name: 'Oui, fusionner' }).click();
  await expect(page.getByText('Aucune fiche à comparer')).toBeVisible();
  await laptop.goOnline();
  await allSent(page);
  const files = await server.ask<{ rows: Row<StoredFile>[] }>(ofType('paris13-registry', 'participant'));
  const fileOf = (id: string) => files.rows.map(({ doc }) => doc).find((one) => one.participant === id);
  expect(fileOf(fresh)?.mergedInto).toBe(known.participant);
  expect(fileOf(known.participant)).toMatchObject({
    familyName: `${known.familyName}e`,
    phone: '07 55 44 33 22',
  });
  const merged = await server.ask<{ rows: Row<StoredCard>[] }>(ofType(term, 'rosterCard'));
  expect(merged.rows.filter(({ doc }) => doc.participant === fresh)).toEqual([]);
  expect(merged.rows.find(({ doc }) => doc.participant === known.participant)?.doc).toMatchObject({
    familyName: `${known.familyName}e`,
  });
  await page.goto(`${origin}/personnes/${known.participant}`);
  await expect(page.getByText(/a fusionné une autre fiche avec celle-ci/)).toBeVisible();
  await page.goto(`${origin}/personnes/${fresh}`);
  await expect(page.getByText("Cette fiche fait partie d'une autre")).toBeVisible();

  await page.goto(`${origin}/personnes/doublons`);
  await page.getByRole('button', { name: /Annuler la fusion/ }).click();
  await expect(page.getByText(/ont de nouveau chacun leur fiche/).first()).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('button', { name: /^Non, 2 fiches/ }).click();
  await expect(page.getByText('Aucune fiche à comparer')).toBeVisible();
  await allSent(page);
  const after = await server.ask<{ rows: Row<StoredFile>[] }>(ofType('paris13-registry', 'participant'));
  expect(after.rows.find(({ doc }) => doc.participant === fresh)?.doc.mergedInto).toBeUndefined();
  expect(after.rows.find(({ doc }) => doc.participant === known.participant)?.doc).toMatchObject({
    familyName: known.familyName,
  });
  const apart = await server.ask<{ rows: unknown[] }>(ofType('paris13-registry', 'distinction'));
  expect(apart.rows).toHaveLength(1);
  await page.reload();
  await expect(page.getByText('Aucune fiche à comparer')).toBeVisible();
});

test('a file that was begun is left by a link and by Back, once it is said that it is to be lost', async ({
  phone,
}) => {
  const { page, origin, signIn } = await phone({ width: 1280, height: 800 });
  await signIn('elise');
  for (const way of ['link', 'back']) {
    await page.goto(`${origin}/personnes`);
    await page.getByRole('link', { name: 'Nouvelle personne' }).click();
    await page.getByLabel('Prénom').fill('Zoé');
    if (way === 'link') await page.getByRole('link', { name: 'Annuler' }).click();
    else await page.goBack();
    await page.getByRole('button', { name: 'Quitter sans enregistrer' }).click();
    await expect(page).toHaveURL(`${origin}/personnes`);
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('searchbox')).toBeVisible();
  }
});

test('a walk-in becomes a full file', async ({ server, phone }) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${origin}/personnes`);
  await page.getByRole('checkbox', { name: /Fiche provisoire/ }).check({ force: true });
  await expect(page.locator('tbody a')).toHaveCount(1);
  await page.locator('tbody a').click();
  await page.getByRole('link', { name: 'Compléter la fiche' }).click();
  await page.getByRole('radio', { name: 'Femme' }).check({ force: true });
  await page.getByLabel('Consentement donné le').fill('2023-11-20');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('complementary', { name: 'Fiche' })).toContainText('Femme');
  await allSent(page);
  const { rows } = await server.ask<{ rows: Row<StoredCard>[] }>(ofType(term, 'rosterCard'));
  expect(rows.filter(({ doc }) => doc.isProvisional)).toEqual([]);
});

test('the coordinator’s pages about people have no accessibility violation', async ({ phone }) => {
  const { page, origin, signIn } = await phone();
  await signIn('elise');
  await page.goto(`${origin}/personnes`);
  await page.getByRole('checkbox', { name: /À appeler/ }).check({ force: true });
  await expectAccessible(page, 'people, state 4');
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { name: 'Historique' }).waitFor();
  await expectAccessible(page, 'people, state 5');
  await page.getByRole('link', { name: 'Modifier la fiche' }).click();
  await page.getByRole('button', { name: 'Ajouter une situation' }).click();
  await expectAccessible(page, 'people, state 6');
  await page.getByRole('button', { name: 'Retirer' }).last().click();
  await page.getByLabel('Année de naissance').fill('31');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Écrivez une année')).toBeVisible();
  await expectAccessible(page, 'people, state 7');
});

test('a volunteer has names to call and nothing more', async ({ phone }) => {
  const { page, origin, signIn } = await phone();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn('maia');
  await page.goto(`${origin}/personnes`);
  await page.locator('main a.item').first().click();
  await page.getByText(/Présence sur/).waitFor();
  await expect(page.getByRole('heading', { name: 'Historique' })).toBeHidden();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  const shown = new URL(page.url()).pathname;
  for (const path of [`${shown}/fiche`, '/personnes/nouvelle', '/personnes/doublons']) {
    await page.goto(origin + path);
    await expect(page.getByText('Réservé à la coordination')).toBeVisible();
  }
  expect(asked.filter((url) => url.includes('registry'))).toEqual([]);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases.filter((name) => name?.includes('registry'))).toEqual([]);
});
