/** One term of the demo year as documents: people on their lists, and what was answered until today. */
import { closeRollCall } from '../closing.ts';
import type {
  AnyDocument,
  Author,
  Debrief,
  Enrolment,
  Mark,
  RosterCard,
  Term,
  Theme,
  Volunteer,
} from '../documents.ts';
import {
  debriefDocId,
  enrolmentDocId,
  rosterCardDocId,
  termDocId,
  volunteerDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '../ids.ts';
import { addDays } from '../local-time.ts';
import { sortKeyOf } from '../names.ts';
import { answer, setReason } from '../roll-call.ts';
import { countMarks, walkIn } from '../roster.ts';
import {
  absence,
  courseOf,
  likelihoodOf,
  presence,
  type PlannedAnswer,
  type PlannedCourse,
} from './course.ts';
import type { facilitatorsOf } from './facilitators.ts';
import { meetingsOf, type Meeting } from './meetings.ts';
import type { Person } from './people.ts';
import { randomFrom, type Random } from './random.ts';
import { rostersOf } from './rosters.ts';
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
  readonly deviceOf: (account: AccountName) => DeviceId;
}

const minuteMs = 60_000;
const instant = (ms: number) => new Date(ms).toISOString();

/** A mark as it was taken: on time at the start, when they came or when they left; now and then first as absent. */
function markOf(
  meeting: Meeting,
  participant: ParticipantId,
  said: PlannedAnswer,
  place: number,
  setting: TermSetting,
): Mark {
  const { occurrence, startsAt, endsAt, takenBy } = meeting;
  const by = (ms: number): Author => ({ at: instant(ms), by: takenBy, device: setting.deviceOf(takenBy) });
  const where = { occurrence: occurrence.occurrence, participant };
  const tapped = startsAt + 2 * minuteMs + place * 4_000;
  const moment =
    said.status === 'late'
      ? startsAt + (said.minutes ?? 10) * minuteMs + place * 1_000
      : said.status === 'leftEarly'
        ? endsAt - (said.minutes ?? 20) * minuteMs
        : tapped;
  const wasThoughtAbsent = said.status === 'late' && place % 3 === 0 && moment > tapped;
  const first = wasThoughtAbsent ? answer(undefined, { ...where, status: 'absent' }, by(tapped)) : undefined;
  const mark = answer(first, { ...where, status: said.status }, by(moment));
  if (mark === undefined) throw new Error('a first answer always changes a mark');
  return said.reason === undefined ? mark : (setReason(mark, said.reason, by(moment + 9_000)) ?? mark);
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

/** Someone's part in one group: which of its meetings are theirs. */
interface Membership {
  readonly plan: GroupPlan;
  readonly person: Person;
  readonly from: string;
  readonly to: string | undefined;
  readonly exit: NonNullable<PlannedCourse['leavesAfter']> | undefined;
}

/** What each meeting's list says, before it is cut at today. */
type Said = Map<OccurrenceId, Map<ParticipantId, PlannedAnswer>>;

/** The mandatory workshop: each person's term, in one group or, for one person of the year, in two. */
function socioprofessionalTerm(
  setting: TermSetting,
  rosters: ReturnType<typeof rostersOf>,
  meetings: ReadonlyMap<GroupPlan, readonly Meeting[]>,
  said: Said,
  random: Random,
): { memberships: Membership[]; courses: Map<Person, { plan: PlannedCourse; lastDay: string | undefined }> } {
  const { calendar, groups } = setting.plan;
  const memberships: Membership[] = [];
  const courses = new Map<Person, { plan: PlannedCourse; lastDay: string | undefined }>();
  const willBeHeld = (plan: GroupPlan) =>
    (meetings.get(plan) ?? []).filter(({ occurrence }) => occurrence.state !== 'cancelled');
  const mandatory = groups.filter(({ kind }) => kind === 'socioprofessional');
  const [, , , fourth, fifth] = mandatory;
  const changes =
    setting.plan.key === 's1'
      ? rosters.get(fourth as GroupPlan)?.find(({ course }) => course === 'assidu')
      : undefined;
  for (const plan of mandatory)
    for (const person of rosters.get(plan) ?? []) {
      const next = person === changes ? fifth : undefined;
      const turn = addDays(calendar.start, 7 * 4);
      const due = next
        ? [
            ...willBeHeld(plan).filter(({ occurrence }) => occurrence.date < turn),
            ...willBeHeld(next).filter(({ occurrence }) => occurrence.date >= turn),
          ]
        : willBeHeld(plan);
      const course = courseOf(person.course, due.length, random);
      for (const [place, meeting] of due.entries()) {
        const answered = course.answers[place];
        if (answered === undefined) continue;
        const { occurrence } = meeting.occurrence;
        said.set(occurrence, (said.get(occurrence) ?? new Map()).set(person.participant, answered));
      }
      const from =
        course.entersAt > 0 ? (due[course.entersAt]?.occurrence.date ?? calendar.start) : calendar.start;
      const lastDay = course.leavesAfter && due[course.leavesAfter.place]?.occurrence.date;
      courses.set(person, { plan: course, lastDay });
      const exit = course.leavesAfter;
      if (next === undefined) memberships.push({ plan, person, from, to: lastDay, exit });
      else {
        memberships.push({ plan, person, from, to: addDays(turn, -1), exit: undefined });
        memberships.push({ plan: next, person, from: turn, to: lastDay, exit });
      }
    }
  return { memberships, courses };
}

/** Everything of the database of one term. */
export function termDocuments(setting: TermSetting): AnyDocument[] {
  const { seed, plan, people, themes, today, author } = setting;
  const random = randomFrom(seed, plan.key, 'attendance');
  const keys = randomFrom(seed, plan.key, 'keys');
  const rosters = rostersOf(plan, people, randomFrom(seed, plan.key, 'rosters'));
  const held = meetingsOf(plan, setting.facilitators, themes, today, keys, author);
  const isKnown = (date: string | undefined) => date !== undefined && (today === undefined || date < today);

  const said: Said = new Map();
  const { memberships, courses } = socioprofessionalTerm(setting, rosters, held.meetingsOf, said, random);
  for (const [group, roster] of rosters) {
    if (group.kind === 'socioprofessional') continue;
    for (const person of roster) {
      const course = courses.get(person);
      memberships.push({
        ...{ plan: group, person, from: plan.calendar.start, to: course?.lastDay },
        exit: course?.plan.leavesAfter,
      });
      for (const { occurrence } of held.meetingsOf.get(group) ?? []) {
        if (occurrence.state === 'cancelled') continue;
        if (course?.lastDay !== undefined && occurrence.date > course.lastDay) continue;
        const there = random.chance(likelihoodOf(person.course));
        const list = said.get(occurrence.occurrence) ?? new Map<ParticipantId, PlannedAnswer>();
        said.set(
          occurrence.occurrence,
          list.set(person.participant, there ? presence(random) : absence(random)),
        );
      }
    }
  }
  addGuests(setting, rosters, held.meetings, said, courses, random);

  const cards = people.map((person) => rosterCardOf(person, author));
  const enrolments = memberships.map(({ plan: group, person, from, to, exit }): Enrolment => {
    const id = held.groupIdOf.get(group);
    if (id === undefined) throw new Error('a group without an id');
    return {
      _id: enrolmentDocId(id, person.participant),
      type: 'enrolment',
      v: 1,
      ...author,
      group: id,
      participant: person.participant,
      from,
      ...(isKnown(to) && to !== undefined ? { to } : {}),
      ...(isKnown(to) && exit !== undefined ? { exitReason: exit.reason } : {}),
    };
  });

  const unfinished = today === undefined ? undefined : unfinishedOf(plan, held.meetingsOf);
  const rollCalls = held.meetings
    .filter(({ occurrence }) => occurrence.state === 'held')
    .flatMap((meeting) => {
      const list = [...(said.get(meeting.occurrence.occurrence) ?? [])];
      const marks = list.map(([participant, each], place) =>
        markOf(meeting, participant, each, place, setting),
      );
      if (meeting === unfinished) return marks.slice(0, marks.length - 3);
      return [...marks, ...closingOf(meeting, marks, setting), ...debriefOf(meeting, setting, random)];
    });
  const documents: AnyDocument[] = [
    { _id: termDocId(plan.calendar.term), type: 'term', v: 1, ...author, ...plan.calendar } satisfies Term,
    ...held.facilitators.map((facilitator): Volunteer => ({
      _id: volunteerDocId(facilitator.volunteer),
      type: 'volunteer',
      v: 1,
      ...author,
      ...facilitator,
    })),
    ...held.groups,
    ...held.meetings.map((meeting) =>
      // Nobody has said yet that a meeting took place whose roll call is not finished.
      meeting === unfinished ? { ...meeting.occurrence, state: 'planned' as const } : meeting.occurrence,
    ),
    ...held.shifts,
    ...cards,
    ...enrolments,
    ...rollCalls,
    ...newcomer(setting, held.meetings, keys),
  ];
  return documents;
}

/** Where anyone may come, some of the term do: conversation for those who learn French, outings for everyone. */
function addGuests(
  { people }: TermSetting,
  rosters: ReturnType<typeof rostersOf>,
  meetings: readonly Meeting[],
  said: Said,
  courses: ReadonlyMap<Person, { lastDay: string | undefined }>,
  random: Random,
): void {
  for (const { plan, occurrence } of meetings) {
    if (plan.kind !== 'conversation' && plan.kind !== 'cultural') continue;
    const enrolled = new Set(rosters.get(plan));
    const guests = people.filter((person) => {
      const lastDay = courses.get(person)?.lastDay;
      if (person.course !== 'assidu' || enrolled.has(person)) return false;
      if (lastDay !== undefined && lastDay < occurrence.date) return false;
      return plan.kind === 'cultural' || !person.isFrancophone;
    });
    const count = plan.kind === 'cultural' ? random.between(9, 16) : random.between(0, 2);
    const list = said.get(occurrence.occurrence) ?? new Map<ParticipantId, PlannedAnswer>();
    for (const { participant } of random.shuffled(guests).slice(0, count))
      list.set(participant, { status: 'present' });
    said.set(occurrence.occurrence, list);
  }
}

/** The last French class of the demonstration's volunteers before today: three people were left without an answer. */
function unfinishedOf(
  plan: TermPlan,
  meetings: ReadonlyMap<GroupPlan, readonly Meeting[]>,
): Meeting | undefined {
  const group = plan.groups.find(({ kind, number }) => kind === 'language' && number === 2);
  return (group && meetings.get(group))?.findLast(({ occurrence }) => occurrence.state === 'held');
}

function closingOf(meeting: Meeting, marks: readonly Mark[], setting: TermSetting): AnyDocument[] {
  const { occurrence } = meeting.occurrence;
  const list = marks.map(({ participant }) => ({
    participant,
    card: undefined,
    because: 'enrolled' as const,
  }));
  const author = {
    at: instant(meeting.endsAt + 4 * minuteMs),
    by: meeting.takenBy,
    device: setting.deviceOf(meeting.takenBy),
  };
  return [closeRollCall(undefined, { occurrence, counts: countMarks(list, marks) }, author)].filter(
    (closing) => closing !== undefined,
  );
}

const debriefs: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Les jeux de rôle à deux : tout le monde a parlé.',
    'Prévoir plus de temps pour la fin.',
    ['collègue', 'équipe'],
  ],
  [
    'Le plan de métro affiché au mur.',
    'Faire des groupes plus petits.',
    ['correspondance', 'quai', 'sortie'],
  ],
  ['Les photos du marché.', 'Apporter de vrais prix.', ['mûr', 'monnaie']],
  ['Le faux appel au téléphone.', 'Commencer par une phrase modèle.', ['créneau', 'épeler']],
];

/** What the host of a conversation noted: about the workshop, never about anyone. */
function debriefOf(meeting: Meeting, setting: TermSetting, random: Random): Debrief[] {
  if (meeting.plan.kind !== 'conversation') return [];
  const { occurrence, week } = meeting.occurrence;
  const [worked = '', nextTime = '', words = []] = debriefs[week % debriefs.length] ?? [];
  const account = meeting.takenBy;
  return [
    {
      _id: debriefDocId(occurrence, account),
      type: 'debrief',
      v: 1,
      at: instant(meeting.endsAt + 20 * minuteMs),
      by: account,
      device: setting.deviceOf(account),
      occurrence,
      energy: random.between(3, 5),
      worked,
      nextTime,
      words: [...words],
      followUp: '',
    },
  ];
}

/** In the last term someone came to a conversation without being enrolled, and nobody has validated it yet. */
function newcomer(setting: TermSetting, meetings: readonly Meeting[], keys: Random): AnyDocument[] {
  if (setting.plan.key !== 's3') return [];
  const meeting = meetings.findLast(
    ({ plan, occurrence }) =>
      plan.kind === 'conversation' && occurrence.state === 'held' && occurrence.week <= 7,
  );
  if (meeting === undefined) return [];
  const author = {
    at: instant(meeting.startsAt + 11 * minuteMs),
    by: meeting.takenBy,
    device: setting.deviceOf(meeting.takenBy),
  };
  const { card, mark } = walkIn(
    {
      participant: keys.key() as ParticipantId,
      occurrence: meeting.occurrence.occurrence,
      firstName: 'Sami',
      familyName: 'Al-Khatib',
      screenLanguage: 'ar',
    },
    author,
  );
  return [card, mark];
}
