/** What charts say: their titles, the names and numbers of their rows, and one sentence of what they show. */
import type { Chart, ChartKey, ChartNames, ChartPart, ChartRow } from '../domain/indicators/chart.ts';
import type { Cell } from '../domain/indicators/evaluate.ts';
import { number } from './numbers.ts';
import { m } from './paraglide/messages.js';
import { kindName, placeWords } from './place-words.ts';

const titles: Readonly<Record<ChartKey, () => string>> = {
  byTerm: m.figures_chart_byTerm,
  byGender: m.figures_chart_byGender,
  byWorkshop: m.figures_chart_byWorkshop,
  volunteerHours: m.figures_chart_volunteerHours,
  byWorkshopAndTerm: m.figures_chart_byWorkshopAndTerm,
  byLanguage: m.figures_chart_byLanguage,
  weeks: m.figures_chart_weeks,
  frenchHours: m.figures_chart_frenchHours,
  exitReasons: m.figures_chart_exitReasons,
  combinations: m.figures_chart_combinations,
  departements: m.figures_chart_departements,
  countries: m.figures_chart_countries,
  missions: m.figures_chart_missions,
  openMeetings: m.figures_chart_openMeetings,
  themes: m.figures_chart_themes,
};
export const chartTitle = (key: ChartKey): string => titles[key]();

const parts: Readonly<Record<string, () => string>> = {
  inscrits: m.figures_part_inscrits,
  engages: m.figures_part_engages,
  assidus: m.figures_part_assidus,
  hours: m.figures_part_hours,
  volunteerHours: m.figures_part_volunteerHours,
  volunteer: m.figures_part_volunteer,
  civicService: m.figures_part_civicService,
  staff: m.figures_part_staff,
  frenchHours: m.figures_part_frenchHours,
  exitReasons: m.figures_part_exitReasons,
  combinations: m.figures_part_combinations,
  origins: m.figures_part_origins,
  openAttendance: m.figures_part_openAttendance,
  openMeetings: m.figures_part_openMeetings,
  openPeople: m.figures_part_openPeople,
  headcounts: m.figures_part_headcounts,
  themes: m.figures_part_themes,
  weeklyAttendance: m.figures_part_weeklyAttendance,
};
const partName = ({ figure, name }: Pick<ChartPart, 'figure' | 'name'>): string =>
  parts[name ?? figure]?.() ?? figure;

/** In hours where minutes are counted. */
const isTime = (figure: string) => figure === 'volunteerHours' || figure === 'hours';
const inHours = (minutes: number) => number(minutes / 60);
const percentWords = (percent: number) => m.figures_percent({ percent });

/** A part's number as a table shows it. */
function numberWords({ figure, cell }: Pick<ChartPart, 'figure' | 'cell'>): string {
  if (isTime(figure)) return m.figures_hours({ hours: inHours(cell.n) });
  return cell.average === undefined ? number(cell.n) : number(cell.average, 1);
}

/** What of a row everybody reads first. */
export function saidWords({ said, parts: [first] }: ChartRow): string {
  if (said.percent !== undefined) return percentWords(said.percent);
  return said.average === undefined && first ? number(said.n) : number(said.average ?? said.n, 1);
}

/** The name of a row; themes and terms are named by what the site calls them. */
export function rowName(chart: Chart, row: ChartRow, names: ChartNames): string {
  if (row.isGrouped) return m.figures_grouped({ count: row.places.length });
  const { at } = row.said;
  switch (chart.key) {
    // The title says of which workshop.
    case 'byTerm':
    case 'byGender': {
      const { kind: _kind, ...others } = at;
      return placeWords(others, names);
    }
    default:
      return placeWords(at, names);
  }
}

/** The numbers below a bar: n out of N, and the other denominator. */
export function belowWords(chart: Chart, { said, parts: all, aside }: ChartRow): string {
  const n = (figure: string): number => {
    const beside = aside.find((one) => one.figure === figure);
    return (beside ?? all.find((one) => (one.name ?? one.figure) === figure))?.cell.n ?? 0;
  };
  switch (chart.key) {
    case 'byTerm':
    case 'byGender':
    case 'byWorkshop':
    case 'byWorkshopAndTerm':
    case 'byLanguage':
      return m.figures_below_share_came({
        ...{ n: number(said.n), of: number(said.of ?? 0), came: number(n('engages')) },
      });
    case 'volunteerHours':
      return m.figures_below_hours({ n: inHours(said.n), of: inHours(said.of ?? 0) });
    case 'missions':
      return m.figures_below_missions({
        ...{ volunteers: n('volunteer'), civic: n('civicService'), staff: n('staff') },
      });
    case 'openMeetings':
      return m.figures_below_open({
        ...{ meetings: n('openMeetings'), people: n('openPeople'), counted: n('headcounts') },
      });
    default:
      return m.figures_below_share({ n: number(said.n), of: number(said.of ?? 0) });
  }
}

const weekCell = ({ percent = 0, n, of = 0 }: Cell) => m.indicators_share({ n, of, percent });

/** Columns and rows of the same numbers. */
export function tableOf(
  chart: Chart,
  names: ChartNames,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  if (chart.shape === 'lines') {
    const weeks = [...new Set(chart.lines.flatMap(({ points }) => points.map(({ week }) => week)))];
    return {
      columns: [m.indicators_row(), ...chart.lines.map(({ name }) => kindName(name))],
      rows: weeks
        .sort((a, b) => a - b)
        .map((week) => [
          m.figures_week({ week }),
          ...chart.lines.map(({ points }) => {
            const cell = points.find((one) => one.week === week)?.cell;
            return cell ? weekCell(cell) : '–';
          }),
        ]),
    };
  }
  const [first] = chart.rows;
  const beside = first?.aside ?? [];
  const hasPercent = chart.rows.some(({ said }) => said.percent !== undefined);
  return {
    columns: [
      chartTitle(chart.key),
      ...(first?.parts ?? []).map(partName),
      ...beside.map(({ figure }) => partName({ figure, name: undefined })),
      ...(hasPercent ? [m.figures_column_percent()] : []),
      m.figures_column_unmarked(),
    ],
    rows: chart.rows.map((row) => [
      rowName(chart, row, names),
      ...row.parts.map(numberWords),
      ...row.aside.map((one) => numberWords(one)),
      ...(hasPercent ? [saidWords(row)] : []),
      number(row.said.unmarked),
    ]),
  };
}

/** One sentence of what a chart shows. */
export function sentenceWords(chart: Chart, names: ChartNames): string {
  const { sentence } = chart;
  const nameOf = (row: ChartRow) => rowName(chart, row, names);
  switch (sentence.key) {
    case 'nothing':
      return m.figures_sentence_nothing();
    case 'one':
      return m.figures_sentence_one({ name: nameOf(sentence.row), value: saidWords(sentence.row) });
    case 'alike':
      return m.figures_sentence_alike({ value: saidWords(sentence.row) });
    case 'most': {
      const { row, rows } = sentence;
      return m.figures_sentence_most({ name: nameOf(row), value: saidWords(row), rows });
    }
    case 'between': {
      const { lowest, highest } = sentence;
      return m.figures_sentence_between({
        ...{ low: saidWords(lowest), lowName: nameOf(lowest) },
        ...{ high: saidWords(highest), highName: nameOf(highest) },
      });
    }
    case 'weeks': {
      const { lines, lowest } = sentence;
      const said = lines.map(({ first, last }) =>
        m.figures_sentence_line({
          ...{ name: kindName(first.name), first: first.percent, from: first.week },
          ...{ last: last.percent, to: last.week },
        }),
      );
      const { name, week, percent } = lowest;
      return m.figures_sentence_weeks({
        ...{
          lines: said.join(m.figures_sentence_between_lines()),
          low: percent,
          lowName: kindName(name),
          week,
        },
      });
    }
    default:
      return sentence satisfies never;
  }
}

/** What is not in a chart: always told, nought too. */
export const chartNotes = ({ unmarked, unknown, excluded }: Chart): string =>
  m.figures_notes({ unmarked: number(unmarked), unknown: number(unknown), excluded: number(excluded) });
