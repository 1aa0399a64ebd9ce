/** A group's sheet over the term: people by meetings, on a broad A4. */
import type { TableCell } from 'pdfmake/interfaces';
import type { Doubts } from '../domain/attendance-sheet.ts';
import type { GroupSheet, GroupSheetMeeting, GroupSheetRow } from '../domain/group-sheet.ts';
import { groupDocId } from '../domain/ids.ts';
import { duration, fullDate } from '../i18n/dates.ts';
import { m } from '../i18n/paraglide/messages.js';
import { letterOf } from './attendance-sheet.ts';
import { ink, room, words, type Block, type Paper, type Row, type Section } from './pages.ts';
import { sheetHead } from './sheet-head.ts';
import { versionWords } from './sheet-words.ts';

/** More meetings than that go on in another table. */
const mostAcross = 30;
const column = { name: 140, came: 40, time: 46 };
const grid = room.landscape.width - column.name - column.came - column.time - 3 * 6.6;

const centred = (text: string, more: object = {}): TableCell => ({
  ...{ text, fontSize: 8.5, alignment: 'center', noWrap: true },
  ...more,
});
/** Narrow columns have no room for padding: the words may use all of it. */
const narrow = (text: string, more: object = {}): TableCell =>
  centred(text, { margin: [-3, 0, -3, 0], ...more });
const struck = { fillColor: ink.struck };

/** « 3 », « 12 », « 09 » over one another: which meeting, day and month. */
const headCell = ({ number, date, state }: GroupSheetMeeting): TableCell => ({
  stack: [String(number), date.slice(8), date.slice(5, 7)].map((text, line) => ({ text, bold: line === 0 })),
  ...{ fontSize: 6.5, alignment: 'center', noWrap: true, margin: [-3, 0, -3, 0] },
  ...(state === 'cancelled' ? struck : {}),
});

function answerCell(cell: GroupSheetRow['cells'][number], meeting: GroupSheetMeeting | undefined): TableCell {
  if (meeting?.state === 'cancelled') return narrow('–', struck);
  if (!cell) return narrow('');
  if (cell.status === null) return narrow('·', { color: ink.soft });
  const isAway = cell.status === 'absent' || cell.status === 'excused';
  return narrow(letterOf(cell.status), isAway ? struck : { bold: true });
}

/** Rows below the people: what each meeting adds up to, and how many times its list was closed. */
function sumRows(meetings: readonly GroupSheetMeeting[]): Row[] {
  const row = (label: string, told: (meeting: GroupSheetMeeting) => string): Row => {
    const name = words(label, column.name, { size: 8.5, bold: true });
    const cells = meetings.map((one) =>
      one.state === 'cancelled' ? narrow('–', struck) : narrow(one.isToCome ? '' : told(one)),
    );
    return { cells: [name.content, ...cells, '', ''], height: Math.max(11, name.height) };
  };
  const there = ({ counts }: GroupSheetMeeting) => String(counts.present + counts.late + counts.leftEarly);
  return [
    row(m.sheets_paper_present_row(), there),
    row(m.sheets_paper_unmarked_row(), ({ counts }) => String(counts.unmarked)),
    row(m.sheets_paper_versions_row(), ({ version }) => (version > 0 ? String(version) : '')),
  ];
}

function sectionOf(sheet: GroupSheet, from: number, to: number): Section {
  const meetings = sheet.meetings.slice(from, to);
  const each = Math.min(34, grid / Math.max(1, meetings.length) - 6.6);
  const head: Row = {
    cells: [
      { text: m.sheets_paper_name(), bold: true, fontSize: 7.5, color: ink.soft },
      ...meetings.map(headCell),
      narrow(m.sheets_paper_came(), { fontSize: 6.5, bold: true }),
      narrow(m.sheets_paper_duration(), { fontSize: 6.5, bold: true }),
    ],
    height: 27,
  };
  const rows = sheet.rows.map((row): Row => {
    const name = words(row.name || m.sheets_paper_unknown(), column.name, { size: 9 });
    const under = row.isListed
      ? undefined
      : words(m.sheets_paper_walk_in_or_guest(), column.name, { size: 7, color: ink.soft });
    return {
      cells: [
        { stack: [name.content, ...(under ? [under.content] : [])] },
        ...row.cells.slice(from, to).map((cell, at) => answerCell(cell, meetings[at])),
        centred(m.sheets_paper_came_of({ came: row.came, expected: row.expected })),
        narrow(duration(row.minutes).replaceAll('\u202F', '\u00A0')),
      ],
      height: Math.max(12, name.height + (under?.height ?? 0)),
    };
  });
  return {
    widths: [column.name, ...meetings.map(() => each), column.came, column.time],
    head,
    rows: [...rows, ...sumRows(meetings)],
  };
}

/** @param code of the whole content */
export function groupPaper(sheet: GroupSheet, doubts: Doubts, code: string): Paper {
  const kind = m.sheets_paper_group();
  const { from, to } = sheet;
  const sections: Section[] = [];
  for (let at = 0; at === 0 || at < sheet.meetings.length; at += mostAcross)
    sections.push(sectionOf(sheet, at, at + mostAcross));
  const version = [
    sheet.version > 0 ? m.sheets_paper_versions({ count: sheet.version }) : versionWords(0),
    sheet.rectified > 0 && m.sheets_paper_rectified_times({ count: sheet.rectified }),
  ];
  const legend = words(m.sheets_paper_legend(), room.landscape.width, { size: 8, color: ink.soft });
  return {
    title: `${kind} · ${sheet.group} · ${sheet.term}`,
    orientation: 'landscape',
    head: sheetHead('landscape', {
      organisation: sheet.organisation,
      kind,
      title: sheet.workshop,
      facts: [
        [m.sheets_term(), sheet.term],
        [m.sheets_group(), sheet.group],
        [m.sheets_paper_date(), m.sheets_paper_period({ from: fullDate(from), to: fullDate(to) })],
      ],
      version: version.filter(Boolean).join(' · '),
      doubts,
    }),
    sections,
    tail: withSpace(legend),
    about: groupDocId(sheet.id),
    version: sheet.version,
    code,
  };
}

const withSpace = ({ content, height }: Block): Block => ({
  content: { stack: [content], margin: [0, 6, 0, 0] },
  height: height + 6,
});
