/** A group's sheet over the term: its people by its meetings, as the sheets of the meetings say. */
import {
  attendanceSheet,
  doubtsOf,
  numberedMeetings,
  sumOfDoubts,
  type AttendanceSheet,
  type Doubts,
  type SheetLine,
  type SheetRecords,
} from './attendance-sheet.ts';
import { wasThere } from './attendance.ts';
import { lastClosing } from './closing.ts';
import type { GroupId, ParticipantId } from './ids.ts';

export interface GroupSheetRow {
  readonly participant: ParticipantId;
  readonly name: string;
  /** On the list of at least one of the meetings. */
  readonly isListed: boolean;
  /** By meeting; `undefined`: not on the list that day, or still to come and nothing said of it. */
  readonly cells: readonly (Pick<SheetLine, 'status' | 'reason'> | undefined)[];
  /** Meetings at which they were, of those held or over that had them on the list. */
  readonly came: number;
  readonly expected: number;
  readonly minutes: number;
}

export interface GroupSheetMeeting extends Pick<
  AttendanceSheet,
  | 'occurrence'
  | 'number'
  | 'date'
  | 'start'
  | 'end'
  | 'state'
  | 'counts'
  | 'version'
  | 'isClosed'
  | 'headcount'
> {
  /** Nobody is due yet: it adds up to nothing. */
  readonly isToCome: boolean;
}

export interface GroupSheet extends Pick<
  AttendanceSheet,
  'organisation' | 'workshop' | 'term' | 'group' | 'timeZone'
> {
  readonly id: GroupId;
  readonly from: string;
  readonly to: string;
  readonly meetings: readonly GroupSheetMeeting[];
  readonly rows: readonly GroupSheetRow[];
  /** How many times lists of the group were closed, all told: any correction makes it another version. */
  readonly version: number;
  readonly rectified: number;
}

/** Every sheet of a group, in the order of time, cancelled meetings included. */
export function sheetsOfGroup(records: SheetRecords): AttendanceSheet[] {
  const marks = Map.groupBy(records.marks, ({ occurrence }) => occurrence);
  return numberedMeetings(records.meetings).map((meeting) =>
    attendanceSheet(meeting, { ...records, marks: marks.get(meeting.occurrence) ?? [] }),
  );
}

const isToComeOn = ({ state, date }: Pick<AttendanceSheet, 'state' | 'date'>, today: string) =>
  state === 'planned' && date > today;

/**
 * @param sheets of {@link sheetsOfGroup}
 * @param today local date: what comes after it is due of nobody yet
 */
export function groupSheet(
  sheets: readonly AttendanceSheet[],
  { site, term, group, workshopType, closings, meetings }: SheetRecords,
  today: string,
): GroupSheet {
  const people = new Map<ParticipantId, { name: string; isListed: boolean }>();
  const isToCome = sheets.map((sheet) => isToComeOn(sheet, today));
  const lineOf = sheets.map(({ lines, others }) => {
    const all = [...lines, ...others];
    for (const { participant, name } of all)
      if (!people.has(participant)) people.set(participant, { name, isListed: false });
    for (const { participant } of lines)
      people.set(participant, { name: people.get(participant)?.name ?? '', isListed: true });
    return new Map(all.map((line) => [line.participant, line]));
  });
  const ids = new Set(meetings.map(({ occurrence }) => occurrence));
  const closed = closings.filter((one) => ids.has(one.occurrence) && lastClosing(one.history));
  const rows = [...people].map(([participant, { name, isListed }]): GroupSheetRow => {
    const all = lineOf.flatMap((lines, place) => {
      const isDue = sheets[place]?.state !== 'cancelled' && !isToCome[place];
      const line = isDue ? lines.get(participant) : undefined;
      return line ? [line] : [];
    });
    return {
      ...{ participant, name, isListed },
      cells: lineOf.map((lines, place) => {
        const line = lines.get(participant);
        if (isToCome[place] && line?.status === null) return undefined;
        return line && { status: line.status, ...(line.reason ? { reason: line.reason } : {}) };
      }),
      came: all.filter(wasThere).length,
      expected: all.length,
      minutes: all.reduce((sum, { minutes }) => sum + minutes, 0),
    };
  });
  return {
    organisation: site.name,
    workshop: workshopType?.label ?? group.workshopType,
    term: term.label,
    group: group.label,
    id: group.group,
    timeZone: site.timezone,
    from: term.start,
    to: term.end,
    meetings: sheets.map(
      ({ occurrence, number, date, start, end, state, counts, version, isClosed, headcount }, place) => ({
        ...{ occurrence, number, date, start, end, state, counts, version, isClosed, headcount },
        isToCome: isToCome[place] === true,
      }),
    ),
    // Those who came without being on any list stand last.
    rows: [...rows.filter(({ isListed }) => isListed), ...rows.filter(({ isListed }) => !isListed)],
    version: sheets.reduce((sum, { version }) => sum + version, 0),
    rectified: closed.length === 0 ? 0 : sheets.reduce((sum, { rectified }) => sum + rectified.length, 0),
  };
}

/**
 * What is not settled about a group's term: of meetings that were not cancelled and are over.
 * @param unsentOf what this device has yet to send of one list
 * @param today local date
 */
export const doubtsOfGroup = (
  sheets: readonly AttendanceSheet[],
  unsentOf: (sheet: AttendanceSheet) => number,
  today: string,
): Doubts =>
  sumOfDoubts(
    sheets
      .filter(({ state, date }) => state !== 'cancelled' && date <= today)
      .map((sheet) => doubtsOf(sheet, unsentOf(sheet))),
  );
