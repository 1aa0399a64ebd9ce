/** Who has signed and who has yet to, from what is written: pure, so that it is tested without a screen. */
import type { Mark, RosterCard, Signature } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { countMarks, marksByParticipant, rosterOf } from '$lib/domain/roster.ts';
import { durationMinutes } from '$lib/domain/schedule.ts';
import { isSigned, stands, toSignFor, type SignedFor } from '$lib/domain/signatures.ts';
import { timeOf } from '$lib/i18n/dates.ts';
import type { FoundMeeting } from './queries.ts';

/** Somebody who was there. */
export interface SigningRow {
  readonly participant: ParticipantId;
  readonly card: RosterCard | undefined;
  readonly name: string;
  readonly signedFor: SignedFor;
  /** Between which they were there, `hh:mm`, as far as that is known. */
  readonly from: string;
  readonly to: string;
  readonly signature: Signature | undefined;
  /** `again`: signed for something else than the list says now; `without`: noted why there is none. */
  readonly state: 'toSign' | 'again' | 'signed' | 'without';
}

export interface SigningView {
  /** In the order of the list. */
  readonly rows: readonly SigningRow[];
  /** How many of the list have no answer yet. */
  readonly unmarked: number;
}

type Records = Pick<
  FoundMeeting,
  'group' | 'occurrence' | 'enrolments' | 'cards' | 'marks' | 'signUps' | 'signatures'
>;

function stateOf(signature: Signature | undefined, isStanding: boolean): SigningRow['state'] {
  if (!signature) return 'toSign';
  if (isStanding) return isSigned(signature) ? 'signed' : 'without';
  return isSigned(signature) ? 'again' : 'toSign';
}

/** The hours signed for: the meeting's own, but for whoever came late or left early at a moment that counts. */
function hoursThere(mark: Mark, { minutes, start, end }: SignedFor, full: number, timeZone: string) {
  if (mark.status === 'present' || minutes >= full || mark.minutes !== undefined)
    return { from: start, to: end };
  return {
    from: mark.arrivedAt ? timeOf(mark.arrivedAt, timeZone) : start,
    to: mark.leftAt ? timeOf(mark.leftAt, timeZone) : end,
  };
}

export function signingView(records: Records, timeZone: string): SigningView {
  const { occurrence, marks, signatures } = records;
  const markOf = marksByParticipant(marks);
  const signatureOf = new Map(signatures.map((one) => [one.participant, one]));
  const full = durationMinutes(occurrence, timeZone);
  const roster = rosterOf(records);
  const rows = roster.flatMap(({ participant, card }): SigningRow[] => {
    const mark = markOf.get(participant);
    const signedFor = toSignFor(mark, occurrence, timeZone);
    if (!mark || !signedFor) return [];
    const signature = signatureOf.get(participant);
    const isStanding = signature !== undefined && stands(signature, mark, occurrence, timeZone);
    return [
      {
        ...{ participant, card, signedFor, signature, state: stateOf(signature, isStanding) },
        name: card ? fullName(card) : '',
        ...hoursThere(mark, signedFor, full, timeZone),
      },
    ];
  });
  return { rows, unmarked: countMarks(roster, marks).unmarked };
}
