/** What a coordinator has to do on a Monday morning: people to call, lists not taken, meetings that nobody leads. */
import { absencesInARow, absencesToFlag } from './absences.ts';
import type {
  Closing,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  Participant,
  Shift,
  Volunteer,
  WorkshopType,
} from './documents.ts';
import type { GroupId, OccurrenceId, ParticipantId, VolunteerId } from './ids.ts';
import { addDays, mondayOf, todayIn } from './local-time.ts';
import { outlooksToTell, type OutlookToTell } from './outlooks-to-tell.ts';
import { isEnrolledOn } from './roster.ts';
import { byTime, isOver } from './schedule.ts';

interface Reason {
  /** What happened last: its local date, and the instant at which it was noted. */
  readonly last: { readonly date: string; readonly at: string };
}

/** Unexplained absences in a row in one group. */
interface Absences extends Reason {
  readonly kind: 'absences';
  readonly group: Group;
  readonly count: number;
  /** Their local dates, in the order of time. */
  readonly dates: readonly string[];
}

/** Half or less of a workshop was attended, and it can still be saved. */
interface LowRate extends Reason {
  readonly kind: 'rate';
  readonly outlook: OutlookToTell;
}

/** Why somebody is to be called. */
type CallReason = Absences | LowRate;

export interface PersonToCall {
  readonly participant: ParticipantId;
  readonly reasons: readonly CallReason[];
}

/** When somebody was last spoken to: a local date, and the instant at which that was noted, where it is known. */
export interface Contact {
  readonly date: string;
  readonly at: string | undefined;
}

export function contactOf({
  lastContact,
  changes,
}: Pick<Participant, 'lastContact' | 'changes'>): Contact | undefined {
  if (lastContact === undefined) return undefined;
  const noted = changes?.findLast(({ fields }) => fields.some(({ field }) => field === 'lastContact'));
  return { date: lastContact, at: noted?.at };
}

/** Whether somebody was spoken to since something happened. */
function isAnswered(contact: Contact | undefined, last: CallReason['last']): boolean {
  if (!contact || contact.date < last.date) return false;
  return contact.date > last.date || contact.at === undefined || contact.at >= last.at;
}

export interface TermFacts {
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly enrolments: readonly Enrolment[];
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
  readonly workshopTypes: readonly WorkshopType[];
  /** Instant. */
  readonly now: string;
  readonly timeZone: string;
}

/**
 * Who has {@link absencesToFlag} unexplained absences in a row or more in a group they are in today, or a rate under one
 * half that can still be saved, and was not spoken to since. Who was absent most often first.
 * @param contacts by person; who is not there was never spoken to
 */
export function peopleToCall(
  facts: Omit<TermFacts, 'shifts' | 'volunteers'>,
  contacts: ReadonlyMap<ParticipantId, Contact>,
): PersonToCall[] {
  const reasons = new Map<ParticipantId, CallReason[]>();
  for (const [participant, reason] of [...absences(facts), ...lowRates(facts)])
    if (!isAnswered(contacts.get(participant), reason.last))
      reasons.set(participant, [...(reasons.get(participant) ?? []), reason]);
  const most = (person: PersonToCall) =>
    Math.max(...person.reasons.map((reason) => (reason.kind === 'absences' ? reason.count : 0)));
  return [...reasons]
    .map(([participant, all]) => ({ participant, reasons: all }))
    .sort((a, b) => most(b) - most(a) || (a.participant < b.participant ? -1 : 1));
}

/** The instant and the day of what was last noted decide whether a call was made since. */
function lowRates(facts: Omit<TermFacts, 'shifts' | 'volunteers'>): [ParticipantId, LowRate][] {
  const today = todayIn(facts.timeZone, facts.now);
  const dateOf = new Map(facts.occurrences.map(({ occurrence, date }) => [occurrence, date]));
  const marksOf = Map.groupBy(facts.marks, ({ participant }) => participant);
  return outlooksToTell(facts, { today, timeZone: facts.timeZone }).flatMap((outlook) => {
    const missed = (marksOf.get(outlook.participant) ?? [])
      .filter(({ status }) => status === 'absent' || status === 'excused')
      .map(({ occurrence, at }) => ({ date: dateOf.get(occurrence) ?? '', at }))
      .sort((a, b) => (a.date < b.date ? -1 : 1));
    const last = missed.at(-1);
    return last ? [[outlook.participant, { kind: 'rate' as const, outlook, last }]] : [];
  });
}

function absences(facts: Omit<TermFacts, 'shifts' | 'volunteers'>): [ParticipantId, Absences][] {
  const today = todayIn(facts.timeZone, facts.now);
  const occurrencesOf = Map.groupBy(facts.occurrences, ({ group }) => group);
  const marksOf = Map.groupBy(facts.marks, ({ occurrence }) => occurrence);
  const here = Map.groupBy(
    facts.enrolments.filter((one) => isEnrolledOn(one, today)),
    ({ group }) => group,
  );
  const found: [ParticipantId, Absences][] = [];
  for (const group of facts.groups) {
    const occurrences = (occurrencesOf.get(group.group) ?? []).filter(({ state }) => state !== 'cancelled');
    const marks = occurrences.flatMap(({ occurrence }) => marksOf.get(occurrence) ?? []);
    const rows = absencesInARow(occurrences, marks);
    for (const { participant } of here.get(group.group) ?? []) {
      const count = rows.get(participant) ?? 0;
      if (count < absencesToFlag) continue;
      const reason = reasonOf(participant, group, occurrences, marks, count);
      if (reason) found.push([participant, reason]);
    }
  }
  return found;
}

function reasonOf(
  participant: ParticipantId,
  group: Group,
  occurrences: readonly Occurrence[],
  marks: readonly Mark[],
  count: number,
): Absences | undefined {
  const absent = new Map<OccurrenceId, Mark>();
  for (const mark of marks)
    if (mark.participant === participant && mark.status === 'absent' && mark.reason === undefined)
      absent.set(mark.occurrence, mark);
  const missed = occurrences
    .filter(({ occurrence }) => absent.has(occurrence))
    .sort(byTime)
    .slice(-count);
  const latest = missed.at(-1);
  const mark = latest && absent.get(latest.occurrence);
  if (!latest || !mark) return undefined;
  const dates = missed.map(({ date }) => date);
  return { kind: 'absences', group, count, dates, last: { date: latest.date, at: mark.at } };
}

export interface MeetingToMind {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly team: readonly Volunteer[];
}

/** Meetings that are not cancelled, in the order of time, with who leads them. */
export function meetingsWithTeams({
  groups,
  occurrences,
  shifts,
  volunteers,
}: Pick<TermFacts, 'groups' | 'occurrences' | 'shifts' | 'volunteers'>): MeetingToMind[] {
  const groupOf = new Map<GroupId, Group>(groups.map((group) => [group.group, group]));
  const volunteerOf = new Map<VolunteerId, Volunteer>(volunteers.map((one) => [one.volunteer, one]));
  const shiftsOf = Map.groupBy(
    shifts.filter(({ state }) => state !== 'cancelled'),
    ({ occurrence }) => occurrence,
  );
  return occurrences
    .filter(({ state }) => state !== 'cancelled')
    .sort(byTime)
    .flatMap((occurrence) => {
      const group = groupOf.get(occurrence.group);
      const team = (shiftsOf.get(occurrence.occurrence) ?? []).flatMap(
        ({ volunteer }) => volunteerOf.get(volunteer) ?? [],
      );
      return group ? [{ occurrence, group, team }] : [];
    });
}

/** Meetings that are over and whose list was not closed, the oldest first. */
export function listsNotTaken(facts: TermFacts): MeetingToMind[] {
  const closed = new Set(
    facts.closings.filter(({ state }) => state === 'closed').map(({ occurrence }) => occurrence),
  );
  return meetingsWithTeams(facts).filter(
    ({ occurrence }) => !closed.has(occurrence.occurrence) && isOver(occurrence, facts.now, facts.timeZone),
  );
}

/** Meetings from now to the end of next week that nobody leads. */
export function meetingsWithoutTeam(facts: TermFacts): MeetingToMind[] {
  const sunday = addDays(mondayOf(todayIn(facts.timeZone, facts.now)), 13);
  return meetingsWithTeams(facts).filter(
    ({ occurrence, team }) =>
      team.length === 0 && occurrence.date <= sunday && !isOver(occurrence, facts.now, facts.timeZone),
  );
}

export interface Alerts {
  readonly calls: readonly PersonToCall[];
  readonly lists: readonly MeetingToMind[];
  readonly vacant: readonly MeetingToMind[];
}

export const alertsOf = (facts: TermFacts, contacts: ReadonlyMap<ParticipantId, Contact>): Alerts => ({
  calls: peopleToCall(facts, contacts),
  lists: listsNotTaken(facts),
  vacant: meetingsWithoutTeam(facts),
});

/** How many things are to be done: a person counts once, whatever the reasons. */
export const countOf = ({ calls, lists, vacant }: Alerts) => calls.length + lists.length + vacant.length;
