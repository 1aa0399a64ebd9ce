import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, pill, test, type PresenceServer } from './presence.ts';

interface Stored {
  readonly _id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

const term = 'paris13-s3-2023';

async function ofType(server: PresenceServer, type: string): Promise<Stored[]> {
  const range = new URLSearchParams({
    include_docs: 'true',
    startkey: JSON.stringify(`${type}:`),
    endkey: JSON.stringify(`${type}:\ufff0`),
  });
  const { rows } = await server.ask<{ rows: { doc: Stored }[] }>(`/${term}/_all_docs?${range}`);
  return rows.map(({ doc }) => doc);
}

/** As phones of two volunteers would have sent it. */
const arrives = (server: PresenceServer, docs: readonly object[]) =>
  server.send('POST', `/couch/${term}/_bulk_docs`, { docs });

const author = { v: 1, at: '2023-11-13T13:05:00.000Z', by: 'maia', device: 'phone-of-tests' };
const answered = (occurrence: unknown, participant: unknown, status: string) => ({
  ...{ _id: `mark:${String(occurrence)}:${String(participant)}`, type: 'mark', ...author },
  ...{ occurrence, participant, status },
  history: [{ status, at: author.at, by: author.by, device: author.device }],
});

async function noViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('main')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`)),
  ).toEqual([]);
}

const allSent = (page: Page) =>
  expect(pill(page)).toHaveAttribute('data-sync', 'current', { timeout: 60_000 });

test('a walk-in who looks like somebody is merged without a network, the merge undone, and the two told apart', async ({
  server,
  phone,
}) => {
  test.slow();
  const cards = await ofType(server, 'rosterCard');
  const known = cards.find(
    ({ isProvisional, familyName, firstName }) =>
      !isProvisional && familyName && String(firstName).length > 4,
  );
  const enrolments = await ofType(server, 'enrolment');
  const followed = enrolments.find(({ participant }) => participant === known?.participant)?.group;
  const answers = new Set((await ofType(server, 'mark')).map(({ _id }) => _id));
  const occurrence = (await ofType(server, 'occurrence')).find(
    (one) =>
      one.group === followed && !answers.has(`mark:${String(one.occurrence)}:${String(known?.participant)}`),
  );
  if (!known || !occurrence) throw new Error('somebody with two names was expected');
  const familyName = `${String(known.familyName)}e`;
  await arrives(server, [
    {
      ...{ _id: 'rosterCard:walkedin', type: 'rosterCard', ...author, participant: 'walkedin' },
      ...{ firstName: known.firstName, familyName, sortKey: 'walked in', screenLanguage: 'fr' },
      ...{ isFrancophone: false, isProvisional: true },
    },
    answered(occurrence.occurrence, 'walkedin', 'present'),
  ]);

  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${origin}/synchro`);
  const pair = page.getByRole('article', { name: familyName });
  await expect(pair.getByText('noms proches')).toBeVisible();
  await expect(pair.getByText('même groupe')).toBeVisible();
  await expect(pair.getByText(/^ajout du .+, par Maïa/)).toBeVisible();
  await noViolation(page);
  await laptop.goOffline();

  await pair.getByRole('button', { name: /^Oui, fusionner/ }).click();
  const look = page.getByRole('dialog');
  await expect(look.getByRole('heading', { name: 'Ce qui sera fusionné' })).toBeVisible();
  await expect(look.getByText(/1 réponse à un appel/)).toBeVisible();
  await look.getByRole('button', { name: 'Ne rien changer' }).click();
  await expect(pair).toBeVisible();

  await pair.getByRole('button', { name: /^Oui, fusionner/ }).click();
  await look.getByRole('button', { name: 'Fusionner les 2 fiches' }).click();
  await expect(pair).toHaveCount(0);
  await laptop.goOnline();
  await allSent(page);
  const cardsOf = async () => (await ofType(server, 'rosterCard')).map(({ participant }) => participant);
  expect(await cardsOf()).not.toContain('walkedin');

  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(pair).toBeVisible();
  await allSent(page);
  expect(await cardsOf()).toContain('walkedin');

  await pair.getByRole('button', { name: /^Non, 2 fiches/ }).click();
  await expect(pair).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^La même personne/ }).locator('small')).toBeVisible();
  await expect(pair).toHaveCount(0);
});

test('a meeting that was begun twice is made one without a network: answers move, none is lost, and it is undone', async ({
  server,
  phone,
}) => {
  test.slow();
  const marks = (await ofType(server, 'mark')).filter(({ status }) => status === 'present');
  const [occurrences, cards] = [await ofType(server, 'occurrence'), await ofType(server, 'rosterCard')];
  const first = occurrences.find(
    ({ state, occurrence }) =>
      state === 'held' && marks.filter((mark) => mark.occurrence === occurrence).length > 2,
  );
  if (!first) throw new Error('a meeting with answers was expected');
  const here = marks.filter(({ occurrence }) => occurrence === first.occurrence);
  const there = new Set(here.map(({ participant }) => participant));
  const newcomer = cards.find(({ participant }) => !there.has(participant));
  const twin = `${String(first.group)}.${String(first.date)}T0007`;
  const { _rev, ...planned } = first;
  await arrives(server, [
    {
      ...{ ...planned, ...author, _id: `occurrence:${twin}`, occurrence: twin },
      ...{ start: '00:07', state: 'planned', isMoved: true },
    },
    answered(twin, here[0]?.participant, 'absent'),
    answered(twin, here[1]?.participant, 'present'),
    answered(twin, newcomer?.participant, 'late'),
  ]);

  const laptop = await phone({ width: 1280, height: 800 });
  const { page, origin } = laptop;
  await laptop.signIn('elise');
  await page.goto(`${origin}/synchro`);
  const pair = page.getByRole('article', { name: /et 0\s?h\s?07$/ });
  await expect(pair.getByText('3 réponses', { exact: false })).toBeVisible();
  await laptop.goOffline();
  await pair.getByRole('button', { name: /^Oui, réunir/ }).click();
  const look = page.getByRole('dialog');
  await expect(look.getByText('1 réponse passe dans la séance gardée')).toBeVisible();
  await look.getByRole('button', { name: 'Réunir les 2 séances' }).click();
  await expect(look.getByText('Choisissez la réponse qui reste pour 1 personne.')).toBeVisible();
  await look.getByRole('radio', { name: /^Absent/ }).check({ force: true });
  await look.getByRole('button', { name: 'Réunir les 2 séances' }).click();
  await expect(pair).toHaveCount(0);
  await laptop.goOnline();
  await allSent(page);

  const stored = async (id: string) => (await server.ask<Stored>(`/${term}/${encodeURIComponent(id)}`)) ?? {};
  const disputed = String(here[0]?._id);
  expect(await stored(`occurrence:${twin}`)).toMatchObject({ state: 'cancelled', cancelReason: 'doublon' });
  expect(await stored(`mark:${twin}:${String(newcomer?.participant)}`)).toMatchObject({ status: 'late' });
  expect(await stored(`mark:${String(first.occurrence)}:${String(newcomer?.participant)}`)).toMatchObject({
    status: 'late',
  });
  const settled = await stored(disputed);
  expect(settled.status).toBe('absent');
  expect((settled.history as { status: string }[]).map(({ status }) => status)).toContain('present');

  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(pair).toBeVisible();
  await allSent(page);
  expect((await stored(disputed)).status).toBe('present');
  expect((await stored(`occurrence:${twin}`)).state).toBe('planned');

  await pair.getByRole('button', { name: /^Non, 2 séances/ }).click();
  await expect(pair).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^La même personne/ }).locator('small')).toBeVisible();
  await expect(pair).toHaveCount(0);
});
