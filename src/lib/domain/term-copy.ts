/** A term's groups taken over from an earlier one: when, where and what, but nobody who came. */
import { withChange } from './changes.ts';
import type { Author, Group, Occurrence, Volunteer } from './documents.ts';
import { newOccurrence } from './groups.ts';
import { groupDocId, type GroupId } from './ids.ts';
import { plannedOccurrences, type TermCalendar } from './schedule.ts';

/** Those of a term's groups that another term may take over: what happens once is added there with its own day. */
export const groupsToCopy = (groups: readonly Group[]): Group[] =>
  groups.filter(({ isOneOff }) => isOneOff !== true);

/**
 * A group as a new one of another term: its label, type, level, language, room or place in words, day, hours, capacity,
 * and what is said of coming to it; who was signed up stays behind.
 * @param id a fresh one: nothing said of the former group is said of this one
 * @param here the facilitators who may lead it again if they led it; with none of them it has no team
 */
export function copiedGroup(
  group: Group,
  id: GroupId,
  author: Author,
  here: readonly Pick<Volunteer, 'volunteer'>[],
): Group {
  const { label, workshopType, level, language, venue, weekday, start, end, moreSlots, capacity } = group;
  const { place, meetingPoint, cost, access, isSignUpOpen } = group;
  const mayLead = new Set(here.map(({ volunteer }) => volunteer));
  const team = (group.team ?? []).filter(({ volunteer }) => mayLead.has(volunteer));
  const copy: Group = {
    _id: groupDocId(id),
    type: 'group',
    v: 1,
    ...author,
    group: id,
    ...{ workshopType, label, venue, weekday, start, end },
    ...(level === undefined ? {} : { level }),
    ...(language === undefined ? {} : { language }),
    ...(moreSlots === undefined ? {} : { moreSlots: moreSlots.map((slot) => ({ ...slot })) }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(place === undefined ? {} : { place }),
    ...(meetingPoint === undefined ? {} : { meetingPoint }),
    ...(cost === undefined ? {} : { cost }),
    ...(access === undefined ? {} : { access }),
    ...(isSignUpOpen === undefined ? {} : { isSignUpOpen }),
    ...(team.length ? { team: team.map((one) => ({ ...one })) } : {}),
  };
  return withChange(undefined, copy, author);
}

/** The facilitators of an earlier term who are still here: as the new term holds them already, where it does. */
export const stillHere = (former: readonly Volunteer[], known: readonly Volunteer[]): Volunteer[] =>
  [...new Map([...former, ...known].map((one) => [one.volunteer, one])).values()].filter(
    ({ isArchived }) => isArchived !== true,
  );

/** The facilitators whom some groups name, for a term that does not hold them. */
export function copiedTeam(
  groups: readonly Pick<Group, 'team'>[],
  here: readonly Volunteer[],
  author: Author,
): Volunteer[] {
  const named = new Set(groups.flatMap(({ team }) => (team ?? []).map(({ volunteer }) => volunteer)));
  return here
    .filter(({ volunteer }) => named.has(volunteer))
    .map((one) => {
      const { _rev, changes: _changes, ...rest } = one;
      return withChange<Volunteer>(undefined, { ...rest, ...author }, author);
    });
}

/** The meetings of a group over a term, planned. */
export function plannedMeetings(group: Group, term: TermCalendar, author: Author): Occurrence[] {
  const { place } = group;
  return plannedOccurrences(group, term).map((planned) =>
    newOccurrence({ ...planned, place }, group.group, author),
  );
}
