/** A group of invented people with one meeting or several, for the tests of sheets. */
import type { SheetRecords } from './attendance-sheet.ts';
import type {
  Author,
  Enrolment,
  Group,
  Occurrence,
  RosterCard,
  Shift,
  Venue,
  Volunteer,
} from './documents.ts';
import {
  enrolmentDocId,
  groupDocId,
  occurrenceDocId,
  occurrenceId,
  rosterCardDocId,
  shiftDocId,
  venueDocId,
  volunteerDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from './ids.ts';

export const author = (minute: number, by = 'maia'): Author => ({
  at: `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: 'phone' as DeviceId,
});
const base = { v: 1, ...author(0) } as const;
const group = 'g1' as GroupId;
const venue = 'amarres' as VenueCode;
export const person = (place: number) => `p${String(place).padStart(3, '0')}` as ParticipantId;

export function meetingOn(date: string, more: Partial<Occurrence> = {}): Occurrence {
  const occurrence = occurrenceId(group, date, '14:30');
  return {
    ...base,
    ...{ _id: occurrenceDocId(occurrence), type: 'occurrence', occurrence, group, venue, date },
    ...{ start: '14:30', end: '16:30', week: 1, state: 'held' },
    ...more,
  };
}

/** @param names those enrolled, in the order of their ids */
export function sheetExample(names: readonly string[], more: Partial<SheetRecords> = {}): SheetRecords {
  const meetings = more.meetings ?? [meetingOn('2023-11-20')];
  const lead = 'v1' as VolunteerId;
  return {
    site: { name: 'Paris 13', timezone: 'Europe/Paris' },
    term: { label: 'S3.23', start: '2023-10-02', end: '2023-12-17' },
    group: {
      ...base,
      ...{ _id: groupDocId(group), type: 'group', group, venue, label: 'Conversation du lundi' },
      ...{ workshopType: 'conversation' as WorkshopTypeCode, weekday: 1, start: '14:30', end: '16:30' },
    } satisfies Group,
    workshopType: { label: 'Atelier conversation' },
    venues: [{ ...base, _id: venueDocId(venue), type: 'venue', venue, name: 'Les Amarres' } satisfies Venue],
    meetings,
    enrolments: names.map((_, place): Enrolment => ({
      ...base,
      ...{ _id: enrolmentDocId(group, person(place)), type: 'enrolment', group, participant: person(place) },
      from: '2023-10-02',
    })),
    cards: names.map((name, place): RosterCard => ({
      ...base,
      ...{ _id: rosterCardDocId(person(place)), type: 'rosterCard', participant: person(place) },
      ...{ firstName: name, sortKey: person(place), screenLanguage: 'fr' },
      ...{ isFrancophone: false, isProvisional: false },
    })),
    volunteers: [
      {
        ...{ ...base, _id: volunteerDocId(lead), type: 'volunteer', volunteer: lead },
        ...{ name: 'Maïa Lenoir', kind: 'volunteer', account: 'maia' as AccountName },
      } satisfies Volunteer,
    ],
    marks: [],
    signatures: [],
    closings: [],
    shifts: meetings.map(({ occurrence }): Shift => ({
      ...{ ...base, _id: shiftDocId(occurrence, lead), type: 'shift', occurrence, volunteer: lead },
      ...{ role: 'lead', state: 'held' },
    })),
    signUps: [],
    nameOf: () => undefined,
    ...more,
  };
}
