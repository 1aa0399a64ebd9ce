/** Closing a roll call, opening it again to correct it, and closing it anew: the history keeps every time. */
import type { Author, Closing, MarkCounts, Occurrence } from './documents.ts';
import { closingDocId, type OccurrenceId } from './ids.ts';

const countNames = ['present', 'late', 'leftEarly', 'excused', 'absent', 'unmarked'] as const;

const sameCounts = (a: MarkCounts, b: MarkCounts) => countNames.every((name) => a[name] === b[name]);

/**
 * Closes a roll call with its counts (and a headcount where names were not all taken).
 * @returns `undefined` when it is closed already with the same counts
 */
export function closeRollCall(
  closing: Closing | undefined,
  facts: {
    readonly occurrence: OccurrenceId;
    readonly counts: MarkCounts;
    readonly headcount?: number | undefined;
  },
  author: Author,
): Closing | undefined {
  const headcount = facts.headcount ?? closing?.headcount;
  if (
    closing?.state === 'closed' &&
    sameCounts(closing.counts, facts.counts) &&
    closing.headcount === headcount
  )
    return undefined;
  const { at, by, device } = author;
  return {
    ...closing,
    _id: closingDocId(facts.occurrence),
    type: 'closing',
    v: 1,
    at,
    by,
    device,
    occurrence: facts.occurrence,
    state: 'closed',
    closedAt: at,
    counts: { ...facts.counts },
    ...(headcount === undefined ? {} : { headcount }),
    history: [...(closing?.history ?? []), { state: 'closed', at, by, device, counts: { ...facts.counts } }],
  };
}

/** Opens a closed roll call again, to correct it; `undefined` when it is not closed. */
export function reopenRollCall(closing: Closing | undefined, author: Author): Closing | undefined {
  if (closing?.state !== 'closed') return undefined;
  const { at, by, device } = author;
  return {
    ...closing,
    at,
    by,
    device,
    state: 'reopened',
    history: [...closing.history, { state: 'reopened', at, by, device }],
  };
}

/**
 * Whether an occurrence was held: someone said so, or its roll call was closed at least once. Cancelled wins. With
 * nobody present, held is held (programme, counting rules).
 */
export const isHeld = (occurrence: Pick<Occurrence, 'state'>, closing: Closing | undefined) =>
  occurrence.state !== 'cancelled' && (occurrence.state === 'held' || closing !== undefined);
