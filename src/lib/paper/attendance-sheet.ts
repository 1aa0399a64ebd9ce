/** The feuille d'émargement of one meeting, on A4. */
import type { Content, TableCell } from 'pdfmake/interfaces';
import type { AttendanceSheet, Doubts, SheetFacilitator, SheetLine } from '../domain/attendance-sheet.ts';
import type { MarkStatus } from '../domain/documents.ts';
import { occurrenceDocId } from '../domain/ids.ts';
import { answerWords } from '../i18n/answer-words.ts';
import { dateOf, dayOfMonth, duration, fullDate, hour, hourOf } from '../i18n/dates.ts';
import { m } from '../i18n/paraglide/messages.js';
import { ink, room, words, type Block, type Paper, type Row, type Section } from './pages.ts';
import { sheetHead } from './sheet-head.ts';
import { versionWords } from './sheet-words.ts';

/** Widths of the columns, in points; each has 6 of padding and its line. */
const column = { number: 16, name: 158, answer: 40, time: 42 };
const rest = room.portrait.width - 6 * 6.6 - column.number - column.name - column.answer - 2 * column.time;
const small = 9;
/** Room for a hand with a pen, on a page that holds twenty people. */
const lowest = 13.5;

const letters: Record<MarkStatus, () => string> = {
  present: m.roll_call_letter_present,
  late: m.roll_call_letter_late,
  leftEarly: m.sheets_paper_letter_leftEarly,
  excused: m.roll_call_letter_excused,
  absent: m.roll_call_letter_absent,
};
/** « P », « R »; empty without an answer. */
export const letterOf = (status: MarkStatus | null): string => (status ? letters[status]() : '');

const refusal = {
  refused: m.sheets_paper_refused_refused,
  unable: m.sheets_paper_refused_unable,
  other: m.sheets_paper_refused_other,
};

/** Signed on glass, before somebody, on paper: in words where nothing is drawn. */
function signedWords({ refused, confirmed, onPaper }: SheetLine): string | undefined {
  if (refused) return m.sheets_paper_refused({ reason: refusal[refused.reason](), name: refused.witness });
  if (confirmed) return m.sheets_paper_confirmed({ name: confirmed.witness });
  return onPaper && m.sheets_paper_on_paper({ list: onPaper.list, page: onPaper.page });
}

/** Signed for something else than the sheet says: when, for what, and room to sign again. */
function outdatedWords({ outdated }: SheetLine, timeZone: string): string | undefined {
  if (!outdated) return undefined;
  const date = dayOfMonth(dateOf(outdated.at, timeZone));
  const time = hourOf(outdated.at, timeZone);
  if (!outdated.for) return m.sheets_paper_again({ date, time });
  const what = `${answerWords(outdated.for.status)}, ${duration(outdated.for.minutes)}`;
  return m.sheets_paper_again_for({ date, time, what });
}

/** Where they sign: what they signed, why not, or room to; struck for whoever was not there. */
function signatureCell(line: SheetLine, timeZone: string): { cell: TableCell; height: number } {
  const { status, reason, drawn } = line;
  if (status === 'absent' || status === 'excused') {
    const said = words(answerWords(status, reason), rest * 0.74, { size: small });
    const length = rest * 0.2;
    const stroke = {
      type: 'line',
      x1: 0,
      y1: 6,
      x2: length,
      y2: 6,
      lineWidth: 1.2,
      lineColor: ink.soft,
    } as const;
    return {
      cell: {
        columns: [
          { ...(said.content as object), width: rest * 0.74 } as Content,
          { canvas: [stroke], width: length },
        ],
        fillColor: ink.struck,
      },
      height: said.height,
    };
  }
  if (drawn) {
    const { path, width, height } = drawn;
    const line = Math.max(width, height) / 90;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path d="${path}" fill="none" stroke="${ink.text}" stroke-width="${line}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
    return { cell: { svg, fit: [rest, 30] }, height: 30 };
  }
  const signed = signedWords(line);
  const text = signed ?? outdatedWords(line, timeZone);
  if (!text) return { cell: '', height: 0 };
  const said = words(text, rest, signed ? { size: small } : { size: 7.5, color: ink.soft });
  return { cell: said.content, height: said.height + (signed ? 0 : lowest) };
}

const reasonThere = {
  enrolled: undefined,
  signedUp: undefined,
  guest: m.sheets_paper_guest,
  walkIn: m.sheets_paper_walk_in,
};

const centred = (text: string): TableCell => ({ text, fontSize: small, alignment: 'center', noWrap: true });

function personRow(line: SheetLine, place: number, timeZone: string): Row {
  const style = { size: 10 };
  const note = reasonThere[line.because]?.();
  const name = words(line.name || m.sheets_paper_unknown(), column.name, style);
  const under = note ? words(note, column.name, { size: 7.5, color: ink.soft }) : undefined;
  const { cell, height } = signatureCell(line, timeZone);
  const at = (instant: string | undefined) =>
    instant ? hourOf(instant, timeZone).replaceAll('\u202F', '\u00A0') : '';
  return {
    cells: [
      centred(String(place + 1)),
      { stack: [name.content, ...(under ? [under.content] : [])] },
      { text: letterOf(line.status), bold: true, alignment: 'center' },
      centred(at(line.arrivedAt)),
      centred(at(line.leftAt)),
      cell,
    ],
    height: Math.max(lowest, height, name.height + (under?.height ?? 0)),
  };
}

const headRow = (texts: readonly string[]): Row => ({
  cells: texts.map((text) => ({ text, fontSize: 7.5, bold: true, color: ink.soft })),
  height: 11,
});

function peopleSection(lines: readonly SheetLine[], timeZone: string, title?: string): Section {
  return {
    ...(title ? { title } : {}),
    widths: [column.number, column.name, column.answer, column.time, column.time, '*'],
    head: headRow([
      '',
      m.sheets_paper_name(),
      m.sheets_paper_answer(),
      m.sheets_paper_arrived(),
      m.sheets_paper_left(),
      m.sheets_paper_signature(),
    ]),
    rows: lines.map((line, place) => personRow(line, place, timeZone)),
    isPeople: true,
  };
}

const kinds = {
  volunteer: m.sheets_paper_kind_volunteer,
  civicService: m.sheets_paper_kind_civicService,
  staff: m.sheets_paper_kind_staff,
};

function facilitatorsSection(facilitators: readonly SheetFacilitator[]): Section {
  const [first, second] = [column.number + column.name + 6.6, 130];
  return {
    title: m.sheets_paper_facilitators(),
    widths: [first, second, '*'],
    head: headRow([
      m.sheets_paper_name(),
      m.sheets_paper_role(),
      m.sheets_paper_signature().split(',')[0] ?? '',
    ]),
    rows: facilitators.map(({ name, role, kind }) => {
      const said = [
        role === 'lead' ? m.sheets_paper_role_lead() : m.sheets_paper_role_co(),
        kind && kinds[kind](),
      ];
      const [who, what] = [
        words(name || m.sheets_paper_unknown(), first, { size: 10 }),
        words(said.filter(Boolean).join(', '), second, { size: small }),
      ];
      return { cells: [who.content, what.content, ''], height: Math.max(lowest, who.height, what.height) };
    }),
  };
}

function totals({ counts, headcount }: AttendanceSheet): Block {
  const { width } = room.portrait;
  const said = [
    m.sheets_paper_total_line(counts),
    headcount === undefined ? '' : m.sheets_paper_headcount({ count: headcount }),
  ];
  const blocks = [
    words(m.sheets_paper_totals(), width, { size: 10.5, bold: true, color: ink.night }),
    ...said.filter(Boolean).map((text) => words(text, width, { size: small })),
  ];
  return {
    content: { stack: blocks.map(({ content }) => content), margin: [0, 8, 0, 0] },
    height: 8 + blocks.reduce((sum, { height }) => sum + height, 0),
  };
}

/** The last corrections, and how many came before. */
const mostRectifications = 2;

function versionLine({ version, rectified, timeZone }: AttendanceSheet): string {
  const shown = rectified.slice(-mostRectifications);
  const before = rectified.length - shown.length;
  return [
    versionWords(version),
    ...shown.map(({ at, by }) => {
      const date = `${fullDate(dateOf(at, timeZone))}, ${hourOf(at, timeZone)}`;
      return m.sheets_rectified({ date, name: by });
    }),
    before > 0 && m.sheets_rectified_more({ count: before }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** @param code of the whole content */
export function attendancePaper(sheet: AttendanceSheet, doubts: Doubts, code: string): Paper {
  const { timeZone, workshop, group } = sheet;
  const kind = m.sheets_paper_sheet();
  return {
    title: `${kind} · ${group} · ${fullDate(sheet.date)}`,
    orientation: 'portrait',
    head: sheetHead('portrait', {
      organisation: sheet.organisation,
      kind,
      title: workshop,
      facts: [
        [m.sheets_term(), sheet.term],
        [m.sheets_group(), group],
        [m.sheets_meeting(), m.sheets_paper_number({ number: sheet.number, meetings: sheet.meetings })],
        [m.sheets_paper_place(), sheet.place ?? m.sheets_paper_place_withheld()],
        [m.sheets_paper_date(), fullDate(sheet.date)],
        [m.sheets_paper_hours(), m.sheets_paper_hours_of({ start: hour(sheet.start), end: hour(sheet.end) })],
        [m.sheets_paper_duration(), duration(sheet.minutes)],
      ],
      version: versionLine(sheet),
      doubts,
    }),
    sections: [
      peopleSection(sheet.lines, timeZone),
      ...(sheet.others.length ? [peopleSection(sheet.others, timeZone, m.sheets_paper_others())] : []),
      facilitatorsSection(sheet.facilitators),
    ],
    tail: totals(sheet),
    about: occurrenceDocId(sheet.occurrence),
    version: sheet.version,
    code,
    isCopiedBack: true,
  };
}
