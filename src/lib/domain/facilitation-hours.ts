/**
 * Hours of facilitation (programme, counting rules). By person: every meeting they lead, co-leads included: these are
 * person-hours. By workshop type: the hours held with at least one volunteer, once however many there were, out of all
 * hours held. A meeting that was held with nobody present counts; one that was cancelled counts nowhere.
 */
import { isHeld } from './closing.ts';
import type { Closing, Group, Occurrence, Shift, Volunteer } from './documents.ts';
import type { GroupId, OccurrenceId, VolunteerId, WorkshopTypeCode } from './ids.ts';
import { durationMinutes } from './schedule.ts';

/** All in minutes. */
interface PersonHours {
  /** Of every meeting that is not cancelled, past or to come. */
  readonly planned: number;
  readonly held: number;
  /** Meetings, as many as `planned` and `held` are made of. */
  readonly plannedMeetings: number;
  readonly heldMeetings: number;
}

export interface WorkshopHours {
  readonly workshopType: WorkshopTypeCode;
  readonly held: number;
  /** Held with at least one volunteer (not staff, not civic service). */
  readonly byVolunteers: number;
  /** Of volunteers: two who lead together count twice here. */
  readonly personMinutes: number;
}

interface Facts {
  readonly groups: Iterable<Group>;
  readonly occurrences: Iterable<Occurrence>;
  readonly closings: Iterable<Closing>;
  readonly shifts: Iterable<Shift>;
  readonly volunteers: Iterable<Volunteer>;
  readonly timeZone: string;
}

export interface FacilitationHours {
  readonly people: ReadonlyMap<VolunteerId, PersonHours>;
  /** In the order in which the groups come. */
  readonly workshops: readonly WorkshopHours[];
}

export function facilitationHours(facts: Facts): FacilitationHours {
  const closingOf = new Map([...facts.closings].map((closing) => [closing.occurrence, closing]));
  const typeOf = new Map<GroupId, WorkshopTypeCode>();
  for (const { group, workshopType } of facts.groups) typeOf.set(group, workshopType);
  const isVolunteer = new Set<VolunteerId>();
  for (const { volunteer, kind } of facts.volunteers) if (kind === 'volunteer') isVolunteer.add(volunteer);
  const shiftsOf = new Map<OccurrenceId, Shift[]>();
  for (const shift of facts.shifts)
    if (shift.state !== 'cancelled')
      shiftsOf.set(shift.occurrence, [...(shiftsOf.get(shift.occurrence) ?? []), shift]);

  const people = new Map<VolunteerId, PersonHours>();
  const workshops = new Map<WorkshopTypeCode, WorkshopHours>();
  for (const workshopType of typeOf.values())
    workshops.set(workshopType, { workshopType, held: 0, byVolunteers: 0, personMinutes: 0 });

  for (const occurrence of facts.occurrences) {
    if (occurrence.state === 'cancelled') continue;
    const minutes = durationMinutes(occurrence, facts.timeZone);
    const wasHeld = isHeld(occurrence, closingOf.get(occurrence.occurrence));
    const shifts = shiftsOf.get(occurrence.occurrence) ?? [];
    for (const { volunteer, minutes: noted } of shifts) {
      const so = people.get(volunteer) ?? { planned: 0, held: 0, plannedMeetings: 0, heldMeetings: 0 };
      people.set(volunteer, {
        planned: so.planned + minutes,
        plannedMeetings: so.plannedMeetings + 1,
        held: so.held + (wasHeld ? (noted ?? minutes) : 0),
        heldMeetings: so.heldMeetings + (wasHeld ? 1 : 0),
      });
    }
    const workshop = workshops.get(typeOf.get(occurrence.group) ?? ('' as WorkshopTypeCode));
    if (!workshop || !wasHeld) continue;
    const led = shifts.filter(({ volunteer }) => isVolunteer.has(volunteer));
    workshops.set(workshop.workshopType, {
      workshopType: workshop.workshopType,
      held: workshop.held + minutes,
      byVolunteers: workshop.byVolunteers + (led.length ? minutes : 0),
      personMinutes: workshop.personMinutes + led.reduce((sum, one) => sum + (one.minutes ?? minutes), 0),
    });
  }
  return { people, workshops: [...workshops.values()] };
}
