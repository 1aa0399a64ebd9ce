import { expect, pill, test, type Phone, type PresenceServer } from './presence.ts';
import type { Page } from '@playwright/test';

interface Stored {
  readonly _id: string;
  readonly group: string;
  readonly participant: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
}
const documents = async (server: PresenceServer, database: string, type: string): Promise<Stored[]> => {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: Stored }[] }>(`/${database}/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
};
const term = 'paris13-s3-2023';

const groupCard = (page: Page, label: string) => page.locator('main .group', { hasText: label });
const groupIdOf = async (page: Page, label: string) =>
  (await groupCard(page, label).getAttribute('data-group')) ?? '';
const placesOf = async (page: Page, label: string) => {
  const text = (await groupCard(page, label).locator('.places').textContent()) ?? '';
  const [taken = 0, capacity = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return { taken, capacity };
};
const open = async (laptop: Phone) => {
  await laptop.page.goto(`${laptop.origin}/inscriptions`);
  await laptop.page.locator('.group').first().waitFor();
};
const openGroup = async (page: Page, label: string) => {
  await groupCard(page, label).getByRole('button').click();
  return page.getByRole('dialog', { name: label });
};
const said = (page: Page) => page.locator('.toast p');
const settled = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('people are enrolled by drag and by keyboard without a network, and one step is taken back', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await open(laptop);
  await laptop.goOffline();
  const side = page.getByRole('region', { name: 'Personnes' });
  await side.getByLabel('Montrer').selectOption({ label: 'Sans groupe' });
  const row = side.locator('li').first();
  const name = (await row.locator('b').textContent()) ?? '';
  const first = 'Socioprofessionnel, groupe 1';
  const before = await placesOf(page, first);

  // By hand: with nothing to ask, it is done at once.
  await row.dragTo(groupCard(page, first));
  await expect(said(page)).toHaveText(`Inscription notée\u202F: ${name}, ${first}`);
  await expect.poll(() => placesOf(page, first)).toEqual({ ...before, taken: before.taken + 1 });
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect.poll(() => placesOf(page, first)).toEqual(before);

  // By keyboard, two at once; French alone is warned about.
  const names = await side.locator('li b').allTextContents();
  await side.getByRole('checkbox').nth(0).focus();
  await page.keyboard.press('Space');
  await side.getByRole('checkbox').nth(1).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Inscrire dans' }).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog');
  const french = 'Français B1, groupe 4';
  const former = await placesOf(page, french);
  await sheet.getByRole('button', { name: french }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('heading', { name: `Inscription\u202F: ${french}` })).toBeFocused();
  for (const one of names.slice(0, 2)) await expect(sheet.getByText(one)).toBeVisible();
  await sheet.getByRole('button', { name: 'Inscrire 2 personnes' }).focus();
  await page.keyboard.press('Enter');
  await expect(said(page)).toHaveText(`2 personnes inscrites dans ${french}`);
  await expect.poll(async () => (await placesOf(page, french)).taken).toBe(former.taken + 2);

  const group = await groupIdOf(page, french);
  const members = async () =>
    (await documents(server, term, 'enrolment')).filter((one) => one.group === group && !one.to).length;
  const known = await members();
  await laptop.goOnline();
  await settled(page);
  expect(await members()).toBe(known + 2);
});

test('a full group has a waiting list, a freed place is for the first of it, and the reason of leaving stays in the registry', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await open(laptop);
  const label = 'Numérique, groupe 3';
  const { taken, capacity } = await placesOf(page, label);
  const side = page.getByRole('region', { name: 'Personnes' });
  await side.getByLabel('Montrer').selectOption({ label: 'Sans groupe' });
  const beyond = capacity - taken + 1;
  const names = (await side.locator('li b').allTextContents()).slice(0, beyond);
  await laptop.goOffline();
  let sheet = await openGroup(page, label);
  await sheet.getByRole('button', { name: 'Inscrire des personnes' }).click();
  sheet = page.getByRole('dialog');
  await sheet.getByLabel('Montrer').selectOption({ label: 'Sans groupe' });
  for (let n = 0; n < beyond; n += 1) await sheet.getByRole('checkbox').nth(n).check();
  await sheet.getByRole('button', { name: /Continuer/ }).click();
  await expect(sheet.getByText(/Il manque 1 place/)).toBeVisible();
  await sheet.getByRole('button', { name: `Inscrire ${capacity - taken}, mettre 1 en attente` }).click();
  await expect(groupCard(page, label)).toContainText('1 en attente');
  await expect(groupCard(page, label)).toContainText('Complet');
  const last = names.at(-1) ?? '';

  // Somebody leaves, for a reason that is nobody else's business.
  sheet = await openGroup(page, label);
  await expect(sheet.getByRole('region', { name: "Liste d'attente" })).toContainText(last);
  const leaver = names[0] ?? '';
  await sheet.getByRole('button', { name: `Sortie ${leaver}` }).click();
  sheet = page.getByRole('dialog');
  const today = await sheet.getByLabel('Dernier jour').inputValue();
  await sheet.getByRole('button', { name: 'Noter la sortie' }).click();
  await expect(sheet.getByText('Choisissez une raison')).toBeVisible();
  await sheet.getByRole('radio', { name: 'Santé' }).check({ force: true });
  await sheet.getByRole('button', { name: 'Noter la sortie' }).click();
  await expect(said(page)).toHaveText(`Sortie notée\u202F: ${leaver}`);

  // From the day after on there is a place.
  const after = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  await page.locator('.options').getByLabel('À partir du').fill(after);
  sheet = await openGroup(page, label);
  await expect(sheet.getByText(`Une place est libre pour ${last}`)).toBeVisible();
  await expect(sheet.getByText(/sortie le .*: Santé/)).toBeVisible();
  await sheet
    .getByRole('button', { name: `Inscrire ${last}` })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Inscrire 1 personne' }).click();
  await expect(groupCard(page, label)).not.toContainText('en attente');

  const group = await groupIdOf(page, label);
  await laptop.goOnline();
  await settled(page);
  const left = (await documents(server, term, 'enrolment')).filter(
    (one) => one.group === group && one.to === today,
  );
  expect(left).toHaveLength(1);
  const participant = left[0]?.participant ?? '';
  expect(
    (await documents(server, 'paris13-registry', 'exit')).filter((one) => one.participant === participant),
  ).toMatchObject([{ group, date: today, reason: 'health' }]);
  expect(JSON.stringify(left)).not.toContain('health');
  expect(await documents(server, term, 'exit')).toEqual([]);
  expect((await documents(server, term, 'waiting')).filter((one) => one.group === group)).toEqual([]);
});

test('on a phone a person changes group: out the day before, in from the day', async ({ server, phone }) => {
  const laptop = await phone();
  const { page } = laptop;
  await laptop.signIn('elise');
  await open(laptop);
  await laptop.goOffline();
  const [old, other] = ['Français A1, groupe 1', 'Français A2, groupe 3'];
  const [oldId, otherId] = [await groupIdOf(page, old), await groupIdOf(page, other)];
  const sheet = await openGroup(page, old);
  const move = sheet.getByRole('button', { name: /^Changer de groupe/ }).first();
  const name = ((await move.textContent()) ?? '').replace('Changer de groupe', '').trim();
  await move.click();
  await page.getByRole('dialog').getByRole('button', { name: other }).click();
  const confirm = page.getByRole('dialog', { name: `Inscription\u202F: ${other}` });
  await expect(confirm.getByText(`Déjà dans ${old}`)).toBeVisible();
  const day = await confirm.getByLabel('À partir du').inputValue();
  await confirm.getByRole('button', { name: 'Changer de groupe', exact: true }).click();
  await expect(said(page)).toHaveText(`Changement noté\u202F: ${name}, ${other}`);
  await laptop.goOnline();
  await settled(page);
  const enrolments = await documents(server, term, 'enrolment');
  const joined = enrolments.filter((one) => one.group === otherId && one.from === day);
  expect(joined).toHaveLength(1);
  const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  expect(
    enrolments.filter((one) => one.group === oldId && one.participant === joined[0]?.participant),
  ).toMatchObject([{ to: dayBefore }]);
});

test('a walk-in enrolled is provisional no longer; French alone is warned about, and not forbidden', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await open(laptop);
  await laptop.goOffline();
  const row = page.getByRole('region', { name: 'Personnes' }).locator('li', { hasText: 'Fiche provisoire' });
  await page.getByLabel('Montrer').selectOption({ label: 'Sans groupe' });
  while (!(await row.count())) await page.getByRole('button', { name: /Encore/ }).click();
  const name = (await row.first().locator('b').textContent()) ?? '';
  await row.first().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Inscrire dans' }).click();
  const sheet = page.getByRole('dialog');
  const label = 'Français A2, groupe 3';
  await sheet.getByRole('button', { name: label }).click();
  await expect(sheet.getByText(/français seul est réservé/)).toBeVisible();
  await sheet.getByRole('button', { name: 'Inscrire 1 personne' }).click();
  await expect(said(page)).toHaveText(`Inscription notée\u202F: ${name}, ${label}`);
  const group = await groupIdOf(page, label);
  const known = new Set((await documents(server, term, 'enrolment')).map(({ _id }) => _id));
  await laptop.goOnline();
  await settled(page);
  const made = (await documents(server, term, 'enrolment')).filter(({ _id }) => !known.has(_id));
  expect(made).toMatchObject([{ group }]);
  const participant = made[0]?.participant ?? '';
  expect(await server.ask(`/${term}/rosterCard:${participant}`)).toMatchObject({ isProvisional: false });
  expect(await server.ask(`/paris13-registry/participant:${participant}`)).toMatchObject({ participant });
});
