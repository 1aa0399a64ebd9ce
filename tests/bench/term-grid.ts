/**
 * A coordinator's term of 300 people, 40 groups, 10 weeks and 15,000 marks, in the real app on the real server, in the
 * real IndexedDB of Chromium after a real first sync, the processor slowed four times: opening the planning, filtering
 * it, opening the list of people, typing into its search. From the press (or the key) to what was painted after it.
 */
import type { Page } from '@playwright/test';
import { openLargeTerm } from './large-term-server.ts';

const rounds = 9;
const starts = 5;
const bench = await openLargeTerm();
const { origin, browser } = bench;

/** So many of something are there: of a selector, in the page. */
type Step = readonly [what: string, least: number];

/** Presses what is found, and waits until each of some steps is reached and painted; milliseconds for each. */
const press = (page: Page, what: string, until: readonly Step[]) =>
  page.evaluate(
    async ([target, steps]) => {
      const found = document.querySelector<HTMLElement>(target);
      if (!found) throw new Error(`no ${target}`);
      const painted = () =>
        new Promise<void>((tell) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => tell();
            port2.postMessage(0);
          }),
        );
      const waits = steps.map(
        ([wanted, least]) =>
          new Promise<number>((tell) => {
            const look = () => {
              if (document.querySelectorAll(wanted).length < least) return false;
              seen.disconnect();
              void painted().then(() => tell(performance.now() - start));
              return true;
            };
            const seen = new MutationObserver(look);
            seen.observe(document.body, { childList: true, subtree: true });
          }),
      );
      const start = performance.now();
      found.click();
      return Promise.all(waits);
    },
    [what, until] as const,
  );

/** From an event of the page to what was painted after it; milliseconds. */
async function eventToPaint(
  page: Page,
  name: 'input' | 'change',
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate((type) => {
    const timing = globalThis as unknown as { paint: Promise<number> };
    timing.paint = new Promise((tell) =>
      document.addEventListener(
        type,
        ({ timeStamp }) =>
          requestAnimationFrame(() => setTimeout(() => tell(performance.now() - timeStamp), 0)),
        { capture: true, once: true },
      ),
    );
  }, name);
  await act();
  return page.evaluate(() => (globalThis as unknown as { paint: Promise<number> }).paint);
}

const median = (times: readonly number[]) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;

function tell(what: string, times: number[], aim: number, how = ', processor slowed 4×'): void {
  const sorted = times.toSorted((one, other) => one - other);
  const middle = median(times);
  process.stdout.write(
    `${what}${how}: ${middle.toFixed(0)} ms median, ${sorted[0]?.toFixed(0)} to ` +
      `${sorted.at(-1)?.toFixed(0)} ms (aim: ${aim} ms, ratio ${(middle / aim).toFixed(2)})\n`,
  );
}

try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${origin}/connexion`);
  await page.getByLabel('Nom').fill('elise');
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('button.pill[data-sync="current"]').waitFor({ timeout: 120_000 });
  const devtools = await context.newCDPSession(page);
  const slow = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate });
  const away = async () => {
    await slow(1);
    await page.locator('.rail a[href="/reglages"]').click();
    await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
    await page.waitForTimeout(400);
    await slow(4);
  };
  const cells = 'td button[data-place]';
  const screenOfCells: Step = [cells, 100];
  const allCells: Step = [cells, 400];
  const screenOfNames: Step = ['main tr[data-index] a', 10];
  const screenOfFigures: Step = ['main tr[data-index] td.attendance:not(:empty)', 10];

  const planning = '.rail a[href="/planning"]';
  const people = '.rail a[href="/personnes"]';
  const screens: number[] = [];
  const grids: number[] = [];
  const lists: number[] = [];
  const figures: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    await away();
    const [screen = Number.NaN, whole = Number.NaN] = await press(page, planning, [screenOfCells, allCells]);
    screens.push(screen);
    grids.push(whole);
    await away();
    const [names = Number.NaN, attendance = Number.NaN] = await press(page, people, [
      screenOfNames,
      screenOfFigures,
    ]);
    lists.push(names);
    figures.push(attendance);
  }
  // The first round loads the code of the page.
  tell('the grid opened, as much as a screen shows', screens.slice(1), 300);
  tell('the grid opened, all 400 cells', grids.slice(1), 300);
  tell('the grid opened right after the first sync', grids.slice(0, 1), 300);
  tell('the list of people opened, the names of a screenful', lists.slice(1), 200);
  // A worker reckons them, which is not slowed.
  tell('the list of people with its attendance', figures.slice(1), 1000);

  // The first opening after the app has started, as somebody who looked at « Aujourd'hui » before.
  const firsts = { grid: [] as number[], list: [] as number[] };
  for (let round = 0; round < starts; round++)
    for (const [what, link, until] of [
      ['grid', planning, screenOfCells],
      ['list', people, screenOfNames],
    ] as const) {
      await slow(1);
      await page.goto(origin);
      await page.locator('button.pill[data-sync="current"]').waitFor({ timeout: 120_000 });
      await page.waitForTimeout(8000);
      await slow(4);
      const [first = Number.NaN] = await press(page, link, [until]);
      firsts[what].push(first);
    }
  tell('the grid opened for the first time since the start', firsts.grid, 300);
  tell('the list of people opened for the first time since the start', firsts.list, 200);

  // What other programs of the machine take is no part of this: the time that the page's own thread worked.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const work = { grid: [] as number[], list: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const [what, link, until] of [
      ['grid', planning, screenOfCells],
      ['list', people, screenOfNames],
    ] as const) {
      await away();
      await slow(1);
      const before = await worked();
      await press(page, link, [until]);
      work[what].push(4 * ((await worked()) - before));
    }
  tell('the grid, by four times what the page’s thread worked', work.grid, 300, '');
  tell('the list, by four times what the page’s thread worked', work.list, 200, '');
  await slow(4);

  const typed: number[] = [];
  const search = page.locator('main input[type="search"]');
  for (const letter of 'barry'.split('').concat('diallo'.split(''))) {
    if (letter === 'd') await search.fill('');
    typed.push(await eventToPaint(page, 'input', () => search.pressSequentially(letter)));
  }
  tell('a letter typed into the search', typed, 50);

  await away();
  await press(page, planning, [allCells]);
  await page.waitForTimeout(3000);
  const filtered: number[] = [];
  const choice = page.locator('.filters select').first();
  for (let round = 0; round < rounds; round++)
    filtered.push(await eventToPaint(page, 'change', () => choice.selectOption({ index: round % 4 })));
  tell('the grid filtered', filtered, 17);
  await slow(1);
  // Without the wait for the screen's next frame: how long the page was busy with the choice, and then with the frame.
  const busy = { narrower: [] as number[], all: [] as number[] };
  for (let round = 0; round < 4 * rounds; round++) {
    await page.waitForTimeout(100);
    const time = await choice.evaluate(
      (element, index) =>
        new Promise<number>((tell) => {
          const afterwards = (then: () => void) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = then;
            port2.postMessage(0);
          };
          element.addEventListener(
            'change',
            ({ timeStamp: start }) => {
              let script = Number.NaN;
              afterwards(() => (script = performance.now() - start));
              requestAnimationFrame(() => {
                const frame = performance.now();
                afterwards(() => tell(script + performance.now() - frame));
              });
            },
            { once: true },
          );
          (element as HTMLSelectElement).selectedIndex = index;
          element.dispatchEvent(new Event('change', { bubbles: true }));
        }),
      round % 4,
    );
    busy[round % 4 ? 'narrower' : 'all'].push(4 * time);
  }
  tell('the grid filtered, by four times what the page was busy', busy.narrower, 17, '');
  tell('the filter taken off, by four times what the page was busy', busy.all, 17, '');
} finally {
  await bench.close();
}
