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
  fr: { 'fa-AF': 'dari', ff: 'peul', haz: 'hazaragi' },
  en: { 'fa-AF': 'Dari', ff: 'Fula', haz: 'Hazaragi' },
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

const spoken =
  'fr en ar fa-AF ps haz fa ur ti am so om aa bn bo tr ku ckb az hy ka ru uk ce ro sq sr bg pl es pt it de nl ln kg lua sw rw ' +
  'rn ff bm wo snk man sus kss dyu mos ee fon yo ha ig ak zgh kab mg ht zh vi th km lo my ta te hi pa gu ne si ' +
  'ml ms id tl mn uz tk tg ky kk ug he el hu cs sk fi sv no da et lv lt hr sl mk xh zu st sn ny tpi rom lg luo kri';

/** Languages that people may be asked about, in the order of their names: `{ code: 'fa-AF', name: 'dari' }`. */
export function spokenLanguages(): { code: string; name: string }[] {
  const collator = new Intl.Collator(getLocale());
  return spoken
    .split(' ')
    .map((code) => ({ code, name: languageName(code) }))
    .filter(({ code, name }) => name !== code)
    .sort((a, b) => collator.compare(a.name, b.name));
}
