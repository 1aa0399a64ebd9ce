import { icalendar, type CalendarMeeting } from '$lib/domain/icalendar.ts';

/** Saves meetings as a calendar file; made on this device, without a network. */
export function saveCalendar(
  file: { readonly name: string; readonly title: string; readonly timeZone: string },
  meetings: readonly CalendarMeeting[],
): void {
  const text = icalendar(file.title, meetings, file.timeZone);
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
