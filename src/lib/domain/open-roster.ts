/** Lists that whoever likes may join: nobody is expected there, and nobody is missing. */
import { wasThere } from './attendance.ts';
import type { Mark } from './documents.ts';
import type { ParticipantId } from './ids.ts';
import { isUnmarked } from './roll-call.ts';
import { marksByParticipant, type RosterEntry } from './roster.ts';

/**
 * Those who came to some earlier meetings, whoever came most often first. On an open roster they are looked for first;
 * nobody expects them: without a mark they are neither absent nor unmarked.
 * @param marks of those meetings
 */
export function cameBefore(marks: Iterable<Mark>): ParticipantId[] {
  const times = new Map<ParticipantId, number>();
  for (const mark of marks)
    if (wasThere(mark)) times.set(mark.participant, (times.get(mark.participant) ?? 0) + 1);
  return [...times]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([participant]) => participant);
}

/** Those of a list who have an answer: what the closing of an open roster counts. Nobody else was expected. */
export function answeredOf(roster: readonly RosterEntry[], marks: Iterable<Mark>): RosterEntry[] {
  const byParticipant = marksByParticipant(marks);
  return roster.filter(({ participant }) => !isUnmarked(byParticipant.get(participant)));
}
