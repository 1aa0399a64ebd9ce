/**
 * The library of 500 themes in the real app on the real server, in the real IndexedDB of Chromium after a real first
 * sync, the processor slowed four times: from a key in the search to the list painted after it; what the page's own
 * thread works for a key; and the search alone.
 */
import type { Page } from '@playwright/test';
import type { Author, Theme } from '../../src/lib/domain/documents.ts';
import { commonsDatabase, themeDocId, type SiteCode, type ThemeId } from '../../src/lib/domain/ids.ts';
import { readyMadeThemes } from '../../src/lib/domain/ready-made-themes/index.ts';
import { readyMadeTheme, themeIndex } from '../../src/lib/domain/themes.ts';
import { openLargeTerm } from './large-term-server.ts';

const count = 500;
/** One frame of a screen of 60 Hz, in milliseconds. */
const frame = 1000 / 60;
const author = { at: '2026-11-02T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;

/** The forty, again and again under other titles. */
const themes = Array.from({ length: count }, (_, at): Theme => {
  const text = readyMadeThemes[at % readyMadeThemes.length];
  if (!text) throw new Error('no theme');
  const id = `bench-${at}` as ThemeId;
  const title = `${text.title}, ${Math.floor(at / readyMadeThemes.length) + 1}`;
  const theme = readyMadeTheme({ ...text, title }, author);
  return { ...theme, _id: themeDocId(id), theme: id };
});

/** What is typed: begins of words that many and few themes have, an accent, two words, and nothing. */
const typed = ['marché', 'metro bus', 'photo', 'zzz', 'le téléphone', 'qu'];

const inOrder = (times: readonly number[]) => times.toSorted((one, other) => one - other);
const median = (times: readonly number[]) => inOrder(times)[Math.floor(times.length / 2)] ?? Number.NaN;

function tell(what: string, times: readonly number[], aim: number): void {
  const sorted = inOrder(times);
  const middle = median(times);
  process.stdout.write(
    `${what}: ${middle.toFixed(1)} ms median, ${sorted[0]?.toFixed(1)} to ${sorted.at(-1)?.toFixed(1)} ms ` +
      `(aim: ${aim.toFixed(1)} ms, ratio ${(middle / aim).toFixed(2)})\n`,
  );
}

/** Types one letter more, or takes all away, as the browser does it; milliseconds from the event to the paint after it. */
const type = (page: Page, text: string) =>
  page.evaluate(
    (value) =>
      new Promise<number>((done) => {
        const input = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (!input) throw new Error('no search');
        // Just after a frame began, as a key does that waits for none.
        requestAnimationFrame(() =>
          setTimeout(() => {
            const start = performance.now();
            input.value = value;
            input.dispatchEvent(new Event('input', { bubbles: true }));
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done(performance.now() - start);
              port2.postMessage(0);
            });
          }),
        );
      }),
    text,
  );

const bench = await openLargeTerm();
try {
  const asked = await fetch(`${bench.origin}/couch/${commonsDatabase('bench' as SiteCode)}/_bulk_docs`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('admin:bench-password')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ docs: themes }),
  });
  if (!asked.ok) throw new Error(`the themes: ${asked.status}`);

  const context = await bench.browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'fr-FR',
  });
  const page = await context.newPage();
  await page.goto(`${bench.origin}/connexion`);
  await page.getByLabel('Nom').fill('elise');
  await page.getByLabel('Mot de passe', { exact: true }).fill('bienvenue');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('button.pill[data-sync="current"]').waitFor({ timeout: 120_000 });
  await page.locator('.rail a[href="/themes"]').click();
  await page.locator('main tr[data-index]').nth(10).waitFor();
  await page.waitForTimeout(3000);
  const drawn = await page.locator('main tr[data-index]').count();
  process.stdout.write(`${count} themes, ${drawn} rows drawn\n`);

  const devtools = await context.newCDPSession(page);
  const slow = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate });
  const keys = typed.flatMap((text) => [...text].map((_, at) => text.slice(0, at + 1)).concat(''));
  await slow(4);
  const painted: number[] = [];
  for (const text of keys) painted.push(await type(page, text));
  tell(
    'from a key to the list painted, the wait for the next frame included, processor slowed 4×',
    painted,
    2 * frame,
  );

  await slow(1);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  // What the measuring itself takes shows when the same is typed again: nothing changes then, and it is taken off.
  const work = { anew: [] as number[], again: [] as number[] };
  for (const text of keys)
    for (const kind of ['anew', 'again'] as const) {
      const before = await worked();
      await type(page, text);
      work[kind].push(4 * ((await worked()) - before));
    }
  const asMeasured = median(work.again);
  tell(
    `a key, by four times what the page’s thread worked, less the ${asMeasured.toFixed(1)} ms of the measuring`,
    work.anew.map((time) => time - asMeasured),
    frame,
  );

  const index = themeIndex(themes);
  const searching = keys.map((text) => {
    const start = performance.now();
    index.find(text);
    return 4 * (performance.now() - start);
  });
  tell('the search alone, four times', searching, frame);
} finally {
  await bench.close();
}
