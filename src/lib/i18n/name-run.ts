import { getTextDirection } from './paraglide/runtime.js';

const otherThanLatin = /[^\P{L}\p{Script=Latin}]/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * The `lang` and `dir` of a person's name set in the middle of a screen. A name in Latin letters needs none: it reads
 * in the direction of the screen, and voices say it as they can. In Arabic letters it runs from right to left, in the
 * language of the person's own screens where that one is written so too.
 */
export function nameRun(
  name: string,
  screenLanguage: string | undefined,
): { lang?: string; dir?: 'ltr' | 'rtl' } {
  if (!otherThanLatin.test(name)) return {};
  const dir = rightToLeft.test(name) ? 'rtl' : 'ltr';
  if (screenLanguage && getTextDirection(screenLanguage) === dir && !/^(fr|en)\b/.test(screenLanguage))
    return { lang: screenLanguage, dir };
  return dir === 'rtl' ? { lang: 'und-Arab', dir } : { lang: 'und', dir };
}
