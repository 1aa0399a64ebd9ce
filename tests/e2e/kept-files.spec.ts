import { expect, readyOffline, test, type Phone } from './presence.ts';

/** Files of coordinators' screens that the browser holds, of how many there are. */
async function coordinatorFiles({ page, origin }: Phone): Promise<{ kept: number; all: number }> {
  await readyOffline(page, origin);
  return page.evaluate(async () => {
    const list = (await (await fetch('/coordinator-files.json')).json()) as string[];
    const found = await Promise.all(list.map((path) => caches.match(path)));
    return { kept: found.filter(Boolean).length, all: list.length };
  });
}

test('a volunteer’s phone brings in no coordinator’s screens, a coordinator’s laptop all of them', async ({
  phone,
}) => {
  const volunteer = await phone();
  await volunteer.signIn('maia');
  const mine = await coordinatorFiles(volunteer);
  expect(mine.all).toBeGreaterThan(0);
  expect(mine.kept).toBe(0);

  const laptop = await phone({ width: 1280, height: 800 });
  await laptop.signIn('elise');
  await laptop.page.goto(`${laptop.origin}/reglages`);
  await expect
    .poll(async () => {
      const { kept, all } = await coordinatorFiles(laptop);
      return all - kept;
    })
    .toBe(0);
  await laptop.goOffline();
  await laptop.page.goto(`${laptop.origin}/planning`);
  await expect(laptop.page.getByRole('grid')).toBeVisible();
});
