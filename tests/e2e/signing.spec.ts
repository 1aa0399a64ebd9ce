import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { cutTexts, enlarge } from './large-text.ts';
import { expect, pill, test } from './presence.ts';
import { printed } from './printed-sheets.ts';
import { give, openRollCall } from './roll-call-steps.ts';
import { draw, giveBack, ownPage } from './signing-steps.ts';

const synced = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('in Dari and without a network somebody signs on the phone; a correction asks for another signature, in a version that says so', async ({
  phone,
}) => {
  const hand = await phone();
  const { page, origin } = hand;
  await hand.signIn('maia');
  const occurrence = await openRollCall(page, origin, /conversation/);
  await hand.goOffline();
  await page.getByRole('button', { name: /(Tous|autres) présents/ }).click();
  await page.getByRole('link', { name: 'Faire signer' }).click();
  await page.locator('button.item').first().waitFor();
  const names = await page.locator('button.item b').allTextContents();
  await page
    .locator('button.item', { has: page.locator('[lang="fa-AF"]') })
    .first()
    .click();
  const own = ownPage(page);
  await expect(own).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('لطفاً این‌جا امضا کنید');
  await expect(own).toContainText('کارگاه مکالمه');
  await expect(own).toContainText('۱۴:۳۰ – ۱۶:۳۰');
  const signer = (await own.locator('.who b').textContent()) ?? '';
  // Nobody else's name is anywhere on the page, and Back leads to none.
  const others = names.filter((name) => name !== signer);
  await page.goBack();
  await expect(own).toBeVisible();
  const said = (await page.locator('body').textContent()) ?? '';
  expect(others.filter((name) => said.includes(name))).toEqual([]);
  await expectAccessible(page, 'signing in Dari');
  await page.emulateMedia({ colorScheme: 'light' });
  await enlarge(page, '200%');
  expect(await cutTexts(page)).toEqual([]);
  await enlarge(page, '100%');

  await page.getByRole('button', { name: 'تأیید می‌کنم' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'اول داخل چوکات امضا کنید.' })).toBeVisible();
  await draw(page);
  await page.getByRole('button', { name: 'تأیید می‌کنم' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('تشکر');
  await giveBack(page, 'تلفون را پس می‌دهم');
  await expect(page.locator('[data-signed="1"]')).toHaveText(`1 signature sur ${names.length}`);

  // Somebody else does not draw: a press by keyboard says that they were there.
  await page.locator('button.item').first().click();
  const second = (await own.locator('.who b').textContent()) ?? '';
  await page.getByRole('combobox').selectOption('fr');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("Signez ici, s'il vous plaît");
  await page.getByRole('button', { name: 'Je ne peux pas ou ne veux pas signer' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: "J'étais là (sans dessiner)" }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Merci');
  await giveBack(page, 'Rendre le téléphone');
  await expect(page.locator('[data-signed="2"]')).toBeVisible();
  await page.getByRole('link', { name: "Retour à l'appel" }).click();
  await expect(
    page.getByRole('link', { name: `Faire signer · 2 signatures sur ${names.length}` }),
  ).toBeVisible();
  await expect(page.locator('li.row', { hasText: 'Signé' })).toHaveCount(2);
  await page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await expect(page.getByText(/Appel clôturé/).first()).toBeVisible();
  await hand.goOnline();
  await synced(page);

  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  const sheet = `${laptop.origin}/feuilles?groupe=${occurrence.split('.')[0]}&seance=${encodeURIComponent(occurrence)}`;
  await laptop.page.goto(sheet);
  await expect(laptop.page.getByText('Version 1')).toBeVisible();
  const first = await printed(laptop.page);
  expect(first.words).toContain("A confirmé sa présence sur l'écran, devant Maïa Lescure");
  expect(first.words).not.toMatch(/de nouveau|rectifié/);
  expect(first.drawings).toBe(1);

  // The signer came late, after all.
  await page.getByRole('button', { name: "Corriger l'appel" }).click();
  await page.getByRole('button', { name: "Rouvrir l'appel" }).click();
  await expect(page.getByText('Correction en cours')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compter' })).toBeVisible();
  await give(page, names.indexOf(signer), 'En retard');
  await expect(page.locator('li.row', { hasText: 'Signé' })).toHaveCount(1);
  await page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await expect(page.getByText(/Appel clôturé/).first()).toBeVisible();
  await synced(page);
  await laptop.page.getByText('Version 2').waitFor();
  const rectified = await printed(laptop.page);
  expect(rectified.words).toMatch(/Version 2 · rectifié le .* par Maïa Lescure/);
  expect(rectified.words).toMatch(/À signer de nouveau \(signé le .*, pour : Présent/);
  expect(rectified.words).toContain('A confirmé sa présence');
  expect(rectified.drawings).toBe(0);

  await page.getByRole('link', { name: /^Faire signer/ }).click();
  await page.getByRole('region', { name: 'À signer de nouveau' }).getByRole('button').click();
  await expect(own.locator('.who b')).toHaveText(signer);
  expect(second).not.toBe(signer);
  await draw(page);
  await page.getByRole('button', { name: 'تأیید می‌کنم' }).click();
  await giveBack(page, 'تلفون را پس می‌دهم');
  await expect(page.locator('[data-signed="2"]')).toBeVisible();
});
