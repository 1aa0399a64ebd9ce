/** Answers that came or changed after their list was closed. */
import { knownAnswers } from './closing.ts';
import type {
  Closing,
  Enrolment,
  Group,
  Mark,
  MarkCounts,
  MarkEntry,
  MarkStatus,
  Occurrence,
  SignUp,
} from './documents.ts';
import type { GroupId, OccurrenceId, ParticipantId } from './ids.ts';
import { countMarks, rosterOf, type RosterEntry } from './roster.ts';
import { byTime } from './schedule.ts';

export interface LateAnswer {
  readonly participant: ParticipantId;
  /** What the closing knew; `null`: no answer. */
  readonly before: MarkStatus | null;
  readonly now: MarkStatus | null;
  /** The answer that stands now; none of a mark that is gone. */
  readonly said: MarkEntry | undefined;
}

export interface LateList {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly closing: Closing;
  /** As the list adds up now. */
  readonly counts: MarkCounts;
  readonly roster: readonly RosterEntry[];
  readonly answers: readonly LateAnswer[];
  /** False of a closing that did not note its answers: who is named by the hours of phones, and somebody may lack. */
  readonly isExact: boolean;
}

interface Facts {
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly enrolments: readonly Enrolment[];
  readonly signUps: readonly SignUp[];
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
  /** The file that a person's own one became part of, or the person. */
  readonly sameAs?: (participant: string) => string;
}

const given = ['present', 'late', 'leftEarly', 'excused', 'absent'] as const;

/**
 * Closed lists of which an answer is another one than the closing knew, the oldest meeting first. A closing that noted
 * its answers is compared with them, whatever the clocks; an older one by its counts.
 */
export function lateLists(facts: Facts): LateList[] {
  const closingOf = new Map<OccurrenceId, Closing>(facts.closings.map((one) => [one.occurrence, one]));
  const groupOf = new Map<GroupId, Group>(facts.groups.map((group) => [group.group, group]));
  const marksOf = Map.groupBy(facts.marks, ({ occurrence }) => occurrence);
  const signUpsOf = Map.groupBy(facts.signUps, ({ occurrence }) => occurrence);
  const enrolmentsOf = Map.groupBy(facts.enrolments, ({ group }) => group);
  const sameAs = facts.sameAs ?? ((participant) => participant);
  return [...facts.occurrences].sort(byTime).flatMap((occurrence): LateList[] => {
    const closing = closingOf.get(occurrence.occurrence);
    const group = groupOf.get(occurrence.group);
    if (closing?.state !== 'closed' || !group || closing.headcount !== undefined) return [];
    const marks = marksOf.get(occurrence.occurrence) ?? [];
    const known = knownAnswers(closing);
    const answers = known && changedSince(known, marks, sameAs);
    if (answers?.length === 0) return [];
    const enrolments = enrolmentsOf.get(group.group) ?? [];
    const signUps = signUpsOf.get(occurrence.occurrence) ?? [];
    const roster = rosterOf({ group, occurrence, enrolments, cards: [], marks, signUps });
    const counts = countMarks(roster, marks);
    if (!answers && given.every((name) => counts[name] === closing.counts[name])) return [];
    return [
      {
        ...{ occurrence, group, closing, counts, roster },
        answers: answers ?? saidAfter(closing, marks),
        isExact: answers !== undefined,
      },
    ];
  });
}

function changedSince(
  known: ReadonlyMap<string, MarkStatus | null>,
  marks: readonly Mark[],
  sameAs: (participant: string) => string,
): LateAnswer[] {
  const before = new Map([...known].map(([participant, status]) => [sameAs(participant), status]));
  const now = new Map(marks.map((mark) => [sameAs(mark.participant), mark]));
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((participant): LateAnswer[] => {
    const mark = now.get(participant);
    const [was, is] = [before.get(participant) ?? null, mark?.status ?? null];
    if (was === is) return [];
    return [{ participant: participant as ParticipantId, before: was, now: is, said: mark?.history.at(-1) }];
  });
}

/** By the phones' own hours, for want of better. */
const saidAfter = (closing: Closing, marks: readonly Mark[]): LateAnswer[] =>
  marks.flatMap(({ participant, status, history }): LateAnswer[] => {
    const before = history.findLast(({ at }) => at <= closing.closedAt)?.status ?? null;
    const said = history.at(-1);
    if (!said || said.at <= closing.closedAt || before === status) return [];
    return [{ participant, before, now: status, said }];
  });
