/** Blocks that tell a whole in its parts: from where people are, in which language, why they left. */
import { share } from '../../domain/assiduity.ts';
import type { BlockKey } from '../../domain/annual-report/outline.ts';
import type { Dimension } from '../../domain/indicators/definition.ts';
import type { Place, Split } from '../../domain/indicators/evaluate.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { published, type PublishedSplit } from '../../domain/indicators/small-cells.ts';
import { countryName } from '../../i18n/countries.ts';
import { departementName } from '../../i18n/departements.ts';
import { number } from '../../i18n/numbers.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { exitName } from '../../i18n/place-words.ts';
import { languageName } from '../../i18n/participant-languages.ts';
import type { ReportBlock } from './content.ts';
import { chartOf, lengthBar, percentWords } from './words.ts';

type Block = (report: Report) => ReportBlock;

export const socio = { kind: 'socioprofessional' };

/** A figure split by one dimension, at one place of another. */
export function splitAt(report: Report, key: string, dimension: Dimension, at: Place = {}): Split {
  const names = Object.keys(at) as Dimension[];
  const split = report.indicators
    .find((one) => one.key === key)
    ?.splits.find(
      ({ by }) => by.length === names.length + 1 && [...names, dimension].every((each) => by.includes(each)),
    );
  if (!split) throw new Error(`${key} is not split by ${dimension}`);
  return {
    by: [dimension],
    cells: split.cells
      .filter((cell) => names.every((name) => cell.at[name] === at[name]))
      .map((cell) => ({ ...cell, at: { [dimension]: cell.at[dimension] ?? '' } })),
    unknown: names.length === 0 ? split.unknown : { n: 0, of: 0 },
  };
}

/** A table of parts with its bars: the largest first, those under five together, the unknown on a line of its own. */
export function partsBlock(
  key: BlockKey,
  definition: string,
  { title, head, what }: { readonly title: string; readonly head: string; readonly what: string },
  split: PublishedSplit,
  wordOf: (value: string) => string,
): ReportBlock {
  const rows = split.cells.map((cell) => ({ label: wordOf(cell.at[split.by] ?? ''), cell }));
  const whole = split.cells.reduce((sum, { n }) => sum + n, split.others?.n ?? 0);
  const all = [
    ...rows.map(({ label, cell: { n } }) => ({ label, n })),
    ...(split.others ? [{ label: m.report_others({ count: split.others.cells }), n: split.others.n }] : []),
  ].map((one) => ({ ...one, share: percentWords(share(one.n, whole)) }));
  const chart = chartOf(
    what,
    all.map(({ label, n, share: part }) => ({ ...lengthBar(label, n), detail: part })),
  );
  return {
    key,
    title,
    ...(chart ? { chart } : {}),
    table: {
      heads: [head, m.report_head_people(), m.report_head_share()],
      rows: [
        ...all.map(({ label, n, share: part }) => ({ label, cells: [number(n), part] })),
        { label: m.report_known(), cells: [number(whole), ''], isTotal: true },
      ],
    },
    notes: [
      ...(split.others ? [m.report_note_grouped()] : []),
      ...(split.unknown > 0 ? [m.report_note_unknown({ count: split.unknown })] : []),
    ],
    definitions: [definition],
  };
}

export function withChart(what: string, bars: Parameters<typeof chartOf>[1]) {
  const chart = chartOf(what, bars);
  return chart ? { chart } : {};
}

export const exitsBlock: Block = (report) =>
  partsBlock(
    'exits',
    'exitReasons',
    { title: m.report_block_exits(), head: m.report_head_reason(), what: m.report_chart_exits() },
    published(splitAt(report, 'exitReasons', 'exitReason')),
    exitName,
  );

export const languagesBlock: Block = (report) => ({
  ...partsBlock(
    'languages',
    'inscrits',
    { title: m.report_block_languages(), head: m.report_head_language(), what: m.report_chart_languages() },
    published(splitAt(report, 'inscrits', 'language', socio)),
    (code) => capital(languageName(code)),
  ),
  definitions: ['inscrits'],
});
const capital = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

export const departementsBlock: Block = (report) =>
  partsBlock(
    'departements',
    'origins',
    {
      title: m.report_block_departements(),
      head: m.report_head_departement(),
      what: m.report_chart_departements(),
    },
    published(splitAt(report, 'origins', 'departement')),
    departementName,
  );

export const countriesBlock: Block = (report) =>
  partsBlock(
    'countries',
    'origins',
    { title: m.report_block_countries(), head: m.report_head_country(), what: m.report_chart_countries() },
    published(splitAt(report, 'origins', 'country')),
    countryName,
  );
