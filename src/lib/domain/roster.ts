/** Who is on the list of an occurrence, and what the list adds up to. Linear in what it is given: phones are old. */
import type {
  Author,
  Enrolment,
  Group,
  Mark,
  MarkCounts,
  MarkStatus,
  Occurrence,
  RosterCard,
  SignUp,
} from './documents.ts';
import { rosterCardDocId, type OccurrenceId, type ParticipantId } from './ids.ts';
import { sortKeyOf } from './names.ts';
import { answer, isUnmarked } from './roll-call.ts';
import { placesOf } from './sign-up-places.ts';

/** One line of a list. */
export interface RosterEntry {
  readonly participant: ParticipantId;
  /** Absent while the card has not reached this device: the person is on the list all the same. */
  readonly card: RosterCard | undefined;
  /**
   * Why the person is on the list: enrolled in the group on that day; signed up, with a place; a guest of the term (open
   * roster, catch-up elsewhere) who was marked there; or a walk-in that a coordinator has not validated yet.
   */
  readonly because: 'enrolled' | 'signedUp' | 'guest' | 'walkIn';
}

/** Enrolled on `date`: first and last day count. */
export const isEnrolledOn = (
  { from, to, formerPeriods = [] }: Pick<Enrolment, 'from' | 'to' | 'formerPeriods'>,
  date: string,
) =>
  [...formerPeriods, { from, to }].some(
    (period) => period.from <= date && (period.to === undefined || date <= period.to),
  );

const inOrder = (a: RosterEntry, b: RosterEntry) => {
  // Someone whose card has not come yet goes last.
  const [first, second] = [a.card?.sortKey ?? '\uffff', b.card?.sortKey ?? '\uffff'];
  if (first !== second) return first < second ? -1 : 1;
  return a.participant < b.participant ? -1 : a.participant > b.participant ? 1 : 0;
};

/**
 * The list of an occurrence, in the order of the names: who is enrolled in its group on its date, who is signed up for it
 * and has a place, and everyone else who was marked there. An open roster (conversation, cultural) is no longer for that: its regulars are enrolled, and
 * anyone of the term joins by being marked ({@link whoMayJoin}). An answer cleared takes a guest off the list again.
 * @param enrolments may hold other groups'; `marks` may hold other occurrences'
 */
export function rosterOf(list: {
  readonly group: Pick<Group, 'group' | 'capacity'>;
  readonly occurrence: Pick<Occurrence, 'occurrence' | 'date'>;
  readonly enrolments: Iterable<Enrolment>;
  readonly cards: Iterable<RosterCard>;
  readonly marks: Iterable<Mark>;
  /** Of this one occurrence. */
  readonly signUps?: Iterable<SignUp>;
}): RosterEntry[] {
  const cards = new Map<ParticipantId, RosterCard>();
  for (const card of list.cards) cards.set(card.participant, card);
  const entries = new Map<ParticipantId, RosterEntry>();
  for (const enrolment of list.enrolments) {
    if (enrolment.group !== list.group.group || !isEnrolledOn(enrolment, list.occurrence.date)) continue;
    const { participant } = enrolment;
    entries.set(participant, { participant, card: cards.get(participant), because: 'enrolled' });
  }
  for (const { participant } of placesOf(list.signUps ?? [], list.group).placed)
    if (!entries.has(participant))
      entries.set(participant, { participant, card: cards.get(participant), because: 'signedUp' });
  for (const mark of list.marks) {
    if (mark.occurrence !== list.occurrence.occurrence || isUnmarked(mark) || entries.has(mark.participant))
      continue;
    const card = cards.get(mark.participant);
    const because = card?.isProvisional ? 'walkIn' : 'guest';
    entries.set(mark.participant, { participant: mark.participant, card, because });
  }
  return [...entries.values()].sort(inOrder);
}

/**
 * Who of the term could be added to a list, in the order of the names: everyone who is not on it. On an open roster
 * they come as they please; elsewhere it is a catch-up. Nobody is a walk-in who has a card.
 */
export function whoMayJoin(roster: readonly RosterEntry[], cards: Iterable<RosterCard>): RosterCard[] {
  const there = new Set(roster.map((entry) => entry.participant));
  const others = [...cards].filter((card) => !there.has(card.participant));
  return others.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
}

/** Marks by person, of one occurrence. */
export const marksByParticipant = (marks: Iterable<Mark>): Map<ParticipantId, Mark> => {
  const byParticipant = new Map<ParticipantId, Mark>();
  for (const mark of marks) byParticipant.set(mark.participant, mark);
  return byParticipant;
};

/** How many of a list have each answer, and how many none. `marks` are those of this one occurrence. */
export function countMarks(roster: readonly RosterEntry[], marks: Iterable<Mark>): MarkCounts {
  const counts = { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
  const byParticipant = marksByParticipant(marks);
  for (const { participant } of roster) counts[byParticipant.get(participant)?.status ?? 'unmarked'] += 1;
  return counts;
}

/** Who has which answer, of those who have one. `marks` are those of one occurrence. */
export function answersOf(marks: Iterable<Mark>): Record<string, MarkStatus> {
  const answers = [...marks].flatMap(({ participant, status }) =>
    status === null ? [] : [[participant, status] as const],
  );
  return Object.fromEntries(answers);
}

/** Those of a list who have no answer yet, in its order. */
export function unmarked(roster: readonly RosterEntry[], marks: Iterable<Mark>): RosterEntry[] {
  const byParticipant = marksByParticipant(marks);
  return roster.filter(({ participant }) => isUnmarked(byParticipant.get(participant)));
}

/**
 * Someone who came without being enrolled: a provisional card and a mark, and no enrolment: only a coordinator makes
 * an inscrit of a walk-in (programme, counting rules). One of the two names at least is not blank: the form sees to it.
 */
export function walkIn(
  person: {
    /** A fresh opaque key. */
    readonly participant: ParticipantId;
    readonly occurrence: OccurrenceId;
    readonly firstName: string;
    readonly familyName?: string | undefined;
    readonly screenLanguage?: string;
    readonly isFrancophone?: boolean;
    readonly status?: MarkStatus;
  },
  author: Author,
): { card: RosterCard; mark: Mark } {
  const {
    participant,
    occurrence,
    screenLanguage = 'fr',
    isFrancophone = false,
    status = 'present',
  } = person;
  const [givenName, familyName] = [person.firstName.trim(), person.familyName?.trim() ?? ''];
  // Some people have one name, and it may have been typed in either field. No half of a character stays where it is cut.
  const firstName = (givenName || familyName).slice(0, 200).toWellFormed();
  if (firstName === '') throw new Error('a person who is added has a name');
  const mark = answer(undefined, { occurrence, participant, status }, author);
  if (mark === undefined) throw new Error('a first answer always changes a mark');
  const card: RosterCard = {
    _id: rosterCardDocId(participant),
    type: 'rosterCard',
    v: 1,
    at: author.at,
    by: author.by,
    device: author.device,
    participant,
    firstName,
    sortKey: sortKeyOf({ firstName, familyName: givenName && familyName }),
    screenLanguage,
    isFrancophone,
    isProvisional: true,
  };
  if (givenName && familyName) card.familyName = familyName;
  return { card, mark };
}
