import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { test } from './presence.ts';

const sheetOf = (page: Page) => page.getByRole('dialog');

async function close(page: Page) {
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'hidden' });
}

for (const [size, viewport] of [
  ['laptop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`enrolment has no accessibility violation (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/inscriptions`);
    await page.locator('main .group').first().waitFor();
    await expectAccessible(page, 'enrolment');
    const [sheet, group] = [sheetOf(page), page.locator('main .group button', { hasText: 'Français A2' })];
    await group.click();
    await expectAccessible(page, 'a group');
    await sheet.getByRole('button', { name: 'Inscrire des personnes' }).click();
    await sheet.getByLabel('Montrer').selectOption('socioprofessional');
    for (const nth of [0, 1, 2, 3]) await sheet.getByRole('checkbox').nth(nth).check();
    await expectAccessible(page, 'people to choose');
    await sheet.getByRole('button', { name: /Continuer/ }).click();
    await expectAccessible(page, 'an entry');
    await close(page);
    await group.click();
    await sheet
      .getByRole('button', { name: /^Sortie/ })
      .first()
      .click();
    await expectAccessible(page, 'an exit');
  });

  test(`the team and the alerts have no accessibility violation (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/equipe`);
    await page.getByRole('table').first().waitFor();
    await expectAccessible(page, 'team');
    const [sheet, maia] = [sheetOf(page), page.getByRole('button', { name: 'Maïa Lescure', exact: true })];
    await maia.click();
    await expectAccessible(page, 'somebody of the team');
    await sheet.getByRole('button', { name: 'Confier un groupe' }).click();
    await sheet.getByLabel('Groupe').selectOption({ label: 'Français B1, groupe 4' });
    await expectAccessible(page, 'a group to give');
    await close(page);
    await maia.click();
    await sheet
      .getByRole('button', { name: /Remplacer ce jour/ })
      .first()
      .click();
    await expectAccessible(page, 'who replaces');
    await close(page);
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    await expectAccessible(page, 'a new person');

    await page.goto(`${origin}/alertes`);
    await page.locator('main li').first().waitFor();
    await expectAccessible(page, 'alerts');
  });

  test(`the desk has no accessibility violation (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/synchro`);
    await page.locator('[data-device]').first().waitFor();
    await page.locator('#refused').waitFor();
    await expectAccessible(page, 'desk');
    await page
      .getByRole('button', { name: /^Relancer/ })
      .first()
      .click();
    await expectAccessible(page, 'a reminder');
    await close(page);
    await page.goto(`${origin}/synchro/journal`);
    await page.locator('tr[data-index]').first().waitFor();
    await expectAccessible(page, 'journal');
    await page.locator('tr[data-index] button').first().click();
    await expectAccessible(page, 'an entry of the journal');
  });
}
