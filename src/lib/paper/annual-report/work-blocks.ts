/** What was done, by whom and with what: the blocks of the report that are about meetings and teams. */
import { cellAt } from '../../domain/indicators/cell-at.ts';
import type { Place } from '../../domain/indicators/evaluate.ts';
import type { MeansColumn } from '../../domain/indicators/means-table.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { published } from '../../domain/indicators/small-cells.ts';
import type { WorkshopKind } from '../../domain/documents.ts';
import { number } from '../../i18n/numbers.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { bandName, kindName } from '../../i18n/place-words.ts';
import type { ReportBlock, ReportRow } from './content.ts';
import { partsBlock, splitAt, withChart } from './parts-blocks.ts';
import { weekly } from './people-blocks.ts';
import { hours, lengthBar, shareBar, shareWords } from './words.ts';

type Block = (report: Report) => ReportBlock;

const open = ['conversation', 'cultural'] as const;
const allKinds: readonly WorkshopKind[] = [...weekly, 'conversation', 'practical', 'cultural'];

/** Those kinds of workshops of which something was held. */
const heldKinds = ({ indicators }: Report) =>
  allKinds.filter((kind) => (cellAt(indicators, 'volunteerHours', { kind }).of ?? 0) > 0);

export const frenchBlock: Block = (report) => {
  const each = cellAt(report.indicators, 'frenchHoursEach');
  const block = partsBlock(
    'french',
    'frenchHours',
    { title: m.report_block_french(), head: m.report_head_band(), what: m.report_chart_french() },
    published(splitAt(report, 'frenchHours', 'band')),
    bandName,
  );
  return {
    ...block,
    notes: [m.report_note_french({ hours: averageHours(each.n, each.of ?? 0) }), ...block.notes],
    definitions: ['frenchHours', 'frenchHoursEach'],
  };
};

/** Hours each of so many minutes, to one decimal. */
export const averageHours = (minutes: number, people: number): string =>
  people > 0 ? number(Math.round(minutes / 6 / people) / 10, 1) : '–';

export const weeksBlock: Block = (report) => {
  const { indicators } = report;
  const weeks = splitAt(report, 'weeklyAttendance', 'week')
    .cells.map((cell) => ({ week: Number(cell.at.week), cell }))
    .filter(({ week, cell }) => Number.isFinite(week) && (cell.of ?? 0) > 0)
    .sort((a, b) => a.week - b.week);
  const total = cellAt(indicators, 'weeklyAttendance');
  return {
    key: 'weeks',
    title: m.report_block_weeks(),
    ...withChart(
      m.report_chart_weeks(),
      weeks.map(({ week, cell }) => shareBar(m.report_week({ week }), cell)),
    ),
    table: {
      heads: [m.report_head_week(), m.report_head_attended(), m.report_head_attended_without_excused()],
      rows: [
        ...weeks.map(({ week, cell }): ReportRow => ({
          label: m.report_week({ week }),
          cells: [
            shareWords(cell),
            shareWords(cellAt(indicators, 'weeklyAttendanceWithoutExcused', cell.at)),
          ],
        })),
        {
          label: m.indicators_all(),
          cells: [shareWords(total), shareWords(cellAt(indicators, 'weeklyAttendanceWithoutExcused'))],
          isTotal: true,
        },
      ],
    },
    notes: [m.report_note_unmarked({ count: total.unmarked })],
    definitions: ['weeklyAttendance', 'weeklyAttendanceWithoutExcused'],
  };
};

export const openBlock: Block = (report) => {
  const { indicators } = report;
  const row = (label: string, at: Place, isTotal = false): ReportRow => {
    const average = cellAt(indicators, 'openAttendance', at).average;
    return {
      label,
      cells: [
        number(cellAt(indicators, 'openMeetings', at).n),
        number(cellAt(indicators, 'openPeople', at).n),
        average === undefined ? '–' : number(average, 1),
        shareWords(cellAt(indicators, 'headcounts', at)),
      ],
      isTotal,
    };
  };
  return {
    key: 'open',
    title: m.report_block_open(),
    ...withChart(
      m.report_chart_open(),
      open.map((kind) => lengthBar(kindName(kind), cellAt(indicators, 'openMeetings', { kind }).n)),
    ),
    table: {
      heads: [
        m.report_head_workshop(),
        m.report_head_meetings(),
        m.report_head_people(),
        m.report_head_average(),
        m.report_head_counted(),
      ],
      rows: [...open.map((kind) => row(kindName(kind), { kind })), row(m.indicators_all(), {}, true)],
    },
    notes: [m.report_note_open()],
    definitions: ['openMeetings', 'openPeople', 'openAttendance', 'headcounts'],
  };
};

const facilitatorKinds = ['volunteer', 'civicService', 'staff'] as const;

export const missionsBlock: Block = (report) => {
  const { indicators } = report;
  const kinds = heldKinds(report);
  const leading = (facilitatorKind: string, at: Place = {}) =>
    cellAt(indicators, 'facilitators', { facilitatorKind, ...at }).n;
  return {
    key: 'missions',
    title: m.report_block_missions(),
    ...withChart(
      m.report_chart_missions(),
      kinds.map((kind) => lengthBar(kindName(kind), leading('volunteer', { kind }))),
    ),
    table: {
      heads: [
        m.report_head_workshop(),
        m.indicators_means_volunteers(),
        m.indicators_means_civic_service(),
        m.indicators_means_staff(),
      ],
      rows: [
        ...kinds.map((kind) => ({
          label: kindName(kind),
          cells: facilitatorKinds.map((one) => number(leading(one, { kind }))),
        })),
        {
          label: m.report_distinct(),
          cells: facilitatorKinds.map((one) => number(leading(one))),
          isTotal: true,
        },
      ],
    },
    notes: [m.report_note_missions()],
    definitions: ['facilitators'],
  };
};

export const hoursBlock: Block = (report) => {
  const { indicators } = report;
  const row = (label: string, at: Place, isTotal = false): ReportRow => {
    const { n, of, percent } = cellAt(indicators, 'volunteerHours', at);
    const each = cellAt(indicators, 'volunteerPersonHours', at).n;
    const share = percent === undefined ? '–' : m.report_percent({ percent });
    return { label, cells: [hours(n), hours(of), share, hours(each)], isTotal };
  };
  const kinds = heldKinds(report);
  return {
    key: 'hours',
    title: m.report_block_hours(),
    ...withChart(
      m.report_chart_hours(),
      kinds.map((kind) => {
        const cell = cellAt(indicators, 'volunteerHours', { kind });
        return {
          ...shareBar(kindName(kind), cell),
          detail: m.report_hours_of({ n: hours(cell.n), of: hours(cell.of) }),
        };
      }),
    ),
    table: {
      heads: [
        m.report_head_workshop(),
        m.report_head_led(),
        m.report_head_held(),
        m.report_head_share(),
        m.report_head_person_hours(),
      ],
      rows: [...kinds.map((kind) => row(kindName(kind), { kind })), row(m.indicators_all(), {}, true)],
    },
    notes: [m.report_note_hours()],
    definitions: ['volunteerHours', 'volunteerPersonHours'],
  };
};

const meansRows: readonly (readonly [() => string, (column: MeansColumn) => number])[] = [
  [m.indicators_means_enrolled, ({ inscrits }) => inscrits],
  [m.indicators_means_groups, ({ groups }) => groups],
  [m.indicators_means_volunteers, ({ volunteers }) => volunteers],
  [m.indicators_means_civic_service, ({ civicService }) => civicService],
  [m.indicators_means_staff, ({ staff }) => staff],
  [m.indicators_means_rooms, ({ rooms }) => rooms.length],
];

/** Rooms are counted: a name alone may reveal care. */
export const meansBlock: Block = ({ means, terms }) => ({
  key: 'means',
  title: m.indicators_means(),
  table: {
    groups: weekly.map((kind) => ({ label: kindName(kind), span: terms.length })),
    heads: [m.report_head_means(), ...means.map(({ label }) => label)],
    rows: meansRows.map(([label, valueOf]) => ({
      label: label(),
      cells: means.map((column) => number(valueOf(column))),
    })),
  },
  notes: [m.report_note_rooms()],
  definitions: ['inscrits', 'groups', 'facilitators', 'rooms'],
});
