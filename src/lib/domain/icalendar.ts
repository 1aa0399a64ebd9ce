/** Meetings as an iCalendar file (RFC 5545), for a facilitator's own calendar. It names no participant. */
import type { Occurrence } from './documents.ts';
import { hoursOf } from './schedule.ts';

export interface CalendarMeeting {
  readonly occurrence: Occurrence;
  /** What the calendar shows. */
  readonly title: string;
  /** Absent where the place itself is a secret. */
  readonly place?: string | undefined;
  /** How often it was changed: a calendar takes the version with the higher number. */
  readonly sequence: number;
  /** Instant of the last change of anything it shows. */
  readonly changedAt: string;
}

/** Line breaks of any kind are one sign; no other control character may stand in a text (RFC 5545, 3.3.11). */
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[;,]/g, '\\$&')
    .replaceAll(/\r\n?|\n/g, '\\n')
    // eslint-disable-next-line no-control-regex -- a calendar's text may hold none: they are taken out
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** `20231120T133000Z`. */
const stamp = (instant: string) => instant.replaceAll(/[-:]/g, '').replace(/\.\d+/, '');

const encoder = new TextEncoder();

/** Lines of at most 75 octets: a longer one goes on below, after a space, and no character is cut (RFC 5545, 3.1). */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const char of line) {
    const size = encoder.encode(char).length;
    if (octets + size > 74) {
      pieces.push(piece);
      piece = '';
      octets = 0;
    }
    piece += char;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}

/**
 * The file's text. Hours are written as instants: right on both sides of a clock change. A meeting keeps its UID for
 * ever; moved or cancelled, it comes with a higher SEQUENCE.
 */
export function icalendar(name: string, meetings: readonly CalendarMeeting[], timeZone: string): string {
  const events = meetings.flatMap(({ occurrence, title, place, sequence, changedAt }) => {
    const { startsAt, endsAt } = hoursOf(occurrence, timeZone);
    return [
      'BEGIN:VEVENT',
      `UID:${occurrence.occurrence}@presence`,
      `DTSTAMP:${stamp(changedAt)}`,
      `LAST-MODIFIED:${stamp(changedAt)}`,
      `SEQUENCE:${sequence}`,
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
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    `X-WR-TIMEZONE:${timeZone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
