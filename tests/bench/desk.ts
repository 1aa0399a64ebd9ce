/**
 * The desk with 200 disagreements in a term of 15,000 marks, in the real app on the real server, in the real IndexedDB
 * of Chromium after a real first sync, the processor slowed four times: from the press on the link to the questions
 * painted, and from the press that settles fifty at once to the questions gone and the decisions on the disk.
 */
import type { Page } from '@playwright/test';
import type { AnyDocument, Mark } from '../../src/lib/domain/documents.ts';
import type { AccountName, DeviceId } from '../../src/lib/domain/ids.ts';
import { openLargeTerm } from './large-term-server.ts';

const disputed = 200;
const atOnce = 50;
const openings = 7;
/** The headings that say how many points a part has. */
const parts = [
  ...['disagreements', 'double-people', 'late', 'refused', 'silent-merges'],
  ...['missing-lists', 'devices'],
];

const bench = await openLargeTerm();
const { origin, browser, termName, documents } = bench;

/** What another phone said of the same person without knowing: four phones in turn, fifty questions each. */
const marks = documents.term.filter((one): one is Mark => one.type === 'mark').slice(-disputed);
const others = marks.map((mark, at): Mark => {
  const by = `phone${Math.floor(at / atOnce)}` as AccountName;
  const said = {
    status: mark.status === 'late' ? ('present' as const) : ('late' as const),
    at: mark.at,
    by,
    device: by as string as DeviceId,
  };
  return { ...mark, ...said, history: [said] };
});

const asked = await fetch(`${origin}/couch/${termName}/_bulk_docs`, {
  method: 'POST',
  headers: {
    authorization: `Basic ${btoa('admin:bench-password')}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    new_edits: false,
    docs: others.map((one: AnyDocument, at) => ({
      ...one,
      _rev: `1-${String(at).padStart(32, 'f')}`,
      _revisions: { start: 1, ids: [String(at).padStart(32, 'f')] },
    })),
  }),
});
if (!asked.ok) throw new Error(`the other phones' answers: ${asked.status}`);

/**
 * Presses, and waits until the page's head stands, its heading of questions says that many, the first of them are there,
 * and all is painted; milliseconds.
 */
const press = (page: Page, target: string, count: number) =>
  page.evaluate(
    async ([selector, wanted]) => {
      const found = document.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`no ${selector}`);
      const start = performance.now();
      (window as { pressedAt?: number }).pressedAt = start;
      found.click();
      await new Promise<void>((tell) => {
        const look = () => {
          if (document.querySelector('#disagreements small')?.textContent !== String(wanted)) return;
          if (!/Semaine \d/.test(document.querySelector('header')?.textContent ?? '')) return;
          if (document.querySelectorAll('[data-question]').length < Math.min(10, wanted)) return;
          seen.disconnect();
          tell();
        };
        const seen = new MutationObserver(look);
        seen.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      });
      await new Promise<void>((tell) => requestAnimationFrame(() => setTimeout(tell, 0)));
      return performance.now() - start;
    },
    [target, count] as const,
  );

/** Since the press, until every part of the desk stands with what it found, and the head says their sum; milliseconds. */
const allThere = (page: Page) =>
  page.evaluate(async (titles) => {
    const { pressedAt = Number.NaN } = window as { pressedAt?: number };
    await new Promise<void>((tell) => {
      const look = () => {
        if (!titles.every((id) => document.querySelector(`#${id} .num`)?.textContent)) return;
        if (!/points? à régler/.test(document.querySelector('header')?.textContent ?? '')) return;
        seen.disconnect();
        tell();
      };
      const seen = new MutationObserver(look);
      seen.observe(document.body, { childList: true, subtree: true, characterData: true });
      look();
    });
    await new Promise<void>((tell) => requestAnimationFrame(() => setTimeout(tell, 0)));
    return performance.now() - pressedAt;
  }, parts);

function tell(what: string, times: number[], aim?: number, how = ', processor slowed 4×'): void {
  const sorted = times.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  process.stdout.write(
    `${what}${how}: ${median.toFixed(0)} ms median, ${sorted[0]?.toFixed(0)} to ` +
      `${sorted.at(-1)?.toFixed(0)} ms${aim ? ` (aim: ${aim} ms, ratio ${(median / aim).toFixed(2)})` : ''}\n`,
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
  const questions = page.locator('[data-question]');

  // What other programs of the machine take is no part of this: the time that the page's own thread worked.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const work = { opened: [] as number[], whole: [] as number[], settled: [] as number[] };

  await page.goto(`${origin}/synchro`);
  await questions.first().waitFor({ timeout: 60_000 });
  const opened: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < openings; round++) {
    await slow(1);
    await page.locator('.rail a[href="/reglages"]').click();
    await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
    // A link of the app's own, whatever its menu shows.
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/synchro';
      link.id = 'to-desk';
      link.textContent = 'desk';
      document.body.append(link);
    });
    await page.waitForTimeout(400);
    await slow(4);
    const before = await worked();
    opened.push(await press(page, '#to-desk', disputed));
    work.opened.push((await worked()) - before);
    whole.push(await allThere(page));
    work.whole.push((await worked()) - before);
    await page.evaluate(() => document.querySelector('#to-desk')?.remove());
  }
  tell('the desk opened with 200 questions among 15,000 marks', opened, 500);

  tell('every part of the desk there', whole);

  const settled: number[] = [];
  for (let left = disputed; left >= 2 * atOnce; left -= atOnce) {
    await slow(1);
    await page.getByRole('button', { name: /plusieurs d'un coup/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .locator('label', { hasText: /^\s*Phone\d \(50\)\s*$/ })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Retenir 50 réponses' }).waitFor();
    await page.waitForTimeout(400);
    await slow(4);
    const before = await worked();
    settled.push(await press(page, 'dialog[open] .panel-actions button', left - atOnce));
    work.settled.push((await worked()) - before);
  }
  tell('fifty settled at once', settled, 1000);
  const own = ', by what the page’s own thread worked under that load';
  tell('the desk opened', work.opened, 500, own);
  tell('every part there', work.whole, undefined, own);
  tell('fifty settled', work.settled, 1000, own);
} finally {
  await bench.close();
}
