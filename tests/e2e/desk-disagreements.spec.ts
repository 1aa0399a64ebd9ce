import type { Locator, Page } from '@playwright/test';
import { expect, pill, test, type Phone } from './presence.ts';
import { answer, give, openRollCall } from './roll-call-steps.ts';

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
  question.getByRole('button', { name: new RegExp(`Retenir cette version.*«\\s${said}`) });

test('a laptop without a network settles what two phones said, and takes it back: every phone follows', async ({
  phone,
}) => {
  const [one, other, laptop] = [await phone(), await phone(), await phone(laptopView)];
  await disagree(one, other, 1);
  await laptop.signIn('elise');
  await synced(laptop.page);
  const questions = await openDesk(laptop);
  await expect(questions).toHaveCount(1, patient);
  await expect(questions).toContainText('Lucie');
  await expect(questions).toContainText('Jean');

  await laptop.goOffline();
  await keep(questions, 'Absent').focus();
  await laptop.page.keyboard.press('2');
  await expect(questions).toHaveCount(0);
  await laptop.goOnline();
  await synced(laptop.page);
  await expect(answer(one.page, 0, 'Absent')).toBeChecked(patient);
  await expect(one.page.getByText('2 réponses')).toHaveCount(0);

  // Whoever opens the person's answers reads who decided.
  await one.page
    .locator('main.roll-call')
    .getByRole('button', { name: /Détails|détail/ })
    .first()
    .click();
  const sheet = one.page.getByRole('dialog');
  await sheet.getByText('Historique').click();
  await expect(sheet.getByText(/décision d'Élise Fontanier\s: Absent/)).toBeVisible();

  await laptop.page.getByText('Décisions de la semaine').click();
  await laptop.page.getByRole('button', { name: /Annuler cette décision/ }).click();
  await expect(questions).toHaveCount(1);
  await expect(questions).toContainText('À trancher de nouveau');
  await synced(laptop.page);
  await expect(one.page.getByText('2 réponses').first()).toBeAttached(patient);
  await expect(answer(other.page, 0, 'Présent')).toBeChecked(patient);
});

test('two laptops that settle the same at once come to one outcome', async ({ server, phone }) => {
  const [one, other] = [await phone(), await phone()];
  const occurrence = await disagree(one, other, 1);
  const laptops = [await phone(laptopView), await phone(laptopView)];
  for (const laptop of laptops) {
    await laptop.signIn('elise');
    await synced(laptop.page);
    await expect(await openDesk(laptop)).toHaveCount(1, patient);
    await laptop.goOffline();
  }
  for (const [place, said] of ['Absent', 'Présent'].entries()) {
    const questions = (laptops[place] as Phone).page.locator('[data-question]');
    await keep(questions, said).click();
    await expect(questions).toHaveCount(0);
  }
  for (const laptop of laptops) {
    await laptop.goOnline();
    await synced(laptop.page);
  }
  await expect
    .poll(async () => {
      const { rows } = await server.ask<{ rows: { id: string; doc: Settled }[] }>(
        `/paris13-s3-2023/_all_docs?include_docs=true&conflicts=true&startkey=${encodeURIComponent(JSON.stringify(`mark:${occurrence}:`))}&endkey=${encodeURIComponent(JSON.stringify(`mark:${occurrence}:\uffff`))}`,
      );
      return rows.map(({ doc }) => [doc.status, doc._conflicts?.length ?? 0, decidedIn(doc)]);
    }, patient)
    .toEqual([['present', 0, 2]]);
  for (const laptop of laptops) await expect(laptop.page.locator('[data-question]')).toHaveCount(0, patient);
  await expect(answer(other.page, 0, 'Présent')).toBeChecked(patient);
});

interface Settled {
  readonly status: string;
  readonly _conflicts?: string[];
  readonly history: readonly { readonly decision?: string }[];
}
const decidedIn = ({ history }: Settled) => history.filter(({ decision }) => decision === 'settled').length;

test('a person edited on two laptops: what overlaps is asked, the rest of both stays', async ({
  server,
  phone,
}) => {
  const laptops = [await phone(laptopView), await phone(laptopView)];
  const [first, second] = laptops as [Phone, Phone];
  await first.signIn('elise');
  await second.signIn('elise');
  const { rows } = await server.ask<{ rows: { id: string }[] }>(
    '/paris13-registry/_all_docs?startkey="participant:"&endkey="participant:z"&limit=1',
  );
  const person = (rows[0]?.id ?? '').slice('participant:'.length);
  for (const [place, number] of ['06 39 98 00 01', '06 39 98 00 02'].entries()) {
    const { page, origin, goOffline } = laptops[place] as Phone;
    await synced(page);
    await page.goto(`${origin}/personnes/${person}/fiche`);
    await page.getByLabel('Téléphone').waitFor(patient);
    await goOffline();
    await page.getByLabel('Téléphone').fill(number);
    if (place === 1) await page.getByLabel('Année de naissance').fill('1991');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/fiche'));
  }
  for (const laptop of laptops) {
    await laptop.goOnline();
    await synced(laptop.page);
  }
  const questions = await openDesk(first);
  await expect(questions).toHaveCount(1, patient);
  await expect(questions).toContainText('Téléphone');
  await questions
    .locator('.version')
    .filter({ hasText: '06 39 98 00 01' })
    .getByRole('button', { name: /Retenir/ })
    .click();
  await expect(questions).toHaveCount(0);
  await synced(first.page);
  await expect
    .poll(async () => {
      const file = await server.ask<Record<string, unknown>>(
        `/paris13-registry/participant:${person}?conflicts=true`,
      );
      return [file.phone, file.birthYear, file._conflicts];
    }, patient)
    .toEqual(['06 39 98 00 01', 1991, undefined]);
});
