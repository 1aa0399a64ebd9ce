/** Who led, in which groups, in which rooms: of the meetings held that are counted. */
import type { Volunteer } from '../documents.ts';
import { staysOf } from '../enrolments.ts';
import type { GroupId, OccurrenceId, VolunteerId } from '../ids.ts';
import type { FacilitatorRow, GroupRow, InscriptionRow, MeetingRow, VenueRow } from './rows.ts';
import type { TermReading } from './term-reading.ts';

/**
 * One name for each person of the team, in whatever term and site: their account where one is known in any of them, or
 * else their id.
 */
export function facilitatorNames(
  volunteers: Iterable<Pick<Volunteer, 'volunteer' | 'account'>>,
): ReadonlyMap<VolunteerId, string> {
  const names = new Map<VolunteerId, string>();
  for (const { volunteer, account } of volunteers) {
    const name = account === undefined ? undefined : `account:${account}`;
    const known = names.get(volunteer);
    // Where one id had two accounts, the first by name, whatever the order of the documents.
    if (known === undefined || (name !== undefined && (known === (volunteer as string) || name < known)))
      names.set(volunteer, name ?? volunteer);
  }
  return names;
}

/** @param meetings rows of this term */
export function facilitatorRows(
  reading: TermReading,
  meetings: readonly MeetingRow[],
  names: ReadonlyMap<VolunteerId, string>,
): FacilitatorRow[] {
  const held = new Map<OccurrenceId, MeetingRow>();
  for (const meeting of meetings) if (meeting.state === 'held') held.set(meeting.occurrence, meeting);
  const kindOf = new Map(reading.volunteers.map(({ volunteer, kind }) => [volunteer, kind]));
  const rows = new Map<string, FacilitatorRow>();
  const { site, term } = reading;
  for (const { occurrence, volunteer, minutes } of reading.shifts) {
    const meeting = held.get(occurrence);
    const facilitatorKind = kindOf.get(volunteer);
    if (!meeting || !facilitatorKind) continue;
    const { kind } = meeting;
    const facilitator = names.get(volunteer) ?? volunteer;
    const key = `${kind} ${facilitatorKind} ${facilitator}`;
    const before = rows.get(key);
    rows.set(key, {
      ...{ site: site.site, term: term.term, kind, facilitator, facilitatorKind },
      meetings: (before?.meetings ?? 0) + 1,
      minutes: (before?.minutes ?? 0) + Math.round(minutes ?? meeting.minutes),
    });
  }
  return [...rows.values()];
}

/** Groups of a term that somebody is enrolled in, or that met: one that was made by mistake counts nowhere. */
export function groupRows(reading: TermReading, inscriptions: readonly InscriptionRow[]): GroupRow[] {
  const enrolled = new Map<GroupId, Set<string>>();
  const isInscribed = new Set(
    inscriptions.map(({ participant, workshopType }) => `${workshopType} ${participant}`),
  );
  for (const enrolment of reading.enrolments) {
    const { group, participant } = enrolment;
    const type = reading.groups.get(group)?.workshopType;
    if (staysOf(enrolment).length === 0 || !isInscribed.has(`${type} ${participant}`)) continue;
    const people = enrolled.get(group) ?? new Set();
    enrolled.set(group, people.add(participant));
  }
  const met = new Map<GroupId, number>();
  for (const { group, state, isDropped } of reading.occurrences)
    if (state === 'held' && !isDropped) met.set(group, (met.get(group) ?? 0) + 1);
  const { site, term } = reading;
  return [...reading.groups.values()].flatMap(({ group, workshopType, language }) => {
    const kind = site.kindOf(workshopType);
    const row = { inscriptions: enrolled.get(group)?.size ?? 0, meetings: met.get(group) ?? 0 };
    if (kind === undefined || row.inscriptions + row.meetings === 0) return [];
    return [{ site: site.site, term: term.term, kind, group, language, ...row }];
  });
}

export function venueRows(meetings: readonly MeetingRow[]): VenueRow[] {
  const rows = new Map<string, VenueRow>();
  for (const { site, term, kind, venue, state } of meetings) {
    if (state !== 'held') continue;
    const key = `${kind} ${venue}`;
    rows.set(key, { site, term, kind, venue, meetings: (rows.get(key)?.meetings ?? 0) + 1 });
  }
  return [...rows.values()];
}
