import { namesByCountry } from '../../src/lib/domain/demo-year/names-by-country.ts';
import { expectAccessible } from './axe.ts';
import { expect, pill, readyOffline, test, type PresenceServer } from './presence.ts';

interface StoredPerson {
  _id: string;
  firstName: string;
  familyName: string;
  birthYear?: number;
  phone?: string;
  gender: string;
}

async function documents<T>(server: PresenceServer, database: string, type: string): Promise<T[]> {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: T }[] }>(`/${database}/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
}
const peopleOf = (server: PresenceServer) =>
  documents<StoredPerson>(server, 'paris13-registry', 'participant');

const countries = Object.values(namesByCountry);
/** New people, no two of one name: the names of one country with first names of another. */
const newPeople = (howMany: number) =>
  Array.from({ length: howMany }, (_, index) => {
    const families = countries[index % countries.length]?.families ?? [];
    const first = countries[(index + 3) % countries.length]?.women ?? [];
    const family = families[Math.floor(index / countries.length) % families.length] ?? '';
    return [
      family.toUpperCase(),
      first[Math.floor(index / 7) % first.length] ?? '',
      'F',
      `${1 + (index % 28)}/0${1 + (index % 9)}/${1950 + (index % 50)}`,
      index % 2 ? 'Afghanistan' : 'RDC',
      'dari, pachto',
      '75013',
      'réfugiée',
      `06 12 34 ${String(10 + Math.floor(index / 90)).padStart(2, '0')} ${String(index % 90).padStart(2, '0')}`,
      index % 3 ? `Socioprofessionnel, groupe ${1 + (index % 8)}` : 'Afghans',
    ];
  });
const headers =
  'NOM;Prénom;Sexe;Date de naissance;Nationalité;Langues parlées;Département;Statut;Téléphone;Groupe'.split(
    ';',
  );

const file = (name: string, rows: readonly (readonly string[])[]) => ({
  name,
  mimeType: 'text/csv',
  // As Excel saves it on a French Windows.
  buffer: Buffer.from(rows.map((row) => row.join(';')).join('\r\n'), 'latin1'),
});

test('76 people come in from a file without a network, once; another coordinator sees them, and sees them go', async ({
  server,
  phone,
}) => {
  test.setTimeout(300_000);
  const before = await peopleOf(server);
  const [same, alike] = before;
  if (!same || !alike) throw new Error('nobody in the registry');
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await readyOffline(page, laptop.origin);
  await laptop.goOffline();
  await page.goto(`${laptop.origin}/personnes/importer`);

  const known = [
    same.familyName,
    same.firstName,
    same.gender === 'woman' ? 'F' : 'H',
    String(same.birthYear),
  ];
  const nearly = [`${alike.familyName}h`, alike.firstName, '', ''];
  const rest = ['', '', '', '', '0612345678', ''];
  const list = file('inscriptions.csv', [
    ['Inscriptions de la session', ...headers.slice(1).map(() => '')],
    headers,
    ...newPeople(74),
    [...known, ...rest],
    [...nearly, ...rest],
    ['Total', '76', ...headers.slice(2).map(() => '')],
  ]);
  await page.setInputFiles('input[type=file]', list);
  await expect(page.getByText(/Windows-1252 · séparé par des points-virgules · 76 lignes/)).toBeVisible();
  await expect(page.getByLabel('Ce que contient «\u202fNationalité\u202f»')).toHaveValue('country');
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();

  // A group by a name of their own, a person who may be somebody known.
  await page
    .getByLabel(/Afghans/)
    .selectOption({ label: 'Linguistique · Français A1, groupe 1' })
    .catch(async () => {
      const option = page.getByLabel(/Afghans/).locator('option', { hasText: 'Français A1, groupe 1' });
      await page.getByLabel(/Afghans/).selectOption((await option.getAttribute('value')) ?? '');
    });
  await expect(page.getByRole('heading', { name: /Est-ce la même personne/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Importer', exact: true })).toBeDisabled();
  const answers = page.getByRole('region', { name: /Est-ce la même personne/ });
  while (await answers.isVisible()) {
    const isAlike = await answers.getByText(alike.familyName + 'h', { exact: false }).isVisible();
    const left = await page.getByRole('status').filter({ hasText: 'à décider' }).textContent();
    if (isAlike)
      await answers
        .getByRole('button', { name: /Oui, c'est elle ou lui/ })
        .first()
        .click();
    else await answers.getByRole('button', { name: 'Non, nouvelle personne' }).click();
    await expect(page.getByRole('status').filter({ hasText: left ?? '' })).toBeHidden();
  }
  await page.getByRole('button', { name: 'Importer', exact: true }).click();
  await expect(page.getByText('Import terminé')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Nouvelles fiches\u202f: 74')).toBeVisible();

  // The same file again: said so, and nothing to write.
  await page.getByRole('button', { name: 'Importer un autre tableau' }).click();
  await page.setInputFiles('input[type=file]', { ...list, name: 'copie.csv' });
  await expect(page.getByText('Ce tableau a déjà été importé')).toBeVisible();
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
  await expect(page.getByText('Tout le monde est déjà là')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Importer', exact: true })).toBeHidden();

  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 90_000 });
  const after = await peopleOf(server);
  expect(after).toHaveLength(before.length + 74);
  expect(after.find(({ _id }) => _id === same._id)?.phone ?? '').toBe('06 12 34 56 78');

  // Another coordinator's device.
  const other = await phone({ width: 1280, height: 800 });
  await other.signIn('elise');
  await other.page.goto(`${other.origin}/personnes`);
  const [family = '', first = ''] = newPeople(1)[0] ?? [];
  await other.page.getByRole('searchbox').fill(`${first} ${family}`);
  await expect(other.page.getByRole('link', { name: new RegExp(first) }).first()).toBeVisible();

  // Taken back here, gone there.
  await page.getByRole('button', { name: 'Importer un autre tableau' }).click();
  const history = page.getByRole('region', { name: 'Imports précédents' });
  await expect(history.getByText('inscriptions.csv').first()).toBeVisible();
  await history.getByRole('button', { name: /Annuler l'import/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: "Annuler l'import" }).click();
  await expect(page.getByText('Fiches retirées\u202f: 74')).toBeVisible({ timeout: 60_000 });
  await expect(history.getByText('annulé')).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 90_000 });
  expect(await peopleOf(server)).toHaveLength(before.length);
  await expect(other.page.getByRole('link', { name: new RegExp(first) })).toHaveCount(0, { timeout: 90_000 });
});

test('what is wrong in a cell is told there and mended there, by keyboard; hostile cells are text', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  let isAttacked = false;
  page.on('dialog', (dialog) => {
    isAttacked = true;
    void dialog.dismiss();
  });
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/personnes/importer`);
  const paste = (text: string) =>
    page.getByLabel('Coller le tableau ici').evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste(
    [
      ['Nom', 'Prénom', 'Date de naissance', 'Téléphone'],
      ['Zabulistani', 'Roxana', '31/02/1990', '0612345678'],
      ['', '', '1991', '0711223344'],
      ['', 'Orphée', '1991', ''],
      ["=cmd|'/c calc'!A1", '<img src=x onerror=alert(1)>', '1992', ''],
    ]
      .map((row) => row.join('\t'))
      .join('\n'),
  );
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
  await expect(page.getByText('2 lignes en erreur resteront dehors')).toBeVisible();
  await page.getByRole('radio', { name: 'Erreurs (2)' }).check({ force: true });
  const table = page.getByRole('table');
  await expect(table.getByRole('rowheader')).toHaveCount(2);

  // The reason stands with the cell; Enter opens it, Enter keeps what was typed.
  const wrong = table.getByRole('button', { name: /Erreur.*31\/02\/1990/ });
  await wrong.focus();
  await expect(wrong).toHaveAccessibleDescription(/Ce jour n'existe pas/);
  await expect(page.getByRole('tooltip').filter({ hasText: "Ce jour n'existe pas" })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(table.getByRole('textbox', { name: 'Année de naissance' })).toBeFocused();
  await page.keyboard.type('28/02/1990');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Erreurs (1)')).toBeVisible();
  // What was mended is lost neither to a link nor to the steps before without a question.
  const question = page.getByRole('dialog');
  await page.getByRole('link', { name: "Aujourd'hui" }).first().click();
  await expect(question).toContainText('vos corrections');
  await question.getByRole('button', { name: 'Rester sur la page' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Étape précédente' }).click();
  await expect(page.getByRole('heading', { name: 'Tableau collé' })).toBeVisible();
  await page.getByRole('button', { name: 'Étape précédente' }).click();
  await question.getByRole('button', { name: 'Rester sur la page' }).click();
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
  await page.getByRole('radio', { name: 'Erreurs (1)' }).check({ force: true });
  // A row that cannot be mended is left out.
  await table.getByRole('button', { name: /Laisser/ }).click();
  await expect(page.getByText('Aucune ligne ici')).toBeVisible();

  await page.getByRole('radio', { name: /^Toutes/ }).check({ force: true });
  await expect(table.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(table.getByText("=cmd|'/c calc'!A1")).toBeVisible();
  await page.getByRole('button', { name: 'Importer', exact: true }).click();
  await expect(page.getByText('Import terminé')).toBeVisible();
  await page.goto(`${laptop.origin}/personnes`);
  await page.getByRole('searchbox').fill('img');
  await page.getByRole('link').filter({ hasText: 'onerror' }).first().waitFor();
  expect(isAttacked).toBe(false);
});

test('an import that the closing of the page cut is taken up by the next', async ({ server, phone }) => {
  test.setTimeout(240_000);
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  const before = (await peopleOf(server)).length;
  await page.goto(`${laptop.origin}/personnes/importer`);
  const people = newPeople(600);
  await page.setInputFiles('input[type=file]', file('longue.csv', [headers, ...people]));
  await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
  const all = page.getByRole('button', { name: 'De nouvelles personnes' });
  await page.getByRole('button', { name: 'Importer', exact: true }).waitFor();
  const said = page.getByRole('status').filter({ hasText: /à décider|Nouvelles/ });
  while (await all.isVisible()) {
    const asked = (await said.textContent()) ?? '';
    await all.click();
    await expect(said).not.toHaveText(asked);
  }
  await page.getByRole('button', { name: 'Importer', exact: true }).click();
  await expect(page.getByText(/^[1-9]\d* personnes écrites sur/)).toBeVisible();
  await page.reload();
  await expect(page.getByText("Un import s'est arrêté en route")).toBeVisible();
  await page.getByRole('button', { name: "Reprendre l'import" }).click();
  await expect(page.getByText('Import terminé')).toBeVisible({ timeout: 60_000 });
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 90_000 });
  const made = Number(
    /Nouvelles fiches\s:\s(\d+)/.exec((await page.locator('main').textContent()) ?? '')?.[1],
  );
  expect((await peopleOf(server)).length).toBe(before + made);
});

const sizes = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
for (const size of sizes)
  test(`no step of an import has an accessibility violation (${size.width})`, async ({ phone }) => {
    const { page, origin, signIn } = await phone(size);
    const check = (name: string) => expectAccessible(page, name);
    await signIn('elise');
    await page.goto(`${origin}/personnes/importer`);
    await page.getByText('Depuis un fichier').waitFor();
    await check('source');
    const people = newPeople(4);
    const wrong = people.map((row, index) => row.with(3, index === 1 ? '31/02/1990' : (row[3] ?? '')));
    const nearly = wrong.map((row, index) => (index === 0 ? row.with(0, `${row[0]}H`) : row)).slice(0, 1);
    const rows = [...wrong, ...nearly.map((row) => row.with(4, 'Congo').with(5, 'klingon'))];
    await page.setInputFiles('input[type=file]', file('liste.csv', [headers, ...rows]));
    await page.getByRole('button', { name: 'Vérifier les lignes' }).waitFor();
    await check('columns');
    await page.getByRole('button', { name: 'Vérifier les lignes' }).click();
    await page.getByText('Aperçu').waitFor();
    await check('check');
    await page.getByRole('button', { name: /Erreur.*31/ }).focus();
    await check('check-reason');
    await page.keyboard.press('Enter');
    await check('check-editing');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Non, nouvelle personne' }).click();
    await page.getByRole('button', { name: 'Importer', exact: true }).click();
    await page.getByText('Import terminé').waitFor();
    await check('done');
  });
