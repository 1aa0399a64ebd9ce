/**
 * Two occurrences of one group on one day that may be the same meeting, planned or begun on two devices; made one, and
 * undone. Pure.
 *
 * The answers of both go to the one that is kept; the other is cancelled and keeps its own, where they stay readable.
 * Nothing is lost: histories are united, and of two different answers the one that does not stand is in the history.
 */
import { doubleReason } from './cancelled-double.ts';
import { withChange } from './changes.ts';
import type { AnyDocument, Author, Closing, Group, Mark, Occurrence, Shift, SignUp } from './documents.ts';
import { markDocId, shiftDocId, signUpDocId, type DocId, type ParticipantId } from './ids.ts';
import { weekdayOf } from './local-time.ts';
import { mergeMarks } from './marks-merge.ts';
import { takenBack, type Step } from './one-step.ts';
import { sameFacts } from './person-merge.ts';
import { changeOf, factsOf, isUnmarked, saidAgain, undo } from './roll-call.ts';
import { mergeSignUps } from './sign-ups-merge.ts';
import { signUpRestored, signUpSaidAgain } from './sign-ups.ts';

export interface OccurrencePair {
  readonly kept: Occurrence;
  readonly other: Occurrence;
}

/** What of a term says which meetings are double. */
export interface DoublesOfTerm {
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
}

/** What says which of two is kept. */
export interface OccurrenceWeight {
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
}

/**
 * The occurrences that share group and day with another, all of them together, a day at a time. Not those that the
 * group's own slots plan at two hours of that day, nor those that somebody said are two.
 */
export function sameDayOccurrences({ groups, occurrences }: DoublesOfTerm): Occurrence[][] {
  const groupOf = new Map(groups.map((group) => [group.group, group]));
  const standing = occurrences.filter(({ state }) => state !== 'cancelled');
  const days = Map.groupBy(standing, ({ group, date }) => `${group} ${date}`);
  return [...days.values()].filter(
    (day) => doublesAmong(day, groupOf.get(day[0]?.group as Group['group'])).length,
  );
}

/** Every two of a day that may be one. */
function doublesAmong(day: readonly Occurrence[], group: Group | undefined): [Occurrence, Occurrence][] {
  return day.flatMap((one, place) =>
    day
      .slice(place + 1)
      .filter((other) => !areTold(one, other) && !(isOwnSlot(one, group) && isOwnSlot(other, group)))
      .map((other): [Occurrence, Occurrence] => [one, other]),
  );
}

const areTold = (one: Occurrence, other: Occurrence) =>
  (one.apartFrom?.includes(other.occurrence) || other.apartFrom?.includes(one.occurrence)) ?? false;

/** At an hour that the group meets at, as its series planned it. */
const isOwnSlot = ({ date, start, isMoved }: Occurrence, group: Group | undefined) =>
  group !== undefined &&
  !isMoved &&
  [group, ...(group.moreSlots ?? [])].some(
    (slot) => slot.weekday === weekdayOf(date) && slot.start === start,
  );

/**
 * The pairs of some days, the one to keep first: whose list is closed, then who has more answers, then the one of the
 * group's own slots, then, so that two devices choose alike, the one whose id comes first.
 * @param days as {@link sameDayOccurrences} gives them
 */
export function doubleOccurrences(
  days: readonly (readonly Occurrence[])[],
  groups: readonly Group[],
  { marks, closings }: OccurrenceWeight,
): OccurrencePair[] {
  const closed = new Set(closings.filter(({ state }) => state === 'closed').map((one) => one.occurrence));
  const answers = new Map<string, number>();
  for (const mark of marks)
    if (!isUnmarked(mark)) answers.set(mark.occurrence, (answers.get(mark.occurrence) ?? 0) + 1);
  const groupOf = new Map(groups.map((group) => [group.group, group]));
  const rank = (one: Occurrence) => [
    closed.has(one.occurrence) ? 1 : 0,
    answers.get(one.occurrence) ?? 0,
    isOwnSlot(one, groupOf.get(one.group)) ? 1 : 0,
  ];
  return days
    .flatMap((day) => doublesAmong(day, groupOf.get(day[0]?.group as Group['group'])))
    .map(([one, other]) => {
      const [a, b] = [rank(one), rank(other)];
      const place = a.findIndex((value, index) => value !== b[index]);
      const isOneKept = place === -1 ? one.occurrence < other.occurrence : (a[place] ?? 0) > (b[place] ?? 0);
      return isOneKept ? { kept: one, other } : { kept: other, other: one };
    })
    .sort((a, b) => (a.kept.date < b.kept.date ? 1 : a.kept.date > b.kept.date ? -1 : 0));
}

/** All that a merge of two looks at. */
export interface HeldOccurrences extends OccurrencePair {
  /** Of both. */
  readonly marks: readonly Mark[];
  readonly shifts: readonly Shift[];
  readonly signUps?: readonly SignUp[];
}

export type OccurrenceSide = 'kept' | 'other';

/** One person, two different answers for what is one meeting. */
interface DoubleAnswer {
  readonly participant: ParticipantId;
  readonly kept: Mark;
  readonly other: Mark;
}

export interface OccurrenceMergePlan {
  readonly steps: readonly Step[];
  /** Answers of people who had none in the one that is kept. */
  readonly moved: number;
  /** To be chosen: where nothing is said, the kept one's stands. */
  readonly disagreements: readonly DoubleAnswer[];
}

const bare = <Document extends AnyDocument>({ _rev, ...document }: Document) => document as Document;

/** What is to be done to make two occurrences one. */
export function occurrenceMergePlan(
  { kept, other, marks, shifts, signUps = [] }: HeldOccurrences,
  choices: ReadonlyMap<ParticipantId, OccurrenceSide>,
  author: Author,
): OccurrenceMergePlan {
  const steps: Step[] = [];
  const disagreements: DoubleAnswer[] = [];
  const own = new Map(
    marks.filter((mark) => mark.occurrence === kept.occurrence).map((mark) => [mark.participant, mark]),
  );
  let moved = 0;
  for (const theirs of marks.filter((mark) => mark.occurrence === other.occurrence)) {
    const { participant } = theirs;
    const here = own.get(participant);
    const brought: Mark = {
      ...bare(theirs),
      _id: markDocId(kept.occurrence, participant),
      occurrence: kept.occurrence,
    };
    if (!here) {
      if (isUnmarked(theirs)) continue;
      moved += 1;
      steps.push({ before: undefined, after: saidAgain(brought, author) });
      continue;
    }
    const united = mergeMarks([bare(here), brought]);
    if (united.ok) {
      if (isUnmarked(here) && !isUnmarked(united.merged)) moved += 1;
      if (!sameFacts(here, united.merged))
        steps.push({ before: here, after: saidAgain(united.merged, author) });
      continue;
    }
    disagreements.push({ participant, kept: here, other: theirs });
    const facts = factsOf(choices.get(participant) === 'other' ? theirs : here);
    const { arrivedAt: _a, leftAt: _l, minutes: _m, reason: _r, ...rest } = united.provisional;
    steps.push({
      before: here,
      after: { ...rest, ...facts, ...author, history: [...rest.history, { ...facts, ...author }] },
    });
  }
  const leads = new Set(
    shifts
      .filter(({ occurrence, state }) => occurrence === kept.occurrence && state !== 'cancelled')
      .map(({ volunteer }) => volunteer),
  );
  for (const shift of shifts) {
    const { occurrence, volunteer, state } = shift;
    if (occurrence !== other.occurrence || state === 'cancelled' || leads.has(volunteer)) continue;
    const here = shifts.find((one) => one.occurrence === kept.occurrence && one.volunteer === volunteer);
    const brought: Shift = {
      ...bare(here ?? shift),
      _id: shiftDocId(kept.occurrence, volunteer),
      occurrence: kept.occurrence,
      state,
    };
    steps.push({ before: here, after: withChange<Shift>(here, brought, author, 'merged') });
  }
  for (const theirs of signUps.filter((one) => one.occurrence === other.occurrence)) {
    const { participant } = theirs;
    const id = signUpDocId(kept.occurrence, participant);
    const here = signUps.find((one) => one._id === id);
    if (!here && theirs.state === 'withdrawn') continue;
    const brought: SignUp = { ...bare(theirs), _id: id, occurrence: kept.occurrence };
    const united = here ? mergeSignUps([bare(here), brought]) : brought;
    if (!here || !sameFacts(here, united))
      steps.push({ before: here, after: signUpSaidAgain(united, author) });
  }
  // Kept as it is to be: what was held once was held.
  if (kept.state === 'planned' && other.state === 'held')
    steps.push({
      before: kept,
      after: withChange<Occurrence>(kept, { ...kept, state: 'held' }, author, 'merged'),
    });
  steps.push({
    before: other,
    after: withChange<Occurrence>(
      other,
      { ...other, state: 'cancelled', cancelReason: doubleReason },
      author,
      'merged',
    ),
  });
  return { steps, moved, disagreements };
}

/**
 * What puts back each document of a merge: a mark by one more answer in its history, what was made by a tombstone,
 * the rest as it was. What somebody changed since stays.
 * @param current as it stands now, by id
 */
export function undoneOccurrenceMerge(
  steps: readonly Step[],
  current: (id: DocId) => AnyDocument | undefined,
  author: Author,
): { readonly steps: readonly Step[]; readonly left: number } {
  const undone: Step[] = [];
  let left = 0;
  for (const step of steps) {
    const before = current(step.after._id);
    const after = putBack(step, before, author);
    if (after === 'as before') continue;
    if (after) undone.push({ before, after });
    else left += 1;
  }
  return { steps: undone, left };
}

function putBack(
  step: Step,
  current: AnyDocument | undefined,
  author: Author,
): AnyDocument | 'as before' | undefined {
  const { before, after } = step;
  if (before?.type === 'signUp') {
    const isSince = current?.type !== 'signUp' || !sameFacts(current, after);
    return isSince ? undefined : signUpRestored(current, before, author);
  }
  if (before?.type !== 'mark' || after.type !== 'mark') return takenBack(step, current, author);
  if (current?.type !== 'mark') return undefined;
  const change = changeOf(before, after);
  const isSame = sameFacts({ ...before, history: [] }, { ...after, history: [] });
  // The histories were united and the answer stayed: there is nothing to take back.
  if (isSame && current.history.length === after.history.length) return 'as before';
  return undo(current, change, author);
}

/** « Non, 2 séances »: never proposed again. Said in the one whose id comes first. */
export function toldApart(one: Occurrence, other: Occurrence, author: Author): Occurrence {
  const [first, second] = one.occurrence < other.occurrence ? [one, other] : [other, one];
  const apartFrom = [...new Set([...(first.apartFrom ?? []), second.occurrence])].sort();
  return withChange<Occurrence>(first, { ...first, apartFrom }, author);
}
