import { readFileSync } from 'node:fs';
import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, pill, readyOffline, test } from './presence.ts';
import { give } from './roll-call-steps.ts';

const bare = (text: string) => text.replace(/[\s\u00A0\u202F]+/g, '');

/** The bytes of a file that the page makes. */
async function downloaded(page: Page, name: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

async function edit(page: Page, section: string, text: string): Promise<void> {
  const place = page.locator(`[data-section="${section}"]`);
  await place.getByRole('button', { name: /^(Modifier le texte|Écrire)/ }).click();
  await place.getByRole('textbox').fill(text);
  await place.getByRole('button', { name: 'Terminer' }).click();
  await expect(place.getByRole('textbox')).toBeHidden();
}

async function freeze(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Figer', exact: true }).click();
}

test('without a network the report is written, downloaded and frozen, and a mark corrected later shows beside', async ({
  server,
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await readyOffline(page, origin);
  await laptop.goOffline();
  await page.getByRole('main').getByRole('link', { name: 'Bilan' }).click();
  await page.getByLabel('Période').selectOption({ label: 'Année 2023' });
  await page.getByRole('link', { name: "Rapport d'activité" }).click();
  const assiduity = page.locator('[data-block="assiduity"]');
  await expect(assiduity.getByRole('row', { name: 'Ensemble' })).toContainText('79/110, 72');
  await expect(assiduity.getByRole('img', { name: /Ensemble, 79 sur 110/ })).toBeVisible();
  await expectAccessible(page, 'report');
  await page.emulateMedia({ colorScheme: 'light' });

  // Each figure of a text leads to its definition.
  const own = page.locator('[data-section="assiduity"]');
  await own.getByRole('link', { name: '79', exact: true }).first().click();
  await expect(page).toHaveURL(/#definition-assidus$/);
  await expect(page.locator('#definition-assidus')).toContainText('inscriptions à un atelier hebdomadaire');

  const place = page.locator('[data-section="advocacy"]');
  await place.getByRole('button', { name: 'Écrire cette partie : Plaidoyer' }).click();
  await place
    .getByRole('textbox')
    .fill("=cmd|' /C calc'!A0 <script>alert(1)</script> \u202E186 et {rien} : ");
  await place.getByLabel('Insérer un chiffre').selectOption('assidus');
  await expect(place.getByRole('textbox')).toHaveValue(/\{assidus\}$/);
  await expect(place.getByText(/Aucun chiffre ne porte ce nom.*\{rien\}/)).toBeVisible();
  await expect(place.getByText(/Écrit à la main.*186/)).toBeVisible();
  await place.getByRole('button', { name: 'Terminer' }).click();
  await expect(place.getByRole('link', { name: '79' })).toBeVisible();

  const pdf = await downloaded(page, /Télécharger le PDF/);
  expect(pdf.name).toBe('rapport-activite-2023.pdf');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), { mergePages: true });
  const docx = await downloaded(page, /docx/);
  expect(docx.name).toBe('rapport-activite-2023.docx');
  const { value: html } = await mammoth.convertToHtml({ buffer: docx.bytes });
  const ofDocx = bare(
    html
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>'),
  );
  for (const said of [bare(text), ofDocx])
    for (const words of [
      ...["=cmd|'/Ccalc'!A0<script>alert(1)</script>", '186et{rien}:79', '79/110,72%', 'pasencorefigés'],
      ...['Plaidoyer', 'Annexe:définitionsdeschiffres', 'Heuresdebénévolat'],
    ])
      expect(said).toContain(words);
  expect(html).toContain('<h1>');
  // Every chart is a picture there, with its words.
  expect(html.match(/<img alt="[^"]{20}/g)?.length).toBeGreaterThanOrEqual(10);

  // The term that is open can be corrected; it is in another year.
  await page.goto(`${origin}/bilan`);
  await page.getByLabel('Période').selectOption({ label: 'S3.23' });
  await page.getByRole('link', { name: "Rapport d'activité" }).click();
  await freeze(page, /^Figer l'année \d{4}$/);
  const first = page.locator('[data-freezing="1"]');
  await expect(first.getByText('Signature vérifiée')).toBeVisible();
  await expect(first.getByText("Un recompte donne aujourd'hui les mêmes chiffres.")).toBeVisible();
  await expectAccessible(page, 'a frozen year');

  // Somebody was there after all, or was not.
  const { rows } = await server.ask<{ rows: { id: string }[] }>(
    '/paris13-s3-2023/_all_docs?startkey="closing:"&endkey="closing:~"&limit=1',
  );
  const occurrence = rows[0]?.id.slice('closing:'.length) ?? '';
  const report = page.url();
  await page.goto(`${origin}/appel/${encodeURIComponent(occurrence)}`);
  await page.getByRole('button', { name: "Corriger l'appel" }).click();
  await page.getByRole('button', { name: "Rouvrir l'appel" }).click();
  await expect(page.getByText('Correction en cours')).toBeVisible();
  const present = page.getByRole('radiogroup').first().getByRole('radio', { name: 'Présent', exact: true });
  await give(page, 0, (await present.isChecked()) ? 'Absent' : 'Présent');
  await page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await expect(page.getByText(/Appel clôturé/).first()).toBeVisible();
  await page.goto(report);

  await expect(first.getByText('Corrigé depuis')).toBeVisible();
  const difference = first.locator('[data-difference="weeklyAttendance"]');
  const [then = '', now = ''] = await difference.getByRole('cell').allTextContents();
  expect(Math.abs(Number(bare(then)) - Number(bare(now)))).toBe(1);
  await expect(first.getByText(/Données changées depuis.*session S3\.23/)).toBeVisible();
  await expect(first.getByText('Signature vérifiée')).toBeVisible();
  await freeze(page, 'Figer de nouveau');
  await expect(page.locator('[data-freezing="2"]').getByText('Signature vérifiée')).toBeVisible();
  await expect(page.locator('[data-freezing="2"] [data-difference]')).toHaveCount(0);
  await expect(difference).toBeVisible();

  await page.goto(`${origin}/synchro/journal`);
  await expect(page.getByText(/a figé l'année \d{4}/).first()).toBeVisible();
  for (const format of ['PDF', 'DOCX'])
    await expect(
      page
        .getByText(new RegExp(`a exporté le rapport d'activité \\(${format}, \\d{4}, sans les noms`))
        .first(),
    ).toBeVisible();
  await expect(page.getByText('le texte «\u202FPlaidoyer\u202F» du rapport 2023').first()).toBeVisible();
  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
});

test('two laptops that write in the report at the same time lose nothing', async ({ phone }) => {
  const [one, other] = [await phone({ width: 1280, height: 800 }), await phone({ width: 1280, height: 800 })];
  for (const laptop of [one, other]) {
    await laptop.signIn('elise');
    await laptop.page.goto(`${laptop.origin}/bilan/rapport/2023`);
    await laptop.page.locator('[data-block="means"]').waitFor();
  }
  await other.goOffline();
  await edit(one.page, 'prospects', 'Un atelier de vélo.');
  await edit(one.page, 'finances', 'Du premier ordinateur.');
  await expect(pill(one.page)).toHaveAttribute('data-sync', 'current');
  await edit(other.page, 'prospects', 'Un atelier de cuisine.');
  await other.goOnline();
  await expect(pill(other.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  for (const { page } of [other, one]) {
    const prospects = page.locator('[data-section="prospects"]');
    await expect(prospects.getByText('Un atelier de vélo.')).toBeVisible({ timeout: 60_000 });
    await expect(prospects.getByText('Un atelier de cuisine.')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Du premier ordinateur.')).toBeVisible({ timeout: 60_000 });
  }
});
