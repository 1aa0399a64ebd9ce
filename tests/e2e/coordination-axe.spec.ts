import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './presence.ts';

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

async function check(page: Page, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // At the end of the page nothing stands below the bar at the bottom, as a reader would scroll.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    expect.soft(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
  }
}

const sheetOf = (page: Page) => page.getByRole('dialog');

async function close(page: Page) {
  await page.keyboard.press('Escape');
  await sheetOf(page).waitFor({ state: 'hidden' });
}

for (const [size, viewport] of [
  ['laptop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`enrolment has no accessibility violation, light and dark (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/inscriptions`);
    await page.locator('main .group').first().waitFor();
    await check(page, 'enrolment');
    const [sheet, group] = [sheetOf(page), page.locator('main .group button', { hasText: 'Français A2' })];
    await group.click();
    await check(page, 'a group');
    await sheet.getByRole('button', { name: 'Inscrire des personnes' }).click();
    await sheet.getByLabel('Montrer').selectOption('socioprofessional');
    for (const nth of [0, 1, 2, 3]) await sheet.getByRole('checkbox').nth(nth).check();
    await check(page, 'people to choose');
    await sheet.getByRole('button', { name: /Continuer/ }).click();
    await check(page, 'an entry');
    await close(page);
    await group.click();
    await sheet
      .getByRole('button', { name: /^Sortie/ })
      .first()
      .click();
    await check(page, 'an exit');
  });

  test(`the team has no accessibility violation, light and dark (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/equipe`);
    await page.getByRole('table').first().waitFor();
    await check(page, 'team');
    const [sheet, maia] = [sheetOf(page), page.getByRole('button', { name: 'Maïa Lescure', exact: true })];
    await maia.click();
    await check(page, 'somebody of the team');
    await sheet.getByRole('button', { name: 'Confier un groupe' }).click();
    await sheet.getByLabel('Groupe').selectOption({ label: 'Français B1, groupe 4' });
    await check(page, 'a group to give');
    await close(page);
    await maia.click();
    await sheet
      .getByRole('button', { name: /Remplacer ce jour/ })
      .first()
      .click();
    await check(page, 'who replaces');
    await close(page);
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    await check(page, 'a new person');
  });

  test(`alerts have no accessibility violation, light and dark (${size})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(viewport);
    await signIn('elise');
    await page.goto(`${origin}/alertes`);
    await page.locator('main li').first().waitFor();
    await check(page, 'alerts');
  });
}
