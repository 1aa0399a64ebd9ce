/** The meetings of some days with all that a screen says of them: their list, how far its roll call is, who leads. */
import type {
  Closing,
  Enrolment,
  Group,
  Mark,
  MarkCounts,
  Occurrence,
  Term,
  Venue,
  Volunteer,
  WorkshopType,
} from '../domain/documents.ts';
import { closingDocId, termDocId, type GroupId, type TermCode, type VolunteerId } from '../domain/ids.ts';
import { countMarks, rosterOf } from '../domain/roster.ts';
import type { Store } from './store.ts';

/** The stores of a device, as far as meetings need them. */
export interface MeetingStores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

export interface Meeting {
  readonly store: Store;
  readonly term: Term | undefined;
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly workshopType: WorkshopType | undefined;
  readonly venue: Venue | undefined;
  readonly closing: Closing | undefined;
  readonly counts: MarkCounts;
  readonly people: number;
  readonly facilitators: readonly Volunteer[];
}

/** Meetings from one local date to another, both included, in the order of their hours. */
export async function meetingsBetween(
  { commons, terms }: MeetingStores,
  from: string,
  to: string,
): Promise<Meeting[]> {
  const [venues, workshopTypes] = await Promise.all([
    commons.ofType('venue'),
    commons.ofType('workshopType'),
  ]);
  const venueOf = new Map(venues.map((venue) => [venue.venue, venue]));
  const typeOf = new Map(workshopTypes.map((type) => [type.workshopType, type]));
  const found = await Promise.all(terms.map((term) => meetingsOfTerm(term, from, to)));
  return found
    .flat()
    .map((meeting) => ({
      ...meeting,
      venue: venueOf.get(meeting.occurrence.venue),
      workshopType: typeOf.get(meeting.group.workshopType),
    }))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

const orderOf = ({ occurrence, group }: Pick<Meeting, 'occurrence' | 'group'>) =>
  `${occurrence.date} ${occurrence.start} ${group.label}`;

async function meetingsOfTerm(
  { term: code, store }: MeetingStores['terms'][number],
  from: string,
  to: string,
): Promise<Omit<Meeting, 'venue' | 'workshopType'>[]> {
  const occurrences = await store.between('occurrence', 'date', from, to);
  if (occurrences.length === 0) return [];
  const ids = occurrences.map(({ occurrence }) => occurrence);
  const groupIds = [...new Set(occurrences.map(({ group }) => group))];
  const [term, groups, volunteers, enrolments, marks, signUps, shifts, closings] = await Promise.all([
    store.get('term', termDocId(code)),
    store.whereAnyOf('group', 'group', groupIds),
    store.ofType('volunteer'),
    store.whereAnyOf('enrolment', 'group', groupIds),
    store.whereAnyOf('mark', 'occurrence', ids),
    store.whereAnyOf('signUp', 'occurrence', ids),
    store.whereAnyOf('shift', 'occurrence', ids),
    Promise.all(ids.map((id) => store.get('closing', closingDocId(id)))),
  ]);
  const groupOf = new Map(groups.map((group) => [group.group, group]));
  const volunteerOf = new Map<VolunteerId, Volunteer>(volunteers.map((one) => [one.volunteer, one]));
  const enrolmentsOf = Map.groupBy<GroupId, Enrolment>(enrolments, ({ group }) => group);
  const marksOf = Map.groupBy<string, Mark>(marks, ({ occurrence }) => occurrence);
  const shiftsOf = Map.groupBy(shifts, ({ occurrence }) => occurrence);
  return occurrences.flatMap((occurrence, at) => {
    const group = groupOf.get(occurrence.group);
    if (!group) return [];
    const own = marksOf.get(occurrence.occurrence) ?? [];
    // Names are not needed here: the list's length and its answers are.
    const roster = rosterOf({
      group,
      occurrence,
      enrolments: enrolmentsOf.get(group.group) ?? [],
      cards: [],
      marks: own,
      signUps: signUps.filter((one) => one.occurrence === occurrence.occurrence),
    });
    const facilitators = (shiftsOf.get(occurrence.occurrence) ?? [])
      .filter((shift) => shift.state !== 'cancelled')
      .sort((one, other) => (one.role === other.role ? 0 : one.role === 'lead' ? -1 : 1))
      .flatMap((shift) => volunteerOf.get(shift.volunteer) ?? []);
    return {
      store,
      term,
      occurrence,
      group,
      closing: closings[at],
      counts: countMarks(roster, own),
      people: roster.length,
      facilitators,
    };
  });
}
