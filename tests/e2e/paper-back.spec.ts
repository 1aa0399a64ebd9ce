import { expectAccessible } from './axe.ts';
import { expect, pill, test } from './presence.ts';
import { photographed, printed } from './printed-sheets.ts';

test('a printed sheet that was photographed comes back to its list by its code, and is copied line by line by keyboard', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${origin}/feuilles`);
  await page.getByLabel('Groupe', { exact: true }).selectOption({ label: 'Atelier conversation' });
  await expect(page.locator('[data-sheet]')).toBeVisible();
  const sheet = await printed(page);
  const code = /Liste ([0-9A-F]{4}-[0-9A-F]{4})/.exec(sheet.words)?.[1] ?? '';
  const [photo] = await photographed(page, sheet.bytes);
  if (!photo) throw new Error('no page');

  await page.getByRole('link', { name: 'Relire une feuille signée sur papier' }).click();
  await expect(page.getByText("elle n'est ni envoyée ni gardée")).toBeVisible();
  const chooser = page.getByLabel('Choisir une image');
  await chooser.setInputFiles({ name: 'flou.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByRole('alert').filter({ hasText: "n'est pas une image" })).toBeVisible();
  const sent: string[] = [];
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
  await chooser.setInputFiles({ name: 'feuille.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByRole('heading', { name: 'Atelier conversation' })).toBeVisible();
  await expect(page.getByText(`Liste ${code} · page 1`)).toBeVisible();
  await expect(page.locator('canvas')).toBeVisible();
  expect(sent.filter((address) => !address.includes('/couch/'))).toEqual([]);

  const lines = page.locator('[data-line]');
  await lines.first().waitFor();
  const printedNames = await lines.locator('.name b').allTextContents();
  const places = printedNames.map((name) => sheet.words.indexOf(name));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  await expectAccessible(page, 'a sheet read back');
  await page.emulateMedia({ colorScheme: 'light' });

  // By keyboard: late and signed, the line below present and signed.
  await lines.first().getByRole('radio').first().focus();
  await page.keyboard.press('r');
  await page.keyboard.press('s');
  await expect(lines.first().getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('Enter');
  await page.keyboard.press('p');
  await page.keyboard.press('s');
  await expect(lines.nth(1).getByRole('checkbox')).toBeChecked();
  // Photographed once more, and typed: what was copied stays. Leaving asks.
  await chooser.setInputFiles({ name: 'encore.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByRole('progressbar')).toBeHidden();
  await expect(lines.nth(1).getByRole('checkbox')).toBeChecked();
  await page.getByRole('link', { name: 'Feuilles' }).first().click();
  const leaving = page.getByRole('dialog', { name: 'Quitter sans enregistrer' });
  await expect(leaving.getByText('2 lignes copiées')).toBeVisible();
  await leaving.getByRole('button', { name: 'Rester sur la page' }).click();
  await expect(leaving).toBeHidden();
  await page.getByRole('button', { name: 'Enregistrer 2 lignes' }).click();
  await expect(page.getByText('La page est enregistrée')).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

  // The same list by the code that is written on the page.
  await page.getByRole('button', { name: 'Une autre feuille' }).click();
  await page.getByLabel('Code de la liste').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Ouvrir la liste' }).click();
  await expect(lines.first().getByRole('checkbox')).toBeChecked();
  await page.goBack();
  await page.getByLabel('Groupe', { exact: true }).selectOption({ label: 'Atelier conversation' });
  await expect(page.locator('[data-sheet]')).toBeVisible();
  const second = await printed(page);
  expect(second.words.match(new RegExp(`Signé sur papier \\(feuille ${code}, page 1\\)`, 'g'))).toHaveLength(
    2,
  );
});
