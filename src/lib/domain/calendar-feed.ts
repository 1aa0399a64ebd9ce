/** Which meetings a calendar shows, and what it says of them: titles, hours, places that are no secret; nobody's name. */
import type { Group, Occurrence, Shift, Venue } from './documents.ts';
import type { CalendarMeeting } from './icalendar.ts';
import type { VolunteerId } from './ids.ts';
import { placeNameOf } from './meeting-place.ts';
import { byTime } from './schedule.ts';

const timesChanged = ({ changes = [] }: Pick<Occurrence, 'changes'>) =>
  changes.filter(({ kind }) => kind !== 'created').length;

/**
 * The meetings of a term in the order of time, or those of one facilitator: where they have a shift, and those of a
 * group whose team they are in and for which no shift says anything, be it that somebody does not come.
 */
export function calendarMeetings(
  term: {
    readonly occurrences: readonly Occurrence[];
    readonly groups: readonly Group[];
    readonly shifts: readonly Shift[];
    readonly venues: readonly Venue[];
  },
  facilitator?: VolunteerId,
): CalendarMeeting[] {
  const groupOf = new Map(term.groups.map((group) => [group.group, group]));
  const venueOf = new Map(term.venues.map((venue) => [venue.venue, venue]));
  const shiftsOf = Map.groupBy(term.shifts, ({ occurrence }) => occurrence);
  const isTheirs = ({ occurrence, group }: Occurrence) => {
    const shifts = shiftsOf.get(occurrence);
    if (shifts)
      return shifts.some(({ volunteer, state }) => volunteer === facilitator && state !== 'cancelled');
    return groupOf.get(group)?.team?.some(({ volunteer }) => volunteer === facilitator) ?? false;
  };
  return [...term.occurrences]
    .sort(byTime)
    .filter((occurrence) => facilitator === undefined || isTheirs(occurrence))
    .map((occurrence) => {
      const group = groupOf.get(occurrence.group);
      const venue = venueOf.get(occurrence.venue);
      const place = venue?.isSensitive ? undefined : placeNameOf(occurrence, venue);
      const instants = [occurrence.at, group?.at ?? '', venue?.at ?? ''].sort();
      return {
        occurrence,
        title: group?.label ?? '',
        ...(place === undefined ? {} : { place }),
        sequence: timesChanged(occurrence) + (group ? timesChanged(group) : 0),
        changedAt: instants.at(-1) ?? occurrence.at,
      };
    });
}
