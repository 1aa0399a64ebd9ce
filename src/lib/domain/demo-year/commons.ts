/** What a whole site shares: itself, its kinds of workshops, its rooms and its themes for conversation. */
import type { Author, Site, Term, Theme, WorkshopKind } from '../documents.ts';
import { siteDocId } from '../ids.ts';
import type { SiteCode, ThemeId, WorkshopTypeCode } from '../ids.ts';
import { readyMadeThemes } from '../ready-made-themes/index.ts';
import { standardWorkshops } from '../standard-programme.ts';
import { newTheme, readyMadeTheme, type ThemeFacts } from '../themes.ts';
import type { TermKey } from './published-year.ts';
import type { Random } from './random.ts';

export const demoSite = 'paris13' as SiteCode;
export const demoTimeZone = 'Europe/Paris';

/** One workshop type for each kind, under the same code. */
export const typeOf = (kind: WorkshopKind) => kind as string as WorkshopTypeCode;

export const workshopLabel = (kind: WorkshopKind) =>
  standardWorkshops.find(([each]) => each === kind)?.[1] ?? kind;

export const venues = {
  refugees: 'maison-des-refugies',
  amarresAdj: 'amarres-adj',
  amarresPolaris: 'amarres-polaris14',
  bnp: 'bnp-place-des-fetes',
  capsys: 'capsys-censier',
} as const;

export const demoSiteDocument = (terms: readonly Term[], author: Author): Site => ({
  _id: siteDocId(demoSite),
  type: 'site',
  v: 1,
  ...author,
  site: demoSite,
  name: 'Paris 13',
  timezone: demoTimeZone,
  publicHolidays: 'FR',
  nameDisplay: 'full',
  languages: ['fr', 'en', 'fa-AF', 'ps', 'ar', 'bn', 'ti', 'so', 'tr', 'uk', 'bo', 'fa', 'ta', 'ka'],
  terms: terms.map(({ term, label, start, end, state }) => ({ term, label, start, end, state })),
});

/** What a volunteer proposed, and nobody has looked at yet. */
const proposal: ThemeFacts = {
  title: 'Réparer un vélo',
  level: 'A2',
  aim: 'Nommer les parties d’un vélo, dire ce qui ne marche pas, expliquer comment faire.',
  prompts: [
    { text: 'Montrez et nommez : la roue, le guidon, la selle.', level: 'A1' },
    { text: 'Le vélo ne roule plus : que s’est-il passé ?', level: 'A2' },
    { text: 'Expliquez en quatre phrases comment changer une roue.', level: 'A2' },
    { text: 'À pied, à vélo ou en bus : que préférez-vous, et pourquoi ?', level: 'B1' },
  ],
  vocabulary: [
    { word: 'le frein', meaning: 'Ce qui arrête le vélo.' },
    { word: 'la chaîne', meaning: 'Elle fait tourner la roue.' },
    { word: 'crevé', meaning: 'Sans air : « Le pneu est crevé. »' },
    { word: 'gonfler', meaning: 'Mettre de l’air.' },
  ],
  games: ['Le vélo au tableau : chacun ajoute une partie et dit son nom.'],
  minutes: 45,
};

/**
 * The forty ready-made themes, taken over when the year began, and one that waits to be approved.
 * @param proposedBy a volunteer, some days ago
 */
export const demoThemes = (random: Random, author: Author, proposedBy: Author): Theme[] => [
  ...readyMadeThemes.map((text) => readyMadeTheme(text, author)),
  newTheme(random.key() as ThemeId, proposal, false, proposedBy),
];

/** The themes of a term's Mondays, week by week; in a week that is not named nobody has set one yet. */
export const themesOfWeeks: Readonly<Record<TermKey, readonly (string | undefined)[]>> = {
  s1: [
    ...['se-presenter', 'marche', 'metro', 'vetements', 'repas'],
    ...['ma-journee', 'telephone', 'sport', 'musique', 'fetes'],
  ],
  s2: [
    ...['se-presenter', 'metro', 'marche', 'musique', 'sport'],
    ...['repas', 'fetes', 'nature', 'telephone', 'sortie'],
  ],
  s3: [
    ...['nombres', 'loisirs', 'quartier', 'se-presenter', 'vetements'],
    ...['medecin', 'metro', 'marche', undefined, 'fetes'],
  ],
};
