/** Every chart of a scope, from figures that are counted already: which rows, in which order, how long. */
import { cellAt } from './cell-at.ts';
import type { Chart, ChartNames } from './chart.ts';
import {
  byNumber,
  drawing,
  groupedOf,
  hoursRow,
  longest,
  missionRow,
  openRow,
  partRow,
  splitOf,
  stepsOf,
  unknownOf,
  weeksOf,
} from './chart-rows.ts';
import type { Dimension } from './definition.ts';
import type { Indicator } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { weeklyKinds } from './inscription-rows.ts';

type Counted = Pick<Facts, 'terms' | 'themes'>;

/** Of terms, themes and rooms, by their ids. */
export const chartNames = ({
  terms,
  themes,
  venues,
}: Pick<Facts, 'terms' | 'themes' | 'venues'>): ChartNames =>
  Object.fromEntries([
    ...terms.map(({ term, label }) => [term, label] as const),
    ...themes,
    ...[...venues].map(([venue, { name }]) => [venue, name] as const),
  ]);

/** In the order in which a page shows them; a chart without rows among them, so that its absence is told. */
export function chartsOf(indicators: readonly Indicator[], { terms }: Counted): Chart[] {
  const kind = 'socioprofessional';
  const known = <Name extends Dimension>(key: string, by: readonly Dimension[], name: Name) =>
    [...new Set(splitOf(indicators, key, by).cells.map(({ at }) => at[name] ?? ''))].filter(Boolean);
  const codes = terms.map(({ term }) => term);
  const kinds = known('meetings', ['kind'], 'kind');
  const open = ['conversation', 'cultural'].filter((one) => kinds.includes(one));
  const languages = splitOf(indicators, 'inscrits', ['kind', 'language']).cells.map(({ at }) => at);
  const cells = (key: string, by: readonly Dimension[]) => splitOf(indicators, key, by).cells;
  const { drawn, shares, parts } = drawing(indicators);
  return [
    shares(
      'byTerm',
      codes.map((term) => ({ kind, term })),
    ),
    {
      ...shares(
        'byGender',
        ['woman', 'man', 'other'].map((gender) => ({ kind, gender })),
      ),
      unknown: unknownOf(indicators, 'inscrits', { kind }, 'gender'),
    },
    shares(
      'byWorkshop',
      weeklyKinds.map((one) => ({ kind: one })),
    ),
    drawn(
      'volunteerHours',
      'volunteerHours',
      longest(kinds.map((one) => hoursRow(cellAt(indicators, 'volunteerHours', { kind: one })))),
    ),
    shares(
      'byWorkshopAndTerm',
      weeklyKinds.flatMap((one) => codes.map((term) => ({ kind: one, term }))),
    ),
    shares(
      'byLanguage',
      weeklyKinds.flatMap((one) => languages.filter((at) => at.kind === one)),
    ),
    weeksOf(indicators),
    drawn(
      'frenchHours',
      'frenchHours',
      stepsOf(cells('frenchHours', ['hours'])).map(partRow('frenchHours')),
      'columns',
    ),
    parts('exitReasons', 'exitReasons', byNumber(cells('exitReasons', ['exitReason'])), ['exitReason']),
    parts('combinations', 'combinations', byNumber(cells('combinations', ['combination']))),
    groupedOf(indicators, 'departements', 'departement'),
    groupedOf(indicators, 'countries', 'country'),
    drawn(
      'missions',
      'facilitators',
      longest(
        known('facilitators', ['facilitatorKind', 'kind'], 'kind').map((one) => missionRow(indicators, one)),
      ),
    ),
    drawn(
      'openMeetings',
      'openAttendance',
      open.map((one) => openRow(indicators, one)),
    ),
    parts('themes', 'themes', byNumber(cells('themes', ['theme'])), ['theme']),
  ];
}
