/** One term of the demo year as documents: what a phone that serves it holds. */
import type { AnyDocument, Author, Enrolment, RosterCard, Term, Theme, Volunteer } from '../documents.ts';
import { enrolmentDocId, rosterCardDocId, termDocId, volunteerDocId, type GroupId } from '../ids.ts';
import { sortKeyOf } from '../names.ts';
import { attendedLists, type Membership } from './attended-lists.ts';
import type { Facilitator, facilitatorsOf } from './facilitators.ts';
import { meetingsOf, type Meeting } from './meetings.ts';
import type { Person } from './people.ts';
import { randomFrom } from './random.ts';
import { rostersOf } from './rosters.ts';
import { newcomer, rollCallOf, type DeviceOf } from './taken-roll-calls.ts';
import type { GroupPlan, TermPlan } from './timetable.ts';

export interface TermSetting {
  readonly seed: string;
  readonly plan: TermPlan;
  readonly people: readonly Person[];
  readonly facilitators: ReturnType<typeof facilitatorsOf>;
  readonly themes: readonly Theme[];
  /** The term has run until the day before; `undefined`: it is over. */
  readonly today: string | undefined;
  readonly author: Author;
  readonly deviceOf: DeviceOf;
}

const rosterCardOf = (person: Person, author: Author): RosterCard => ({
  _id: rosterCardDocId(person.participant),
  type: 'rosterCard',
  v: 1,
  ...author,
  participant: person.participant,
  firstName: person.firstName,
  familyName: person.familyName,
  sortKey: sortKeyOf(person),
  screenLanguage: person.languages[0] ?? 'fr',
  isFrancophone: person.isFrancophone,
  isProvisional: false,
});

const volunteerOf = (facilitator: Facilitator, author: Author): Volunteer => ({
  _id: volunteerDocId(facilitator.volunteer),
  type: 'volunteer',
  v: 1,
  ...author,
  ...facilitator,
});

/** @param isKnown whether the exit has happened yet */
function enrolmentOf(
  { person, from, to, exitReason }: Membership,
  group: GroupId,
  isKnown: boolean,
  author: Author,
): Enrolment {
  const { participant } = person;
  const enrolment: Enrolment = {
    _id: enrolmentDocId(group, participant),
    type: 'enrolment',
    v: 1,
    ...author,
    group,
    participant,
    from,
  };
  if (isKnown && to !== undefined) enrolment.to = to;
  if (isKnown && exitReason !== undefined) enrolment.exitReason = exitReason;
  return enrolment;
}

/** The last French class of the demonstration's volunteers before today: three people were left without an answer. */
function leftUnfinished(
  plan: TermPlan,
  meetings: ReadonlyMap<GroupPlan, readonly Meeting[]>,
): Meeting | undefined {
  const group = plan.groups.find(({ kind, number }) => kind === 'language' && number === 2);
  return (group && meetings.get(group))?.findLast(({ occurrence }) => occurrence.state === 'held');
}

/** Everything of the database of one term. */
export function termDocuments(setting: TermSetting): AnyDocument[] {
  const { seed, plan, people, themes, today, author, deviceOf } = setting;
  const random = randomFrom(seed, plan.key, 'attendance');
  const keys = randomFrom(seed, plan.key, 'keys');
  const rosters = rostersOf(plan, people, randomFrom(seed, plan.key, 'rosters'));
  const {
    groups,
    shifts,
    facilitators,
    meetings,
    meetingsOf: byGroup,
    groupIdOf,
  } = meetingsOf(plan, setting.facilitators, themes, today, keys, author);
  const { memberships, answers } = attendedLists(plan, people, rosters, byGroup, random);
  const unfinished = today === undefined ? undefined : leftUnfinished(plan, byGroup);
  const held = meetings.filter(({ occurrence }) => occurrence.state === 'held');

  return [
    { _id: termDocId(plan.calendar.term), type: 'term', v: 1, ...author, ...plan.calendar } satisfies Term,
    ...facilitators.map((facilitator) => volunteerOf(facilitator, author)),
    ...groups,
    // Nobody has said yet that a meeting took place whose roll call is not finished.
    ...meetings.map((meeting) =>
      meeting === unfinished ? { ...meeting.occurrence, state: 'planned' as const } : meeting.occurrence,
    ),
    ...shifts,
    ...people.map((person) => rosterCardOf(person, author)),
    ...memberships.flatMap((membership) => {
      const group = groupIdOf.get(membership.plan);
      const { to } = membership;
      const isKnown = to !== undefined && (today === undefined || to < today);
      return group === undefined ? [] : [enrolmentOf(membership, group, isKnown, author)];
    }),
    ...held.flatMap((meeting) => {
      const list = answers.get(meeting.occurrence.occurrence) ?? new Map();
      return rollCallOf(meeting, list, meeting !== unfinished, deviceOf, random);
    }),
    ...(plan.key === 's3' ? newcomer(meetings, deviceOf, keys) : []),
  ];
}
