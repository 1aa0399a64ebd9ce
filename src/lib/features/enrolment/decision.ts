/** What was decided on entries that were planned. */
import type { Group } from '$lib/domain/documents.ts';
import type { EnrolmentPlan } from '$lib/domain/enrolment-plan.ts';
import type { GroupId, ParticipantId } from '$lib/domain/ids.ts';
import type { Board } from './board.ts';
import type { Entering } from './commands.ts';

export interface Decision {
  readonly group: Group;
  /** The day of entry. */
  readonly from: string;
  readonly entering: readonly Entering[];
  /** For whom there is no place. */
  readonly waiting: readonly ParticipantId[];
}

/** Those of a plan who are not in the group yet. @param moves whether they leave their other group of the workshop */
export const enteringOf = (
  plan: EnrolmentPlan,
  board: Board,
  moves: boolean,
): (Entering & { leaving: readonly GroupId[] })[] =>
  plan.entries
    .filter(({ isEnrolled }) => !isEnrolled)
    .map(({ participant, concerns }) => {
      const person = board.personOf.get(participant);
      const leaving = concerns.flatMap((one) => (one.kind === 'sameWorkshop' ? [one.group.group] : []));
      return {
        participant,
        file: person?.file,
        card: person?.card,
        leaving: moves ? leaving : [],
      };
    });

/** Nothing to know, and a place that nobody waits for: it is done without asking. */
export const isPlain = ({ entries, beyond, places }: EnrolmentPlan) =>
  beyond === 0 &&
  places.waiting.length === 0 &&
  entries.some(({ isEnrolled }) => !isEnrolled) &&
  entries.every(({ isEnrolled, concerns }) => !isEnrolled && concerns.length === 0);
