import { readFileSync } from 'node:fs';
import { expect, pill, test } from './presence.ts';

interface StoredOccurrence {
  _id: string;
  state: string;
  cancelReason?: string;
  by: string;
}

test('the coordinator cancels a meeting without a network, takes it back, moves it, and exports the calendar', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/planning`);
  const grid = page.getByRole('table');
  await expect(grid.getByRole('columnheader', { name: /Semaine 8, cette semaine/ })).toBeVisible();
  // Next week nothing has been recorded yet.
  const cell = grid.getByRole('button', { name: /semaine 9.*prévu/ }).first();
  const name = (await cell.locator('.visually-hidden').textContent()) ?? '';
  await cell.click();
  await laptop.goOffline();

  const detail = page.getByRole('complementary');
  await detail.getByRole('button', { name: 'Annuler la séance' }).first().click();
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(detail.getByText('Écrivez le motif.')).toBeVisible();
  await detail.getByLabel('Motif').fill('Salle fermée');
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(page.locator('#content').getByText('Séance annulée')).toBeVisible();
  await expect(detail.getByText('Salle fermée')).toBeVisible();
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(detail.getByText('Salle fermée')).toBeHidden();
  await expect(grid.getByRole('button', { name })).toBeVisible();

  // For good this time, and the server hears of it.
  await detail.getByRole('button', { name: 'Annuler la séance' }).first().click();
  await detail.getByLabel('Motif').fill('Grève');
  await detail.getByRole('button', { name: 'Annuler cette séance' }).click();
  await expect(detail.getByText('Grève')).toBeVisible();
  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: '"occurrence:"',
    endkey: '"occurrence:\ufff0"',
  });
  const { rows } = await server.ask<{ rows: { doc: StoredOccurrence }[] }>(
    `/paris13-s3-2023/_all_docs?${range}`,
  );
  expect(rows.map(({ doc }) => doc).filter(({ cancelReason }) => cancelReason === 'Grève')).toMatchObject([
    { state: 'cancelled', by: 'elise' },
  ]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter le calendrier' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(100);
  expect(text).toContain('STATUS:CANCELLED');
});

test('a volunteer has no planning', async ({ phone }) => {
  const { page, origin, signIn } = await phone();
  await signIn('maia');
  await page.goto(`${origin}/planning`);
  await expect(page.getByText('Réservé à la coordination')).toBeVisible();
});
