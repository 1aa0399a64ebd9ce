import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLine } from './line.ts';
import { expect, pill, readyOffline, signIn, test, type PresenceServer } from './presence.ts';
import { answer, give, openRollCall } from './roll-call-steps.ts';

const database = 'paris13-s3-2023';

interface StoredMark {
  _id: string;
  status: string | null;
  by: string;
  history: unknown[];
}

/** The marks of an occurrence as the server holds them. */
async function marksOnServer(server: PresenceServer, occurrence: string): Promise<StoredMark[]> {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`mark:${occurrence}:`),
    endkey: JSON.stringify(`mark:${occurrence}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: StoredMark }[] }>(`/${database}/_all_docs?${range}`);
  return rows.map((row) => row.doc);
}

test('a whole roll call without a network, the app closed and opened again, then everything arrives', async ({
  server,
  phone,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'presence-phone-'));
  const line = await openLine(() => server.port);
  const open = () =>
    chromium.launchPersistentContext(profile, {
      viewport: { width: 390, height: 844 },
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    });
  let context = await open();
  try {
    let page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, line.origin, 'maia');
    await readyOffline(page, line.origin);

    // Into the room without wifi.
    line.cut();
    await context.setOffline(true);
    for (const path of ['/', '/personnes', '/reglages']) {
      await page.goto(line.origin + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(pill(page)).toHaveAttribute('data-sync', 'offline');
    }
    const occurrence = await openRollCall(page, line.origin, 'Socioprofessionnel, groupe 1');
    const people = await page.getByRole('radiogroup').count();
    expect(people).toBeGreaterThan(5);

    await give(page, 0, 'Absent');
    await expect(page.getByText(/Absence notée/).first()).toBeAttached();
    await give(page, 1, 'En retard');
    await give(page, 2, 'Excusé');
    await page.getByRole('button', { name: /autres présents/ }).click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(people);
    await page.getByRole('button', { name: 'Annuler' }).click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(3);
    await page.getByRole('button', { name: /autres présents/ }).click();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(people);
    await page.getByRole('button', { name: "Clôturer l'appel" }).click();
    await expect(page.getByText(/Appel clôturé/).first()).toBeVisible();
    expect(await marksOnServer(server, occurrence)).toHaveLength(0);

    // The app is closed, and opened again, still without a network.
    await context.close();
    context = await open();
    await context.setOffline(true);
    page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${line.origin}/appel/${encodeURIComponent(occurrence)}`);
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(people);
    await expect(answer(page, 0, 'Absent')).toBeChecked();

    // The coordinator looks at the day, at home, with a network.
    const laptop = await phone({ width: 1280, height: 800 });
    await laptop.signIn('elise');
    await laptop.page.goto(`${laptop.origin}/jour`);
    const dayRow = laptop.page.locator(`tr[data-occurrence="${occurrence}"]`);
    await expect(dayRow.locator('[data-count="unmarked"]')).toHaveText(String(people));

    // Back online.
    line.restore();
    await context.setOffline(false);
    await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
    const marks = await marksOnServer(server, occurrence);
    expect(marks).toHaveLength(people);
    expect(marks.filter((mark) => mark.status === 'present')).toHaveLength(people - 3);
    expect(new Set(marks.map((mark) => mark.by))).toEqual(new Set(['maia']));

    // The marks arrive on the coordinator's page by themselves.
    await expect(dayRow.locator('[data-count="unmarked"]')).toHaveText('0', { timeout: 60_000 });
    await expect(dayRow.locator('[data-count="present"]')).toHaveText(String(people - 3));
    await expect(dayRow.getByText(/Clôturé à/)).toBeVisible();
  } finally {
    await context.close();
    await line.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('Enter in the name of somebody we know asks who it is, and makes no second file', async ({
  server,
  phone,
}) => {
  const { page, origin, signIn: enter } = await phone();
  await enter('maia');
  const occurrence = await openRollCall(page, origin, 'Socioprofessionnel, groupe 1');
  const name =
    (await page.locator('main.roll-call [role=radiogroup]').first().getAttribute('aria-label')) ?? '';
  const people = await page.getByRole('radiogroup').count();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Prénom').fill(name.split(' ')[0] ?? '');
  await expect(sheet.getByText('Est-ce cette personne ?')).toBeVisible();
  await sheet.getByLabel('Prénom').press('Enter');
  await expect(sheet.getByRole('button', { name: /^(Voir|Oui, ajouter|Montrer)/ }).first()).toBeFocused();

  // Somebody whom nobody knows: a name is enough, and the answer is on the list at once.
  await sheet.getByLabel('Prénom').fill('Zzyva');
  await expect(sheet.getByText('Est-ce cette personne ?')).toBeHidden();
  await sheet.getByLabel('Prénom').press('Enter');
  await expect(page.getByRole('radiogroup')).toHaveCount(people + 1);
  await expect(page.getByRole('radiogroup', { name: /Zzyva/ })).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const { rows } = await server.ask<{ rows: { doc: { firstName: string; isProvisional: boolean } }[] }>(
    `/${database}/_all_docs?include_docs=true&startkey="rosterCard:"&endkey="rosterCard:~"`,
  );
  expect(rows.filter(({ doc }) => doc.firstName === 'Zzyva')).toMatchObject([
    { doc: { isProvisional: true } },
  ]);
  expect(occurrence).not.toBe('');
});

test('two phones on one list: both keep what they said, the disagreement is shown', async ({
  server,
  phone,
}) => {
  const [one, other] = [await phone(), await phone()];
  await one.signIn('lucie');
  await other.signIn('jean');
  const occurrence = await openRollCall(one.page, one.origin, 'Atelier conversation');
  await other.page.goto(`${other.origin}/appel/${encodeURIComponent(occurrence)}`);
  await other.page.locator('main.roll-call').getByRole('radiogroup').first().waitFor();
  await one.goOffline();
  await other.goOffline();

  await give(one.page, 0, 'Présent');
  await give(one.page, 1, 'Présent');
  await give(other.page, 0, 'Absent');
  await give(other.page, 1, 'Présent');

  await one.goOnline();
  await expect(pill(one.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await other.goOnline();
  await expect(pill(other.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await expect(other.page.getByText('2 réponses').first()).toBeVisible({ timeout: 60_000 });
  await expect(one.page.getByText('2 réponses').first()).toBeVisible({ timeout: 60_000 });

  // What both say alike is written down as one by the coordinator's device, which alone may.
  const desk = await phone({ width: 1280, height: 800 });
  await desk.signIn('elise');
  await expect(pill(desk.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await expect
    .poll(async () => (await marksOnServer(server, occurrence)).some(({ history }) => history.length === 2))
    .toBe(true);

  const marks = await marksOnServer(server, occurrence);
  expect(marks).toHaveLength(2);
  const disputed = await Promise.all(
    marks.map((mark) =>
      server.ask<{ _conflicts?: string[] }>(`/${database}/${encodeURIComponent(mark._id)}?conflicts=true`),
    ),
  );
  expect(disputed.filter((mark) => mark._conflicts?.length === 1)).toHaveLength(1);
  const agreed = marks.find((mark) => mark.history.length === 2);
  expect(agreed?.status).toBe('present');
});

test('a new version waits during a roll call, and comes by a toast', async ({ server, phone }) => {
  const volunteer = await phone();
  await volunteer.signIn('jean');
  await readyOffline(volunteer.page, volunteer.origin);
  await openRollCall(volunteer.page, volunteer.origin, /Français A1/);
  await volunteer.page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await server.deploy();
  await volunteer.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  await volunteer.page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.waiting !== null && registration?.waiting !== undefined;
  });
  await expect(volunteer.page.getByText('Nouvelle version prête')).toBeHidden();
  expect(await volunteer.page.evaluate(() => 'isSamePage' in window)).toBe(true);

  await volunteer.page.getByRole('link', { name: "Retour à Aujourd'hui" }).click();
  await expect(volunteer.page.getByText('Nouvelle version prête')).toBeVisible();
  expect(await volunteer.page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await volunteer.page.getByRole('button', { name: 'Mettre à jour' }).click();
  await volunteer.page.waitForFunction(() => !('isSamePage' in window));
  await expect(volunteer.page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('signing out warns while something waits, and the other account has databases of its own', async ({
  phone,
}) => {
  const volunteer = await phone();
  await volunteer.signIn('maia');
  await readyOffline(volunteer.page, volunteer.origin);
  await openRollCall(volunteer.page, volunteer.origin, 'Atelier conversation');
  await volunteer.goOffline();
  await give(volunteer.page, 5, 'Présent');
  await expect(answer(volunteer.page, 5, 'Présent')).toBeChecked();
  await volunteer.page.goto(`${volunteer.origin}/reglages`);
  await volunteer.page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(volunteer.page.getByText(/encore envoyé/)).toBeVisible();
  await volunteer.goOnline();
  await volunteer.page.getByRole('button', { name: 'Se déconnecter quand même' }).click();
  await volunteer.page.waitForURL('**/connexion');
  await volunteer.signIn('jean');
  const names = await volunteer.page.evaluate(async () =>
    (await indexedDB.databases()).map((database) => database.name ?? ''),
  );
  expect(names.filter((name) => name.startsWith('presence~maia~')).length).toBeGreaterThan(0);
  expect(names.filter((name) => name.startsWith('presence~jean~')).length).toBeGreaterThan(0);
});
