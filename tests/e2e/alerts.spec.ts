import { expect, pill, test, type PresenceServer } from './presence.ts';

/** Another device's change, as the server takes it. */
async function change(server: PresenceServer, path: string, fields: Record<string, unknown>) {
  const before = await server.ask<Record<string, unknown>>(path);
  await server.send('PUT', `/couch${path}`, { ...before, ...fields });
}

test('somebody is called and leaves the list until something new happens', async ({ server, phone }) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/alertes`);
  const calls = page.getByRole('region', { name: /Personnes à appeler/ });
  await calls.locator('li').first().waitFor();
  const count = await calls.locator('li').count();
  const first = calls.locator('li').first();
  // A number written elsewhere arrives by itself.
  const of = ((await first.getByRole('link').first().getAttribute('href')) ?? '').split('/').at(-1);
  await expect(first).toContainText('Pas de numéro');
  await change(server, `/paris13-registry/participant:${of}`, { phone: '06 39 98 00 01' });
  await expect(first.getByRole('link', { name: /^Appeler 06 39 98 00 01/ })).toHaveAttribute(
    'href',
    'tel:0639980001',
    { timeout: 60_000 },
  );
  await laptop.goOffline();
  const name = (await first.getByRole('link').first().textContent()) ?? '';
  await first.getByRole('button', { name: /Contact pris/ }).click();
  await expect(page.locator('.toast p')).toContainText(name);
  await expect(calls.locator('li')).toHaveCount(count - 1);
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(calls.locator('li')).toHaveCount(count);
  await first.getByRole('button', { name: /Contact pris/ }).click();
  await expect(calls.locator('li')).toHaveCount(count - 1);

  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const file = await server.ask<{ lastContact: string; changes: { by: string }[] }>(
    `/paris13-registry/participant:${of}`,
  );
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
  expect(file.lastContact).toBe(today);
  expect(file.changes.at(-1)).toMatchObject({ by: 'elise' });
});

test('a meeting that nobody leads is given to somebody', async ({ phone }) => {
  const laptop = await phone({ width: 1280, height: 800 });
  const { page } = laptop;
  await laptop.signIn('elise');
  // As people go: an address typed while a sheet steps back in the history would be given up by the browser.
  const toAlerts = () => page.getByRole('link', { name: /^Alertes/ }).click();
  // Somebody comes no longer: their next meetings need somebody else.
  await page.goto(`${laptop.origin}/equipe`);
  await page
    .getByRole('row', { name: /Numérique, groupe 3/ })
    .getByRole('button')
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ne vient plus' }).click();
  await expect(page.locator('.toast p')).toContainText('à pourvoir');
  await toAlerts();
  const vacant = page.getByRole('region', { name: /Séances sans animation/ });
  await vacant.locator('li').first().waitFor();
  const count = await vacant.locator('li').count();
  await vacant
    .getByRole('link', { name: /Trouver quelqu.un/ })
    .first()
    .click();
  const sheet = page.getByRole('dialog', { name: /Qui anime Numérique, groupe 3/ });
  await sheet
    .getByRole('button', { name: /Libre à cette heure/ })
    .first()
    .click();
  await expect(page.locator('.toast p')).toContainText('Numérique, groupe 3');
  await toAlerts();
  await expect(page.getByRole('heading', { name: /Séances sans animation/ })).toContainText(
    String(count - 1),
  );
});
