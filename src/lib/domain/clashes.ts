/** Who or what would be in two places at once: a room, somebody of the team, people who are enrolled. */
import type { Enrolment, Occurrence, Shift } from './documents.ts';
import type { GroupId } from './ids.ts';
import { elsewhere } from './meeting-place.ts';
import { isEnrolledOn } from './roster.ts';

/** `one` begins first. */
export interface Clash {
  readonly one: Occurrence;
  readonly other: Occurrence;
  readonly why: 'venue' | 'facilitator' | 'people';
  /** How many facilitators or people would be in two places. */
  readonly count: number;
}

export interface Attendance {
  readonly shifts: readonly Shift[];
  readonly enrolments: readonly Enrolment[];
}

type Timed = Pick<Occurrence, 'date' | 'start' | 'end'>;
const beginning = ({ date, start }: Timed) => `${date}T${start}`;
/** An end before the start is on the next day: until midnight, as far as a day's rooms and people go. */
const ending = ({ date, start, end }: Timed) => `${date}T${end > start ? end : '24:00'}`;

/**
 * Everything that overlaps, in the order of time. A sweep: each meeting is held against those still going on when it
 * begins, so that a term costs about what it has in overlaps. Cancelled ones clash with nothing.
 * @param concerns which meetings are asked about: a pair is told when one of the two is; all, when absent
 */
export function clashesAmong(
  occurrences: readonly Occurrence[],
  { shifts, enrolments }: Attendance,
  concerns: (occurrence: Occurrence) => boolean = () => true,
): Clash[] {
  const teamOf = Map.groupBy(
    shifts.filter(({ state }) => state !== 'cancelled'),
    ({ occurrence }) => occurrence,
  );
  const enrolmentsOf = Map.groupBy(enrolments, ({ group }) => group);
  const shared = sharedPeople(enrolmentsOf);
  const found: Clash[] = [];
  let goingOn: Occurrence[] = [];
  const inOrder = occurrences
    .filter(({ state }) => state !== 'cancelled')
    .map((occurrence) => ({ occurrence, key: `${beginning(occurrence)} ${occurrence.occurrence}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { occurrence: other } of inOrder) {
    goingOn = goingOn.filter((one) => ending(one) > beginning(other));
    for (const one of goingOn) {
      if (!concerns(one) && !concerns(other)) continue;
      if (one.venue === other.venue && one.venue !== elsewhere)
        found.push({ one, other, why: 'venue', count: 1 });
      const team = new Set(teamOf.get(one.occurrence)?.map(({ volunteer }) => volunteer));
      const led = teamOf.get(other.occurrence)?.filter(({ volunteer }) => team.has(volunteer)).length ?? 0;
      if (led > 0) found.push({ one, other, why: 'facilitator', count: led });
      const people = shared(one.group, other.group).filter(
        ([here, there]) => isEnrolledOn(here, one.date) && isEnrolledOn(there, other.date),
      ).length;
      if (people > 0) found.push({ one, other, why: 'people', count: people });
    }
    goingOn.push(other);
  }
  return found;
}

/** Both enrolments of those who are in two groups; found once for each pair of groups. */
function sharedPeople(enrolmentsOf: ReadonlyMap<GroupId, readonly Enrolment[]>) {
  const known = new Map<string, [Enrolment, Enrolment][]>();
  return (one: GroupId, other: GroupId): readonly [Enrolment, Enrolment][] => {
    // Somebody is not in two places by being twice in one group.
    if (one === other) return [];
    const pair = `${one} ${other}`;
    let both = known.get(pair);
    if (!both) {
      const there = new Map(enrolmentsOf.get(other)?.map((each) => [each.participant, each]));
      both = (enrolmentsOf.get(one) ?? []).flatMap((here): [Enrolment, Enrolment][] => {
        const match = there.get(here.participant);
        return match ? [[here, match]] : [];
      });
      known.set(pair, both);
    }
    return both;
  };
}

/** The same clash of the same two groups, week after week. */
export interface ClashSeries {
  readonly why: Clash['why'];
  readonly groups: readonly [GroupId, GroupId];
  /** The most people or facilitators of one meeting. */
  readonly count: number;
  readonly clashes: readonly Clash[];
}

/** Clashes by what they are about, those that come first in time first. */
export function clashSeries(clashes: readonly Clash[]): ClashSeries[] {
  const groupsOf = ({ one, other }: Clash): [GroupId, GroupId] =>
    one.group < other.group ? [one.group, other.group] : [other.group, one.group];
  const series = Map.groupBy(clashes, (clash) => `${clash.why} ${groupsOf(clash).join(' ')}`);
  return [...series.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const count = Math.max(...alike.map((clash) => clash.count));
    return { why: first.why, groups: groupsOf(first), count, clashes: alike };
  });
}
