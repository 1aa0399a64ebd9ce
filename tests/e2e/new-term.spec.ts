import type { Locator } from '@playwright/test';
import { namesByCountry } from '../../src/lib/domain/demo-year/names-by-country.ts';
import { addDays, mondayOf } from '../../src/lib/domain/local-time.ts';
import { expect, pill, readyOffline, test } from './presence.ts';
import { give, openRollCall } from './roll-call-steps.ts';

test.use({ isBare: true });

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
/** Which day it is, from 0 for Monday. */
const todayNumber = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;

/** As in the autumn of 2023: 8 groups of the workshop that everyone follows, 4 of French, 3 of computing. */
const kinds = [
  { workshop: 'Socioprofessionnel', groups: 8 },
  { workshop: 'Français', groups: 4 },
  { workshop: 'Numérique', groups: 3 },
];
const groups = kinds.flatMap(({ workshop, groups: count }) =>
  Array.from({ length: count }, (_, at) => ({ workshop, label: `${workshop}, groupe ${at + 1}`, at })),
);

const countries = Object.values(namesByCountry);
/** 76 people, no two of one name, in groups as a spreadsheet says it. */
const table = [
  ['Nom', 'Prénom', 'Sexe', 'Année de naissance', 'Langues', 'Groupe', 'Français', 'Numérique'],
  ...Array.from({ length: 76 }, (_, n) => {
    const { families = [] } = countries[n % countries.length] ?? {};
    const { women = [] } = countries[(n + 3) % countries.length] ?? {};
    return [
      (families[Math.floor(n / countries.length) % families.length] ?? '').toUpperCase(),
      women[Math.floor(n / 7) % women.length] ?? '',
      'F',
      String(1960 + (n % 40)),
      'dari, anglais',
      `Socioprofessionnel, groupe ${1 + (n % 8)}` +
        (n < 23 ? ` / Français, groupe ${1 + (n % 4)}` : '') +
        (n >= 54 ? ` / Numérique, groupe ${1 + (n % 3)}` : ''),
    ];
  }),
].map((row) => row.slice(0, 6));

test('from an empty server to an open term with 76 people and a volunteer’s phone on its first list', async ({
  server,
  phone,
}) => {
  test.setTimeout(600_000);
  // The server's administrator makes the site and its first coordinator; everything else is done on screens.
  const site = `lyon${Math.random().toString(36).slice(2, 8)}`;
  await server.send('POST', '/api/sites', { site, name: 'Lyon' });
  await server.send('PUT', `/couch/_users/org.couchdb.user:${site}.nour`, {
    name: `${site}.nour`,
    roles: [`coordinator:${site}`],
    type: 'user',
    password: 'bienvenue',
  });
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill(`${site}.nour`);
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('link', { name: 'Préparer une session' }).click();
  await page.getByRole('button', { name: 'Reprendre le programme type' }).click();
  await expect(page.getByText('6 ateliers prêts')).toBeVisible();
  await readyOffline(page, origin);

  // The term and its groups, without a network.
  await laptop.goOffline();
  await page.goto(`${origin}/session/nouvelle`);
  await page.getByLabel('Étiquette').fill('S1');
  await page.getByLabel('Début').fill(mondayOf(today));
  const code = await page.getByLabel('Code').inputValue();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await page.getByRole('button', { name: 'Ouvrir la session' }).click();
  await expect(page.getByRole('link', { name: 'Clore la session' })).toBeVisible();

  await page.goto(`${origin}/planning`);
  for (const { workshop, label, at } of groups) {
    await page.getByRole('button', { name: 'Ajouter un groupe' }).click();
    const sheet = page.locator('dialog[open]');
    const type = sheet.getByLabel('Atelier', { exact: true });
    await type.selectOption({ label: await labelLike(type, workshop) });
    await sheet.getByLabel('Nom du groupe').fill(label);
    // The first group of each workshop meets today: there is a list to take.
    await sheet
      .getByLabel('Jour', { exact: true })
      .selectOption(weekdays[(todayNumber + at) % weekdays.length] ?? '');
    await sheet.getByLabel('Début').fill(workshop === 'Français' ? '14:00' : '10:00');
    await sheet.getByLabel('Fin', { exact: true }).fill(workshop === 'Français' ? '16:30' : '13:00');
    await sheet.getByRole('button', { name: 'Créer le groupe' }).click();
    await expect(sheet).toHaveCount(0);
  }
  await expect(page.getByRole('grid').getByRole('rowheader', { name: /Groupe \d/i })).toHaveCount(15);

  // The people, from a spreadsheet.
  await page.goto(`${origin}/personnes/importer`);
  await page.setInputFiles('input[type=file]', {
    name: 'inscriptions.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(table.map((row) => row.join(';')).join('\r\n'), 'latin1'),
  });
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
  const answers = page.getByRole('region', { name: /Est-ce la même personne/ });
  const start = page.getByRole('button', { name: 'Importer', exact: true });
  await expect(start).toBeVisible();
  while (await answers.isVisible()) {
    const left = await page.getByRole('status').filter({ hasText: 'à décider' }).textContent();
    await answers.getByRole('button', { name: 'Non, nouvelle personne' }).click();
    await expect(page.getByRole('status').filter({ hasText: left ?? '' })).toBeHidden();
  }
  await start.click();
  await expect(page.getByText('Nouvelles fiches\u202f: 76')).toBeVisible({ timeout: 120_000 });

  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 120_000 });
  const { rows } = await server.ask<{ rows: { doc: { type?: string; group?: string } }[] }>(
    `/${site}-${code}/_all_docs?include_docs=true`,
  );
  const ofType = (type: string) => rows.filter(({ doc }) => doc.type === type);
  expect(ofType('group')).toHaveLength(15);
  expect(ofType('rosterCard')).toHaveLength(76);
  expect(ofType('enrolment')).toHaveLength(76 + 23 + 22);
  expect(ofType('occurrence').length).toBeGreaterThan(100);

  // A volunteer's phone, by the link of the invitation.
  await page.goto(`${origin}/acces`);
  await page.getByRole('button', { name: 'Inviter une personne' }).click();
  await page.getByLabel('Prénom et nom').fill('Nadia Ferré');
  await page.getByLabel('Nom de connexion').fill(`${site}.nadia`);
  await page.getByRole('button', { name: /Créer l.invitation/ }).click();
  const link = (await page.locator('code.link').textContent()) ?? '';
  const nadia = await phone();
  await nadia.page.goto(`${nadia.origin}/invitation${new URL(link).hash}`);
  await nadia.page.getByRole('button', { name: 'Utiliser ce téléphone' }).click();
  await nadia.page
    .getByText(/Bonjour|Semaine/)
    .first()
    .waitFor();
  await readyOffline(nadia.page, nadia.origin);
  await nadia.goOffline();
  const occurrence = await openRollCall(nadia.page, nadia.origin, /Socioprofessionnel, groupe 1/);
  await give(nadia.page, 0, 'Présent');
  await nadia.goOnline();
  await expect(pill(nadia.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  expect(occurrence).toContain(addDays(today, 0));
  const marks = await server.ask<{ rows: { doc: { by: string; status: string } }[] }>(
    `/${site}-${code}/_all_docs?include_docs=true&startkey=${encodeURIComponent(`"mark:${occurrence}:"`)}&endkey=${encodeURIComponent(`"mark:${occurrence}:\ufff0"`)}`,
  );
  expect(marks.rows.map(({ doc }) => [doc.by, doc.status])).toEqual([[`${site}.nadia`, 'present']]);
});

/** The option of a list whose label begins so, whatever the programme calls the workshop in full. */
async function labelLike(list: Locator, beginning: string): Promise<string> {
  const labels = await list.locator('option').allTextContents();
  const wanted = beginning === 'Français' ? /Français|Linguistique/ : new RegExp(beginning);
  return labels.find((label) => wanted.test(label))?.trim() ?? beginning;
}
