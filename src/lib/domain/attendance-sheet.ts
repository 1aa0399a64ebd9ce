/**
 * What stands on the feuille d'émargement of one meeting (programme, « The attendance sheet »). Derived from the
 * documents, never written: the same documents give the same sheet on every device.
 */
import { nameOfAccount } from './account-names.ts';
import { wasThere } from './attendance.ts';
import { lastClosing } from './closing.ts';
import type {
  Closing,
  Enrolment,
  ExcuseReason,
  Group,
  Mark,
  MarkCounts,
  MarkStatus,
  Occurrence,
  RosterCard,
  Shift,
  Signature,
  SignUp,
  Site,
  Term,
  Venue,
  Volunteer,
  WorkshopType,
} from './documents.ts';
import type { ParticipantId } from './ids.ts';
import { lateLists } from './late-answers.ts';
import { placeNameOf, placeWordsOf } from './meeting-place.ts';
import { fullName } from './names.ts';
import { countMarks, marksByParticipant, rosterOf, type RosterEntry } from './roster.ts';
import { byTime, durationMinutes } from './schedule.ts';
import { minutesThere, stands } from './signatures.ts';

/** The documents behind a sheet; lists may hold more than this one meeting's. */
export interface SheetRecords {
  readonly site: Pick<Site, 'name' | 'timezone'>;
  readonly term: Pick<Term, 'label' | 'start' | 'end'>;
  readonly group: Group;
  readonly workshopType: Pick<WorkshopType, 'label'> | undefined;
  readonly venues: readonly Venue[];
  /** Every meeting of the group in the term: one is the third, or the last. */
  readonly meetings: readonly Occurrence[];
  readonly enrolments: readonly Enrolment[];
  readonly cards: readonly RosterCard[];
  readonly volunteers: readonly Volunteer[];
  readonly marks: readonly Mark[];
  readonly signatures: readonly Signature[];
  readonly closings: readonly Closing[];
  readonly shifts: readonly Shift[];
  readonly signUps: readonly SignUp[];
  /** From the full files, where they are held. */
  readonly nameOf: (participant: ParticipantId) => string | undefined;
}

export interface SheetLine {
  readonly participant: ParticipantId;
  /** Empty while neither a file nor a card has reached this device. */
  readonly name: string;
  readonly because: RosterEntry['because'];
  readonly status: MarkStatus | null;
  readonly reason?: ExcuseReason;
  /** Instants. */
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  /** Minutes attended; 0 of who was not there. */
  readonly minutes: number;
  /** What was signed, as long as it stands for what it was given for. */
  readonly drawn?: NonNullable<Signature['drawn']>;
  readonly refused?: NonNullable<Signature['refused']>;
  readonly confirmed?: NonNullable<Signature['confirmed']>;
  readonly onPaper?: NonNullable<Signature['onPaper']>;
  /** Signed for something else than the list says now: when, and for what where that is known. */
  readonly outdated?: { readonly at: string; readonly for?: NonNullable<Signature['for']> };
}

export interface SheetFacilitator {
  readonly name: string;
  readonly role: Shift['role'];
  readonly kind: Volunteer['kind'] | undefined;
}

export interface AttendanceSheet {
  readonly occurrence: Occurrence['occurrence'];
  readonly organisation: string;
  readonly workshop: string;
  readonly term: string;
  readonly group: string;
  /** Which meeting of the group's term it is, from 1, of how many; cancelled ones keep their number. */
  readonly number: number;
  readonly meetings: number;
  /**
   * `undefined`: not to be printed. A sheet goes to funders and lies on tables, and the name of some places alone
   * reveals care: only the group's own team sees it.
   */
  readonly place: string | undefined;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  readonly timeZone: string;
  readonly state: Occurrence['state'];
  /** Those on the list. */
  readonly lines: readonly SheetLine[];
  /** Those who came without being on it. */
  readonly others: readonly SheetLine[];
  readonly facilitators: readonly SheetFacilitator[];
  readonly counts: MarkCounts;
  readonly headcount: number | undefined;
  /** How many times the list was closed with its answers; 0 before the first. */
  readonly version: number;
  /** Every closing after the first. */
  readonly rectified: readonly { readonly at: string; readonly by: string }[];
  readonly isClosed: boolean;
  /** Answers that came or changed since it was closed. */
  readonly late: number;
}

/** Meetings that a series still has, in the order of time; cancelled ones included. */
export const numberedMeetings = (meetings: readonly Occurrence[]): Occurrence[] =>
  meetings.filter(({ isDropped }) => !isDropped).sort(byTime);

/**
 * What gave a list its versions: each closing, answers seen and set aside afterwards (they stand on the sheet all the
 * same), and people counted again once it was closed.
 */
const versionsOf = (closing: Closing | undefined) =>
  (closing?.history ?? []).filter(
    ({ state, counts, headcount }) => state === 'closed' && (counts !== undefined || headcount !== undefined),
  );

function lineOf(
  { participant, card, because }: RosterEntry,
  mark: Mark | undefined,
  signature: Signature | undefined,
  { occurrence, records }: { readonly occurrence: Occurrence; readonly records: SheetRecords },
): SheetLine {
  const { timezone } = records.site;
  const status = mark?.status ?? null;
  return {
    participant,
    name: records.nameOf(participant) ?? (card ? fullName(card) : ''),
    because,
    status,
    minutes: minutesThere(mark, occurrence, timezone),
    ...(mark?.reason && status === 'excused' ? { reason: mark.reason } : {}),
    ...(mark?.arrivedAt && wasThere(mark) ? { arrivedAt: mark.arrivedAt } : {}),
    ...(mark?.leftAt && status === 'leftEarly' ? { leftAt: mark.leftAt } : {}),
    ...(signature ? signedOf(signature, stands(signature, mark, occurrence, timezone)) : {}),
  };
}

/** A correction strikes what was signed for something else; the sheet says that it was. */
function signedOf(
  { drawn, refused, confirmed, onPaper, for: given, at }: Signature,
  isStanding: boolean,
): Partial<SheetLine> {
  if (!isStanding) return refused ? {} : { outdated: { at, ...(given && { for: given }) } };
  if (drawn) return { drawn };
  if (confirmed) return { confirmed };
  if (onPaper) return { onPaper };
  return refused ? { refused } : {};
}

/** Somebody was there, and what they signed is not what the list says now: it is signed again. */
export const isToSignAgain = (line: Pick<SheetLine, 'status' | 'outdated'>): boolean =>
  line.outdated !== undefined && wasThere(line);

function placeOf(occurrence: Occurrence, { venues, group }: SheetRecords): string | undefined {
  const venue = venues.find((one) => one.venue === occurrence.venue);
  if (venue?.isSensitive) return undefined;
  return placeNameOf({ place: placeWordsOf(occurrence, group) }, venue) ?? occurrence.venue;
}

const roleOrder = { lead: 0, co: 1 };

function facilitatorsOf(
  { occurrence }: Occurrence,
  { shifts, volunteers }: SheetRecords,
): SheetFacilitator[] {
  const people = new Map(volunteers.map((one) => [one.volunteer, one]));
  return shifts
    .filter((shift) => shift.occurrence === occurrence && shift.state !== 'cancelled')
    .map(({ volunteer, role }) => {
      const person = people.get(volunteer);
      return { name: person?.name ?? '', role, kind: person?.kind };
    })
    .sort((a, b) => roleOrder[a.role] - roleOrder[b.role] || (a.name < b.name ? -1 : 1));
}

/** The sheet of one meeting of the records' group. */
export function attendanceSheet(occurrence: Occurrence, records: SheetRecords): AttendanceSheet {
  const { site, term, group, workshopType, volunteers } = records;
  const ofMeeting = <Item extends { readonly occurrence: string }>(items: readonly Item[]) =>
    items.filter((item) => item.occurrence === occurrence.occurrence);
  const marks = ofMeeting(records.marks);
  const [closing] = ofMeeting(records.closings);
  const { enrolments, cards } = records;
  const signUps = ofMeeting(records.signUps);
  const roster = rosterOf({ group, occurrence, enrolments, cards, marks, signUps });
  const markOf = marksByParticipant(marks);
  const signatureOf = new Map(ofMeeting(records.signatures).map((one) => [one.participant, one]));
  const lines = roster.map((entry) =>
    lineOf(entry, markOf.get(entry.participant), signatureOf.get(entry.participant), { occurrence, records }),
  );
  const isListed = ({ because }: SheetLine) => because === 'enrolled' || because === 'signedUp';
  const names = new Map(volunteers.flatMap(({ account, name }) => (account ? [[account, name]] : [])));
  const numbered = numberedMeetings(records.meetings);
  const late = closing
    ? lateLists({
        groups: [group],
        occurrences: [occurrence],
        enrolments,
        signUps,
        marks,
        closings: [closing],
      })
    : [];
  return {
    occurrence: occurrence.occurrence,
    organisation: site.name,
    workshop: workshopType?.label ?? group.workshopType,
    term: term.label,
    group: group.label,
    number: numbered.findIndex((one) => one.occurrence === occurrence.occurrence) + 1,
    meetings: numbered.length,
    place: placeOf(occurrence, records),
    date: occurrence.date,
    start: occurrence.start,
    end: occurrence.end,
    minutes: durationMinutes(occurrence, site.timezone),
    timeZone: site.timezone,
    state: occurrence.state,
    lines: lines.filter(isListed),
    others: lines.filter((line) => !isListed(line)),
    facilitators: facilitatorsOf(occurrence, records),
    counts: countMarks(roster, marks),
    headcount: closing?.headcount,
    version: versionsOf(closing).length,
    rectified: versionsOf(closing)
      .slice(1)
      .map(({ at, by }) => ({ at, by: nameOfAccount(by, names) })),
    isClosed: closing?.state === 'closed' && lastClosing(closing.history) !== undefined,
    late: late.reduce((sum, { answers }) => sum + answers.length, 0),
  };
}

/** What is not settled about a sheet. */
export interface Doubts {
  /** Lists that were never closed, or were opened again. */
  readonly open: number;
  /** People without an answer. */
  readonly unmarked: number;
  /** Answers since the closing. */
  readonly late: number;
  /** What this device has yet to send. */
  readonly unsent: number;
}

/** @param unsent documents of the list that wait on this device */
export const doubtsOf = (
  { isClosed, counts, late }: Pick<AttendanceSheet, 'isClosed' | 'counts' | 'late'>,
  unsent: number,
): Doubts => ({ open: isClosed ? 0 : 1, unmarked: counts.unmarked, late, unsent });

/** « Provisoire » while anything is unsent, unmarked or open. */
export const isProvisional = (doubts: Doubts) => Object.values(doubts).some((count) => count > 0);

export const sumOfDoubts = (all: readonly Doubts[]): Doubts =>
  all.reduce(
    (sum, one) => ({
      open: sum.open + one.open,
      unmarked: sum.unmarked + one.unmarked,
      late: sum.late + one.late,
      unsent: sum.unsent + one.unsent,
    }),
    { open: 0, unmarked: 0, late: 0, unsent: 0 },
  );
