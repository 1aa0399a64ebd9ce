/** Who is enrolled where, from when until when, and what each meeting's list will say by the end of the term. */
import type { ExitReason } from '../documents.ts';
import type { OccurrenceId, ParticipantId } from '../ids.ts';
import { addDays } from '../local-time.ts';
import { absence, courseOf, likelihoodOf, presence, type PlannedAnswer } from './course.ts';
import type { Meeting } from './meetings.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { Rosters } from './rosters.ts';
import type { GroupPlan, TermPlan } from './timetable.ts';

/** Someone's part in one group. */
export interface Membership {
  readonly plan: GroupPlan;
  readonly person: Person;
  readonly from: string;
  readonly to: string | undefined;
  readonly exitReason: ExitReason | undefined;
}

/** The last day of those who leave, and why. */
type Exits = Map<Person, { readonly day: string; readonly reason: ExitReason }>;

export interface AttendedLists {
  readonly memberships: readonly Membership[];
  /** By meeting, in the order of the list. */
  readonly answers: ReadonlyMap<OccurrenceId, ReadonlyMap<ParticipantId, PlannedAnswer>>;
}

interface Drawing {
  readonly term: TermPlan;
  readonly rosters: Rosters;
  readonly meetingsOf: ReadonlyMap<GroupPlan, readonly Meeting[]>;
  readonly random: Random;
  readonly memberships: Membership[];
  readonly exits: Exits;
  say(meeting: Meeting, person: Person, said: PlannedAnswer): void;
}

const willBeHeld = ({ meetingsOf }: Drawing, plan: GroupPlan) =>
  (meetingsOf.get(plan) ?? []).filter(({ occurrence }) => occurrence.state !== 'cancelled');

/** One person of the year changes groups after four weeks: an inscription all the same. */
function changeOf({ term, rosters }: Drawing, plan: GroupPlan) {
  if (term.key !== 's1' || plan.kind !== 'socioprofessional' || plan.number !== 4) return undefined;
  const next = term.groups.find(({ kind, number }) => kind === 'socioprofessional' && number === 5);
  const person = rosters.get(plan)?.find(({ course }) => course === 'assidu');
  return next && person && { person, next, turn: addDays(term.calendar.start, 7 * 4) };
}

/** The mandatory workshop: each person's course as it was drawn for them. */
function drawMandatory(drawing: Drawing, plan: GroupPlan): void {
  const { term, rosters, random, memberships, exits } = drawing;
  const change = changeOf(drawing, plan);
  for (const person of rosters.get(plan) ?? []) {
    const changes = change?.person === person ? change : undefined;
    const due = changes
      ? [
          ...willBeHeld(drawing, plan).filter(({ occurrence }) => occurrence.date < changes.turn),
          ...willBeHeld(drawing, changes.next).filter(({ occurrence }) => occurrence.date >= changes.turn),
        ]
      : willBeHeld(drawing, plan);
    const course = courseOf(person.course, due.length, random);
    for (const [place, meeting] of due.entries()) {
      const said = course.answers[place];
      if (said !== undefined) drawing.say(meeting, person, said);
    }
    const exitDay = course.leavesAfter && due[course.leavesAfter.place]?.occurrence.date;
    if (course.leavesAfter && exitDay) exits.set(person, { day: exitDay, reason: course.leavesAfter.reason });
    const entry = course.entersAt > 0 ? due[course.entersAt]?.occurrence.date : undefined;
    const from = entry ?? term.calendar.start;
    const [to, exitReason] = [exitDay, course.leavesAfter?.reason];
    if (changes === undefined) memberships.push({ plan, person, from, to, exitReason });
    else {
      memberships.push({ plan, person, from, to: addDays(changes.turn, -1), exitReason: undefined });
      memberships.push({ plan: changes.next, person, from: changes.turn, to, exitReason });
    }
  }
}

/** A workshop that nobody must follow: who leaves the mandatory one leaves it too. */
function drawOptional(drawing: Drawing, plan: GroupPlan): void {
  const { term, rosters, random, memberships, exits } = drawing;
  for (const person of rosters.get(plan) ?? []) {
    const exit = exits.get(person);
    memberships.push({ plan, person, from: term.calendar.start, to: exit?.day, exitReason: exit?.reason });
    for (const meeting of willBeHeld(drawing, plan)) {
      if (exit !== undefined && meeting.occurrence.date > exit.day) continue;
      const isThere = random.chance(likelihoodOf(person.course));
      drawing.say(meeting, person, isThere ? presence(random) : absence(random));
    }
  }
}

/** Where anyone may come, some of the term do: conversation for those who learn French, outings for everyone. */
function drawGuests(drawing: Drawing, plan: GroupPlan, people: readonly Person[]): void {
  const { rosters, random } = drawing;
  const enrolled = new Set(rosters.get(plan));
  const isOuting = plan.kind === 'cultural';
  const guests = people.filter(
    (person) => person.course === 'assidu' && !enrolled.has(person) && (isOuting || !person.isFrancophone),
  );
  for (const meeting of willBeHeld(drawing, plan)) {
    const count = isOuting ? random.between(9, 16) : random.between(0, 2);
    for (const guest of random.shuffled(guests).slice(0, count))
      drawing.say(meeting, guest, { status: 'present' });
  }
}

/** Draws a whole term, to its end: what has not happened yet is left out by whoever writes the documents. */
export function attendedLists(
  term: TermPlan,
  people: readonly Person[],
  rosters: Rosters,
  meetingsOf: ReadonlyMap<GroupPlan, readonly Meeting[]>,
  random: Random,
): AttendedLists {
  const answers = new Map<OccurrenceId, Map<ParticipantId, PlannedAnswer>>();
  const drawing: Drawing = {
    ...{ term, rosters, meetingsOf, random },
    memberships: [],
    exits: new Map(),
    say: ({ occurrence: { occurrence } }, { participant }, said) => {
      const list = answers.get(occurrence) ?? new Map<ParticipantId, PlannedAnswer>();
      answers.set(occurrence, list.set(participant, said));
    },
  };
  const isMandatory = ({ kind }: GroupPlan) => kind === 'socioprofessional';
  for (const plan of term.groups.filter(isMandatory)) drawMandatory(drawing, plan);
  for (const plan of term.groups.filter((each) => !isMandatory(each))) {
    drawOptional(drawing, plan);
    if (plan.kind === 'conversation' || plan.kind === 'cultural') drawGuests(drawing, plan, people);
  }
  return { memberships: drawing.memberships, answers };
}
