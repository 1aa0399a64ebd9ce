import { getLocale, getTextDirection } from './paraglide/runtime.js';

/** Their own names, as a person looks for them in a list; BCP 47 codes. */
const ownNames = {
  fr: 'Français',
  en: 'English',
  ar: 'العربية',
  'fa-AF': 'دری',
  ps: 'پښتو',
  fa: 'فارسی',
  ur: 'اردو',
  ti: 'ትግርኛ',
  am: 'አማርኛ',
  so: 'Soomaali',
  bn: 'বাংলা',
  bo: 'བོད་སྐད',
  tr: 'Türkçe',
  ku: 'Kurdî',
  ru: 'Русский',
  uk: 'Українська',
  ka: 'ქართული',
  es: 'Español',
  pt: 'Português',
  ln: 'Lingála',
  ff: 'Pulaar',
  bm: 'Bamanankan',
  wo: 'Wolof',
} as const;

/** French and English say « dari » where the standard names a Persian of Afghanistan. */
const plainNames: Record<string, Record<string, string>> = {
  fr: { 'fa-AF': 'dari', ff: 'peul' },
  en: { 'fa-AF': 'Dari', ff: 'Fula' },
};

/** The name of a language in the language of the screens: « dari ». An unknown code shows as it is. */
export function languageName(code: string): string {
  const locale = getLocale();
  const plain = plainNames[locale]?.[code];
  if (plain) return plain;
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The name of a language in itself: « دری », with the `lang` and `dir` that a foreign run needs. */
export function ownLanguageName(code: string): { text: string; lang: string; dir: 'ltr' | 'rtl' } {
  const known = (ownNames as Record<string, string>)[code];
  return known
    ? { text: known, lang: code, dir: getTextDirection(code) }
    : { text: languageName(code), lang: getLocale(), dir: getTextDirection(getLocale()) };
}
