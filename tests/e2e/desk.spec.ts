import { readFileSync } from 'node:fs';
import { give } from './roll-call-steps.ts';
import { expect, pill, readyOffline, test, type PresenceServer } from './presence.ts';

const laptopSize = { width: 1280, height: 800 };
const term = 'paris13-s3-2023';

type Body = Record<string, unknown> & { _id: string; _rev: string };

async function all(server: PresenceServer, type: string): Promise<Body[]> {
  const query = new URLSearchParams({
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type};`),
    include_docs: 'true',
  });
  const { rows } = await server.ask<{ rows: { doc: Body }[] }>(`/${term}/_all_docs?${query}`);
  return rows.map(({ doc }) => doc);
}

/** The day before today in Paris: late in its evening, everybody's phone has been silent since. */
function yesterday(): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
  return new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** A meeting of yesterday evening that Maïa was to record, and of which nothing came. */
async function forgottenMeeting(server: PresenceServer): Promise<{ id: string; label: string }> {
  const [groups, volunteers] = await Promise.all([all(server, 'group'), all(server, 'volunteer')]);
  const group = groups.find(({ label }) => label === 'Français B1, groupe 4');
  const maia = volunteers.find(({ account }) => account === 'maia');
  if (!group || !maia) throw new Error('not in the demonstration');
  const date = yesterday();
  const id = `${String(group.group)}.${date}T2300`;
  const author = { v: 1, at: `${date}T08:00:00.000Z`, by: 'elise', device: 'office' };
  const occurrence = {
    ...{ _id: `occurrence:${id}`, type: 'occurrence', ...author, occurrence: id, group: group.group },
    ...{ date, start: '23:00', end: '23:30', venue: group.venue, week: 8, state: 'planned' },
  };
  const shift = {
    ...{ _id: `shift:${id}:${String(maia.volunteer)}`, type: 'shift', ...author, occurrence: id },
    ...{ volunteer: maia.volunteer, account: 'maia', role: 'lead', state: 'planned' },
  };
  await server.send('POST', `/couch/${term}/_bulk_docs`, { docs: [occurrence, shift] });
  return { id, label: String(group.label) };
}

test('a silent phone stands out; its list is reminded, declared not held and brought back, offline', async ({
  server,
  phone,
}) => {
  const { id, label } = await forgottenMeeting(server);
  const laptop = await phone(laptopSize);
  const { page } = laptop;
  await laptop.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: laptop.origin });
  await laptop.signIn('elise');
  await readyOffline(page, laptop.origin);
  await laptop.goOffline();
  await page.goto(`${laptop.origin}/synchro`);
  const devices = page.getByRole('region', { name: /^Appareils/ });
  // By the name: at some hours a list of this day is awaited too, and another phone stands first.
  const silent = devices.getByRole('listitem').filter({ hasText: 'Maïa Lescure' });
  await expect(silent).toContainText(/\d appels? attendus?/);
  const awaited = /\d appels? attendus?/.exec((await silent.textContent()) ?? '')?.[0] ?? '';
  await expect(devices.getByText('Cet appareil')).toBeVisible();
  const list = page.locator(`[data-occurrence="${id}"]`);
  await expect(list).toContainText('Aucune réponse reçue');
  await expect(list).toContainText('Maïa Lescure');

  await list.getByRole('button', { name: 'Relancer' }).click();
  const message = await page.getByRole('dialog').getByLabel('Message').inputValue();
  expect(message).toContain('Bonjour Maïa');
  expect(message).toContain(label);
  await page.getByRole('dialog').getByRole('button', { name: 'Copier le message' }).click();
  await expect(page.locator('.toast p')).toContainText('Message copié');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message);

  const heading = page.getByRole('banner').getByText(/points? à régler/);
  const before = Number(/(\d+) points?/.exec((await heading.textContent()) ?? '')?.[1]);
  const declare = async () => {
    await list.getByRole('button', { name: /pas eu lieu/ }).click();
    await page.getByRole('dialog').locator('label', { hasText: 'Personne pour animer' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /pas eu lieu/ })
      .click();
    await expect(list).toHaveCount(0);
  };
  await declare();
  await expect(silent.getByText(awaited)).toHaveCount(0);
  await expect(heading).toContainText(`${before - 1} point`);
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(list).toBeVisible();
  await declare();
  await laptop.goOnline();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const occurrence = await server.ask<Body>(`/${term}/occurrence:${id}`);
  expect(occurrence).toMatchObject({ state: 'cancelled' });
  expect(occurrence.cancelReason).toBeTruthy();
});

test('what the server refuses is tried again, or given up with a reason that the journal keeps', async ({
  server,
  phone,
}) => {
  const { id } = await forgottenMeeting(server);
  // A rule of the server's own, as an administrator may add one.
  const strict = {
    validate_doc_update:
      "function (doc) { if (doc.type === 'mark' && doc.status === 'late') throw { forbidden: 'Nobody is late.' }; }",
  };
  await server.send('PUT', `/couch/${term}/_design/strict`, strict);
  const laptop = await phone(laptopSize);
  const { page } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${laptop.origin}/appel/${encodeURIComponent(id)}`);
  await give(page, 0, 'En retard');
  await give(page, 1, 'En retard');
  await expect(pill(page)).toHaveAttribute('data-sync', 'problem', { timeout: 60_000 });

  await page.goto(`${laptop.origin}/synchro`);
  const refused = page.locator('[data-refused]');
  await expect(refused).toHaveCount(2);
  await expect(refused.first()).toContainText('la réponse de');
  await expect(refused.first()).toContainText('Nobody is late.');
  const toast = page.locator('.toast p');
  await refused.first().getByRole('button', { name: 'Réessayer' }).click();
  await expect(toast).toContainText('refusé de nouveau', { timeout: 60_000 });

  await refused.first().getByRole('button', { name: 'Écarter' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Écarter et noter' }).click();
  await expect(sheet.getByText('Dites pourquoi')).toBeVisible();
  await sheet.getByLabel('Pourquoi').fill('=déjà noté sur papier');
  await sheet.getByRole('button', { name: 'Écarter et noter' }).click();
  await expect(refused).toHaveCount(1);

  const { _rev } = await server.ask<Body>(`/${term}/_design/strict`);
  await server.send('PUT', `/couch/${term}/_design/strict`, { _rev, _deleted: true });
  await refused.getByRole('button', { name: 'Réessayer' }).click();
  await expect(refused).toHaveCount(0, { timeout: 60_000 });
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const marks = (await all(server, 'mark')).filter(({ occurrence }) => occurrence === id);
  expect(marks).toHaveLength(1);
  expect(await all(server, 'discard')).toMatchObject([{ by: 'elise', refusal: 'Nobody is late.' }]);
  // The answer given up is gone here too: the server's version stands, and there is none.
  await page.goto(`${laptop.origin}/appel/${encodeURIComponent(id)}`);
  const answers = page.getByRole('radio', { name: 'En retard', exact: true, checked: true });
  await expect(answers).toHaveCount(1);

  await page.goto(`${laptop.origin}/synchro/journal`);
  await page.locator('tr[data-index]').first().waitFor();
  await page.getByLabel('Sorte').selectOption({ label: 'Envoi écarté' });
  await expect(page.locator('tr[data-index]')).toHaveCount(1);
  await expect(page.locator('tr[data-index]')).toContainText('a écarté un envoi refusé');
  await page.locator('tr[data-index] button').click();
  await expect(sheet).toContainText('déjà noté sur papier');
  await page.keyboard.press('Escape');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exporter en CSV' }).click();
  const table = readFileSync(await (await saved).path(), 'utf8');
  expect(table.startsWith('\uFEFFQuand;Qui;Appareil;')).toBe(true);
  expect(table.trim().split('\r\n')).toHaveLength(2);
});

test('an answer that comes after the closing is accepted into a new version; the journal tells it all', async ({
  server,
  phone,
}) => {
  const { id, label } = await forgottenMeeting(server);
  const [laptop, other] = [await phone(laptopSize), await phone()];
  await laptop.signIn('elise');
  await other.signIn('maia');
  const list = `/appel/${encodeURIComponent(id)}`;
  await other.page.goto(other.origin + list);
  await other.page.locator('main.roll-call').getByRole('radiogroup').first().waitFor();
  await other.goOffline();
  await give(other.page, 0, 'Présent');
  const { page } = laptop;
  await page.goto(laptop.origin + list);
  await give(page, 1, 'Présent');
  await page.getByRole('button', { name: /Clôturer/ }).click();
  await page.getByRole('button', { name: 'Clôturer sans leur réponse' }).click();
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await page.goto(`${laptop.origin}/synchro`);
  await expect(page.locator(`li[data-occurrence="${id}"]`)).toContainText('sans réponse');
  const late = page.locator(`article[data-occurrence="${id}"]`);
  await expect(late).toHaveCount(0);
  await other.goOnline();
  await expect(pill(other.page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  await expect(late).toContainText('1 réponse arrivée après la clôture', { timeout: 60_000 });
  await expect(late).toContainText('sans réponse → Présent');
  await expect(late).toContainText('Maïa Lescure');
  await late.getByRole('button', { name: 'Accepter' }).click();
  await expect(late).toHaveCount(0);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(late).toContainText('sans réponse → Présent');
  await late.getByRole('button', { name: 'Accepter' }).click();
  await expect(late).toHaveCount(0);
  await expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });
  const closing = await server.ask<{ counts: { present: number }; history: { counted: object }[] }>(
    `/${term}/closing:${id}`,
  );
  expect(closing.counts.present).toBe(2);
  expect(closing.history.map(({ counted }) => Object.keys(counted).length)).toEqual([1, 2, 1, 2]);

  await page.getByRole('link', { name: 'Journal' }).click();
  await page.locator('tr[data-index]').first().waitFor();
  await page.getByLabel('Par', { exact: true }).selectOption({ label: 'Maïa Lescure' });
  await expect(page.locator('tr[data-index]').first()).toContainText(`Maïa Lescure a noté « Présent »`);
  await expect(page.locator('tr[data-index]').first()).toContainText(label);
  await page.getByLabel('Par', { exact: true }).selectOption({ label: 'Tout le monde' });
  await page.getByLabel('Sorte').selectOption({ label: 'Clôture' });
  await page
    .getByLabel('Jour')
    .fill(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date()));
  await expect(page.locator('tr[data-index]')).toHaveCount(4);
  await page.getByRole('searchbox', { name: 'Chercher une personne' }).fill('personne de ce nom');
  await expect(page.getByText('Rien ne correspond')).toBeVisible();
});

test('a volunteer has no desk', async ({ phone }) => {
  const { page, origin, signIn } = await phone();
  await signIn('maia');
  for (const path of ['/synchro', '/synchro/journal']) {
    await page.goto(origin + path);
    await expect(page.getByText('Réservé à la coordination')).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'Synchro' })).toHaveCount(0);
});
