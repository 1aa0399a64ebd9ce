/** Closing a roll call, opening it again to correct it, and closing it anew: the history keeps every time. */
import { canonicalJson } from './canonical-json.ts';
import type { Author, Closing, ClosingEntry, MarkCounts, MarkStatus, Occurrence } from './documents.ts';
import { closingDocId, type OccurrenceId } from './ids.ts';

const countNames = ['present', 'late', 'leftEarly', 'excused', 'absent', 'unmarked'] as const;

const sameCounts = (a: MarkCounts, b: MarkCounts) => countNames.every((name) => a[name] === b[name]);

/** Answers as a closing counts them, by participant. */
export type Counted = Readonly<Record<string, MarkStatus>>;

/** How many answers a closing's history notes at most: a document has its limit, and its history never shrinks. */
const mostNoted = 600;

/** The answers to be noted with one more closing; none once the history holds too many. */
function noted(
  history: readonly ClosingEntry[],
  counted: Counted | undefined,
): Pick<ClosingEntry, 'counted'> {
  const before = history.reduce((sum, entry) => sum + Object.keys(entry.counted ?? {}).length, 0);
  if (!counted || before + Object.keys(counted).length > mostNoted) return {};
  return { counted: { ...counted } };
}

/** The last time a list was closed; that people were counted afterwards closes nothing. */
export const lastClosing = (history: readonly ClosingEntry[]): ClosingEntry | undefined =>
  history.findLast(({ state, counts }) => state === 'closed' && counts !== undefined);

/** What the last closing counted and what was left aside since, where its history says so. */
export function knownAnswers(closing: Closing): ReadonlyMap<string, MarkStatus | null> | undefined {
  const { counted, aside } = lastClosing(closing.history) ?? {};
  if (!counted && !aside) return undefined;
  return new Map<string, MarkStatus | null>([
    ...Object.entries(counted ?? {}),
    ...Object.entries(aside ?? {}),
  ]);
}

/**
 * Closes a roll call with its counts (and a headcount where names were not all taken).
 * @returns `undefined` when it is closed already with the same counts, of the same answers as far as it noted them
 */
export function closeRollCall(
  closing: Closing | undefined,
  facts: {
    readonly occurrence: OccurrenceId;
    readonly counts: MarkCounts;
    readonly headcount?: number | undefined;
    /** The answers behind the counts. */
    readonly counted?: Counted | undefined;
  },
  author: Author,
): Closing | undefined {
  const headcount = facts.headcount ?? closing?.headcount;
  if (
    closing?.state === 'closed' &&
    sameCounts(closing.counts, facts.counts) &&
    closing.headcount === headcount &&
    isNotedSo(closing, facts.counted)
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
    history: [
      ...(closing?.history ?? []),
      {
        ...{ state: 'closed', at, by, device, counts: { ...facts.counts } },
        ...(facts.headcount === undefined ? {} : { headcount: facts.headcount }),
        ...noted(closing?.history ?? [], facts.counted),
      },
    ],
  };
}

/** Whether a closed list noted these very answers, or none at all. */
function isNotedSo(closing: Closing, counted: Counted | undefined): boolean {
  const last = lastClosing(closing.history);
  if (!counted || !last?.counted) return true;
  return !last.aside && canonicalJson(last.counted) === canonicalJson(counted);
}

/**
 * Answers that came after a list was closed are seen and left out of its counts: closed once more, with the same counts.
 * The answers themselves stay as they are.
 * @param answers what each of those people has now; `null` for none
 * @returns `undefined` when the list is not closed
 */
export function keepAside(
  closing: Closing | undefined,
  answers: ReadonlyMap<string, MarkStatus | null>,
  author: Author,
): Closing | undefined {
  if (closing?.state !== 'closed') return undefined;
  const { at, by, device } = author;
  const last = lastClosing(closing.history);
  return {
    ...closing,
    at,
    by,
    device,
    closedAt: at,
    history: [
      ...closing.history,
      {
        ...{ state: 'closed', at, by, device, counts: { ...closing.counts } },
        ...noted(closing.history, last?.counted),
        aside: { ...last?.aside, ...Object.fromEntries(answers) },
      },
    ],
  };
}

/**
 * A closing as it was before its last change, which stays in the history: one more entry says again what the former one
 * said, so that answers it did not know are late again.
 * @param before the version that stands again
 */
export function closingAsBefore(current: Closing, before: Closing, author: Author): Closing {
  const { at, by, device } = author;
  const { counted, aside } = lastClosing(before.history) ?? {};
  const facts =
    before.state === 'closed'
      ? { counts: { ...before.counts }, ...noted(current.history, counted), ...(aside ? { aside } : {}) }
      : {};
  return {
    ...before,
    at,
    by,
    device,
    history: [...current.history, { state: before.state, at, by, device, ...facts }],
  };
}

const nobody: MarkCounts = { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };

/** The most people that a screen counts. */
export const largestHeadcount = 999;

/**
 * Notes how many people there are, or how many came back; a list that is closed stays so.
 * @returns `undefined` when that is the number already
 */
export function countPeople(
  closing: Closing | undefined,
  facts: {
    readonly occurrence: OccurrenceId;
    readonly what: 'headcount' | 'returnCount';
    readonly number: number;
  },
  author: Author,
): Closing | undefined {
  const { occurrence, what } = facts;
  const number = Math.min(largestHeadcount, Math.max(0, Math.round(facts.number)));
  if (closing?.[what] === number) return undefined;
  const { at, by, device } = author;
  const state = closing?.state ?? 'open';
  return {
    closedAt: at,
    counts: { ...nobody },
    ...closing,
    _id: closingDocId(occurrence),
    type: 'closing',
    v: 1,
    at,
    by,
    device,
    occurrence,
    state,
    [what]: number,
    history: [...(closing?.history ?? []), { state, at, by, device, [what]: number }],
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
  occurrence.state !== 'cancelled' &&
  (occurrence.state === 'held' || (closing !== undefined && closing.state !== 'open'));
