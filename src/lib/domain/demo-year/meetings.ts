/** The meetings of a term as documents: groups, occurrences in the state they are in today, and who facilitates. */
import type { Author, Group, Occurrence, Shift, Theme } from '../documents.ts';
import { groupDocId, occurrenceDocId, shiftDocId, type AccountName, type GroupId } from '../ids.ts';
import { weekdayOf } from '../local-time.ts';
import { durationMinutes, hoursOf, plannedOccurrences } from '../schedule.ts';
import { readyMadeThemeId } from '../themes.ts';
import { demoTimeZone, themesOfWeeks, typeOf } from './commons.ts';
import { teamAt, type Facilitator, type facilitatorsOf } from './facilitators.ts';
import type { TermKey } from './published-year.ts';
import type { Random } from './random.ts';
import type { GroupPlan, TermPlan } from './timetable.ts';

/** One meeting, with what its marks are made from. */
export interface Meeting {
  readonly plan: GroupPlan;
  readonly occurrence: Occurrence;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Whose account takes the roll call. */
  readonly takenBy: AccountName;
}

export interface Meetings {
  readonly groups: readonly Group[];
  readonly shifts: readonly Shift[];
  readonly facilitators: readonly Facilitator[];
  readonly meetings: readonly Meeting[];
  readonly meetingsOf: ReadonlyMap<GroupPlan, readonly Meeting[]>;
  readonly groupIdOf: ReadonlyMap<GroupPlan, GroupId>;
}

/** Meetings that did not take place: a room that was closed, a facilitator who was ill. */
const cancelled: Readonly<
  Record<TermKey, readonly (readonly [GroupPlan['kind'], number, number, string])[]>
> = {
  s1: [
    ['socioprofessional', 3, 4, 'La salle était fermée'],
    ['language', 2, 6, 'Personne pour animer'],
  ],
  s2: [
    ['socioprofessional', 5, 7, 'Grève des transports'],
    ['digital', 2, 3, 'La salle était fermée'],
  ],
  s3: [
    ['socioprofessional', 4, 3, 'La salle était fermée'],
    ['language', 3, 5, 'Grève des transports'],
  ],
};

const cancelReasonOf = (key: TermKey, plan: GroupPlan, week: number) =>
  cancelled[key].find((each) => each[0] === plan.kind && each[1] === plan.number && each[2] === week)?.[3];

const groupDocument = (plan: GroupPlan, group: GroupId, author: Author): Group => {
  const [first, ...more] = plan.slots;
  return {
    _id: groupDocId(group),
    type: 'group',
    v: 1,
    ...author,
    group,
    workshopType: typeOf(plan.kind),
    label: plan.label,
    ...(plan.level ? { level: plan.level } : {}),
    language: plan.language,
    venue: plan.venue,
    ...first,
    ...(more.length > 0 ? { moreSlots: more.map((slot) => ({ ...slot })) } : {}),
    ...(plan.size > 0 ? { capacity: plan.size + 2 } : {}),
  };
};

/**
 * @param today the term has run until the day before; undefined: it is over
 * @param themes the library, from which most weeks of the conversation workshop have one
 */
export function meetingsOf(
  term: TermPlan,
  facilitators: ReturnType<typeof facilitatorsOf>,
  themes: readonly Theme[],
  today: string | undefined,
  random: Random,
  author: Author,
): Meetings {
  const groupIdOf = new Map<GroupPlan, GroupId>();
  const byPlan = new Map<GroupPlan, Meeting[]>();
  const shifts: Shift[] = [];
  const seen = new Set<Facilitator>();
  const groups = term.groups.map((plan) => {
    const group = groupDocument(plan, random.key() as GroupId, author);
    groupIdOf.set(plan, group.group);
    const planned = plannedOccurrences(group, term.calendar).filter(
      ({ week }) => plan.weeks?.includes(week) ?? true,
    );
    const meetings = planned.map((each, turn): Meeting => {
      const reason = cancelReasonOf(term.key, plan, each.week);
      const isPast = today === undefined || each.date < today;
      const state = isPast && reason !== undefined ? 'cancelled' : isPast ? 'held' : 'planned';
      const key = plan.kind === 'conversation' ? themesOfWeeks[term.key][each.week - 1] : undefined;
      const theme = key && themes.find((one) => one.theme === readyMadeThemeId(key));
      const occurrence: Occurrence = {
        _id: occurrenceDocId(each.occurrence),
        type: 'occurrence',
        v: 1,
        ...author,
        group: group.group,
        ...each,
        state,
        ...(state === 'cancelled' && reason !== undefined ? { cancelReason: reason } : {}),
        ...(theme ? { theme: theme.theme } : {}),
      };
      const team = teamAt(term.key, plan, weekdayOf(each.date), turn).flatMap(
        (post) => facilitators.get(post) ?? [],
      );
      for (const [rank, facilitator] of team.entries()) {
        seen.add(facilitator);
        shifts.push({
          _id: shiftDocId(each.occurrence, facilitator.volunteer),
          type: 'shift',
          v: 1,
          ...author,
          occurrence: each.occurrence,
          volunteer: facilitator.volunteer,
          ...(facilitator.account === undefined ? {} : { account: facilitator.account }),
          role: rank === 0 ? 'lead' : 'co',
          state,
          ...(state === 'held' ? { minutes: durationMinutes(each, demoTimeZone) } : {}),
        });
      }
      const { startsAt, endsAt } = hoursOf(each, demoTimeZone);
      const takenBy = team.find(({ account }) => account !== undefined)?.account ?? ('elise' as AccountName);
      return { plan, occurrence, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), takenBy };
    });
    byPlan.set(plan, meetings);
    return group;
  });
  return {
    groups,
    shifts,
    facilitators: [...seen],
    meetings: [...byPlan.values()].flat(),
    meetingsOf: byPlan,
    groupIdOf,
  };
}
