/** Languages, by their names in French, English or in themselves. */
import { partsOf } from './cell-text.ts';
import type { Reading } from './issues.ts';
import { nameKey, namesOfCodes } from './names-of-codes.ts';

const otherLanguageNames: Readonly<Record<string, string>> = {
  'fa-AF': 'dari,farsi dari,persan dari,darri,دری',
  fa: 'farsi,persan,perse,parsi,persian,iranien',
  ps: 'pachto,pachtou,pachtoune,pachtoun,pashto,pashtou,pashtu,pushto,pachtô,afghan,پښتو',
  ar: 'arabe,arabic,arabe litteraire,arabe standard,arabe soudanais,arabe syrien,arabe egyptien,darija',
  am: 'amharique,amharic',
  ti: 'tigrinya,tigrigna,tigrina,tigrinia,tigrynia',
  ff: 'peul,peulh,pular,poular,pulaar,fula,fulani,fulfulde,foulani,foulfoulde',
  sus: 'soussou,susu,sosso,soso',
  man: 'malinke,mandingue,mandinka,maninka,mandinga,manding,mandinke',
  bm: 'bambara,bamanankan',
  dyu: 'dioula,diula,jula',
  ln: 'lingala',
  sw: 'swahili,kiswahili,souahili',
  lua: 'tshiluba,ciluba,luba',
  kg: 'kikongo,kongo',
  wo: 'wolof,ouolof',
  snk: 'soninke,sarakole',
  so: 'somali,somalien',
  om: 'oromo,oromiffa,afaan oromo',
  bn: 'bengali,bengla,bangla,bengalais',
  ur: 'ourdou,ourdu,urdu',
  pa: 'pendjabi,punjabi,penjabi',
  hi: 'hindi',
  ne: 'nepalais,nepali',
  ta: 'tamoul,tamil',
  bo: 'tibetain,tibetan',
  tr: 'turc,turkish',
  ku: 'kurde,kurmandji,kurmanji,kurdish',
  ckb: 'sorani,kurde sorani,central kurdish',
  haz: 'hazara,hazaragi,hazaragui',
  uz: 'ouzbek,ouzbeck,uzbek',
  tk: 'turkmene,turkmen',
  ce: 'tchetchene,chechen',
  ka: 'georgien,georgian',
  hy: 'armenien,armenian',
  ru: 'russe,russian',
  uk: 'ukrainien,ukrainian',
  es: 'espagnol,spanish',
  pt: 'portugais,portuguese,bresilien',
  en: 'anglais,english,anglais courant',
  fr: 'francais,french,francais courant,francophone',
  ht: 'creole haitien,creole,haitien',
  zh: 'chinois,mandarin,chinese',
  my: 'birman,burmese',
  rhg: 'rohingya',
  sq: 'albanais,albanian',
  sr: 'serbe',
  bci: 'baoule',
  fon: 'fon',
  ha: 'haoussa,hausa',
  yo: 'yoruba',
  ig: 'igbo',
  kri: 'krio',
  pcm: 'pidgin,pidgin english',
  fvr: 'four,fur',
  mos: 'moore,more,mossi',
  kab: 'kabyle,berbere',
  ber: 'amazigh,tamazight',
  zza: 'zaza,zazaki',
  bal: 'baloutche,baloutchi,balochi,baluchi',
  aa: 'afar',
  rw: 'kinyarwanda',
  rn: 'kirundi',
};

/** Languages of three letters that people here speak, beside those of two. */
const threeLetters =
  'zgh tig byn sid wal din nus luo tem men kpe gaa ewo bas sg kmb umb loz swb vai brh nog ava inh krc kbd ady lez syr ' +
  'aii shi rif diq mzn glk bin efi ibb tiv srr mey hil ceb war bho mai awa doi kok mni sat sd gom lus kha nap scn rom ' +
  'rmn fil hmn yue wuu nan hak shn kac mnw ksw pag bug mad min ace ban';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

const known = namesOfCodes({
  type: 'language',
  codes: () => [
    ...Object.keys(otherLanguageNames),
    ...threeLetters.split(' '),
    ...letters.flatMap((one) => letters.map((other) => one + other)),
  ],
  isCurrent: (code) => code in otherLanguageNames || Intl.getCanonicalLocales(code)[0] === code,
  others: otherLanguageNames,
  locales: ['fr', 'en'],
});

/** How well a language is spoken is not asked here: « anglais (B1) », « arabe courant ». */
const levels =
  /\(.*?\)|\b(?:[abc][12]|courant|couramment|notions?|debutant|débutant|maternelle|bilingue|scolaire|moyen|bon niveau|un peu|lu|ecrit|écrit|parle|parlé)\b/gi;

const ownNames = new Map<string, string>();

/** The languages named by themselves: « العربية », « Türkçe ». */
function ownNameOf(name: string): string | undefined {
  if (ownNames.size === 0)
    for (const code of Object.keys(otherLanguageNames)) {
      const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
      if (own) ownNames.set(nameKey(own), code).set(own.toLowerCase(), code);
    }
  return ownNames.get(nameKey(name)) ?? ownNames.get(name.toLowerCase());
}

/** BCP 47 code of one language. */
function languageOf(name: string): string | undefined {
  const bare = name.replace(levels, ' ').trim() || name;
  const found = known().get(nameKey(bare)) ?? ownNameOf(bare);
  if (found) return found;
  const code = bare.toLowerCase();
  if (/^[a-z]{2,3}$/.test(code) && known.isCode(code)) return code;
  return code === 'fa-af' ? 'fa-AF' : undefined;
}

/** The languages of a cell, each once, in the order of writing: « dari, pachto », « français / anglais ». */
export function readLanguages(raw: string): Reading<string[]> {
  const parts = partsOf(raw.replace(/\bfa-AF\b/gi, 'dari').replace(/\(([^)]*)\)/g, ''));
  if (parts.length === 0) return {};
  const codes = parts.map(languageOf);
  const value = [...new Set(codes.filter((code) => code !== undefined))].slice(0, 12);
  if (value.length === 0) return { issue: 'languageUnknown' };
  return codes.includes(undefined) ? { value, issue: 'languageUnknown' } : { value };
}
