/** Who came, who stayed, from where: the blocks of the report that are about people. */
import { cellAt, unknownAt } from '../../domain/indicators/cell-at.ts';
import type { Place } from '../../domain/indicators/evaluate.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { published, type PublishedSplit } from '../../domain/indicators/small-cells.ts';
import { number } from '../../i18n/numbers.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { combinationName, genderName, kindName } from '../../i18n/place-words.ts';
import type { ReportBlock, ReportRow } from './content.ts';
import { socio, splitAt, withChart } from './parts-blocks.ts';
import { chartOf, lengthBar, percentWords, shareBar, shareWords } from './words.ts';

type Block = (report: Report) => ReportBlock;

export const weekly = ['socioprofessional', 'language', 'digital'] as const;

export const headlineBlock: Block = (report) => {
  const assidus = cellAt(report.indicators, 'assidus', socio);
  const led = cellAt(report.indicators, 'volunteerHours');
  const volunteers = cellAt(report.indicators, 'facilitators', { facilitatorKind: 'volunteer' });
  return {
    key: 'headline',
    title: m.report_block_headline(),
    headlines: [
      {
        value: number(cellAt(report.indicators, 'people').n),
        label: m.indicators_people(),
        detail: m.report_headline_terms({ count: report.terms.length }),
        definition: 'people',
      },
      {
        value: number(assidus.n),
        label: m.indicators_regular(),
        detail:
          assidus.percent === undefined
            ? m.indicators_of_nobody()
            : m.report_headline_share({ percent: assidus.percent, of: number(assidus.of ?? 0) }),
        definition: 'assidus',
      },
      {
        value: m.report_hours({ hours: number(led.n / 60) }),
        label: m.indicators_hours(),
        detail: m.indicators_hours_by({ count: volunteers.n, of: number((led.of ?? 0) / 60) }),
        definition: 'volunteerHours',
      },
    ],
    notes: [],
    definitions: ['people', 'assidus', 'volunteerHours'],
  };
};

export const termsBlock: Block = (report) => {
  const { indicators, terms } = report;
  const row = (label: string, at: Place, isTotal = false): ReportRow => ({
    label,
    cells: [
      number(cellAt(indicators, 'people', at).n),
      number(cellAt(indicators, 'peopleEngaged', at).n),
      ...weekly.map((kind) => number(cellAt(indicators, 'inscrits', { ...at, kind }).n)),
    ],
    isTotal,
  });
  const chart = chartOf(
    m.report_chart_terms(),
    terms.map(({ term, label }) => shareBar(label, cellAt(indicators, 'peopleEngaged', { term }))),
  );
  return {
    key: 'terms',
    title: m.report_block_terms(),
    ...(chart ? { chart } : {}),
    table: {
      heads: [
        m.report_head_term(),
        m.report_head_enrolled_people(),
        m.report_head_came(),
        ...weekly.map((kind) => kindName(kind)),
      ],
      rows: [...terms.map(({ term, label }) => row(label, { term })), row(m.report_year_row(), {}, true)],
    },
    notes: [m.report_note_people_once(), leftOutNote(report)],
    definitions: ['people', 'peopleEngaged', 'inscrits'],
  };
};

const leftOutNote = ({ excluded }: Report) =>
  m.indicators_left_out({
    cancelled: excluded.cancelledEnrolments,
    provisional: excluded.provisionalPeople,
    astray: excluded.astrayEnrolments,
  });

export const assiduityBlock: Block = (report) => {
  const { indicators } = report;
  const genders = published(splitAt(report, 'inscrits', 'gender', socio));
  const known = [...genders.cells]
    .map((cell) => cell.at.gender ?? '')
    .sort()
    .reverse();
  const unknown = unknownAt(indicators, 'inscrits', socio, 'gender');
  const rows = [
    ...known.map((gender) => ({ label: genderName(gender), at: { ...socio, gender } })),
    { label: m.indicators_all(), at: socio, isTotal: true },
  ];
  const all = cellAt(indicators, 'assidus', socio);
  return {
    key: 'assiduity',
    title: m.report_block_assiduity(),
    ...withChart(
      m.report_chart_assiduity(),
      rows.map(({ label, at }) => shareBar(label, cellAt(indicators, 'assidus', at))),
    ),
    table: {
      heads: [
        m.indicators_row(),
        m.indicators_enrolled(),
        m.indicators_came(),
        m.indicators_assidus(),
        m.indicators_assidus_without_excused(),
      ],
      rows: rows.map(({ label, at, ...rest }) => ({
        label,
        cells: [
          number(cellAt(indicators, 'inscrits', at).n),
          ...['engages', 'assidus', 'assidusWithoutExcused'].map((key) =>
            shareWords(cellAt(indicators, key, at)),
          ),
        ],
        ...rest,
      })),
    },
    notes: [
      m.report_note_assidus_of_engages({
        share: shareWords(cellAt(indicators, 'assidusOfEngages', socio)),
      }),
      ...(genders.others ? [m.report_note_genders_grouped({ count: genders.others.n })] : []),
      m.indicators_gender_unknown({ count: unknown }),
      m.report_note_unmarked({ count: all.unmarked }),
    ],
    definitions: ['inscrits', 'engages', 'assidus', 'assidusWithoutExcused', 'assidusOfEngages'],
  };
};

export const workshopsBlock: Block = (report) => {
  const { indicators, terms } = report;
  const rows = weekly.flatMap((kind) => [
    ...(terms.length > 1
      ? terms.map(({ term, label }) => ({
          label: `${kindName(kind)}, ${label}`,
          at: { kind, term } as Place,
          isTotal: false,
        }))
      : []),
    { label: m.report_kind_total({ kind: kindName(kind) }), at: { kind } as Place, isTotal: true },
  ]);
  return {
    key: 'workshops',
    title: m.report_block_workshops(),
    ...withChart(
      m.report_chart_workshops(),
      weekly.map((kind) => shareBar(kindName(kind), cellAt(indicators, 'assidus', { kind }))),
    ),
    table: {
      heads: [
        m.report_head_workshop(),
        m.indicators_enrolled(),
        m.report_head_engaged(),
        m.indicators_assidus(),
      ],
      rows: rows.map(({ label, at, isTotal }) => ({
        label,
        cells: [
          number(cellAt(indicators, 'inscrits', at).n),
          shareWords(cellAt(indicators, 'engages', at)),
          shareWords(cellAt(indicators, 'assidus', at)),
        ],
        isTotal,
      })),
    },
    notes: [m.report_note_inscriptions()],
    definitions: ['inscrits', 'engages', 'assidus'],
  };
};

/**
 * A column a term: what is under five there goes with the others of the term. Then the year is not told beside the terms:
 * what was grouped could be reckoned from it.
 */
export const combinationsBlock: Block = (report) => {
  const { terms } = report;
  const year = published(splitAt(report, 'combinations', 'combination'));
  const columns = terms.map(({ term }) =>
    published(splitAt(report, 'combinations', 'combination', { term })),
  );
  const shown = year.cells.map(({ at }) => at.combination ?? '');
  const inColumn = (column: PublishedSplit, combination: string) =>
    column.cells.find(({ at }) => at.combination === combination);
  const wholeOf = ({ cells, others }: PublishedSplit) =>
    cells.reduce((sum, { n }) => sum + n, others?.n ?? 0);
  const othersOf = (column: PublishedSplit) =>
    wholeOf(column) - shown.reduce((sum, one) => sum + (inColumn(column, one)?.n ?? 0), 0);
  const isGrouped = columns.some((column) => othersOf(column) > 0);
  const all = isGrouped ? columns : [...columns, year];
  const rows: ReportRow[] = shown.map((combination) => ({
    label: combinationName(combination),
    cells: all.map((column) => {
      const cell = inColumn(column, combination);
      return cell ? number(cell.n) : '·';
    }),
  }));
  const total = (label: string, valueOf: (column: PublishedSplit) => number, isTotal = false): ReportRow => ({
    label,
    cells: all.map((column) => number(valueOf(column))),
    isTotal,
  });
  return {
    key: 'combinations',
    title: m.report_block_combinations(),
    ...(isGrouped
      ? {}
      : withChart(
          m.report_chart_combinations(),
          year.cells.map((cell) => ({
            ...lengthBar(combinationName(cell.at.combination ?? ''), cell.n),
            detail: percentWords(cell),
          })),
        )),
    table: {
      heads: [
        m.report_head_combination(),
        ...terms.map(({ label }) => label),
        ...(isGrouped ? [] : [m.report_year_row()]),
      ],
      rows: [
        ...rows,
        ...(isGrouped ? [total(m.report_combinations_others(), othersOf)] : []),
        total(m.indicators_all(), wholeOf, true),
      ],
    },
    notes: [m.report_note_combinations(), ...(isGrouped ? [m.report_note_dot()] : [])],
    definitions: ['combinations'],
  };
};
