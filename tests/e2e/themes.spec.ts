import { readFileSync } from 'node:fs';
import { expectAccessible } from './axe.ts';
import { expect, pill, readyOffline, test } from './presence.ts';

interface Stored {
  _id: string;
  title?: string;
  state: string;
  theme?: string;
  prompts?: { text: string }[];
}

test('without a network a proposal is approved, a theme written, printed and set for a day; all of it arrives', async ({
  server,
  phone,
}) => {
  const { page, origin, signIn, goOffline, goOnline } = await phone({ width: 1280, height: 800 });
  await signIn('elise');
  await readyOffline(page, origin);
  await goOffline();

  const rail = page.getByRole('navigation', { name: 'Menu principal' });
  await rail.getByRole('link', { name: 'Thèmes' }).click();
  const rows = page.locator('main tr[data-index]');
  await expect(rows.first()).toContainText('À valider');
  await page.getByRole('searchbox').fill('reparer velo');
  await expect(rows).toHaveCount(1);
  await rows.getByRole('link', { name: 'Réparer un vélo' }).click();
  await page.getByRole('button', { name: 'Valider ce thème' }).click();
  await expect(page.getByText('Validé par Élise Fontanier')).toBeVisible();
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await page.getByRole('button', { name: 'Valider ce thème' }).click();
  await expect(page.getByText('Validé par Élise Fontanier')).toHaveCount(2);

  await page.getByRole('link', { name: 'Tous les thèmes' }).click();
  await page.getByRole('link', { name: 'Nouveau thème' }).click();
  await page.getByRole('button', { name: 'Créer le thème' }).click();
  await expect(page.getByText('Donnez un titre.')).toBeVisible();
  await page.getByLabel('Titre').fill('Au parc');
  await page.getByRole('button', { name: 'Créer le thème' }).click();
  await expect(page.getByText('Écrivez au moins une question.')).toBeVisible();
  await page.getByLabel('Question 1', { exact: true }).fill('Que voyez-vous au parc ?');
  await page.getByRole('button', { name: 'Ajouter une question' }).click();
  await page.keyboard.type('Où est le parc ?');
  // The second question comes first, by the keyboard alone.
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByLabel('Question 1', { exact: true })).toHaveValue('Où est le parc ?');
  await expect(page.getByLabel('Question 1', { exact: true })).toBeFocused();
  await page.getByLabel('Mot 1', { exact: true }).fill('un banc');
  await page.getByLabel('Sens ou exemple du mot 1').fill('On s’assoit dessus.');
  await page.getByRole('button', { name: 'Créer le thème' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Au parc' })).toBeVisible();
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Feuille à imprimer' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toBe('theme-au-parc.pdf');
  expect(readFileSync(await sheet.path(), 'latin1').slice(0, 5)).toBe('%PDF-');

  await rail.getByRole('link', { name: 'Planning' }).click();
  const day = page.getByRole('grid').getByRole('button', { name: /^Atelier conversation, semaine 9/ });
  await expect(day).toHaveAccessibleName(/sans thème/);
  await day.click();
  await page.getByRole('button', { name: 'Choisir un thème' }).click();
  const choice = page.getByRole('dialog');
  await expect(choice.getByRole('heading', { name: 'Idées pour ce groupe' })).toBeVisible();
  await choice.getByRole('searchbox').fill('banc');
  await choice.getByRole('button', { name: 'Au parc' }).click();
  await expect(day).toHaveAccessibleName(/thème : Au parc/);
  await expect(day).not.toHaveAccessibleName(/sans thème/);

  await goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const all = async (database: string, type: string) => {
    const range = new URLSearchParams({
      include_docs: 'true',
      startkey: `"${type}:"`,
      endkey: `"${type}:\ufff0"`,
    });
    const { rows: found } = await server.ask<{ rows: { doc: Stored }[] }>(`/${database}/_all_docs?${range}`);
    return found.map(({ doc }) => doc);
  };
  const themes = await all('paris13-commons', 'theme');
  expect(themes.find(({ title }) => title === 'Réparer un vélo')?.state).toBe('approved');
  const made = themes.find(({ title }) => title === 'Au parc');
  expect(made?.prompts?.map(({ text }) => text.slice(0, 4))).toEqual(['Où e', 'Que ']);
  const meetings = await all('paris13-s3-2023', 'occurrence');
  expect(meetings.filter(({ theme }) => theme === made?.theme)).toHaveLength(1);
});

test('the pages of themes have no accessibility violation, on a laptop and on a phone', async ({ phone }) => {
  for (const [size, viewport] of [
    ['laptop', { width: 1280, height: 800 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/themes`);
    await page.locator('main tr[data-index]').first().waitFor();
    await expectAccessible(page, `the library, ${size}`);
    await page.getByRole('searchbox').fill('velo');
    await page.getByRole('link', { name: 'Réparer un vélo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Réparer un vélo' }).waitFor();
    await expectAccessible(page, `a theme, ${size}`);
    await page.getByRole('button', { name: 'Modifier' }).click();
    await page.getByLabel('Titre').fill('');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Donnez un titre.').waitFor();
    await expectAccessible(page, `a theme being mended, ${size}`);
    await page.goto(`${origin}/themes/vus`);
    await page.locator('main li').first().waitFor();
    await expectAccessible(page, `themes seen, ${size}`);
    await page.goto(`${origin}/planning`);
    await page
      .getByRole('grid')
      .getByRole('button', { name: /^Atelier conversation/ })
      .last()
      .click();
    await page.getByRole('button', { name: /^(Choisir un|Changer de) thème$/ }).click();
    await page.getByRole('heading', { name: 'Idées pour ce groupe' }).waitFor();
    await expectAccessible(page, `a theme set ahead, ${size}`);
  }
});
