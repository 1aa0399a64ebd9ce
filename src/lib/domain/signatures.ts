/**
 * Signing an attendance sheet (vocabulary: a signature is proof, a mark is not). A signature is given for something:
 * it holds as long as the list still says that, and no longer.
 */
import { attendedMinutes, wasThere } from './attendance.ts';
import type { Author, Mark, MarkStatus, Signature } from './documents.ts';
import { signatureDocId, type OccurrenceId, type ParticipantId } from './ids.ts';
import { durationMinutes, type Slot } from './schedule.ts';

/** What is signed: that somebody was there, on that day, between those hours, for so many minutes. */
export interface SignedFor {
  readonly status: MarkStatus;
  readonly minutes: number;
  readonly date: string;
  readonly start: string;
  readonly end: string;
}

/** Whole minutes of somebody who was there, as sheets count them; 0 of anybody else. */
export function minutesThere(mark: Mark | undefined, slot: Slot, timeZone: string): number {
  if (!mark || !wasThere(mark)) return 0;
  const known = mark.status === 'present' ? undefined : attendedMinutes(mark, slot, timeZone);
  return Math.round(known ?? durationMinutes(slot, timeZone));
}

/** What somebody would sign for now; `undefined` of whoever was not there: they sign nothing. */
export function toSignFor(mark: Mark | undefined, slot: Slot, timeZone: string): SignedFor | undefined {
  if (!mark?.status || !wasThere(mark)) return undefined;
  const { date, start, end } = slot;
  return { status: mark.status, minutes: minutesThere(mark, slot, timeZone), date, start, end };
}

/**
 * Whether a signature still stands for what it was given for. One that does not say what stands for anybody who was
 * there, or has no answer (yet).
 */
export function stands(
  signature: Pick<Signature, 'for'>,
  mark: Mark | undefined,
  slot: Slot,
  timeZone: string,
): boolean {
  const { for: given } = signature;
  if (!given) return mark === undefined || wasThere(mark);
  const now = toSignFor(mark, slot, timeZone);
  return (
    now !== undefined &&
    (['status', 'minutes', 'date', 'start', 'end'] as const).every((field) => given[field] === now[field])
  );
}

/** What may be given: exactly one. */
export type Given =
  | { readonly drawn: NonNullable<Signature['drawn']> }
  | { readonly refused: NonNullable<Signature['refused']> }
  | { readonly confirmed: NonNullable<Signature['confirmed']> }
  | { readonly onPaper: NonNullable<Signature['onPaper']> };

/** How many earlier ones are kept at most: a document has its limit. */
const mostFormer = 6;

/** Whether this account may sign in the place of what is there: its author, or a coordinator (the server's rule too). */
export const mayReplace = (
  before: Pick<Signature, 'by'> | undefined,
  account: string,
  isCoordinator: boolean,
): boolean => before === undefined || isCoordinator || before.by === account;

/** A signature, in the place of the one there was; that one is kept with it. */
export function sign(
  before: Signature | undefined,
  place: { readonly occurrence: OccurrenceId; readonly participant: ParticipantId },
  given: Given,
  signedFor: SignedFor,
  { at, by, device }: Author,
): Signature {
  const { drawn, refused, confirmed, onPaper, for: former, ...rest } = before ?? {};
  const kept = before && {
    ...(drawn && { drawn }),
    ...(refused && { refused }),
    ...(confirmed && { confirmed }),
    ...(onPaper && { onPaper }),
    ...(former && { for: former }),
    ...{ at: before.at, by: before.by, device: before.device },
  };
  return {
    ...rest,
    _id: signatureDocId(place.occurrence, place.participant),
    type: 'signature',
    v: 1,
    ...{ at, by, device, occurrence: place.occurrence, participant: place.participant },
    ...given,
    for: { ...signedFor },
    ...(kept && { former: [...(before.former ?? []), kept].slice(-mostFormer) }),
  };
}

/** Signed, in whatever way; not why there is no signature. */
export const isSigned = ({ refused }: Pick<Signature, 'refused'>): boolean => refused === undefined;

/** Those whose signature stands, of those who were there. */
export function signers(
  signatures: Iterable<Signature>,
  markOf: ReadonlyMap<ParticipantId, Mark>,
  slot: Slot,
  timeZone: string,
): Set<ParticipantId> {
  const signed = new Set<ParticipantId>();
  for (const signature of signatures) {
    const mark = markOf.get(signature.participant);
    if (isSigned(signature) && wasThere(mark) && stands(signature, mark, slot, timeZone))
      signed.add(signature.participant);
  }
  return signed;
}
