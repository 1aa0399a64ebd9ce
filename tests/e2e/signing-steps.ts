/** What somebody does on the page for signing. */
import type { Page } from '@playwright/test';
import { expect } from './presence.ts';

/** The page of somebody's own, in whoever's hands the phone is. */
export const ownPage = (page: Page) => page.locator('.handed-over[data-step]');

/** A flourish in the box. */
export async function draw(page: Page): Promise<void> {
  const box = await page.locator('.frame > svg').boundingBox();
  if (!box) throw new Error('nothing to draw in');
  const [left, middle] = [box.x + box.width * 0.2, box.y + box.height * 0.6];
  await page.mouse.move(left, middle);
  await page.mouse.down();
  for (let step = 1; step <= 30; step += 1)
    await page.mouse.move(left + step * 6, middle - 50 * Math.sin(step / 3));
  await page.mouse.up();
  await expect(page.locator('.frame > svg path')).toHaveCount(1);
}

/** The phone goes back to whoever leads, and on to the list. */
export async function giveBack(page: Page, sentence: string): Promise<void> {
  await page.getByRole('button', { name: sentence }).click();
  await page.getByRole('button', { name: 'Revenir à la liste' }).click();
  await expect(page.getByRole('heading', { name: 'Signatures' })).toBeVisible();
}
