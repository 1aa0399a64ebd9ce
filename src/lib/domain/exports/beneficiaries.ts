/**
 * Those who took part, as funders (ESF+, FAMI) ask for them: who, from which day to which, what they received. What is
 * chosen here, and why: docs/decisions/2026-11-26-beneficiaries.md.
 */
import { hasAttended } from '../attendance.ts';
import type { ExitReason, Participant, WorkshopKind } from '../documents.ts';
import { staysOf } from '../enrolments.ts';
import { exitReasonOf } from '../exits.ts';
import type { ParticipantId } from '../ids.ts';
import { factsOf } from '../indicators/facts.ts';
import type { Scope } from '../indicators/scope.ts';
import { readSite, type SiteDocuments } from '../indicators/site-reading.ts';
import { readTerm, type TermReading } from '../indicators/term-reading.ts';
import { addDays } from '../local-time.ts';
import { documentsIn } from './scoped-documents.ts';

export interface Beneficiary {
  readonly participant: ParticipantId;
  readonly file: Participant | undefined;
  /** Local dates. The first day in any group; none of somebody who came without being enrolled. */
  readonly enrolledOn: string | undefined;
  /** The first meeting attended. */
  readonly enteredOn: string;
  /** The last day of all they followed; none while it goes on. */
  readonly leftOn: string | undefined;
  /** How it ended: with the term, or before. */
  readonly exit: 'ongoing' | 'termEnd' | 'left';
  readonly exitReason: ExitReason | undefined;
  /** The status that the file tells for the day of entry. */
  readonly status: string | undefined;
  /** Whole minutes of being there. */
  readonly minutes: Readonly<Partial<Record<WorkshopKind, number>>>;
}

export interface Beneficiaries {
  /** In the order of their entry. */
  readonly all: readonly Beneficiary[];
  /** Enrolled, and never came. */
  readonly neverCame: number;
  /** Came, and nobody has validated them. */
  readonly provisional: number;
}

interface Followed {
  enrolledOn?: string;
  enteredOn?: string;
  end?: { readonly day: string; readonly exit: 'termEnd' | 'left'; readonly reason?: ExitReason | undefined };
}

const earlier = (one: string | undefined, other: string) => (one === undefined || other < one ? other : one);

/** When they came first in a term, and until when they were in it. */
function follow(reading: TermReading, people: Map<ParticipantId, Followed>): void {
  const { site, term, enrolments, occurrences, marks, groups } = reading;
  const of = (participant: ParticipantId) => {
    const known = people.get(participant) ?? {};
    people.set(participant, known);
    return known;
  };
  const ends = (participant: ParticipantId, end: NonNullable<Followed['end']>) => {
    const person = of(participant);
    // On one day: having left says more than the end of the term.
    if (!person.end || end.day > person.end.day || (end.day === person.end.day && end.exit === 'left'))
      person.end = end;
  };
  for (const enrolment of enrolments) {
    const { group, participant } = enrolment;
    if (!groups.has(group)) continue;
    for (const stay of staysOf(enrolment)) {
      const person = of(participant);
      person.enrolledOn = earlier(person.enrolledOn, stay.from);
      const hasLeft = stay.to !== undefined && stay.to < term.end;
      const reason = hasLeft ? exitReasonOf(enrolment, site.exitOf(group, participant)) : undefined;
      ends(
        participant,
        hasLeft ? { day: stay.to, exit: 'left', reason } : { day: term.end, exit: 'termEnd' },
      );
    }
  }
  const held = new Map(
    occurrences.flatMap((one) => (one.state === 'held' ? [[one.occurrence, one] as const] : [])),
  );
  for (const mark of marks) {
    const meeting = held.get(mark.occurrence);
    if (!meeting || !hasAttended(mark, meeting, site.timeZone)) continue;
    const person = of(mark.participant);
    person.enteredOn = earlier(person.enteredOn, meeting.date);
    // Of an open list: they are there for the term.
    if (person.enrolledOn === undefined) ends(mark.participant, { day: term.end, exit: 'termEnd' });
  }
}

const statusOn = (file: Participant | undefined, day: string) =>
  file?.statusHistory
    .filter(({ from }) => from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)?.status;

/**
 * @param scope none: everything that is held
 * @param today local date: nobody has left before it is over
 */
export function beneficiariesOf(
  documents: SiteDocuments,
  scope: Scope | undefined,
  today: string,
): Beneficiaries {
  const within = documentsIn(documents, scope);
  const site = readSite(within);
  const readings = within.terms.flatMap((term) => readTerm(site, term) ?? []);
  const people = new Map<ParticipantId, Followed>();
  for (const reading of readings) follow(reading, people);
  const { tables } = factsOf([within], { kind: 'terms', terms: readings.map(({ term }) => term.term) });
  const minutes = new Map<string, Partial<Record<WorkshopKind, number>>>();
  for (const row of tables.presences) {
    const own = minutes.get(row.participant) ?? {};
    minutes.set(row.participant, own);
    own[row.kind] = (own[row.kind] ?? 0) + row.minutes;
  }
  const isProvisional = (participant: ParticipantId) => {
    const cards = readings.flatMap(({ cards: of }) => of.get(participant) ?? []);
    return cards.length > 0 && cards.every((card) => card.isProvisional);
  };
  const yesterday = addDays(today, -1);
  const last = scope?.kind === 'period' && scope.to < yesterday ? scope.to : yesterday;
  const all: Beneficiary[] = [];
  let [neverCame, provisional] = [0, 0];
  for (const [participant, { enrolledOn, enteredOn, end }] of people) {
    if (enteredOn === undefined) {
      neverCame += 1;
      continue;
    }
    if (isProvisional(participant)) {
      provisional += 1;
      continue;
    }
    const file = site.files.get(participant);
    const isOver = end !== undefined && end.day <= last;
    all.push({
      ...{ participant, file, enrolledOn, enteredOn },
      leftOn: isOver ? end.day : undefined,
      exit: isOver ? end.exit : 'ongoing',
      exitReason: isOver ? end.reason : undefined,
      status: statusOn(file, enteredOn),
      minutes: minutes.get(participant) ?? {},
    });
  }
  const orderOf = (one: Beneficiary) => `${one.enteredOn} ${one.participant}`;
  return { all: all.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)), neverCame, provisional };
}
