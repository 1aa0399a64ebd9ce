import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, test } from './presence.ts';

const rowOf = async (page: Page, name: string) =>
  page.locator('[data-table="means"]').getByRole('row', { name }).locator('td').allTextContents();

test('a year’s figures are those that were published, and what contradicts itself is told as it comes', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.getByRole('link', { name: 'Bilan' }).click();
  // The third term is this year's, moved so that it can be taken.
  await page.getByLabel('Ce qui est compté').selectOption({ label: 'Année 2023' });
  await expect(page.locator('[data-figure="people"]')).toHaveText('110');
  await expect(page.locator('[data-figure="regular"]')).toHaveText('79');
  await expect(page.getByText('72\u202F% des inscrits, 79/110')).toBeVisible();
  expect(await rowOf(page, 'Participants inscrits')).toEqual(['55', '55', '24', '35', '35', '11']);
  expect(await rowOf(page, 'Groupes')).toEqual(['8', '7', '4', '3', '3', '3']);
  expect(await rowOf(page, 'Bénévoles')).toEqual(['6', '4', '10', '10', '5', '4']);
  expect(await rowOf(page, 'Volontaires en service civique')).toEqual(['2', '2', '3', '1', '0', '0']);
  expect(await rowOf(page, 'Salariés')).toEqual(['2', '2', '0', '0', '0', '0']);
  expect(await rowOf(page, "Lieux d'animation")).toEqual(['5', '5', '2', '2', '2', '2']);
  await expectAccessible(page, 'figures');
  await page.emulateMedia({ colorScheme: 'light' });

  // Somebody's gender is no longer known, elsewhere: they leave the split, and it is said.
  const { rows } = await server.ask<{ rows: { doc: Record<string, unknown> }[] }>(
    '/paris13-s1-2023/_all_docs?include_docs=true&startkey="enrolment:"&endkey="enrolment:~"&limit=1',
  );
  const path = `/paris13-registry/participant:${String(rows[0]?.doc.participant)}`;
  const file = await server.ask<Record<string, unknown>>(path);
  await server.send('PUT', `/couch${path}`, { ...file, gender: 'unknown' });
  await expect(page.locator('[data-finding="peopleWithoutGender"]')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('Genre inconnu, hors de la répartition\u202F: 1')).toBeVisible();

  // Counted on the device: no network is asked for.
  await laptop.goOffline();
  await page.getByLabel('Ce qui est compté').selectOption({ label: 'S1.23' });
  await expect(page.locator('[data-figure="people"]')).toHaveText('55');
  await page.getByText('Définitions').click();
  await expect(page.getByText(/inscriptions assidues ÷/).first()).toBeVisible();
});

test('a phone reads the figures too, and a volunteer does not', async ({ phone }) => {
  const coordinator = await phone({ width: 390, height: 844 });
  await coordinator.signIn('elise');
  await coordinator.page.goto(`${coordinator.origin}/reglages`);
  await coordinator.page.getByRole('link', { name: 'Bilan' }).click();
  await expect(coordinator.page.locator('[data-figure="people"]')).toHaveText('76');
  await expectAccessible(coordinator.page, 'figures on a phone');

  const volunteer = await phone({ width: 390, height: 844 });
  await volunteer.signIn('maia');
  await volunteer.page.goto(`${volunteer.origin}/bilan`);
  await expect(volunteer.page.getByText('Réservé à la coordination')).toBeVisible();
});
