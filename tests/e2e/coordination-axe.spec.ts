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

for (const [size, viewport] of [
  ['laptop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const)
  test(`enrolment, team and alerts have no accessibility violation, light and dark (${size})`, async ({
    phone,
  }) => {
    const one = await phone(viewport);
    const { page, origin } = one;
    await one.signIn('elise');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const check = async (name: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // At the end of the page nothing stands below the bar at the bottom, as a reader would scroll.
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        expect.soft(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
      }
    };
    const sheet = page.getByRole('dialog');
    const close = async () => {
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
    };
    await page.goto(`${origin}/inscriptions`);
    await page.locator('main .group').first().waitFor();
    await check('enrolment');
    await page.locator('main .group button', { hasText: 'Français A2' }).click();
    await check('a group');
    await sheet.getByRole('button', { name: 'Inscrire des personnes' }).click();
    await sheet.getByLabel('Montrer').selectOption('socioprofessional');
    for (const nth of [0, 1, 2, 3]) await sheet.getByRole('checkbox').nth(nth).check();
    await check('people to choose');
    await sheet.getByRole('button', { name: /Continuer/ }).click();
    await check('an entry');
    await close();
    await page.locator('main .group button', { hasText: 'Français A2' }).click();
    await sheet
      .getByRole('button', { name: /^Sortie/ })
      .first()
      .click();
    await check('an exit');
    await close();

    await page.goto(`${origin}/equipe`);
    await page.getByRole('table').first().waitFor();
    await check('team');
    await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).click();
    await check('somebody of the team');
    await sheet.getByRole('button', { name: 'Confier un groupe' }).click();
    await sheet.getByLabel('Groupe').selectOption({ label: 'Français B1, groupe 4' });
    await check('a group to give');
    await close();
    await page.getByRole('button', { name: 'Maïa Lescure', exact: true }).click();
    await sheet
      .getByRole('button', { name: /Remplacer ce jour/ })
      .first()
      .click();
    await check('who replaces');
    await close();
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    await check('a new person');
    await close();

    await page.goto(`${origin}/alertes`);
    await page.locator('main li').first().waitFor();
    await check('alerts');
  });
