import { openEmptySite } from './empty-site.ts';
import { expect, pill, readyOffline, test } from './presence.ts';

const laptop = { width: 1280, height: 800 };

interface Row {
  doc: { _id: string; type?: string; label?: string; state?: string; date?: string; week?: number };
}

test('the coordinator makes a term without a network, with the groups of an earlier one', async ({
  server,
  phone,
}) => {
  const { page, origin, ...here } = await phone(laptop);
  await here.signIn('elise');
  await readyOffline(page, origin);
  await here.goOffline();
  await page.goto(`${origin}/session`);
  await page.getByRole('link', { name: 'Nouvelle session' }).click();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await expect(page.getByText('Écrivez une étiquette.')).toBeVisible();

  await page.getByLabel('Étiquette').fill('S1.27');
  await page.getByLabel('Début').fill('2027-04-05');
  await expect(page.getByLabel('Code')).toHaveValue('s1-2027');
  await expect(page.getByRole('checkbox', { name: /Ascension/ })).toBeChecked();
  await expect(page.getByText('Fin : dimanche 13 juin 2027')).toBeVisible();
  // Meetings on the 8th of May all the same; a week of pause in April.
  await page.getByRole('checkbox', { name: /Fête de la Victoire/ }).uncheck();
  await page.getByLabel('Jour', { exact: true }).fill('2027-04-21');
  await page.getByRole('button', { name: 'Ajouter toute la semaine' }).click();
  await expect(page.getByText('Fin : dimanche 20 juin 2027')).toBeVisible();
  await page.getByLabel('Copier depuis une session').selectOption({ label: 'S3.23' });
  await page.getByRole('button', { name: 'Tout décocher' }).click();
  await page.getByRole('checkbox', { name: 'Socioprofessionnel, groupe 6' }).check();
  await page.getByRole('checkbox', { name: 'Numérique, groupe 2' }).check();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await expect(page.getByRole('button', { name: 'Ouvrir la session' })).toBeVisible();
  await expect(page.getByText('Pause, semaine du lundi 19 avril')).toBeVisible();

  await here.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const { rows } = await server.ask<{ rows: Row[] }>('/paris13-s1-2027/_all_docs?include_docs=true');
  const documents = rows.map(({ doc }) => doc);
  const ofType = (type: string) => documents.filter((one) => one.type === type);
  expect(ofType('term')).toMatchObject([{ label: 'S1.27', state: 'planned' }]);
  expect(ofType('group')).toHaveLength(2);
  // Thursdays without Ascension, Saturdays without the first of May: nine each.
  const dates = ofType('occurrence').map(({ date }) => date);
  expect(dates).toHaveLength(18);
  expect(dates).toContain('2027-05-08');
  for (const off of ['2027-05-01', '2027-05-06', '2027-04-22', '2027-04-24'])
    expect(dates).not.toContain(off);
  expect(documents.filter(({ type }) => ['rosterCard', 'enrolment', 'mark'].includes(type ?? ''))).toEqual(
    [],
  );
  const siteDocument = await server.ask<{ terms: { term: string; state: string }[] }>(
    '/paris13-commons/site:paris13',
  );
  expect(siteDocument.terms).toContainEqual(expect.objectContaining({ term: 's1-2027', state: 'planned' }));
});

test('a day off that comes later moves one meeting and cancels another', async ({ server, phone }) => {
  const { page, origin, ...here } = await phone(laptop);
  await here.signIn('elise');
  await page.goto(`${origin}/session/nouvelle`);
  await page.getByLabel('Étiquette').fill('S1.27');
  await page.getByLabel('Début').fill('2027-02-01');
  await page.getByLabel('Copier depuis une session').selectOption({ label: 'S3.23' });
  await page.getByRole('button', { name: 'Tout décocher' }).click();
  await page.getByRole('checkbox', { name: 'Socioprofessionnel, groupe 6' }).check();
  await page.getByRole('checkbox', { name: 'Socioprofessionnel, groupe 7' }).check();
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByLabel('Jour', { exact: true }).fill('2027-02-11');
  await page.getByRole('button', { name: 'Ajouter ce jour' }).click();
  await expect(page.getByText('2 séances tombent sur un jour sans séance')).toBeVisible();
  await page
    .getByLabel('Devient Socioprofessionnel, groupe 6, jeudi 11 février')
    .selectOption('Déplacée au vendredi 12 février');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('button', { name: 'Modifier' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Jeudi 11 février' })).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const { rows } = await server.ask<{ rows: Row[] }>('/paris13-s1-2027/_all_docs?include_docs=true');
  const ofThatWeek = rows
    .map(({ doc }) => doc)
    .filter(({ type, week }) => type === 'occurrence' && week === 2)
    .map(({ date, state }) => `${date} ${state}`)
    .sort();
  expect(ofThatWeek).toEqual(['2027-02-11 cancelled', '2027-02-12 planned']);

  // The day is one again: the meeting that was cancelled for it takes place, the one that was moved is there already.
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Jeudi 11 février' })
    .getByRole('button', { name: /Enlever/ })
    .click();
  await expect(page.getByLabel(/Ajouter \d séance/)).toBeChecked();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('button', { name: 'Modifier' })).toBeVisible();
  await expect
    .poll(
      async () =>
        (await server.ask<{ rows: Row[] }>('/paris13-s1-2027/_all_docs?include_docs=true')).rows
          .map(({ doc }) => doc)
          .filter(({ type, week, date }) => type === 'occurrence' && week === 2 && date === '2027-02-11')
          .map(({ state }) => state),
      { timeout: 60_000 },
    )
    .toEqual(['planned']);
});

test('closing a term says what is unfinished, freezes its counts, and tells later corrections', async ({
  server,
  phone,
}) => {
  const { page, origin, ...here } = await phone(laptop);
  await here.signIn('elise');
  await page.goto(`${origin}/session`);
  await page.getByRole('link', { name: 'S3.23' }).click();
  await page.getByRole('link', { name: 'Clore la session' }).click();
  const unclosed = page.getByRole('region', { name: /Appels pas clôturés/ });
  await expect(unclosed.getByRole('link').first()).toHaveAttribute('href', /^\/appel\//);
  const provisional = page.getByRole('region', { name: /Fiches provisoires/ });
  await expect(provisional.getByRole('link')).toHaveAttribute('href', /^\/personnes\//);
  await expect(page.getByRole('row', { name: /^Socioprofessionnel/ })).toContainText('76');

  await page.getByRole('button', { name: 'Clore et figer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clore et figer' }).click();
  await expect(page.getByText('Signature vérifiée')).toBeVisible();
  await expect(page.getByText(/Restait à finir.*Appels pas clôturés/)).toBeVisible();
  await expect(page.getByText("Un recompte donne aujourd'hui les mêmes comptes.")).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const snapshot = await server.ask<{ counts: Record<string, number>; signature: string }>(
    '/paris13-s3-2023/snapshot:s3-2023:1',
  );
  expect(snapshot.counts['inscriptions.socioprofessional']).toBe(76);
  expect(snapshot.signature).toMatch(/^[\w-]{80,}$/);
  expect(await server.ask('/paris13-s3-2023/_security')).toMatchObject({ closed: true });

  // An answer taken away afterwards: the frozen counts stay, the difference is told.
  const range = new URLSearchParams({ include_docs: 'true', startkey: '"mark:"', endkey: '"mark:\ufff0"' });
  const { rows } = await server.ask<{ rows: { doc: { _id: string; status: string; occurrence: string } }[] }>(
    `/paris13-s3-2023/_all_docs?${range}`,
  );
  const absent = rows.find(({ doc }) => doc.status === 'absent')?.doc;
  if (!absent) throw new Error('nobody was absent');
  await server.send('PUT', `/couch/paris13-s3-2023/${encodeURIComponent(absent._id)}`, {
    ...absent,
    status: 'excused',
  });
  await page.reload();
  const changed = page.locator('[data-difference="marks.excused"]');
  await expect(changed).toBeVisible({ timeout: 60_000 });
  const excused = snapshot.counts['marks.excused'] ?? 0;
  await expect(changed.getByRole('cell')).toHaveText([String(excused), String(excused + 1)]);
  await expect(page.getByText('Signature vérifiée')).toBeVisible();

  await page.getByRole('button', { name: 'Rouvrir la session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rouvrir la session' }).click();
  await page.getByRole('link', { name: 'Clore la session' }).click();
  await page.getByRole('button', { name: 'Clore et figer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clore et figer' }).click();
  await expect(page.getByRole('region', { name: 'Clôture 2' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Clôture 1' })).toBeVisible();
});

test('an empty site leads from every page to its first term', async ({ server, phone }) => {
  await openEmptySite(server);
  const { page, origin } = await phone(laptop);
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill('nour');
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByText('Pas encore de session').waitFor();
  for (const path of ['/', '/jour', '/planning', '/personnes']) {
    await page.goto(`${origin}${path}`);
    await expect(page.getByRole('link', { name: 'Préparer une session' })).toBeVisible();
  }
  await page.goto(`${origin}/reglages`);
  await expect(page.getByRole('heading', { name: 'Réglages' })).toBeVisible();

  await page.goto(`${origin}/session`);
  await page.getByRole('button', { name: 'Reprendre le programme type' }).click();
  await expect(page.getByText('6 ateliers prêts')).toBeVisible();
  await page.getByRole('link', { name: 'Ateliers et salles' }).click();
  await page.getByRole('button', { name: 'Nouvel atelier' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel("Nom de l'atelier").fill('Couture');
  await sheet.getByLabel('Heures par semaine').fill('2');
  await sheet.getByRole('checkbox', { name: 'Liste ouverte' }).check();
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('button', { name: /Couture.*2 h par semaine.*liste ouverte/ })).toBeVisible();
  await page.getByRole('button', { name: /CAPSYS Censier/ }).click();
  await sheet.getByRole('checkbox', { name: 'Archiver' }).check();
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('button', { name: /CAPSYS Censier.*Archivé/ })).toBeVisible();

  await page.goto(`${origin}/session/nouvelle`);
  await page.getByLabel('Étiquette').fill('Printemps');
  await page.getByLabel('Début').fill('2027-03-01');
  await page.getByRole('button', { name: 'Créer la session' }).click();
  await page.getByRole('button', { name: 'Ouvrir la session' }).click();
  await expect(page.getByRole('link', { name: 'Clore la session' })).toBeVisible();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  expect(await server.ask('/lyon-printemps-2027/term:printemps-2027')).toMatchObject({ state: 'open' });
  await page.goto(`${origin}/planning`);
  await expect(page.getByText('Pas encore de groupe dans cette session')).toBeVisible();
});
