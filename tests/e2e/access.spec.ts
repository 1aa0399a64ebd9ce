import { expectAccessible } from './axe.ts';
import { expect, pill, readyOffline, test } from './presence.ts';
import { give, openRollCall } from './roll-call-steps.ts';

const database = 'paris13-s3-2023';

test('a volunteer is invited, signs in by the link, is removed, hands in the last marks and is erased', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  await laptop.page.goto(`${laptop.origin}/acces`);
  await laptop.page.getByRole('button', { name: 'Inviter une personne' }).click();
  await laptop.page.getByLabel('Prénom et nom').fill('Nadia Ferré');
  await expect(laptop.page.getByLabel('Nom de connexion')).toHaveValue('nadia.ferre');
  await laptop.page
    .getByRole('button', { name: 'Créer l’invitation' })
    .or(laptop.page.getByRole('button', { name: "Créer l'invitation" }))
    .click();
  await expect(laptop.page.getByRole('img', { name: /Code QR/ })).toBeVisible();
  const link = (await laptop.page.locator('code.link').textContent()) ?? '';
  expect(link).toMatch(/\/invitation#[\w-]{43}$/);
  await laptop.page.getByRole('button', { name: 'Terminé' }).click();
  await expect(laptop.page.getByRole('region', { name: 'Invitations en attente' })).toContainText(
    'Nadia Ferré',
  );

  // Her phone, on a line of its own.
  const nadia = await phone();
  await nadia.page.goto(`${nadia.origin}/invitation${new URL(link).hash}`);
  await nadia.page.getByRole('button', { name: 'Utiliser ce téléphone' }).click();
  await nadia.page
    .getByText(/Bonjour|Semaine/)
    .first()
    .waitFor();
  expect(new URL(nadia.page.url()).hash).toBe('');
  await readyOffline(nadia.page, nadia.origin);

  // The link is used up.
  const other = await phone();
  await other.page.goto(`${other.origin}/invitation${new URL(link).hash}`);
  await other.page.getByRole('button', { name: 'Utiliser ce téléphone' }).click();
  await expect(other.page.getByRole('alert')).toContainText('a déjà servi');

  // She marks without a network, and is removed meanwhile.
  const occurrence = await openRollCall(nadia.page, nadia.origin, /./);
  await nadia.goOffline();
  await give(nadia.page, 0, 'Présent');
  await laptop.page.reload();
  const account = laptop.page.locator('[data-account="nadia.ferre"]');
  await account.getByRole('button', { name: /Retirer ce téléphone/ }).click();
  await laptop.page.getByRole('dialog').getByRole('button', { name: 'Retirer ce téléphone' }).click();
  await expect(account).toContainText('Retiré');

  await nadia.goOnline();
  await nadia.page.waitForURL(/connexion/, { timeout: 60_000 });
  await expect(nadia.page.getByText('a été retiré par la coordination')).toBeVisible();
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`mark:${occurrence}:`),
    endkey: JSON.stringify(`mark:${occurrence}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: { by: string } }[] }>(`/${database}/_all_docs?${range}`);
  expect(rows.map(({ doc }) => doc.by)).toContain('nadia.ferre');
  const left = await nadia.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left.filter((name) => name?.startsWith('presence~'))).toEqual([]);
  await laptop.page.reload();
  await expect(account).toContainText('Aucun téléphone');
  await expect(pill(laptop.page)).toBeVisible();
});

test('nobody is invited under the sign-in name of somebody else without it being said', async ({ phone }) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/equipe`);
  await page.getByRole('button', { name: 'Ajouter une personne' }).click();
  await page.getByLabel('Prénom et nom').fill('Maïa');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('button', { name: 'Maïa', exact: true }).click();
  await page.getByRole('link', { name: 'Inviter sur son téléphone' }).click();

  // Another Maïa than the one who has the account: a free name is proposed, and hers is refused.
  const account = page.getByLabel('Nom de connexion');
  const make = page.getByRole('button', { name: /Créer l.invitation/ });
  const code = page.getByRole('img', { name: /Code QR/ });
  await expect(account).toHaveValue('maia2');
  await account.fill('maia');
  await expect(page.getByText('maia est déjà le nom de connexion de Maïa Lescure')).toBeVisible();
  await make.click();
  await expect(make).not.toHaveAttribute('aria-disabled', 'true');
  await expect(code).toBeHidden();
  await page.getByRole('button', { name: 'Prendre maia2' }).click();
  await make.click();
  await expect(code).toBeVisible();

  // A second phone of somebody who is known: said whose it is, and asked.
  await page.getByRole('button', { name: 'Inviter quelqu' }).click();
  await page.getByLabel('Prénom et nom').fill('Jean');
  await expect(account).toHaveValue('jean2');
  await account.fill('jean');
  await expect(page.getByText('jean est déjà le nom de connexion de Jean Marchetti')).toBeVisible();
  await make.click();
  await expect(page.getByText('Dites si c')).toBeVisible();
  await expectAccessible(page, 'an invitation under a known name');
  await expect(code).toBeHidden();
  await page.getByRole('checkbox', { name: /un autre téléphone de Jean Marchetti/ }).check();
  await make.click();
  await expect(code).toBeVisible();
});
