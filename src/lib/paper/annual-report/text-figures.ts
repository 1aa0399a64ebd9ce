/** The figures that may stand in a text, by the name that is typed between braces. */
import type { TextFigure } from '../../domain/annual-report/figures-in-text.ts';
import { cellAt } from '../../domain/indicators/cell-at.ts';
import type { Cell, Place } from '../../domain/indicators/evaluate.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { published } from '../../domain/indicators/small-cells.ts';
import { countryName } from '../../i18n/countries.ts';
import { departementName } from '../../i18n/departements.ts';
import { number } from '../../i18n/numbers.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { splitAt } from './parts-blocks.ts';
import { hours, percentWords } from './words.ts';
import { averageHours } from './work-blocks.ts';

type Read = (cell: Cell) => string;
const count: Read = ({ n }) => number(n);
const base: Read = ({ of }) => number(of ?? 0);
const inHours: Read = ({ n }) => hours(n);
const baseInHours: Read = ({ of }) => hours(of);
const average: Read = ({ average: each }) => (each === undefined ? '–' : number(each, 1));
const hoursEach: Read = ({ n, of }) => averageHours(n, of ?? 0);

const kind = 'socioprofessional';

/** Name, what it is, its definition, its place, and how it is read. Names are French on every screen: texts keep them. */
const fixed: readonly (readonly [string, () => string, string, Place, Read])[] = [
  ['personnes', m.report_figure_people, 'people', {}, count],
  ['personnes-venues', m.report_figure_people_came, 'peopleEngaged', {}, count],
  ['inscrits', m.report_figure_enrolled, 'inscrits', { kind }, count],
  ['inscrits-français', m.report_figure_enrolled_language, 'inscrits', { kind: 'language' }, count],
  ['inscrits-numérique', m.report_figure_enrolled_digital, 'inscrits', { kind: 'digital' }, count],
  ['assidus', m.report_figure_regular, 'assidus', { kind }, count],
  ['assidus-%', m.report_figure_regular_percent, 'assidus', { kind }, percentWords],
  ['assidus-femmes-%', m.report_figure_women_percent, 'assidus', { kind, gender: 'woman' }, percentWords],
  ['assidus-hommes-%', m.report_figure_men_percent, 'assidus', { kind, gender: 'man' }, percentWords],
  ['venus', m.report_figure_came, 'engages', { kind }, count],
  ['assidus-des-venus-%', m.report_figure_regular_of_came, 'assidusOfEngages', { kind }, percentWords],
  ['sorties', m.report_figure_exits, 'exits', { kind }, count],
  ['francophones-%', m.report_figure_francophones, 'origins', { speech: 'francophone' }, percentWords],
  ['groupes', m.report_figure_groups, 'groups', {}, count],
  ['séances', m.report_figure_meetings, 'meetings', {}, count],
  ['présence-%', m.report_figure_attendance, 'attendance', {}, percentWords],
  ['bénévoles', m.report_figure_volunteers, 'facilitators', { facilitatorKind: 'volunteer' }, count],
  ['services-civiques', m.report_figure_civic, 'facilitators', { facilitatorKind: 'civicService' }, count],
  ['salariés', m.report_figure_staff, 'facilitators', { facilitatorKind: 'staff' }, count],
  ['heures-bénévoles', m.report_figure_led, 'volunteerHours', {}, inHours],
  ['heures-ateliers', m.report_figure_held, 'volunteerHours', {}, baseInHours],
  ['heures-bénévoles-%', m.report_figure_led_percent, 'volunteerHours', {}, percentWords],
  ['heures-de-bénévolat', m.report_figure_person_hours, 'volunteerPersonHours', {}, inHours],
  ['français-heures', m.report_figure_french_each, 'frenchHoursEach', {}, hoursEach],
  ['français-personnes', m.report_figure_french_people, 'frenchHoursEach', {}, base],
  ['conversation-séances', m.report_figure_talks, 'openMeetings', { kind: 'conversation' }, count],
  ['conversation-personnes', m.report_figure_talk_people, 'openPeople', { kind: 'conversation' }, count],
  ['conversation-moyenne', m.report_figure_talk_average, 'openAttendance', { kind: 'conversation' }, average],
  ['culture-séances', m.report_figure_outings, 'openMeetings', { kind: 'cultural' }, count],
  ['culture-personnes', m.report_figure_outing_people, 'openPeople', { kind: 'cultural' }, count],
];

/** Of each term: its label is part of the name. */
const ofTerm: readonly (readonly [string, (named: { term: string }) => string, string, Read])[] = [
  ['personnes', m.report_figure_term_people, 'people', count],
  ['venues', m.report_figure_term_came, 'peopleEngaged', count],
];

/** First, second and third of a split that may be published, with how many they are. */
function ranked(
  report: Report,
  dimension: 'country' | 'departement',
  name: string,
  wordOf: (value: string) => string,
  labels: {
    readonly place: (at: { rank: number }) => string;
    readonly share: (at: { rank: number }) => string;
  },
): TextFigure[] {
  const { cells } = published(splitAt(report, 'origins', dimension));
  return cells.slice(0, 3).flatMap((cell, at) => [
    {
      name: `${name}-${at + 1}`,
      value: wordOf(cell.at[dimension] ?? ''),
      label: labels.place({ rank: at + 1 }),
      definition: 'origins',
    },
    {
      name: `${name}-${at + 1}-%`,
      value: percentWords(cell),
      label: labels.share({ rank: at + 1 }),
      definition: 'origins',
    },
  ]);
}

/** Fewest whom a share may be told of. */
const fewest = 5;
const isSmall = (at: Place, { of }: Cell) => at.gender !== undefined && (of ?? 0) < fewest;

/** All of them, in the order in which they are offered. */
export function textFigures(report: Report): TextFigure[] {
  const { indicators, terms } = report;
  return [
    ...fixed.map(([name, label, definition, at, read]) => {
      const cell = cellAt(indicators, definition, at);
      return { name, value: isSmall(at, cell) ? '–' : read(cell), label: label(), definition };
    }),
    ...terms.flatMap(({ term, label }) =>
      ofTerm.map(([name, labelOf, definition, read]) => ({
        name: `${name}-${label.replaceAll(/[{}\n]/g, '')}`,
        value: read(cellAt(indicators, definition, { term })),
        label: labelOf({ term: label }),
        definition,
      })),
    ),
    ...ranked(report, 'departement', 'département', departementName, {
      place: m.report_figure_departement,
      share: m.report_figure_departement_percent,
    }),
    ...ranked(report, 'country', 'pays', countryName, {
      place: m.report_figure_country,
      share: m.report_figure_country_percent,
    }),
  ];
}
