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
