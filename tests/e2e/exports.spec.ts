import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import papaparse from 'papaparse';
import readWorkbook from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Page } from '@playwright/test';
import { openExport } from '../../src/lib/domain/exports/everything.ts';
import { expectAccessible } from './axe.ts';
import { expect, readyOffline, test, type PresenceServer } from './presence.ts';

const choose = (page: Page, name: string) => page.getByRole('radio', { name }).check({ force: true });

async function exported(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Faire le fichier' }).click(),
  ]);
  await expect(page.getByText('Fichier enregistré et noté au journal.')).toBeVisible();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name });

test('without a network a year becomes a workbook, tables without names, one text and a list of beneficiaries, each in the journal', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  await laptop.signIn('elise');
  await readyOffline(page, origin);
  await laptop.goOffline();
  await menu(page, 'Bilan').click();
  await page.getByRole('link', { name: 'Exporter' }).click();
  await expect(page.getByRole('heading', { name: 'Exports', level: 1 })).toBeVisible();
  await page.getByLabel('Année', { exact: true }).selectOption('2023');
  await expectAccessible(page, 'exports');
  await page.emulateMedia({ colorScheme: 'light' });

  const workbook = await exported(page);
  expect(workbook.name).toBe('presence-donnees-2023.xlsx');
  const sheets = await readWorkbook(workbook.bytes);
  const rowsOf = (name: string) => sheets.find(({ sheet }) => sheet === name)?.data ?? [];
  expect(rowsOf('Lisez-moi').flat()).toContain('2023');
  const meetings = rowsOf('Séances');
  const dateAt = meetings[0]?.indexOf('Date') ?? -1;
  expect(meetings[1]?.[dateAt]).toBeInstanceOf(Date);
  // The third term is this year's, moved so that it can be taken.
  expect(rowsOf('Personnes')).toHaveLength(1 + 110);

  const { rows } = await server.ask<{ rows: { doc: Record<string, unknown> }[] }>(
    '/paris13-registry/_all_docs?include_docs=true&startkey="participant:"&endkey="participant:~"',
  );
  const names = new Set(rows.flatMap(({ doc }) => [doc.firstName, doc.familyName].map(String)));
  await choose(page, 'Sans les noms');
  await choose(page, 'CSV');
  const archive = await exported(page);
  expect(archive.name).toBe('presence-donnees-2023-sans-noms.zip');
  const files = Object.entries(unzipSync(archive.bytes)).map(
    ([name, bytes]) => [name, strFromU8(bytes)] as const,
  );
  const cells = files.flatMap(([, text]) => text.split(/[;\r\n"]/));
  expect(cells.filter((cell) => names.has(cell))).toEqual([]);
  const text = files.map(([, each]) => each).join('\n');
  expect(rows.filter(({ doc }) => text.includes(String(doc.participant)))).toEqual([]);
  const marks = files.find(([name]) => name === 'marks.csv')?.[1] ?? '';
  expect(papaparse.parse(marks.slice(1).trimEnd(), { delimiter: ';' }).data.length).toBeGreaterThan(1000);

  await choose(page, 'Avec les noms');
  await choose(page, 'JSON');
  const everything = openExport((await exported(page)).bytes.toString('utf8'));
  expect(everything).toMatchObject({ ok: true, unread: [] });
  if (everything.ok)
    expect([...everything.databases.keys()].sort()).toEqual([
      'paris13-commons',
      'paris13-registry',
      'paris13-s1-2023',
      'paris13-s2-2023',
    ]);

  await choose(page, 'Liste des bénéficiaires');
  const list = await exported(page);
  expect(list.name).toBe('presence-beneficiaires-2023.xlsx');
  const beneficiaries = (await readWorkbook(list.bytes)).at(-1)?.data ?? [];
  expect(beneficiaries).toHaveLength(1 + 97);
  const [head = []] = beneficiaries;
  for (const name of ["Date d'entrée", 'Date de sortie', 'Heures linguistique']) expect(head).toContain(name);
  expect(beneficiaries[1]?.[head.indexOf("Date d'entrée")]).toBeInstanceOf(Date);
  expect(beneficiaries[1]?.[head.indexOf('Commune')]).toBe('à compléter');

  await page.goto(`${origin}/synchro/journal`);
  for (const sentence of [
    /a exporté les données \(XLSX, 2023, avec les noms\)/,
    /a exporté les données \(CSV, 2023, sans les noms\)/,
    /a exporté les données \(JSON, 2023, avec les noms\)/,
    /a exporté la liste des bénéficiaires \(XLSX, 2023, avec les noms\)/,
  ])
    await expect(page.getByText(sentence)).toBeVisible();
  expect(said.filter((line) => /Content Security Policy/.test(line))).toEqual([]);
});

/** Somebody of the term in progress, renamed on the server. */
async function renamed(server: PresenceServer, name: string): Promise<string> {
  const { rows } = await server.ask<{ rows: { doc: Record<string, unknown> }[] }>(
    '/paris13-s3-2023/_all_docs?include_docs=true&startkey="mark:"&endkey="mark:~"',
  );
  const participant = String(rows.find(({ doc }) => doc.status === 'present')?.doc.participant);
  for (const path of [
    `/paris13-s3-2023/rosterCard:${participant}`,
    `/paris13-registry/participant:${participant}`,
  ]) {
    const document = await server.ask<Record<string, unknown>>(path);
    await server.send('PUT', `/couch${path}`, { ...document, firstName: name, familyName: '' });
  }
  return participant;
}

test('a hostile name stays words on badges and on an attestation over a year; a list and a group lead to their sheets', async ({
  server,
  phone,
}) => {
  const hostile = "=cmd|' /C calc'!A0 <script>alert(1)</script> \"O'Neil\"";
  const participant = await renamed(server, hostile);
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await laptop.signIn('elise');
  await page.goto(`${origin}/badges`);
  await page.getByRole('searchbox').fill('cmd');
  const row = page.getByRole('checkbox', { name: hostile });
  if (!(await row.isChecked())) await row.check({ force: true });
  const card = page.locator('.badge-sheet li').filter({ hasText: '=cmd' });
  await expect(card.locator('.name')).toHaveText(hostile);
  const inside = await card.evaluate((element) => {
    const [box, name] = [element, element.querySelector('.name')].map((one) => one?.getBoundingClientRect());
    return !!box && !!name && name.right <= box.right + 1 && name.bottom <= box.bottom + 1;
  });
  expect(inside).toBe(true);

  await page.goto(`${origin}/personnes/${encodeURIComponent(participant)}`);
  await page.getByRole('link', { name: 'Attestation de présence' }).click();
  await page.getByLabel('Période certifiée').selectOption({ label: 'Entre deux dates' });
  await expectAccessible(page, 'a certificate of some days');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByLabel('Période certifiée').selectOption({ label: 'Depuis le début' });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Télécharger le PDF' }).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await file.path()));
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
  const plain = text.replace(/\s+/g, '');
  for (const words of [hostile, 'Attestation de présence'])
    expect(plain).toContain(words.replace(/\s+/g, ''));
  expect(text).toMatch(/Total\s+\d+\s+\d+/);
  expect(dialogs).toEqual([]);

  await page.goto(`${origin}/planning`);
  await page
    .getByRole('grid')
    .getByRole('button', { name: /^Atelier conversation, semaine 3/ })
    .first()
    .click();
  await page.getByRole('link', { name: "Ouvrir l'appel" }).click();
  await page.getByRole('link', { name: "Feuille d'émargement" }).click();
  await expect(page.locator('[data-sheet]')).toBeVisible();
  expect(page.url()).toMatch(/\/feuilles\?session=s3-2023&groupe=[^&]+&seance=[^&]+$/);

  await page.goto(`${origin}/synchro/journal`);
  await expect(
    page.getByText(/a exporté une attestation de présence \(PDF, .*, avec les noms\)/),
  ).toBeVisible();
});

test('what is stopped is neither handed over nor noted', async ({ phone }) => {
  const laptop = await phone({ width: 390, height: 844 });
  const { page, origin } = laptop;
  const downloads: string[] = [];
  page.on('download', (file) => downloads.push(file.suggestedFilename()));
  await laptop.signIn('elise');
  await page.goto(`${origin}/exports`);
  await page.getByRole('radio', { name: 'Tout', exact: true }).check({ force: true });
  await expectAccessible(page, 'exports on a phone');
  // Stopped as soon as it can be.
  await page.evaluate(() => {
    const stop = () =>
      [...document.querySelectorAll('button')].find((one) => one.textContent?.includes('Arrêter'));
    new MutationObserver((_changes, observer) => {
      if (!stop()) return;
      observer.disconnect();
      stop()?.click();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole('button', { name: 'Faire le fichier' }).click();
  await expect(page.getByText("Export arrêté. Rien n'a été enregistré.")).toBeVisible();

  expect(downloads).toEqual([]);

  await page.goto(`${origin}/synchro/journal`);
  await expect(page.getByRole('button', { name: 'Exporter en CSV' })).toBeVisible();
  await expect(page.getByText(/a exporté/)).toHaveCount(0);
});
