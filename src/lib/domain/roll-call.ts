/**
 * Taking attendance: from the mark there is and what was tapped to the mark there will be. Every change adds to
 * the mark's history and takes nothing from it; a change that changes nothing gives `undefined`, so that nothing
 * is written for it.
 */
import type { Author, ExcuseReason, Mark, MarkEntry, MarkStatus } from './documents.ts';
import { markDocId, type OccurrenceId, type ParticipantId } from './ids.ts';

/** Where a mark stands: one person at one occurrence. */
export interface MarkPlace {
  readonly occurrence: OccurrenceId;
  readonly participant: ParticipantId;
}

/** The instants between which an occurrence is held (ISO UTC): outside them a tap says nothing of an arrival. */
export interface OccurrenceHours {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** What one answer says, without who said it. */
export type AnswerFacts = Pick<MarkEntry, 'status' | 'arrivedAt' | 'leftAt' | 'minutes' | 'reason'>;

const isWithin = (instant: string, hours: OccurrenceHours | undefined) => {
  if (hours === undefined) return true;
  const moment = Date.parse(instant);
  return moment >= Date.parse(hours.startsAt) && moment <= Date.parse(hours.endsAt);
};

/** The facts of a mark or of an entry of its history; of no mark at all, those of an unmarked person. */
export function factsOf(said: AnswerFacts | undefined): AnswerFacts {
  const facts: AnswerFacts = { status: said?.status ?? null };
  if (said?.arrivedAt !== undefined) facts.arrivedAt = said.arrivedAt;
  if (said?.leftAt !== undefined) facts.leftAt = said.leftAt;
  if (said?.minutes !== undefined) facts.minutes = said.minutes;
  if (said?.reason !== undefined) facts.reason = said.reason;
  return facts;
}

/** Whether two answers say the same thing, whoever gave them and whenever. */
function sameFacts(a: AnswerFacts | undefined, b: AnswerFacts | undefined): boolean {
  const [one, other] = [factsOf(a), factsOf(b)];
  return (
    one.status === other.status &&
    one.arrivedAt === other.arrivedAt &&
    one.leftAt === other.leftAt &&
    one.minutes === other.minutes &&
    one.reason === other.reason
  );
}

/** Adds an answer to a mark. Fields that this version does not know are kept as they are. */
function withAnswer(mark: Mark | undefined, place: MarkPlace, facts: AnswerFacts, author: Author): Mark {
  const { at, by, device } = author;
  const next: Mark = {
    ...mark,
    _id: markDocId(place.occurrence, place.participant),
    type: 'mark',
    v: 1,
    at,
    by,
    device,
    occurrence: place.occurrence,
    participant: place.participant,
    status: facts.status,
    history: [...(mark?.history ?? []), { ...facts, at, by, device }],
  };
  delete next.arrivedAt;
  delete next.leftAt;
  delete next.minutes;
  delete next.reason;
  return Object.assign(next, facts);
}

/**
 * Sets a person's status. `late` keeps the moment of the tap as the arrival, `leftEarly` as the departure (and the
 * arrival of someone who had come late); with `hours`, a tap outside them keeps no moment, since a list completed in
 * the evening says nothing of who came at what time.
 * @returns the next mark, or `undefined` when this status is already the answer
 */
export function answer(
  mark: Mark | undefined,
  facts: MarkPlace & { readonly status: MarkStatus; readonly hours?: OccurrenceHours | undefined },
  author: Author,
): Mark | undefined {
  if (mark?.status === facts.status) return undefined;
  const next: AnswerFacts = { status: facts.status };
  const moment = isWithin(author.at, facts.hours) ? author.at : undefined;
  if (facts.status === 'late' && moment !== undefined) next.arrivedAt = moment;
  if (facts.status === 'leftEarly') {
    if (mark?.status === 'late' && mark.arrivedAt !== undefined) next.arrivedAt = mark.arrivedAt;
    if (moment !== undefined) next.leftAt = moment;
  }
  return withAnswer(mark, facts, next, author);
}

/** As {@link answer}, but never over an answer already given: what « Tous présents » does to each person. */
export function answerIfUnmarked(
  mark: Mark | undefined,
  facts: Parameters<typeof answer>[1],
  author: Author,
): Mark | undefined {
  return isUnmarked(mark) ? answer(mark, facts, author) : undefined;
}

/**
 * Gives or takes away (`undefined`) the reason of an absence, from the closed list.
 * @returns `undefined` when the person is neither excused nor absent, or has that reason already
 */
export function setReason(
  mark: Mark | undefined,
  reason: ExcuseReason | undefined,
  author: Author,
): Mark | undefined {
  if (mark === undefined || (mark.status !== 'excused' && mark.status !== 'absent')) return undefined;
  if (mark.reason === reason) return undefined;
  const next = factsOf(mark);
  delete next.reason;
  if (reason !== undefined) next.reason = reason;
  return withAnswer(mark, mark, next, author);
}

/**
 * Corrects when a late person came (instant, ISO UTC).
 * @returns `undefined` when the person is neither late nor gone early, or came then already
 */
export function correctArrival(mark: Mark | undefined, arrivedAt: string, author: Author): Mark | undefined {
  if (mark === undefined || (mark.status !== 'late' && mark.status !== 'leftEarly')) return undefined;
  if (mark.arrivedAt === arrivedAt) return undefined;
  return withAnswer(mark, mark, { ...factsOf(mark), arrivedAt }, author);
}

/** Corrects when someone left before the end (instant, ISO UTC); `undefined` when nobody left, or left then. */
export function correctDeparture(mark: Mark | undefined, leftAt: string, author: Author): Mark | undefined {
  if (mark?.status !== 'leftEarly' || mark.leftAt === leftAt) return undefined;
  return withAnswer(mark, mark, { ...factsOf(mark), leftAt }, author);
}

/** Takes the answer away: the person is unmarked again, and the history says so. `undefined` when unmarked. */
export function clearAnswer(mark: Mark | undefined, author: Author): Mark | undefined {
  if (mark === undefined || isUnmarked(mark)) return undefined;
  return withAnswer(mark, mark, { status: null }, author);
}

/**
 * The answer that stands, said again by this author: a mark that is moved or united is by whoever does it, and the
 * server takes none whose last answer is by somebody else.
 */
export const saidAgain = (mark: Mark, author: Author): Mark => withAnswer(mark, mark, factsOf(mark), author);

/** What one action did to one person's mark: enough to undo it. */
export interface MarkChange extends MarkPlace {
  readonly before: AnswerFacts;
  readonly after: AnswerFacts;
}

/** Notes what an action changed. */
export const changeOf = (before: Mark | undefined, after: Mark): MarkChange => ({
  occurrence: after.occurrence,
  participant: after.participant,
  before: factsOf(before),
  after: factsOf(after),
});

/**
 * Brings back what an action had changed; the history grows by one entry. An answer that came in the meantime (from
 * another phone) stays: only what the action itself had answered is undone.
 */
export function undo(mark: Mark | undefined, change: MarkChange, author: Author): Mark | undefined {
  if (mark === undefined || !sameFacts(mark, change.after) || sameFacts(change.before, change.after))
    return undefined;
  return withAnswer(mark, change, change.before, author);
}

/** Neither present nor absent: nothing was answered, or the answer was cleared. */
export const isUnmarked = (mark: Pick<Mark, 'status'> | undefined) => (mark?.status ?? null) === null;

/** Whether someone who came at `arrivedAt` came after the start (both instants, ISO UTC). */
export const isLate = (arrivedAt: string, startsAt: string) => Date.parse(arrivedAt) > Date.parse(startsAt);
