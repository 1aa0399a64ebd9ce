/** The day as its page shows it: what comes next, what is left to finish, what comes later, what is done. */
import type { MarkCounts } from '$lib/domain/documents.ts';
import { doubleReason } from '$lib/domain/cancelled-double.ts';
import { instantOf } from '$lib/domain/local-time.ts';
import type { Meeting } from '$lib/store/meetings.ts';

/** Everyone who has an answer. */
export const answered = (counts: MarkCounts) =>
  counts.present + counts.late + counts.leftEarly + counts.excused + counts.absent;

/** Everyone who was there: late, or gone before the end, too. */
export const attended = (counts: MarkCounts) => counts.present + counts.late + counts.leftEarly;

const isClosed = (meeting: Pick<Meeting, 'closing'>) => meeting.closing?.state === 'closed';

export interface DayView {
  /** The one to take now: begun and not closed, or the next to begin. */
  readonly next: Meeting | undefined;
  /** Minutes until it begins; negative once it has. */
  readonly minutes: number;
  readonly unfinished: readonly Meeting[];
  readonly later: readonly Meeting[];
  readonly done: readonly Meeting[];
}

/** How long after its end a roll call of today is still the next thing to do. */
const graceMinutes = 60;

/**
 * Sorts the meetings of the last days and of today.
 * @param meetings in the order of their hours
 * @param today local date; `now` an instant
 */
export function dayView(meetings: readonly Meeting[], today: string, now: string, timeZone: string): DayView {
  const alive = meetings.filter(({ occurrence }) => occurrence.state !== 'cancelled');
  const untilStart = ({ occurrence }: Meeting) =>
    minutesBetween(now, instantOf(occurrence.date, occurrence.start, timeZone));
  const sinceEnd = ({ occurrence }: Meeting) =>
    minutesBetween(instantOf(occurrence.date, occurrence.end, timeZone), now);
  const ofToday = alive.filter(({ occurrence }) => occurrence.date === today);
  const open = ofToday.filter((meeting) => !isClosed(meeting));
  const next = open.find((meeting) => sinceEnd(meeting) < graceMinutes);
  return {
    next,
    minutes: next ? untilStart(next) : 0,
    unfinished: [
      ...alive.filter((meeting) => meeting.occurrence.date < today && !isClosed(meeting)),
      ...open.filter((meeting) => meeting !== next && sinceEnd(meeting) >= graceMinutes),
    ],
    later: open.filter((meeting) => meeting !== next && sinceEnd(meeting) < graceMinutes),
    done: ofToday.filter(isClosed),
  };
}

/** Not taking place today, whoever leads it: people who counted on it are to be told. */
export const cancelledOn = (meetings: readonly Meeting[], today: string): readonly Meeting[] =>
  meetings.filter(
    ({ occurrence: { state, date, cancelReason } }) =>
      state === 'cancelled' && date === today && cancelReason !== doubleReason,
  );

const minutesBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
