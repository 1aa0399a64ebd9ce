/** Text made larger by the reader, and what is lost by it. */
import type { Page } from '@playwright/test';

/** Every text of the app at so many per cent, as a browser's own setting does it. */
export const enlarge = (page: Page, size: string): Promise<unknown> =>
  page.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);

/** Every text that the width of the screen cuts or that stands outside of it. */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cut: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) cut.push('the page scrolls sideways');
    const open = document.querySelector('dialog[open]') ?? document.body;
    for (const element of open.querySelectorAll<HTMLElement>('*')) {
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!text || element.closest('.visually-hidden, .skip-link, #svelte-announcer')) continue;
      // A table that scrolls by itself, and is reached by keyboard, is read whole.
      if (element.closest('[role="region"][tabindex="0"]')) continue;
      const { left, right, width } = element.getBoundingClientRect();
      const isOutside = width > 0 && (left < -1 || right > innerWidth + 1);
      const hides = getComputedStyle(element).overflowX !== 'visible';
      if (isOutside || (hides && element.scrollWidth > element.clientWidth + 1))
        cut.push(element.textContent?.trim().slice(0, 40) ?? '');
    }
    return cut;
  });
