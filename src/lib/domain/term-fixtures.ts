/** A term with a group, its meetings and who leads them, for the tests of what may never happen to a meeting. */
import type { Author, Group, Occurrence } from './documents.ts';
import { newGroup, newShifts, slotsOf, type WeeklySlot } from './groups.ts';
import type { AccountName, DeviceId, GroupId, VenueCode, VolunteerId, WorkshopTypeCode } from './ids.ts';
import { planSeries, type Series, type SeriesEdit } from './series.ts';

export const paris = 'Europe/Paris';
export const author: Author = {
  at: '2023-09-20T08:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
export const later: Author = { ...author, at: '2023-10-11T12:00:00.000Z' };
export const term = { start: '2023-10-02', weeks: 10, daysOff: ['2023-11-01', '2023-11-11'] };
export const maia = 'v1' as VolunteerId;
export const jean = 'v2' as VolunteerId;

export const facts = (slots: readonly WeeklySlot[], venue = 'amarres') => ({
  workshopType: 'language' as WorkshopTypeCode,
  label: 'Français A1, groupe 1',
  venue: venue as VenueCode,
  slots: slots as [WeeklySlot, ...WeeklySlot[]],
  team: [{ volunteer: maia, role: 'lead' as const }],
});
export const at = (weekday: number, start: string, end: string): WeeklySlot => ({ weekday, start, end });
export const groupAt = (key: string, ...slots: WeeklySlot[]) =>
  newGroup(key as GroupId, facts(slots), author);

export const series = (group: Group, parts: Partial<Series> = {}): Series => {
  const occurrences = parts.occurrences ?? planned(group);
  return {
    group,
    term,
    occurrences,
    shifts: newShifts(occurrences, group.team ?? [], [], author),
    volunteers: [],
    marked: new Set(),
    closed: new Set(),
    now: '2023-10-11T12:00:00.000Z',
    timeZone: paris,
    ...parts,
  };
};
/** The meetings of a group as they come when it is made. */
export const planned = (group: Group, calendar = term): Occurrence[] => [
  ...planSeries(
    { ...series(group, { occurrences: [] }), term: calendar },
    editTo(slotsOf(group), { from: calendar.start }),
    author,
  ).added,
];
export const editTo = (slots: readonly WeeklySlot[], parts: Partial<SeriesEdit> = {}): SeriesEdit => ({
  from: '2023-10-11',
  slots,
  venue: 'amarres' as VenueCode,
  team: [{ volunteer: maia, role: 'lead' }],
  reason: 'Changement',
  ...parts,
});
