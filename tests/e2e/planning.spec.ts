import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, pill, test, type Phone, type PresenceServer } from './presence.ts';

interface Stored {
  _id: string;
  group: string;
  label?: string;
  venue?: string;
  place?: string;
  isOneOff?: boolean;
  isArchived?: boolean;
  occurrence?: string;
  state: string;
  date: string;
  start: string;
  cancelReason?: string;
  by: string;
}

/** Documents of a type that the server holds: what really arrived. */
async function stored(server: PresenceServer, type: string): Promise<Stored[]> {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: `"${type}:"`,
    endkey: `"${type}:\ufff0"`,
  });
  const { rows } = await server.ask<{ rows: { doc: Stored }[] }>(`/paris13-s3-2023/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
}

const paris = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now() + days * 86_400_000);

async function openPlanning(
  phone: (size?: { width: number; height: number }) => Promise<Phone>,
  width = 1280,
) {
  const laptop = await phone({ width, height: width < 500 ? 844 : 800 });
  await laptop.signIn('elise');
  await laptop.page.goto(`${laptop.origin}/planning`);
  const grid = laptop.page.getByRole('grid');
  await expect(grid).toBeVisible();
  return { laptop, page: laptop.page, grid };
}

const synced = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('the coordinator cancels a meeting without a network, takes it back, and exports the calendar', async ({
  server,
  phone,
}) => {
  const { laptop, page, grid } = await openPlanning(phone);
  await expect(grid.getByRole('columnheader', { name: /Semaine 8, cette semaine/ })).toBeVisible();
  // Next week nothing has been recorded yet.
  const cell = grid.getByRole('button', { name: /semaine 9.*prévu/ }).first();
  const name = (await cell.getAttribute('aria-label')) ?? '';
  await cell.click();
  await laptop.goOffline();

  const detail = page.getByRole('complementary');
  await detail.getByRole('button', { name: 'Annuler la séance' }).first().click();
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(detail.getByText('Écrivez le motif.')).toBeVisible();
  await detail.getByRole('radio', { name: 'Salle fermée' }).check();
  await detail.getByLabel('Précision').fill('travaux');
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(page.locator('#content').getByText('Séance annulée')).toBeVisible();
  await expect(detail.getByText('Salle fermée — travaux')).toBeVisible();
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(detail.getByText('Salle fermée — travaux')).toBeHidden();
  await expect(grid.getByRole('button', { name })).toBeVisible();

  // For good this time, and the server hears of it.
  await detail.getByRole('button', { name: 'Annuler la séance' }).first().click();
  await detail.getByRole('radio', { name: 'Grève des transports' }).check();
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(detail.getByRole('button', { name: 'Rétablir la séance' }).first()).toBeVisible();
  await laptop.goOnline();
  await synced(page);
  const reasons = (await stored(server, 'occurrence')).filter(
    ({ by, cancelReason }) => by === 'elise' && cancelReason,
  );
  expect(reasons.map(({ cancelReason, state }) => [cancelReason, state])).toContainEqual([
    'Grève des transports',
    'cancelled',
  ]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter le calendrier' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(100);
  expect(text).toContain('STATUS:CANCELLED');
  expect(text).toContain('SEQUENCE:');
});

test('a group is made without a network, its series moved, its clashes told; an outing added; all of it arrives', async ({
  server,
  phone,
}) => {
  const { laptop, page, grid } = await openPlanning(phone);
  await laptop.goOffline();
  await page.getByRole('button', { name: 'Ajouter un groupe' }).click();
  const sheet = page.locator('dialog[open]');
  await sheet.getByLabel('Atelier', { exact: true }).selectOption('Numérique');
  await sheet.getByLabel('Nom du groupe').fill('Numérique du soir');
  await sheet.getByLabel('Jour', { exact: true }).selectOption('dimanche');
  await sheet.getByLabel('Début').fill('18:00');
  await sheet.getByLabel('Fin', { exact: true }).fill('20:00');
  await sheet.getByLabel('Qui anime').selectOption('Maïa Lescure');
  await expect(sheet.getByRole('status').getByText(/^3 séances$/)).toBeVisible();
  await sheet.getByRole('button', { name: 'Créer le groupe' }).click();
  await expect(page.locator('#content').getByText('Groupe créé')).toBeVisible();
  await expect(
    grid.getByRole('button', { name: /Numérique du soir, semaine \d+ : prévu, Maïa Lescure/ }),
  ).toHaveCount(3);

  // The whole series moves onto another group's hours and room: said before, and marked in the grid after.
  const groups = await stored(server, 'group');
  const first = groups.find(({ label }) => label === 'Socioprofessionnel, groupe 2');
  await grid
    .getByRole('button', { name: /^Du soir|^Numérique du soir/ })
    .first()
    .click();
  await sheet.getByLabel('Jour', { exact: true }).selectOption('mardi');
  await sheet.getByLabel('Début').fill('11:00');
  await sheet.getByLabel('Fin', { exact: true }).fill('12:30');
  await sheet.getByLabel('Salle', { exact: true }).selectOption(first?.venue ?? '');
  await sheet.getByLabel('À partir du').fill(paris(0));
  await expect(sheet.getByRole('status').getByText(/séances? changent?/)).toBeVisible();
  await sheet.getByText(/conflits? à venir/).click();
  await expect(
    sheet
      .getByText(
        /Socioprofessionnel, groupe 2 et Numérique du soir|Numérique du soir et Socioprofessionnel, groupe 2/,
      )
      .first(),
  ).toBeVisible();
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.locator('#content').getByText('Groupe enregistré')).toBeVisible();
  await expect(grid.getByRole('button', { name: /Numérique du soir, semaine 10.*conflit/ })).toBeVisible();
  // Taken back in one step.
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(grid.getByRole('button', { name: /Numérique du soir, semaine 10.*conflit/ })).toBeHidden();
  await expect(grid.getByRole('button', { name: /Numérique du soir, semaine 10 : prévu/ })).toBeVisible();

  await page.getByRole('button', { name: 'Ajouter une sortie' }).click();
  await sheet.getByLabel('Titre').fill('Visite du musée');
  await sheet.getByRole('radio', { name: 'Activité culturelle' }).check();
  await sheet.getByLabel('Date').fill(paris(7));
  await sheet.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(sheet.getByText('Choisissez une salle, ou écrivez où.')).toBeVisible();
  await sheet.getByLabel('Où exactement').fill('Entrée sud');
  await sheet.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await expect(grid.getByRole('button', { name: /Visite du musée, semaine 9 : à pourvoir/ })).toBeVisible();

  await laptop.goOnline();
  await synced(page);
  const arrived = await stored(server, 'group');
  const made = arrived.find(({ label }) => label === 'Numérique du soir');
  const outing = arrived.find(({ label }) => label === 'Visite du musée');
  expect(outing).toMatchObject({ isOneOff: true, place: 'Entrée sud' });
  const occurrences = await stored(server, 'occurrence');
  const own = occurrences.filter(({ group }) => group === made?.group);
  expect(own.map(({ start, state }) => [start, state])).toEqual(Array(3).fill(['18:00', 'planned']));
  expect(occurrences.filter(({ group }) => group === outing?.group)).toMatchObject([
    { date: paris(7), place: 'Entrée sud' },
  ]);
  expect(await stored(server, 'shift')).toEqual(
    expect.arrayContaining(own.map(({ occurrence }) => expect.objectContaining({ occurrence }) as unknown)),
  );
});

test('a group stops and is taken up again; roll calls that were taken stay', async ({ server, phone }) => {
  const { page, grid } = await openPlanning(phone);
  const name = 'Numérique, groupe 1';
  const cells = (state: string) =>
    grid.getByRole('button', { name: new RegExp(`^${name}, semaine \\d+ : ${state}`) });
  const taken = await cells('appel reçu').count();
  const planned = await cells('prévu').count();
  expect([taken > 5, planned > 0]).toEqual([true, true]);
  const open = async () => {
    await cells('appel reçu').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
  };
  await open();
  const sheet = page.locator('dialog[open]');
  await sheet.getByRole('button', { name: 'Arrêter ce groupe' }).click();
  await expect(cells('annulé')).toHaveCount(planned);
  await expect(cells('appel reçu')).toHaveCount(taken);
  await open();
  await sheet.getByRole('button', { name: 'Reprendre ce groupe' }).click();
  await expect(cells('prévu')).toHaveCount(planned);
  await synced(page);
  const group = (await stored(server, 'group')).find(({ label }) => label === name);
  expect(group?.isArchived).toBeUndefined();
});

test('a calendar is subscribed to by its address, which is told once and taken back; without a network it says so', async ({
  phone,
}) => {
  const { laptop, page } = await openPlanning(phone);
  await page.getByRole('button', { name: "S'abonner" }).click();
  const sheet = page.locator('dialog[open]');
  await sheet.getByLabel('Quelles séances').selectOption('Maïa Lescure');
  await sheet.getByRole('button', { name: "Créer l'adresse" }).click();
  const address = (await sheet.locator('code').textContent()) ?? '';
  await expect(sheet.getByRole('img', { name: "Code QR de l'adresse" })).toBeVisible();
  // A calendar program has no cookie of ours.
  const file = await fetch(address);
  expect(file.headers.get('content-type')).toContain('text/calendar');
  const text = await file.text();
  expect(text).toContain('X-WR-CALNAME:Présence S3.23');
  expect(text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(5);
  expect(text).not.toContain('Lescure');
  await sheet.getByRole('button', { name: "Retirer l'adresse de Maïa Lescure" }).click();
  await expect(sheet.getByRole('button', { name: /^Retirer/ })).toHaveCount(0);
  expect((await fetch(address)).status).toBe(404);

  await laptop.goOffline();
  await sheet.getByRole('button', { name: "Créer l'adresse" }).click();
  await expect(sheet.getByText(/Il faut du réseau pour s'abonner/)).toBeVisible();
});

test('a facilitator subscribes to their own meetings, from the settings of their phone', async ({
  phone,
}) => {
  const { page, origin, signIn } = await phone();
  await signIn('maia');
  await page.goto(`${origin}/reglages`);
  await page.getByRole('link', { name: 'Mes séances dans mon agenda' }).click();
  await page.getByRole('button', { name: "Créer l'adresse" }).click();
  const address = (await page.locator('code').textContent()) ?? '';
  const text = await (await fetch(address)).text();
  const shown = text.match(/SUMMARY:.*/g) ?? [];
  expect(shown.length).toBeGreaterThan(5);
  expect(new Set(shown)).not.toContain('SUMMARY:Numérique\\, groupe 1');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter le calendrier' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8').match(/SUMMARY:.*/g)).toEqual(shown);
});

test('the grid is walked by arrows, opened by Enter, and filtered', async ({ phone }) => {
  const { page, grid } = await openPlanning(phone);
  const place = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  await grid.getByRole('button', { name: /^Socioprofessionnel, groupe 1, semaine 3/ }).click();
  await page.keyboard.press('ArrowRight');
  expect(await place()).toMatch(/^Socioprofessionnel, groupe 1, semaine 4/);
  await page.keyboard.press('ArrowDown');
  expect(await place()).toMatch(/^Socioprofessionnel, groupe 2, semaine 4/);
  await page.keyboard.press('Home');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Groupe 2');
  await page.keyboard.press('End');
  expect(await place()).toMatch(/semaine 10/);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('complementary').getByRole('heading', { name: 'Socioprofessionnel, groupe 2' }),
  ).toBeVisible();
  // One tab stop for the whole grid.
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);

  // The demonstration's rooms are small: what clashes is told above the grid, marked in it, and led to.
  await page.getByText(/conflits? à venir/).click();
  await page.getByRole('button', { name: /^Voir/ }).first().click();
  expect(await place()).toMatch(/, conflit$/);

  const rows = grid.locator('tr.line:visible');
  const all = await rows.count();
  await page.getByRole('combobox', { name: 'Atelier' }).selectOption('Numérique');
  await expect(rows).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Atelier' }).selectOption('Tous les ateliers');
  await page.getByRole('checkbox', { name: 'Seulement ce qui attend' }).check();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await page.getByRole('checkbox', { name: 'Seulement ce qui attend' }).uncheck();
  await page.getByRole('combobox', { name: 'Animation' }).selectOption('Lucie Abgrall');
  await expect.poll(() => rows.count()).toBeLessThan(5);
});

test('a phone shows one week at a time', async ({ phone }) => {
  const { page, grid } = await openPlanning(phone, 390);
  await expect(grid.getByRole('columnheader', { name: /Semaine 8/ })).toBeVisible();
  await expect(grid.getByRole('columnheader', { name: /Semaine 7/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Semaine précédente' }).click();
  const cell = grid.getByRole('button', { name: /^Numérique, groupe 1, semaine 7/ });
  await cell.click();
  await expect(
    page.locator('dialog[open]').getByRole('heading', { name: 'Numérique, groupe 1' }),
  ).toBeVisible();
});
