import { readFileSync } from 'node:fs';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, pill, readyOffline, test } from './presence.ts';
import { give } from './roll-call-steps.ts';

/** The file that the page makes, as a reader sees its words. */
async function downloaded(page: Page): Promise<{ name: string; pages: string[] }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Télécharger le PDF' }).click(),
  ]);
  const bytes = new Uint8Array(readFileSync(await file.path()));
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false });
  return { name: file.suggestedFilename(), pages: text.map((page) => page.replace(/[\s\u00A0]+/g, ' ')) };
}
const codeIn = (pages: readonly string[]) => /Code de contrôle (\S+)/.exec(pages.join(' '))?.[1];

test('without a network a closed meeting is printed, corrected and printed again: version 2, corrected by whom', async ({
  phone,
}) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await readyOffline(page, origin);
  await laptop.goOffline();
  await page
    .getByRole('navigation', { name: 'Menu principal' })
    .getByRole('link', { name: 'Planning' })
    .click();
  await page
    .getByRole('grid')
    .getByRole('button', { name: /^Atelier conversation, semaine 3/ })
    .first()
    .click();
  await page.getByRole('link', { name: "Feuille d'émargement" }).click();
  const state = page.locator('[data-sheet]');
  await expect(state).toHaveAttribute('data-sheet', 'final');
  await expect(page.getByText('Version 1')).toBeVisible();
  const first = await downloaded(page);
  expect(first.name).toMatch(/^emargement-.*\.pdf$/);
  const said = first.pages.join(' ');
  for (const words of ["Feuille d'émargement", 'Paris 13', 'Version 1', 'animation', 'Totaux', 'page 1/'])
    expect(said).toContain(words);
  expect(said).not.toMatch(/Provisoire|rectifié/);
  expect((await downloaded(page)).pages).toEqual(first.pages);
  await expectAccessible(page, 'sheets');
  await page.emulateMedia({ colorScheme: 'light' });

  // Somebody was there after all, or was not.
  const address = page.url();
  const occurrence = new URL(address).searchParams.get('seance') ?? '';
  await page.goto(`${origin}/appel/${encodeURIComponent(occurrence)}`);
  await page.getByRole('button', { name: "Corriger l'appel" }).click();
  await page.getByRole('button', { name: "Rouvrir l'appel" }).click();
  // What comes with an open list moves its rows.
  await expect(page.getByText('Correction en cours')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compter' })).toBeVisible();
  const row = page.getByRole('radiogroup').first();
  const present = row.getByRole('radio', { name: 'Présent', exact: true });
  await give(page, 0, (await present.isChecked()) ? 'Absent' : 'Présent');
  await page.getByRole('button', { name: "Clôturer l'appel" }).click();
  await expect(page.getByText(/Appel clôturé/).first()).toBeVisible();

  await page.goto(address);
  await expect(page.getByText('Version 2')).toBeVisible();
  await expect(state).toHaveText(/Provisoire\s:\s2 à envoyer/);
  const second = await downloaded(page);
  expect(second.pages.join(' ')).toMatch(/Provisoire : 2 à envoyer.*/);
  expect(second.pages.join(' ')).toMatch(/Version 2 · rectifié le .* par Élise/);
  expect(codeIn(second.pages)).not.toBe(codeIn(first.pages));

  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await expect(state).toHaveAttribute('data-sheet', 'final');
  const sent = await downloaded(page);
  expect(sent.pages.join(' ')).not.toContain('Provisoire');
  // The same content, sent or not, has the same code.
  expect(codeIn(sent.pages)).toBe(codeIn(second.pages));

  await page.getByRole('radio', { name: 'Un groupe' }).check({ force: true });
  expect((await downloaded(page)).pages.join(' ')).toContain('Émargement du groupe');
  // Somebody who was there.
  const came = / \d+ ([^\d]+?) P /.exec(sent.pages.join(' '))?.[1] ?? '';
  await page.getByRole('radio', { name: 'Une personne' }).check({ force: true });
  await page.getByLabel('Personne', { exact: true }).selectOption({ label: came });
  const certificate = await downloaded(page);
  expect(certificate.pages.join(' ')).toMatch(/Attestation de présence.*Total \d+ \d+ h/);
});
