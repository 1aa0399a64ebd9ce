/** Rows of charts: their parts, how long each is of the longest, and what is grouped. */
import { cellAt } from './cell-at.ts';
import type { Chart, ChartKey, ChartLine, ChartPart, ChartRow, Look } from './chart.ts';
import { sentenceOf, sentenceOfWeeks } from './chart-sentence.ts';
import type { Dimension } from './definition.ts';
import { definitionOf } from './definitions.ts';
import type { Cell, Indicator, Place, Split } from './evaluate.ts';
import { weeklyKinds } from './inscription-rows.ts';
import { published } from './small-cells.ts';

export function splitOf(indicators: readonly Indicator[], key: string, by: readonly Dimension[]): Split {
  const found = indicators
    .find((one) => one.key === key)
    ?.splits.find((split) => split.by.join(' ') === by.join(' '));
  if (!found) throw new Error(`${key} is not split by ${by.join(', ')}`);
  return found;
}

export const unknownOf = (
  indicators: readonly Indicator[],
  key: string,
  at: Place,
  dimension: Dimension,
): number =>
  cellAt(indicators, key, at).n -
  splitOf(indicators, key, [...(Object.keys(at) as Dimension[]), dimension])
    .cells.filter((cell) => Object.entries(at).every(([name, value]) => cell.at[name as Dimension] === value))
    .reduce((sum, { n }) => sum + n, 0);

export const byNumber = (cells: readonly Cell[]) =>
  [...cells].sort((a, b) => b.n - a.n || (Object.values(a.at).join() < Object.values(b.at).join() ? -1 : 1));

/** A part that begins with the bar; its length is its number until all are known. */
const part = (figure: string, cell: Cell, look: Look, length: number, name?: string): ChartPart => ({
  ...{ figure, cell, look, name, from: 0, to: length },
});
const row = (said: Cell, parts: readonly ChartPart[], aside: ChartRow['aside'] = []): ChartRow => ({
  ...{ places: [said.at], isGrouped: false, parts, said, aside },
});

export const partRow = (figure: string) => (cell: Cell) => row(cell, [part(figure, cell, 'main', cell.n)]);

/** The longest bar is 1. */
function scaled(rows: readonly ChartRow[]): ChartRow[] {
  const longest = Math.max(1, ...rows.flatMap(({ parts }) => parts.map(({ to }) => to)));
  return rows.map((one) => ({
    ...one,
    parts: one.parts.map((each) => ({ ...each, from: each.from / longest, to: each.to / longest })),
  }));
}

export function drawing(indicators: readonly Indicator[]) {
  const drawn = (
    key: ChartKey,
    figure: string,
    rows: readonly ChartRow[],
    shape: 'bars' | 'columns' = 'bars',
  ): Chart => {
    // An empty step of columns is seen as a gap.
    const isShown = ({ parts }: ChartRow) => shape === 'columns' || parts.some(({ to }) => to > 0);
    const shown = scaled(rows.filter(isShown));
    const { reading } = definitionOf(figure);
    return {
      ...{ key, figure, shape, rows: shown, lines: [], unknown: 0 },
      excluded: indicators.find((one) => one.key === figure)?.excluded ?? 0,
      unmarked: shown.reduce((sum, { said }) => sum + said.unmarked, 0),
      sentence: sentenceOf(shown, reading),
    };
  };
  const shareRow = (at: Place): ChartRow => {
    const [all, came, assidus] = ['inscrits', 'engages', 'assidus'].map((key) => cellAt(indicators, key, at));
    if (!all || !came || !assidus) throw new Error('three figures are asked for');
    return row(assidus, [
      part('inscrits', all, 'whole', all.n),
      part('engages', came, 'some', came.n),
      part('assidus', assidus, 'main', assidus.n),
    ]);
  };
  return {
    drawn,
    shares: (key: ChartKey, places: readonly Place[]) => drawn(key, 'assidus', places.map(shareRow)),
    parts: (key: ChartKey, figure: string, cells: readonly Cell[], by?: readonly Dimension[]): Chart => ({
      ...drawn(key, figure, cells.map(partRow(figure))),
      ...(by ? { unknown: splitOf(indicators, figure, by).unknown.n } : {}),
    }),
  };
}

export const hoursRow = (cell: Cell): ChartRow =>
  row(cell, [
    part('hours', { at: cell.at, n: cell.of ?? 0, unmarked: 0 }, 'whole', cell.of ?? 0),
    part('volunteerHours', cell, 'volunteers', cell.n),
  ]);

const lengthOf = ({ parts }: ChartRow) => Math.max(0, ...parts.map(({ to }) => to));

/** The longest bar first; where they are alike, in the order given. */
export const longest = (rows: readonly ChartRow[]): ChartRow[] =>
  [...rows].sort((a, b) => lengthOf(b) - lengthOf(a));

const facilitatorKinds = ['volunteer', 'civicService', 'staff'] as const;

/** Those who lead a workshop, end to end: volunteers, civic service, staff. */
export function missionRow(indicators: readonly Indicator[], kind: string): ChartRow {
  const looks: readonly Look[] = ['volunteers', 'second', 'third'];
  let from = 0;
  const parts = facilitatorKinds.map((facilitatorKind, place): ChartPart => {
    const cell = cellAt(indicators, 'facilitators', { facilitatorKind, kind });
    const to = from + cell.n;
    const made = { ...part('facilitators', cell, looks[place] ?? 'third', to, facilitatorKind), from };
    from = to;
    return made;
  });
  const n = parts.reduce((sum, { cell }) => sum + cell.n, 0);
  return {
    ...row({ at: { kind }, n, unmarked: 0 }, parts),
    places: parts.map(({ cell }) => cell.at),
  };
}

export function openRow(indicators: readonly Indicator[], kind: string): ChartRow {
  const cell = cellAt(indicators, 'openAttendance', { kind });
  const aside = ['openMeetings', 'openPeople', 'headcounts'].map((figure) => ({
    figure,
    cell: cellAt(indicators, figure, { kind }),
  }));
  return row(cell, [part('openAttendance', cell, 'main', cell.average ?? 0)], aside);
}

/** Every step up to the last, and those in which nobody is: a gap is seen as one. */
export function stepsOf(cells: readonly Cell[]): Cell[] {
  const last = Math.max(120, ...cells.map(({ at }) => Number(at.hours)));
  const whole = cells.reduce((sum, { n }) => sum + n, 0);
  return cells.length === 0
    ? []
    : Array.from({ length: last / 20 + 1 }, (_, step): Cell => {
        const hours = String(step * 20).padStart(3, '0');
        const none = { at: { hours }, n: 0, of: whole, percent: 0, unmarked: 0 };
        return cells.find(({ at }) => at.hours === hours) ?? none;
      });
}

/** Cells under five people are together, as they may be published. */
export function groupedOf(indicators: readonly Indicator[], key: ChartKey, dimension: Dimension): Chart {
  const split = splitOf(indicators, 'origins', [dimension]);
  const { cells, others, unknown } = published(split);
  const { drawn } = drawing(indicators);
  const rows = cells.map(partRow('origins'));
  if (others) {
    const shown = new Set(cells.map(({ at }) => at[dimension]));
    const cell: Cell = { ...others, at: {} };
    rows.push({
      ...partRow('origins')(cell),
      isGrouped: true,
      places: split.cells.flatMap(({ at }) => (shown.has(at[dimension]) ? [] : [at])),
    });
  }
  return { ...drawn(key, 'origins', rows), unknown };
}

/** Of each weekly workshop, week by week: who was there of those expected. */
export function weeksOf(indicators: readonly Indicator[]): Chart {
  const { cells } = splitOf(indicators, 'weeklyAttendance', ['kind', 'week']);
  const lines = weeklyKinds.flatMap((kind): ChartLine[] => {
    const points = cells.flatMap((cell) =>
      cell.at.kind === kind && (cell.of ?? 0) > 0
        ? [{ week: Number(cell.at.week), y: (cell.percent ?? 0) / 100, cell }]
        : [],
    );
    return points.length === 0 ? [] : [{ name: kind, points }];
  });
  return {
    ...{ key: 'weeks', figure: 'weeklyAttendance', shape: 'lines', rows: [], lines, unknown: 0 },
    excluded: indicators.find(({ key }) => key === 'weeklyAttendance')?.excluded ?? 0,
    unmarked: lines.flatMap(({ points }) => points).reduce((sum, { cell }) => sum + cell.unmarked, 0),
    sentence: sentenceOfWeeks(lines),
  };
}
