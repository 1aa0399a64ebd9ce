/** Meetings as an iCalendar file (RFC 5545), for a facilitator's own calendar. It names no participant. */
import type { Occurrence } from './documents.ts';
import { hoursOf } from './schedule.ts';

export interface CalendarMeeting {
  readonly occurrence: Occurrence;
  /** What the calendar shows. */
  readonly title: string;
  /** Absent where the place itself is a secret. */
  readonly place?: string | undefined;
}

const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll(/[;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n');

/** `20231120T133000Z`. */
const stamp = (instant: string) => instant.replaceAll(/[-:]/g, '').replace(/\.\d+/, '');

/** Lines of at most 75 bytes: a longer one goes on below, after a space. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const char of line) {
    const size = new TextEncoder().encode(char).length;
    if (bytes + size > 74) {
      pieces.push(piece);
      piece = '';
      bytes = 0;
    }
    piece += char;
    bytes += size;
  }
  return [...pieces, piece].join('\r\n ');
}

/** The file's text. Hours are written as instants: right on both sides of a clock change. */
export function icalendar(name: string, meetings: readonly CalendarMeeting[], timeZone: string): string {
  const events = meetings.flatMap(({ occurrence, title, place }) => {
    const { startsAt, endsAt } = hoursOf(occurrence, timeZone);
    return [
      'BEGIN:VEVENT',
      `UID:${occurrence.occurrence}@presence`,
      `DTSTAMP:${stamp(occurrence.at)}`,
      `DTSTART:${stamp(startsAt)}`,
      `DTEND:${stamp(endsAt)}`,
      `SUMMARY:${escaped(title)}`,
      ...(place ? [`LOCATION:${escaped(place)}`] : []),
      `STATUS:${occurrence.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Presence//Planning//FR',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
