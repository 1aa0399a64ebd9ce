/** One row a meeting, and what its list says of who was there: one pass over all answers of a term. */
import { attendedMinutes, hasAttended, wasThere } from '../attendance.ts';
import type {
  Debrief,
  Enrolment,
  Mark,
  Occurrence,
  Shift,
  SignUp,
  Volunteer,
  WorkshopKind,
} from '../documents.ts';
import type { GroupId, OccurrenceId, ParticipantId, VolunteerId } from '../ids.ts';
import { placeWordsOf } from '../meeting-place.ts';
import { isEnrolledOn } from '../roster.ts';
import { durationMinutes } from '../schedule.ts';
import { placesOf } from '../sign-up-places.ts';
import { themeOfMeeting } from '../theme-suggestions.ts';
import { aboutPerson } from './about-people.ts';
import type { MeetingRow, PresenceRow } from './rows.ts';
import type { TermReading } from './term-reading.ts';

interface Presence {
  presences: number;
  minutes: number;
}

/** What the meetings of a term share. */
interface Arranged {
  readonly reading: TermReading;
  readonly marksOf: ReadonlyMap<OccurrenceId, readonly Mark[]>;
  readonly enrolmentsOf: ReadonlyMap<GroupId, readonly Enrolment[]>;
  readonly signUpsOf: ReadonlyMap<OccurrenceId, readonly SignUp[]>;
  readonly shiftsOf: ReadonlyMap<OccurrenceId, readonly Shift[]>;
  readonly debriefsOf: ReadonlyMap<OccurrenceId, readonly Debrief[]>;
  readonly kindOf: ReadonlyMap<VolunteerId, Volunteer['kind']>;
  readonly presences: Map<WorkshopKind, Map<ParticipantId, Presence>>;
}

/** @param isIncluded whether a meeting is among those counted */
export function meetingRows(
  reading: TermReading,
  isIncluded: (occurrence: Occurrence) => boolean,
): { readonly meetings: MeetingRow[]; readonly presences: PresenceRow[] } {
  const { groups, site, term } = reading;
  const of = <Item extends { readonly occurrence: OccurrenceId }>(items: readonly Item[]) =>
    Map.groupBy<OccurrenceId, Item>(items, ({ occurrence }) => occurrence);
  const arranged: Arranged = {
    reading,
    marksOf: of(reading.marks),
    signUpsOf: of(reading.signUps),
    shiftsOf: of(reading.shifts),
    debriefsOf: of(reading.debriefs),
    enrolmentsOf: Map.groupBy<GroupId, Enrolment>(reading.enrolments, ({ group }) => group),
    kindOf: new Map(reading.volunteers.map(({ volunteer, kind }) => [volunteer, kind])),
    presences: new Map(),
  };
  const meetings = reading.occurrences.flatMap((occurrence) => {
    const type = groups.get(occurrence.group)?.workshopType;
    const kind = type === undefined ? undefined : site.kindOf(type);
    // What a series no longer has was never to take place.
    if (kind === undefined || occurrence.state === 'planned' || occurrence.isDropped) return [];
    return isIncluded(occurrence) ? [rowOf(occurrence, kind, arranged)] : [];
  });
  const presences = [...arranged.presences].flatMap(([kind, people]) =>
    [...people].map(([participant, presence]): PresenceRow => ({
      ...{ site: site.site, term: term.term, kind },
      ...aboutPerson(participant, reading),
      ...presence,
      isProvisional: reading.cards.get(participant)?.isProvisional === true,
    })),
  );
  return { meetings, presences };
}

function rowOf(occurrence: Occurrence, kind: WorkshopKind, arranged: Arranged): MeetingRow {
  const { reading, debriefsOf } = arranged;
  const { site, term, groups, closings } = reading;
  const isHeld = occurrence.state === 'held';
  const closing = closings.get(occurrence.occurrence);
  const debriefs = debriefsOf.get(occurrence.occurrence) ?? [];
  const energies = debriefs.flatMap(({ energy }) => energy ?? []);
  // Once a meeting: clocks are slow.
  const minutes = isHeld ? durationMinutes(occurrence, site.timeZone) : 0;
  const list = isHeld ? listOf({ occurrence, kind, minutes }, arranged) : emptyList;
  const headcount = isHeld ? closing?.headcount : undefined;
  return {
    ...{ site: site.site, term: term.term, kind, group: occurrence.group },
    ...{ occurrence: occurrence.occurrence, date: occurrence.date },
    week: String(occurrence.week).padStart(2, '0'),
    state: isHeld ? 'held' : 'cancelled',
    venue: placeWordsOf(occurrence, groups.get(occurrence.group)) ?? occurrence.venue,
    ...(isHeld ? hoursOf(occurrence, minutes, arranged) : noHours),
    ...list,
    marks: arranged.marksOf.get(occurrence.occurrence)?.filter(({ status }) => status !== null).length ?? 0,
    headcount,
    attendance: Math.max(headcount ?? 0, list.came + list.guests),
    isClosed: closing?.state === 'closed',
    theme: isHeld ? themeOfMeeting(occurrence, debriefs) : undefined,
    energy: isHeld ? energies.reduce((sum, energy) => sum + energy, 0) : 0,
    energies: isHeld ? energies.length : 0,
  };
}

interface HeldMeeting {
  readonly occurrence: Occurrence;
  readonly kind: WorkshopKind;
  readonly minutes: number;
}

type List = Pick<MeetingRow, 'expected' | 'came' | 'excused' | 'unmarked' | 'unmarkedSignUps' | 'guests'>;
const emptyList: List = {
  ...{ expected: 0, came: 0, excused: 0, unmarked: 0, guests: 0 },
  unmarkedSignUps: [],
};

/** The list of a meeting that was held: those enrolled on its day, who signed up, and whoever else was there. */
function listOf(held: HeldMeeting, arranged: Arranged): List {
  const { reading, marksOf, enrolmentsOf } = arranged;
  const { occurrence } = held;
  const { timeZone } = reading.site;
  const marks = marksOf.get(occurrence.occurrence) ?? [];
  const enrolled = new Set<ParticipantId>();
  for (const enrolment of enrolmentsOf.get(occurrence.group) ?? [])
    if (isEnrolledOn(enrolment, occurrence.date)) enrolled.add(enrolment.participant);
  const expected = new Set([...enrolled].filter((one) => !reading.cards.get(one)?.isProvisional));
  const unmarkedSignUps = signedUpFor(occurrence, arranged).filter(
    (one) => !enrolled.has(one) && !marks.some(({ participant, status }) => participant === one && status),
  );
  let [came, excused, guests, answered] = [0, 0, 0, 0];
  for (const mark of marks) {
    const isExpected = expected.has(mark.participant);
    const attended = hasAttended(mark, occurrence, timeZone);
    if (isExpected && mark.status !== null) answered += 1;
    if (isExpected && attended) came += 1;
    if (isExpected && mark.status === 'excused') excused += 1;
    if (!isExpected && attended) guests += 1;
    if (wasThere(mark)) notePresence(mark, held, attended, arranged);
  }
  const unmarked = expected.size - answered + unmarkedSignUps.length;
  return { expected: expected.size, came, excused, unmarked, unmarkedSignUps, guests };
}

/** Who has a place, each once: two files may have become one person's since. */
function signedUpFor(
  { occurrence, group }: Occurrence,
  { reading, signUpsOf }: Arranged,
): readonly ParticipantId[] {
  const signUps = signUpsOf.get(occurrence);
  if (!signUps) return [];
  const { placed } = placesOf(signUps, reading.groups.get(group) ?? {});
  return [...new Set(placed.map(({ participant }) => participant))];
}

/** Minutes are what was really received: somebody who left before the half has them all the same. */
function notePresence(
  mark: Mark,
  { occurrence, kind, minutes }: HeldMeeting,
  attended: boolean,
  { reading, presences }: Arranged,
): void {
  const { timeZone } = reading.site;
  const known = mark.status === 'present' ? undefined : attendedMinutes(mark, occurrence, timeZone);
  const people = presences.get(kind) ?? new Map<ParticipantId, Presence>();
  presences.set(kind, people);
  const presence = people.get(mark.participant) ?? { presences: 0, minutes: 0 };
  people.set(mark.participant, presence);
  if (attended) presence.presences += 1;
  // Whole minutes: a sum of them is the same in any order.
  presence.minutes += Math.round(known ?? minutes);
}

const noHours = { minutes: 0, ledMinutes: 0, volunteerMinutes: 0, facilitators: 0 };

/** Held with at least one volunteer: once, however many there were. Civic service and staff are no volunteers. */
function hoursOf(
  { occurrence }: Occurrence,
  minutes: number,
  { shiftsOf, kindOf }: Arranged,
): typeof noHours {
  const shifts = shiftsOf.get(occurrence) ?? [];
  const byVolunteers = shifts.filter(({ volunteer }) => kindOf.get(volunteer) === 'volunteer');
  return {
    minutes,
    ledMinutes: byVolunteers.length > 0 ? minutes : 0,
    volunteerMinutes: byVolunteers.reduce((sum, shift) => sum + Math.round(shift.minutes ?? minutes), 0),
    facilitators: shifts.length,
  };
}
