import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Author, Theme } from '$lib/domain/documents.ts';
import { hostileTexts } from '$lib/domain/hostile-texts.ts';
import type { ThemeId } from '$lib/domain/ids.ts';
import { readyMadeThemes } from '$lib/domain/ready-made-themes/index.ts';
import { longestTheme, newTheme, readyMadeTheme } from '$lib/domain/themes.ts';
import { pdfOf } from './pdf.ts';
import { themeSheet } from './theme-sheet.ts';

const author = { at: '2026-11-23T13:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const root = join(import.meta.dirname, '../../..');
const read = async (address: string) => new Uint8Array(await readFile(join(root, address)));

/** The text of each page, with plain spaces. */
async function pagesOf(theme: Theme): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await pdfOf(themeSheet(theme), read)));
  const { text } = await extractText(pdf, { mergePages: false });
  // The fonts of paper have none: it would be an empty box.
  for (const page of text) expect(page).not.toContain('\u202F');
  return text.map((page) => page.replace(/[\s\u00A0]+/g, ' '));
}
const plain = (text: string) => text.replace(/[\s\u00A0\u202F]+/g, ' ');

describe('a theme on paper', () => {
  it('says its title, level, aim, questions, words, games and what is for the host, on one page', async () => {
    for (const text of readyMadeThemes) {
      const pages = await pagesOf(readyMadeTheme(text, author));
      expect(pages).toHaveLength(1);
      const [page = ''] = pages;
      const wanted = [
        ...[text.title, text.aim, `Niveau ${text.level}`, `${text.minutes} min`, 'page 1 sur 1'],
        ...[...text.prompts.map((prompt) => prompt.text), ...text.words.flat(), ...text.games],
        ...(text.care ? ["Pour l'animation", text.care] : []),
      ];
      for (const words of wanted) expect(page).toContain(plain(words));
    }
  });

  it('holds the longest theme there may be, over several pages, each with its number', async () => {
    const longest = 'mot '.repeat(longestTheme.text / 4);
    const theme = newTheme(
      'long' as ThemeId,
      {
        title: 'titre '.repeat(33),
        level: 'B2',
        aim: longest,
        care: longest,
        prompts: Array.from({ length: longestTheme.prompts }, () => ({ text: longest })),
        vocabulary: Array.from({ length: longestTheme.words }, () => ({ word: longest, meaning: longest })),
        games: Array.from({ length: longestTheme.games }, () => longest),
      },
      true,
      author,
    );
    const pages = await pagesOf(theme);
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`page ${index + 1} sur ${pages.length}`);
    const words = pages.join(' ').match(/\bmot\b/g) ?? [];
    const texts = 2 + longestTheme.prompts + 2 * longestTheme.words + longestTheme.games;
    expect(words).toHaveLength((texts * longestTheme.text) / 4);
  });

  it('holds hostile words, whole and harmless', async () => {
    const theme = newTheme(
      't1' as ThemeId,
      {
        title: hostileTexts[1] ?? '',
        level: 'A1',
        prompts: hostileTexts.map((text) => ({ text })),
        vocabulary: hostileTexts.map((word) => ({ word, meaning: word })),
        games: [...hostileTexts],
      },
      true,
      author,
    );
    const text = (await pagesOf(theme)).join(' ').replace(/\s+/g, '');
    for (const words of ["=cmd|'/Ccalc'!A0", '<script>alert(1)</script>', 'abcd', 'constructor', '__proto__'])
      expect(text).toContain(words);
    expect(text).toContain('Farid');
    // Four times, in lines that fit.
    expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(4 * 300);
    expect(text).not.toMatch(/[\u202E\u2067\u200F]|\p{Cc}/u);
  });

  it('keeps letters of other languages that are written with the same alphabet', async () => {
    const title = 'Œufs, çay, Łódź, ğ, ș, 0123456789 €';
    const theme = newTheme(
      't1' as ThemeId,
      { title, level: 'A1', prompts: [{ text: 'Où ?' }], vocabulary: [] },
      true,
      author,
    );
    expect((await pagesOf(theme)).join(' ')).toContain(title);
  });
});
