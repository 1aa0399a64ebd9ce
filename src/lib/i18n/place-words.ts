/** Where a cell of a figure stands, in words: « Socioprofessionnel, S1.23 ». */
import type { ChartNames } from '../domain/indicators/chart.ts';
import type { Dimension } from '../domain/indicators/definition.ts';
import type { Place } from '../domain/indicators/evaluate.ts';
import { countryName } from './countries.ts';
import { departementName } from './departements.ts';
import { m } from './paraglide/messages.js';
import { languageName } from './participant-languages.ts';

type Words = Readonly<Record<string, () => string>>;

const kinds: Words = {
  socioprofessional: m.indicators_kind_socioprofessional,
  language: m.indicators_kind_language,
  digital: m.indicators_kind_digital,
  conversation: m.figures_kind_conversation,
  cultural: m.figures_kind_cultural,
  practical: m.figures_kind_practical,
};
const genders: Words = {
  woman: m.indicators_woman,
  man: m.indicators_man,
  other: m.indicators_other,
};
const exits: Words = {
  health: m.figures_exit_health,
  otherEngagement: m.figures_exit_otherEngagement,
  transport: m.figures_exit_transport,
  job: m.figures_exit_job,
  otherAssociation: m.figures_exit_otherAssociation,
  moved: m.figures_exit_moved,
  unknown: m.figures_exit_unknown,
};
const facilitators: Words = {
  volunteer: m.figures_part_volunteer,
  civicService: m.figures_part_civicService,
  staff: m.figures_part_staff,
};
const speeches: Words = {
  francophone: m.figures_speech_francophone,
  allophone: m.figures_speech_allophone,
};

const bands: Words = {
  under60: m.report_band_under60,
  from60to120: m.report_band_from60to120,
  over120: m.report_band_over120,
};

/** What a newer version names shows as it is. */
const wordOf = (words: Words, name: string) => words[name]?.() ?? name;

export const kindName = (kind: string): string => wordOf(kinds, kind);
export const facilitatorKindName = (kind: string): string => wordOf(facilitators, kind);
export const genderName = (gender: string): string => wordOf(genders, gender);
export const exitName = (reason: string): string => wordOf(exits, reason);
export const bandName = (band: string): string => wordOf(bands, band);
/** « Socioprofessionnel + Numérique » of `socioprofessional+digital`. */
export const combinationName = (combination: string): string =>
  combination.split('+').map(kindName).join(' + ');

const stepHours = 20;

function word(dimension: Dimension, value: string, names: ChartNames): string {
  switch (dimension) {
    case 'kind':
      return kindName(value);
    case 'gender':
      return genderName(value);
    case 'language':
      return languageName(value);
    case 'departement':
      return departementName(value);
    case 'country':
      return countryName(value);
    case 'speech':
      return wordOf(speeches, value);
    case 'combination':
      return combinationName(value);
    case 'exitReason':
      return exitName(value);
    case 'week':
      return m.figures_week({ week: Number(value) });
    case 'hours':
      return m.figures_hours_from({ from: Number(value), to: Number(value) + stepHours });
    case 'facilitatorKind':
      return facilitatorKindName(value);
    case 'band':
      return bandName(value);
    case 'term':
    case 'theme':
    case 'site':
    case 'venue':
      return names[value] ?? value;
    default:
      return dimension satisfies never;
  }
}

/** In the order in which the place is given; a language stands with its workshop. */
export function placeWords(at: Place, names: ChartNames): string {
  const { language, ...others } = at;
  const words = (Object.entries(others) as [Dimension, string][]).map(([dimension, value]) =>
    word(dimension, value, names),
  );
  if (language === undefined) return words.join(', ');
  const kind = words.join(', ');
  return kind === ''
    ? languageName(language)
    : m.figures_in_language({ kind, language: languageName(language) });
}
