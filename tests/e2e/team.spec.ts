import { addDays, mondayOf } from '../../src/lib/domain/local-time.ts';
import { expectAccessible } from './axe.ts';
import { expect, pill, test, type PresenceServer } from './presence.ts';
import type { Page } from '@playwright/test';

interface Stored {
  readonly _id: string;
  readonly name?: string;
  readonly volunteer: string;
  readonly occurrence?: string;
  readonly account?: string;
  readonly invitedAs?: string;
  readonly state?: string;
  readonly replaces?: string;
}
const documents = async (server: PresenceServer, type: string): Promise<Stored[]> => {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: Stored }[] }>(`/paris13-s3-2023/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
};
const said = (page: Page) => page.locator('.toast p');
const settled = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('somebody joins the team, is given a group and a replacement, and both are seen in the planning', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/equipe`);
  await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).waitFor();
  await laptop.goOffline();
  await page.getByRole('button', { name: 'Ajouter une personne' }).click();
  let sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(sheet.getByText('Écrivez le nom.')).toBeVisible();
  await sheet.getByLabel('Prénom et nom').fill('Nadia Ferré');
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(said(page)).toContainText('Nadia Ferré');

  await page.getByRole('button', { name: 'Nadia Ferré' }).click();
  sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Confier un groupe' }).click();
  await sheet.getByLabel('Groupe').selectOption({ label: 'Numérique, groupe 1' });
  const told = (await sheet.getByText(/à venir/).textContent()) ?? '';
  const meetings = Number(/\d+/.exec(told)?.[0]);
  expect(meetings).toBeGreaterThan(0);
  await sheet.getByRole('button', { name: 'Confier', exact: true }).click();
  await expect(said(page)).toHaveText(new RegExp(`Numérique, groupe 1\\s*: Nadia Ferré, ${meetings} séance`));

  // Maïa cannot come once: Nadia takes her place that day.
  await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).click();
  sheet = page.getByRole('dialog');
  const ahead = sheet.getByRole('region', { name: /Séances à venir/ }).locator('li');
  const count = await ahead.count();
  await ahead
    .last()
    .getByRole('button', { name: /Remplacer ce jour/ })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Nadia Ferré/ })
    .click();
  await expect(said(page)).toContainText('Nadia Ferré remplace Maïa Lescure');
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).click();
  await expect(ahead).toHaveCount(count);
  await ahead
    .last()
    .getByRole('button', { name: /Remplacer ce jour/ })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Nadia Ferré/ })
    .click();
  await expect(said(page)).toContainText('Nadia Ferré remplace Maïa Lescure');

  await laptop.goOnline();
  await settled(page);
  const nadia = (await documents(server, 'volunteer')).find(({ name }) => name === 'Nadia Ferré');
  const maia = (await documents(server, 'volunteer')).find(({ name }) => name === 'Maïa Lescure');
  const shifts = await documents(server, 'shift');
  const hers = shifts.filter(({ volunteer }) => volunteer === nadia?.volunteer);
  expect(hers).toHaveLength(meetings + 1);
  const [replacement] = hers.filter(({ replaces }) => replaces === maia?.volunteer);
  expect(
    shifts.filter(
      ({ occurrence, volunteer }) => occurrence === replacement?.occurrence && volunteer === maia?.volunteer,
    ),
  ).toMatchObject([{ state: 'cancelled' }]);

  await page.goto(`${laptop.origin}/planning`);
  await page
    .getByRole('grid')
    .getByRole('button', { name: /^(Numérique, g|G)roupe 1, semaine 9/ })
    .last()
    .click();
  await expect(page.getByRole('complementary')).toContainText('Nadia Ferré');
});

test('who led a past meeting is corrected afterwards, and the hours go with it, until the term is closed', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/equipe`);
  const heldOf = async (name: string) =>
    Number(
      ((await page.locator('tbody tr', { hasText: name }).locator('td').last().textContent()) ?? '')
        .replace(',', '.')
        .replace(/[^\d.]/g, ''),
    );
  const maia = page.getByRole('button', { name: 'Maïa Lescure', exact: true });
  await maia.click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Séances passées ou notées').click();
  const past = sheet.getByRole('group').locator('li');
  await expect(past.first()).toBeVisible();
  await expectAccessible(page, 'past meetings of a person');
  const before = await heldOf('Maïa Lescure');
  await past
    .last()
    .getByRole('button', { name: /Remplacer ce jour/ })
    .click();
  await expect(sheet).toContainText('votre choix corrige les heures');
  const steppedIn = sheet.locator('li button').first();
  const name = (await steppedIn.locator('b').textContent()) ?? '';
  const theirs = await heldOf(name);
  await steppedIn.click();
  await expect(said(page)).toContainText(`${name} remplace Maïa Lescure`);
  await expect.poll(() => heldOf(name)).toBeGreaterThan(theirs);
  const moved = (await heldOf(name)) - theirs;
  expect(await heldOf('Maïa Lescure')).toBeCloseTo(before - moved, 1);

  // Another meeting she had taken on the spot, beside somebody: it is put on her sheet.
  await maia.click();
  await sheet.getByText('Séances passées ou notées').click();
  await sheet.getByRole('button', { name: 'Ajouter une séance passée' }).click();
  await sheet.locator('li button', { hasText: 'Avec' }).filter({ hasNotText: 'Anime aussi' }).first().click();
  await expect.poll(() => heldOf('Maïa Lescure')).toBeGreaterThan(before - moved);

  await settled(page);
  const replaced = (await documents(server, 'shift')).filter(({ replaces }) => replaces !== undefined);
  expect(replaced.length).toBeGreaterThan(0);

  // A closed term has its hours in its frozen counts.
  await page.getByRole('radio', { name: 'S1.23' }).check();
  await expect(page.getByText(/^S1.23 · /)).toBeVisible();
  await page.locator('tbody button').first().click();
  await sheet.getByText('Séances passées ou notées').click();
  await expect(sheet).toContainText('La session est close');
  await expect(
    sheet.getByRole('button', { name: /Remplacer ce jour|Ajouter une séance passée/ }),
  ).toHaveCount(0);
});

test('an invitation accepted links the account to the person of the team', async ({ server, phone }) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/equipe`);
  const stranger = page.locator('tbody tr', { hasText: 'Sans compte' }).first().getByRole('button');
  const name = (await stranger.textContent()) ?? '';
  await stranger.click();
  await page.getByRole('dialog').getByRole('link', { name: 'Inviter sur son téléphone' }).click();
  await expect(page.getByLabel('Prénom et nom')).toHaveValue(name);
  expect(page.url()).not.toContain(encodeURIComponent(name.split(' ')[0] ?? ''));
  const account = await page.getByLabel('Nom de connexion').inputValue();
  await page.getByRole('button', { name: /Créer l.invitation/ }).click();
  const link = (await page.locator('code.link').textContent()) ?? '';
  await page.getByRole('button', { name: 'Terminé' }).click();
  await page.getByRole('link', { name: 'Équipe', exact: true }).click();
  await expect(page.locator('tbody tr', { hasText: name })).toContainText('Invitation envoyée');

  const other = await phone();
  await other.page.goto(`${other.origin}/invitation${new URL(link).hash}`);
  await other.page.getByRole('button', { name: 'Utiliser ce téléphone' }).click();
  await other.page
    .getByText(/Bonjour|Semaine/)
    .first()
    .waitFor();
  await expect(page.locator('tbody tr', { hasText: name })).toContainText(account, { timeout: 60_000 });
  await settled(page);
  const [linked] = (await documents(server, 'volunteer')).filter((one) => one.name === name);
  expect(linked).toMatchObject({ account });
  expect(linked?.invitedAs).toBeUndefined();
  const theirs = (await documents(server, 'shift')).filter((one) => one.volunteer === linked?.volunteer);
  expect(theirs.length).toBeGreaterThan(0);
  expect(theirs.every((one) => one.account === account)).toBe(true);
});

test('a volunteer of the last term, taken into a new one, is given access to it and has it on the phone', async ({
  server,
  phone,
}) => {
  const maia = await phone();
  await maia.signIn('maia');
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/session/nouvelle`);
  await page.getByLabel('Étiquette').fill('S4.23');
  await page.getByLabel('Début').fill(addDays(mondayOf(new Date().toISOString().slice(0, 10)), 140));
  const code = await page.getByLabel('Code').inputValue();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await page.getByRole('button', { name: 'Ouvrir la session' }).waitFor();
  await settled(page);

  await page.goto(`${laptop.origin}/equipe`);
  await page.getByRole('radio', { name: 'S4.23' }).check();
  await page.getByRole('button', { name: "Reprendre d'une session" }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('checkbox', { name: /Maïa Lescure/ }).check();
  await sheet.getByRole('button', { name: /Reprendre/ }).click();
  const grant = page.getByRole('button', { name: 'Donner accès à S4.23' });
  await expect(page.locator('tbody tr', { hasText: 'Maïa Lescure' })).toContainText("Pas encore d'accès");
  await settled(page);

  await laptop.goOffline();
  await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).click();
  await expect(sheet).toContainText("n'ouvre pas encore S4.23");
  await expectAccessible(page, 'access to a term');
  await sheet.getByRole('button', { name: 'Donner accès à S4.23' }).click();
  await expect(sheet).toContainText('Il faut du réseau');
  await page.keyboard.press('Escape');
  await laptop.goOnline();
  await settled(page);
  await grant.click();
  await expect(page.locator('tbody tr', { hasText: 'Maïa Lescure' })).not.toContainText("Pas encore d'accès");
  await expect(grant).toHaveCount(0);
  const { roles } = await server.ask<{ roles: string[] }>('/_users/org.couchdb.user:maia');
  expect(roles).toContain(`volunteer:paris13:${code}`);

  // Her phone learns of it when it is in touch, and opens it the next time.
  await expect(async () => {
    await maia.page.reload();
    const kept = await maia.page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name ?? ''),
    );
    expect(kept.filter((name) => name.includes(code))).not.toEqual([]);
  }).toPass({ timeout: 90_000 });
});
