import { expectAccessible } from './axe.ts';
import { signIn, test } from './presence.ts';

test('no screen has an accessibility violation', async ({ phone }) => {
  const { page, origin } = await phone();
  const check = (name: string) => expectAccessible(page, name);
  await page.goto(`${origin}/invitation#a-token`);
  await page.getByRole('button', { name: 'Utiliser ce téléphone' }).waitFor();
  await check('invitation');
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').waitFor();
  await check('sign-in');
  await signIn(page, origin, 'elise');
  await page.locator('.pill').waitFor();
  await check('today');
  await page.locator('.pill').click();
  await page.getByRole('dialog').waitFor();
  await check('sync sheet');
  for (const path of ['/jour', '/planning', '/personnes', '/acces', '/reglages']) {
    await page.goto(origin + path);
    await page.locator('main :is(h2, table, li, fieldset)').first().waitFor();
    await check(path);
  }
  await page.goto(`${origin}/personnes`);
  await page.locator('main tbody a').first().click();
  await page.waitForURL('**/personnes/*');
  await page.getByRole('heading', { name: 'Historique' }).waitFor();
  await check('person');
  await page.goto(`${origin}/`);
  await page.getByRole('radio', { name: 'Toutes' }).click({ force: true });
  await page
    .getByRole('link', { name: /l'appel/ })
    .or(page.locator('main a.item'))
    .first()
    .click();
  await page.locator('main.roll-call').getByRole('radiogroup').first().waitFor();
  await check('roll call, start');
  await page.getByRole('radiogroup').first().getByRole('radio').nth(2).click({ force: true });
  await check('roll call, in progress');
  await page.locator('.row-name').first().click();
  await page.getByRole('dialog').waitFor();
  await check('person sheet');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await check('add a person');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await page.getByRole('dialog').waitFor();
  await check('closing');
  await page.goto(page.url().replace('/appel/', '/transmettre/'));
  await page.locator('.digits').waitFor();
  await check('handing over');
  await page.goto(`${origin}/recevoir`);
  await page.getByText('Ouvrir un fichier reçu').waitFor();
  await check('receiving');
});

test('no page of terms has an accessibility violation', async ({ phone }) => {
  const { page, origin } = await phone({ width: 1280, height: 800 });
  const check = (name: string) => expectAccessible(page, name);
  await signIn(page, origin, 'elise');
  for (const path of [
    '/session',
    '/session/ateliers',
    '/session/fiche/s3-2023',
    '/session/cloture/s3-2023',
  ]) {
    await page.goto(origin + path);
    await page.locator('main :is(h2, table, li)').first().waitFor();
    await check(path);
  }
  await page.goto(`${origin}/session/ateliers`);
  await page.getByRole('button', { name: /CAPSYS/ }).click();
  await page.getByRole('dialog').waitFor();
  await check('a room');
  await page.goto(`${origin}/session/nouvelle`);
  await page.getByLabel('Début').fill('2027-04-05');
  await page.getByLabel('Copier depuis une session').selectOption({ label: 'S3.23' });
  await page.getByRole('checkbox', { name: /Ascension/ }).waitFor();
  await page.getByRole('checkbox', { name: 'Numérique, groupe 2' }).waitFor();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await check('a new term');
  await page.getByLabel('Étiquette').fill('S1.27');
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByLabel('Jour', { exact: true }).fill('2027-05-10');
  await page.getByRole('button', { name: 'Ajouter ce jour' }).click();
  await page.getByRole('button', { name: 'Toutes déplacées' }).waitFor();
  await check('another calendar');
  await page.goto(`${origin}/session/cloture/s3-2023`);
  await page.getByRole('button', { name: 'Clore et figer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clore et figer' }).click();
  await page.getByText('Signature vérifiée').waitFor();
  await check('frozen counts');
});
test('the planning on a laptop and its sheets have no accessibility violation', async ({ phone }) => {
  const { page, origin } = await phone({ width: 1280, height: 800 });
  const check = (name: string) => expectAccessible(page, name);
  await signIn(page, origin, 'elise');
  await page.goto(`${origin}/planning`);
  await page
    .getByRole('grid')
    .getByRole('button', { name: /semaine 9/ })
    .first()
    .click();
  await page.getByText(/conflits? à venir/).click();
  await page.getByRole('button', { name: 'Annuler la séance' }).first().click();
  await check('planning');
  for (const name of ['Ajouter un groupe', 'Ajouter une sortie', "S'abonner"]) {
    await page.getByRole('button', { name }).click();
    await page.locator('dialog[open]').waitFor();
    await check(name);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  await page.getByRole('link', { name: 'Réglages' }).first().click();
  await page.getByRole('link', { name: 'Mes séances dans mon agenda' }).click();
  await page.getByRole('button', { name: "Créer l'adresse" }).click();
  await page.locator('code').waitFor();
  await check('own calendar');
});
