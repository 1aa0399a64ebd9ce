/** What the roll call shows, from what is written: pure, so that it is tested without a screen. */
import type { Mark, MarkCounts, MarkStatus } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { familyNameOf, fullName, matchesSearch } from '$lib/domain/names.ts';
import type { AnswerFacts, MarkChange } from '$lib/domain/roll-call.ts';
import type { RosterEntry } from '$lib/domain/roster.ts';

/** The four everyday answers, in the order of the columns. */
export const columns = ['present', 'late', 'excused', 'absent'] as const;
export type Column = (typeof columns)[number];

/** One line of the sheet. */
export interface PersonRow {
  readonly entry: RosterEntry;
  readonly participant: ParticipantId;
  /** What is said aloud and read first; empty while the card has not reached this device. */
  readonly firstName: string;
  readonly familyName: string | undefined;
  readonly fullName: string;
  /** The shortest name that nobody else on the list has. */
  readonly calledName: string;
}

/** The lines of a list, in its order. Two people of one first name are called by their full names. */
export function rowsOf(roster: readonly RosterEntry[]): PersonRow[] {
  const namesakes = new Map<string, number>();
  for (const { card } of roster)
    if (card) namesakes.set(card.firstName, (namesakes.get(card.firstName) ?? 0) + 1);
  return roster.map((entry) => {
    const { participant, card } = entry;
    if (!card)
      return { entry, participant, firstName: '', familyName: undefined, fullName: '', calledName: '' };
    const full = fullName(card);
    const calledName = (namesakes.get(card.firstName) ?? 0) > 1 ? full : card.firstName;
    return {
      entry,
      participant,
      firstName: card.firstName,
      familyName: familyNameOf(card),
      fullName: full,
      calledName,
    };
  });
}

const isSameLine = (one: PersonRow, other: PersonRow) =>
  one.entry.card === other.entry.card &&
  one.entry.because === other.entry.because &&
  one.calledName === other.calledName;

/**
 * As {@link rowsOf}, keeping the very objects of last time for lines that did not change: one tap repaints one row.
 */
export function keepingRows(): (roster: readonly RosterEntry[]) => readonly PersonRow[] {
  let last = new Map<ParticipantId, PersonRow>();
  return (roster) => {
    const rows = rowsOf(roster).map((row) => {
      const before = last.get(row.participant);
      return before && isSameLine(before, row) ? before : row;
    });
    last = new Map(rows.map((row) => [row.participant, row]));
    return rows;
  };
}

/** The lines whose name the typed text begins, accents and case apart. */
export const matchingRows = (rows: readonly PersonRow[], typed: string) =>
  typed.trim() === '' ? rows : rows.filter((row) => matchesSearch(typed, row.fullName));

/** How many the head of each column shows: whoever left early did come, so they stand under P. */
export const columnCount = (counts: MarkCounts, column: Column): number =>
  column === 'present' ? counts.present + counts.leftEarly : counts[column];

/** How many people of the list have an answer. */
export const answered = (counts: MarkCounts): number =>
  counts.present + counts.late + counts.leftEarly + counts.excused + counts.absent;

/**
 * How many of the list will have an answer once `changes` are shown: what is announced right after a gesture, when
 * the list on screen may still be the one before it.
 */
export function answeredAfter(
  roster: readonly RosterEntry[],
  marks: ReadonlyMap<ParticipantId, Pick<Mark, 'status'>>,
  changes: readonly MarkChange[],
): { answered: number; total: number } {
  const changed = new Map(changes.map((change) => [change.participant, change.after.status]));
  const people = new Set(roster.map((entry) => entry.participant));
  for (const [participant, status] of changed) if (status !== null) people.add(participant);
  let count = 0;
  for (const participant of people) {
    const status = changed.has(participant) ? changed.get(participant) : marks.get(participant)?.status;
    if (status != null) count += 1;
  }
  return { answered: count, total: people.size };
}

/** What the bar at the thumb offers. */
export type ThumbBarState = 'nobody' | 'start' | 'rest' | 'complete';

/** @param headcount how many were counted, where anyone may come: then a list without names is one too */
export function thumbBarState(counts: MarkCounts, headcount?: number): ThumbBarState {
  const done = answered(counts);
  if (done + counts.unmarked === 0 && headcount === undefined) return 'nobody';
  if (done === 0 && headcount === undefined) return 'start';
  return counts.unmarked === 0 ? 'complete' : 'rest';
}

/** The one answer that a gesture gave to everybody it touched; `null` when it took answers away, `undefined` if mixed. */
export function statusGiven(changes: readonly MarkChange[]): MarkStatus | null | undefined {
  const statuses = new Set(changes.map((change) => change.after.status));
  return statuses.size === 1 ? changes[0]?.after.status : undefined;
}

/** The moment shown after a name: when a late person came, when someone left early (instants). */
export const momentOf = (said: AnswerFacts | undefined): string | undefined =>
  said?.status === 'late' ? said.arrivedAt : said?.status === 'leftEarly' ? said.leftAt : undefined;

const generation = (mark: Mark) => Number.parseInt(mark._rev ?? '0', 10);

/**
 * Marks as read, with those just committed where the reading is older: the device has kept them, so they show at
 * once, without waiting for the list to be read again.
 */
export function withConfirmed(
  read: readonly Mark[],
  confirmed: ReadonlyMap<ParticipantId, Mark>,
): readonly Mark[] {
  if (confirmed.size === 0) return read;
  const marks = new Map(read.map((mark) => [mark.participant, mark]));
  for (const [participant, mark] of confirmed) {
    const known = marks.get(participant);
    if (!known || generation(known) < generation(mark)) marks.set(participant, mark);
  }
  return [...marks.values()];
}

/**
 * Keeps the very objects of last time for marks that did not change, so that one tap repaints one row.
 * @returns a function to call with each new reading
 */
export function keepingUnchanged(): (marks: readonly Mark[]) => ReadonlyMap<ParticipantId, Mark> {
  let last: ReadonlyMap<ParticipantId, Mark> = new Map();
  return (marks) => {
    const next = new Map<ParticipantId, Mark>();
    for (const mark of marks) {
      const before = last.get(mark.participant);
      next.set(mark.participant, before && before._rev === mark._rev ? before : mark);
    }
    last = next;
    return next;
  };
}
