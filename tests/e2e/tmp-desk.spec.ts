import type { Locator, Page } from '@playwright/test';
import { expect, pill, test, type Phone } from './presence.ts';
import { give, openRollCall } from './roll-call-steps.ts';

const laptopView = { width: 1280, height: 800 };
const patient = { timeout: 60_000 };

const synced = (page: Page) => expect(pill(page)).toHaveAttribute('data-sync', 'current', patient);

async function openDesk({ page, origin }: Phone): Promise<Locator> {
  await page.goto(`${origin}/synchro`);
  await page.getByRole('heading', { name: /Réponses différentes/ }).waitFor(patient);
  return page.locator('[data-question]');
}

/** What two phones disagree on is shown on the desk: one question a row. */
async function disagree(one: Phone, other: Phone, rows: number): Promise<string> {
  await one.signIn('lucie');
  await other.signIn('jean');
  const occurrence = await openRollCall(one.page, one.origin, 'Atelier conversation');
  await other.page.goto(`${other.origin}/appel/${encodeURIComponent(occurrence)}`);
  await other.page.locator('main.roll-call').getByRole('radiogroup').first().waitFor();
  await one.goOffline();
  await other.goOffline();
  for (let row = 0; row < rows; row += 1) {
    await give(one.page, row, 'Présent');
    await give(other.page, row, 'Absent');
  }
  for (const phone of [one, other]) {
    await phone.goOnline();
    await synced(phone.page);
  }
  return occurrence;
}

const keep = (question: Locator, said: string) =>
  question.getByRole('button', { name: new RegExp(`Retenir cette version.*« ${said}`) });


test('pictures', async ({ phone }) => {
  const [one, other, laptop] = [await phone(), await phone(), await phone(laptopView)];
  await disagree(one, other, 3);
  await give(one.page, 4, 'Excusé');
  await give(other.page, 4, 'Excusé');
  await synced(one.page); await synced(other.page);
  await laptop.signIn('elise');
  await synced(laptop.page);
  const questions = await openDesk(laptop);
  await expect(questions).toHaveCount(3, patient);
  await keep(questions.first(), 'Absent').focus();
  const shot = async (name: string) => {
    for (const [w, h] of [[1280, 800], [390, 844]] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        await laptop.page.setViewportSize({ width: w, height: h });
        await laptop.page.emulateMedia({ colorScheme });
        await laptop.page.screenshot({ path: `/tmp/desk-${name}-${w}-${colorScheme}.png` });
      }
    await laptop.page.setViewportSize(laptopView);
  };
  await laptop.page.getByText('Versions complètes').first().click();
  await shot('questions');
  await laptop.page.getByRole('button', { name: /Autre réponse/ }).first().click();
  await shot('other');
  await laptop.page.keyboard.press('Escape');
  await laptop.page.getByRole('button', { name: /plusieurs/ }).click();
  await shot('many');
  await laptop.page.getByRole('button', { name: /Retenir 3 réponses/ }).click();
  await expect(questions).toHaveCount(0);
  await laptop.page.getByText('Décisions de la semaine').click();
  await shot('done');
  await laptop.page.evaluate(() => scrollTo(0, 10000));
  await shot('merges');
});
