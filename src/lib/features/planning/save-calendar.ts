import { handOver } from '$lib/ui/hand-over.ts';
import { icalendar, type CalendarMeeting } from '$lib/domain/icalendar.ts';

/** Saves meetings as a calendar file; made on this device, without a network. */
export function saveCalendar(
  file: { readonly name: string; readonly title: string; readonly timeZone: string },
  meetings: readonly CalendarMeeting[],
): void {
  const text = icalendar(file.title, meetings, file.timeZone);
  handOver(file.name, new Blob([text], { type: 'text/calendar' }));
}
