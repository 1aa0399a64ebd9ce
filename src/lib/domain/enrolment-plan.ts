/** What putting people into a group would mean, told before it is done. It warns, and forbids nothing. */
import type { Enrolment, Group, Occurrence, Waiting, WorkshopKind, WorkshopType } from './documents.ts';
import { holdsPlaceFrom, staysOf, type HeldPlace } from './enrolments.ts';
import type { GroupId, ParticipantId, WorkshopTypeCode } from './ids.ts';
import { overlap } from './schedule.ts';
import { placesOf, type Places } from './places.ts';
import { isEnrolledOn } from './roster.ts';
import { byTime } from './schedule.ts';

/** What is known of a term, for planning. */
export interface EnrolmentFacts {
  readonly workshopTypes: readonly WorkshopType[];
  readonly groups: readonly Group[];
  readonly enrolments: readonly Enrolment[];
  readonly waiting: readonly Waiting[];
  readonly occurrences: readonly Occurrence[];
  /** Who followed the socioprofessional workshops in an earlier term. */
  readonly followedBefore: ReadonlySet<ParticipantId>;
}

export type Concern =
  /** In another group of the same workshop: most likely a change of group. */
  | { readonly kind: 'sameWorkshop'; readonly group: Group }
  /** Expected in two places at once, on so many days; the first one is told. */
  | { readonly kind: 'clash'; readonly group: Group; readonly days: number; readonly first: string }
  /** French alone is for those who followed the socioprofessional workshops (rule of 2023). */
  | { readonly kind: 'frenchAlone' };

interface PlannedEntry {
  readonly participant: ParticipantId;
  /** In this group already, on that day or later: there is nothing to do. */
  readonly isEnrolled: boolean;
  readonly concerns: readonly Concern[];
}

export interface EnrolmentPlan {
  readonly entries: readonly PlannedEntry[];
  readonly places: Places;
  /** How many of them find no free place. */
  readonly beyond: number;
}

/** Workshops of which a person follows one group: the others are visited as people please. */
const followedInOneGroup: ReadonlySet<WorkshopKind> = new Set(['socioprofessional', 'language', 'digital']);

const kindsOf = ({ groups, workshopTypes }: Pick<EnrolmentFacts, 'groups' | 'workshopTypes'>) => {
  const kinds = new Map<WorkshopTypeCode, WorkshopKind>(
    workshopTypes.map(({ workshopType, kind }) => [workshopType, kind]),
  );
  return new Map<GroupId, WorkshopKind | undefined>(
    groups.map(({ group, workshopType }) => [group, kinds.get(workshopType)]),
  );
};

/** Everyone who was ever enrolled (and not cancelled) in a workshop of this kind. */
export function followersOf(
  kind: WorkshopKind,
  term: Pick<EnrolmentFacts, 'groups' | 'workshopTypes'> & { readonly enrolments: readonly HeldPlace[] },
): Set<ParticipantId> {
  const kinds = kindsOf(term);
  return new Set(
    term.enrolments
      .filter((enrolment) => kinds.get(enrolment.group) === kind && staysOf(enrolment).length > 0)
      .map(({ participant }) => participant),
  );
}

/**
 * @param facts.enrolments those of the term; also such as are only planned yet
 * @param from the day of entry, a local date
 */
export function planEnrolment(
  facts: Omit<EnrolmentFacts, 'enrolments'> & { readonly enrolments: readonly HeldPlace[] },
  {
    group,
    people,
    from,
  }: { readonly group: Group; readonly people: readonly ParticipantId[]; readonly from: string },
): EnrolmentPlan {
  const kinds = kindsOf(facts);
  const kind = kinds.get(group.group);
  const places = placesOf(group, facts.enrolments, facts.waiting, from);
  const socioprofessional = kind === 'language' ? followersOf('socioprofessional', facts) : new Set();
  const groupOf = new Map(facts.groups.map((one) => [one.group, one]));
  const asked = new Set(people);
  const current = Map.groupBy(
    facts.enrolments.filter((one) => asked.has(one.participant) && holdsPlaceFrom(one, from)),
    ({ participant }) => participant,
  );

  const entries = people.map((participant): PlannedEntry => {
    const theirs = current.get(participant) ?? [];
    if (theirs.some((one) => one.group === group.group))
      return { participant, isEnrolled: true, concerns: [] };
    const concerns: Concern[] = [];
    for (const enrolment of theirs) {
      const other = groupOf.get(enrolment.group);
      if (!other) continue;
      if (other.workshopType === group.workshopType && kind && followedInOneGroup.has(kind)) {
        concerns.push({ kind: 'sameWorkshop', group: other });
        continue;
      }
      const days = clashDays(group, enrolment, facts.occurrences, from);
      if (days[0]) concerns.push({ kind: 'clash', group: other, days: days.length, first: days[0] });
    }
    if (kind === 'language' && !socioprofessional.has(participant) && !facts.followedBefore.has(participant))
      concerns.push({ kind: 'frenchAlone' });
    return { participant, isEnrolled: false, concerns };
  });
  const entering = entries.filter(({ isEnrolled }) => !isEnrolled).length;
  return {
    entries,
    places,
    beyond: places.free === undefined ? 0 : Math.max(0, entering - places.free),
  };
}

/** The days from the entry on when a meeting of the group and one of another that they follow take place together. */
function clashDays(
  group: Group,
  enrolment: HeldPlace,
  occurrences: readonly Occurrence[],
  from: string,
): string[] {
  const to = occurrences.filter(({ state, date }) => state !== 'cancelled' && date >= from).sort(byTime);
  const others = to.filter((one) => one.group === enrolment.group && isEnrolledOn(enrolment, one.date));
  const days = to
    .filter((one) => one.group === group.group && others.some((other) => overlap(one, other)))
    .map(({ date }) => date);
  return [...new Set(days)];
}
