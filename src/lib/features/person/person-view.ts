/** A person's weeks as the page shows them: pure. */
import {
  absencesInARow,
  absencesToFlag,
  attendanceStrip,
  type AttendanceStrip,
} from '$lib/domain/absences.ts';
import { type Enrolment, type Group, type Occurrence, type Venue } from '$lib/domain/documents.ts';
import { workshopKinds } from '$lib/domain/documents/commons.ts';
import type { OccurrenceId, ParticipantId } from '$lib/domain/ids.ts';
import { weekdayOf } from '$lib/domain/local-time.ts';
import { isEnrolledOn } from '$lib/domain/roster.ts';
import { weekOf } from '$lib/domain/schedule.ts';
import type { PersonInTerm } from './queries.ts';

/** One workshop over the term. */
export interface GroupWeeks {
  readonly group: Group;
  /** Absent where the name of the place would tell of care to those who are not of its team. */
  readonly venue: Venue | undefined;
  readonly strip: AttendanceStrip;
  /** The days it meets on, ISO: 1 is Monday. */
  readonly weekdays: readonly number[];
  /** The week of the term that today is in. */
  readonly currentWeek: number | undefined;
  /** The last one, when it ended before the end of the term. */
  readonly leftOn: string | undefined;
}

/** Unexplained absences in a row, enough to be worth a word. */
export interface AbsencesToTell {
  readonly group: Group;
  readonly count: number;
  /** Their dates, in the order of time. */
  readonly dates: readonly string[];
}

interface Facts {
  /** Local date of the site. */
  readonly today: string;
  /** May the reader know every place of the site (coordination)? */
  readonly seesSensitivePlaces: boolean;
}

/** The groups that a person follows or visited in a term, mandatory workshops first. */
export function weeksOfPerson(person: PersonInTerm, { today, seesSensitivePlaces }: Facts): GroupWeeks[] {
  const types = new Map(person.workshopTypes.map((type) => [type.workshopType, type]));
  const venues = new Map(person.venues.map((venue) => [venue.venue, venue]));
  const rank = ({ workshopType }: Group) => {
    const kind = types.get(workshopType)?.kind;
    return kind ? workshopKinds.indexOf(kind) : workshopKinds.length;
  };
  return [...person.groups]
    .sort((a, b) => rank(a) - rank(b) || (a.label < b.label ? -1 : 1))
    .map((group) => {
      const enrolments = person.enrolments.filter((enrolment) => enrolment.group === group.group);
      const occurrences = person.occurrences.filter((occurrence) => occurrence.group === group.group);
      const venue = venues.get(group.venue);
      return {
        group,
        venue: venue?.isSensitive && !seesSensitivePlaces ? undefined : venue,
        strip: attendanceStrip({
          weeks: person.term?.weeks ?? Math.max(0, ...occurrences.map(({ week }) => week)),
          today,
          occurrences,
          marks: person.marks,
          enrolments,
        }),
        weekdays: weekdaysOf(group, occurrences),
        currentWeek: person.term && weekOf(person.term, today),
        leftOn: exitOf(enrolments),
      };
    });
}

/** The days that come back: a meeting moved once to another day is not one of them. */
function weekdaysOf(group: Group, occurrences: readonly Occurrence[]): number[] {
  const times = new Map<number, number>();
  for (const { date } of occurrences) times.set(weekdayOf(date), (times.get(weekdayOf(date)) ?? 0) + 1);
  const regular = [...times].filter(([, count]) => count > 1).map(([weekday]) => weekday);
  return regular.length ? regular.sort() : [group.weekday];
}

/** When the last enrolment of a group ended; `undefined` while one goes on. */
function exitOf(enrolments: readonly Enrolment[]): string | undefined {
  const ends = enrolments.map(({ to }) => to);
  return ends.includes(undefined) ? undefined : ends.sort().at(-1);
}

/**
 * Where a person is absent again and again without a known reason, up to now, in the groups they follow.
 * @param today local date: of a group that somebody left, nobody calls them any more
 */
export function absencesToTell(
  person: PersonInTerm,
  participant: ParticipantId,
  today: string,
): AbsencesToTell[] {
  return person.groups.flatMap((group) => {
    if (!person.enrolments.some((one) => one.group === group.group && isEnrolledOn(one, today))) return [];
    const occurrences = person.occurrences.filter((occurrence) => occurrence.group === group.group);
    const count = absencesInARow(occurrences, person.marks).get(participant) ?? 0;
    return count < absencesToFlag ? [] : [{ group, count, dates: absentOn(person, occurrences, count) }];
  });
}

function absentOn(person: PersonInTerm, occurrences: readonly Occurrence[], count: number): string[] {
  const dateOf = new Map<OccurrenceId, string>(
    occurrences
      .filter(({ state }) => state !== 'cancelled')
      .map(({ occurrence, date }) => [occurrence, date]),
  );
  return person.marks
    .filter(({ status }) => status === 'absent')
    .flatMap(({ occurrence }) => dateOf.get(occurrence) ?? [])
    .sort()
    .slice(-count);
}
