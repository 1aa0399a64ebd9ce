/** What a whole site shares: itself, its kinds of workshops, its rooms and its themes for conversation. */
import type { Author, Site, Term, Theme, WorkshopKind } from '../documents.ts';
import { siteDocId, themeDocId } from '../ids.ts';
import type { SiteCode, ThemeId, WorkshopTypeCode } from '../ids.ts';
import { standardWorkshops } from '../standard-programme.ts';
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

interface ThemeText {
  readonly title: string;
  readonly level: Theme['level'];
  readonly prompts: readonly string[];
  readonly words: Readonly<Record<string, string>>;
}

// Nothing here asks where people come from, why they left, or how they live: they may say so, nobody asks.
const themeTexts: readonly ThemeText[] = [
  {
    title: 'Se présenter au travail',
    level: 'A1',
    prompts: [
      'Comment dites-vous bonjour à une nouvelle équipe ?',
      'Quel métier aimez-vous ?',
      'Dites trois choses que vous savez faire.',
    ],
    words: {
      'un collègue': 'une personne qui travaille avec moi',
      'un métier': 'un travail que l’on apprend',
    },
  },
  {
    title: 'Prendre le métro et le bus',
    level: 'A1',
    prompts: [
      'Quel chemin prenez-vous pour venir ici ?',
      'Que faire quand la ligne est fermée ?',
      'Demandez votre chemin à votre voisin.',
    ],
    words: { 'une correspondance': 'changer de ligne', 'un quai': 'l’endroit où l’on attend le train' },
  },
  {
    title: 'Faire les courses au marché',
    level: 'A1',
    prompts: [
      'Qu’achetez-vous au marché ?',
      'Demandez un prix, puis payez.',
      'Quel plat pouvez-vous préparer avec dix euros ?',
    ],
    words: { 'la monnaie': 'les pièces que l’on rend', mûr: 'prêt à manger' },
  },
  {
    title: 'Téléphoner pour un rendez-vous',
    level: 'A2',
    prompts: [
      'Que dites-vous en premier au téléphone ?',
      'Changez la date d’un rendez-vous.',
      'Comment demander de parler plus lentement ?',
    ],
    words: { 'un créneau': 'une heure libre', épeler: 'dire les lettres une par une' },
  },
  {
    title: 'Le temps libre',
    level: 'A2',
    prompts: [
      'Que faites-vous le dimanche ?',
      'Quel endroit de Paris est gratuit et beau ?',
      'Proposez une sortie au groupe.',
    ],
    words: { 'se promener': 'marcher pour le plaisir', gratuit: 'sans payer' },
  },
  {
    title: 'La météo et les vêtements',
    level: 'A1',
    prompts: ['Quel temps fait-il ?', 'Que mettez-vous quand il pleut ?', 'Quelle saison préférez-vous ?'],
    words: { 'une averse': 'une pluie courte', 'il gèle': 'l’eau devient de la glace' },
  },
  {
    title: 'Un entretien d’embauche',
    level: 'B1',
    prompts: [
      'Parlez de votre expérience en deux minutes.',
      'Quelles questions poser à l’employeur ?',
      'Jouez l’entretien à deux.',
    ],
    words: { 'une qualité': 'ce que l’on fait bien', 'un contrat': 'l’accord écrit avec l’employeur' },
  },
  {
    title: 'Les fêtes et les jours fériés',
    level: 'A2',
    prompts: ['Quelle fête aimez-vous ?', 'Que mange-t-on ce jour-là ?', 'Comment invite-t-on ses voisins ?'],
    words: { 'un jour férié': 'un jour sans travail pour tous', offrir: 'donner un cadeau' },
  },
];

export const demoThemes = (random: Random, author: Author): Theme[] =>
  themeTexts.map(({ title, level, prompts, words }, index) => {
    const theme = random.key() as ThemeId;
    return {
      _id: themeDocId(theme),
      type: 'theme',
      v: 1,
      ...author,
      theme,
      title,
      level,
      prompts: prompts.map((text) => ({ text })),
      vocabulary: Object.entries(words).map(([word, meaning]) => ({ word, meaning })),
      state: index === themeTexts.length - 1 ? 'proposed' : 'approved',
    };
  });
