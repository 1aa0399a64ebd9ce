import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './presence.ts';

/** Every rule of WCAG 2.2 A and AA that a program can check. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

const settle = (page: Page) =>
  page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );

for (const colorScheme of ['light', 'dark'] as const)
  test(`no screen has an accessibility violation (${colorScheme})`, async ({ phone }) => {
    const { page, origin } = await phone();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const check = async (name: string) => {
      await settle(page);
      // At the end of the page nothing stands below the bar at the bottom, as a reader would scroll.
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      expect.soft(await violations(page), name).toEqual([]);
    };
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
  });
