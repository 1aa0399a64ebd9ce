/** What a volunteer does on a list. */
import type { Page } from '@playwright/test';
import { expect } from './presence.ts';

/** Opens today's meeting of that title and answers its id. */
export async function openRollCall(page: Page, origin: string, title: string | RegExp): Promise<string> {
  await page.goto(`${origin}/`);
  await page.locator('main .item, main .banner, section.next').first().waitFor();
  const all = page.getByRole('radio', { name: 'Toutes' });
  if (await all.isVisible()) await all.check({ force: true });
  const item = page.locator('main').getByRole('link', { name: title }).first();
  const next = page.getByRole('region', { name: 'Prochaine séance' });
  if (await next.getByRole('heading', { name: title }).isVisible())
    await next.getByRole('link', { name: /l'appel/ }).click();
  else await item.click();
  await page.locator('main.roll-call').getByRole('radiogroup').first().waitFor();
  return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
}

const row = (page: Page, at: number) => page.getByRole('radiogroup').nth(at);
export const answer = (page: Page, at: number, status: string) =>
  row(page, at).getByRole('radio', { name: status, exact: true });

/** One tap; the answer shows once it is kept on the device. */
export async function give(page: Page, at: number, status: string): Promise<void> {
  await answer(page, at, status).click({ force: true });
  await expect(answer(page, at, status)).toBeChecked();
}
