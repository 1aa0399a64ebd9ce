/**
 * What a term adds up to, and what is unfinished in it: the figures that are frozen when it is closed. Pure and the
 * same whatever the order of the documents (programme, counting rules, version of 2023).
 */
import { arrange, assiduityOf, inscriptionsOf } from './assiduity.ts';
import { canonicalJson } from './canonical-json.ts';
import { isHeld } from './closing.ts';
import type {
  AnyDocument,
  Closing,
  Group,
  Mark,
  MarkCounts,
  Occurrence,
  RosterCard,
  Shift,
  SignUp,
} from './documents.ts';
import type { OccurrenceId, ParticipantId } from './ids.ts';
import { ofType } from './of-type.ts';
import { countMarks, rosterOf } from './roster.ts';
import { byTime, durationMinutes, isOver } from './schedule.ts';

/** Version of the counting rules: a closed term keeps its own. */
export const countingRules = '2023';

/** The types of a term's documents that its counts rest on, beside the site's workshop types. */
export const countedOfTerm = [
  'group',
  'occurrence',
  'rosterCard',
  'enrolment',
  'signUp',
  'mark',
  'closing',
  'volunteer',
  'shift',
] as const;
const countedTypes: ReadonlySet<string> = new Set(['workshopType', ...countedOfTerm]);

/** Names of counts: words of the rules, with the code of a workshop type or a kind of answer after a dot. */
export type Counts = Readonly<Record<string, number>>;

/** Every document counted as one text: equal contents give equal texts. Revisions belong to sync, not to what is said. */
export function countedText(documents: Iterable<AnyDocument>): string {
  const counted = [...documents].filter(({ type }) => countedTypes.has(type));
  const bodies = counted.map(({ _rev, ...body }) => body);
  return canonicalJson(bodies.sort((a, b) => (a._id < b._id ? -1 : 1)));
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

/** What the counts are made of, arranged once. */
function arranged(documents: readonly AnyDocument[], timeZone: string) {
  const groups = ofType(documents, 'group');
  const closingOf = new Map(ofType(documents, 'closing').map((closing) => [closing.occurrence, closing]));
  // A roll call that was closed says that the meeting was held, whoever writes it into the meeting itself.
  const occurrences = ofType(documents, 'occurrence')
    .map((one): Occurrence => (isHeld(one, closingOf.get(one.occurrence)) ? { ...one, state: 'held' } : one))
    .sort(byTime);
  const marks = ofType(documents, 'mark');
  const enrolments = ofType(documents, 'enrolment');
  const typeOf = new Map(groups.map(({ group, workshopType }) => [group, workshopType as string]));
  return {
    groups,
    occurrences,
    marks,
    enrolments,
    marksOf: Map.groupBy<OccurrenceId, Mark>(marks, ({ occurrence }) => occurrence),
    signUpsOf: Map.groupBy<OccurrenceId, SignUp>(ofType(documents, 'signUp'), ({ occurrence }) => occurrence),
    typeOf,
    inscriptions: inscriptionsOf(enrolments, groups),
    attendance: arrange({ groups, occurrences, marks, timeZone }),
  };
}

/** How many of a meeting's list have each answer, and how many none. */
function answersAt(
  occurrence: Occurrence,
  group: Group,
  { enrolments, marksOf, signUpsOf }: ReturnType<typeof arranged>,
): MarkCounts {
  const marks = marksOf.get(occurrence.occurrence) ?? [];
  const signUps = signUpsOf.get(occurrence.occurrence) ?? [];
  return countMarks(rosterOf({ group, occurrence, enrolments, cards: [], marks, signUps }), marks);
}

/**
 * Counts a term. Whole numbers only; durations in minutes.
 * @param documents of the term's database, and the site's workshop types; others are left aside
 */
export function countTerm(documents: readonly AnyDocument[], timeZone: string): Counts {
  const counts: Record<string, number> = {};
  const add = (name: string, number = 1) => (counts[name] = (counts[name] ?? 0) + number);
  const term = arranged(documents, timeZone);
  const { groups, occurrences, typeOf, inscriptions, attendance } = term;
  const assiduityCounts = new Set<string>(
    ofType(documents, 'workshopType')
      .filter(({ countsForAssiduity }) => countsForAssiduity)
      .map(({ workshopType }) => workshopType),
  );

  for (const { workshopType } of groups) add(`groups.${workshopType}`);
  add('people', new Set(inscriptions.map(({ participant }) => participant)).size);
  add('provisional', ofType(documents, 'rosterCard').filter(({ isProvisional }) => isProvisional).length);
  const engaged = new Set<ParticipantId>();
  for (const inscription of inscriptions) {
    const type = inscription.workshopType;
    const assiduity = assiduityOf(inscription, attendance);
    add(`inscriptions.${type}`);
    add(`engaged.${type}`, assiduity.isEngaged ? 1 : 0);
    if (assiduityCounts.has(type)) add(`assidus.${type}`, assiduity.isAssidu ? 1 : 0);
    if (assiduity.isEngaged) engaged.add(inscription.participant);
  }
  add('engaged', engaged.size);

  for (const state of ['held', 'cancelled', 'planned'] as const)
    add(`occurrences.${state}`, occurrences.filter((one) => one.state === state).length);
  const held = occurrences.filter(({ state }) => state === 'held');
  const groupOf = new Map(groups.map((group) => [group.group, group]));
  for (const answer of ['present', 'late', 'leftEarly', 'excused', 'absent', 'unmarked'])
    add(`marks.${answer}`, 0);
  for (const occurrence of held) {
    add(`held.${typeOf.get(occurrence.group) ?? 'unknown'}`);
    const group = groupOf.get(occurrence.group);
    if (!group) continue;
    for (const [answer, count] of Object.entries(answersAt(occurrence, group, term)))
      add(`marks.${answer}`, Number(count));
  }
  for (const [name, count] of Object.entries(hoursOf(documents, held, timeZone))) add(name, count);
  return counts;
}

/**
 * Minutes held, minutes with at least one volunteer (co-facilitation counts once), minutes of all volunteers (each of
 * them counts); and how many people led, by kind. Voluntary service and staff are no volunteers.
 */
function hoursOf(documents: readonly AnyDocument[], held: readonly Occurrence[], timeZone: string): Counts {
  const kindOf = new Map(ofType(documents, 'volunteer').map(({ volunteer, kind }) => [volunteer, kind]));
  const shiftsOf = Map.groupBy<OccurrenceId, Shift>(
    ofType(documents, 'shift').filter(({ state }) => state !== 'cancelled'),
    ({ occurrence }) => occurrence,
  );
  const minutesOf = new Map(held.map((one) => [one.occurrence, durationMinutes(one, timeZone)]));
  const led = [...minutesOf].map(([occurrence, minutes]) => {
    const byVolunteers = (shiftsOf.get(occurrence) ?? []).filter(
      ({ volunteer }) => kindOf.get(volunteer) === 'volunteer',
    );
    return { minutes, each: byVolunteers.map((shift) => shift.minutes ?? minutes) };
  });
  const leaders = new Set(
    held.flatMap(({ occurrence }) => (shiftsOf.get(occurrence) ?? []).map(({ volunteer }) => volunteer)),
  );
  const ofKind = (kind: string) => [...leaders].filter((one) => kindOf.get(one) === kind).length;
  return {
    'minutes.held': sum(minutesOf.values()),
    'minutes.ledByVolunteers': sum(led.filter(({ each }) => each.length > 0).map(({ minutes }) => minutes)),
    'minutes.ofVolunteers': Math.round(sum(led.flatMap(({ each }) => each))),
    'facilitators.volunteer': ofKind('volunteer'),
    'facilitators.civicService': ofKind('civicService'),
    'facilitators.staff': ofKind('staff'),
  };
}

/** Counts that differ, by name; a count that is not there is 0. */
export function differencesBetween(
  frozen: Counts,
  now: Counts,
): { readonly name: string; readonly frozen: number; readonly now: number }[] {
  const [before, after] = [new Map(Object.entries(frozen)), new Map(Object.entries(now))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((name) => ({ name, frozen: before.get(name) ?? 0, now: after.get(name) ?? 0 }))
    .filter((one) => one.frozen !== one.now);
}

/** What a term's own documents leave unfinished. */
export interface UnfinishedTerm {
  /** Over, not cancelled, and the roll call not closed (or opened again). */
  readonly unclosed: readonly Occurrence[];
  /** Roll calls closed with people who have no answer. */
  readonly unmarked: readonly { readonly occurrence: Occurrence; readonly people: number }[];
  /** Still to take place. */
  readonly toCome: readonly Occurrence[];
  readonly provisional: readonly RosterCard[];
}

/** @param now instant */
export function unfinishedOf(
  documents: readonly AnyDocument[],
  now: string,
  timeZone: string,
): UnfinishedTerm {
  const term = arranged(documents, timeZone);
  const closingOf = new Map<OccurrenceId, Closing>(
    ofType(documents, 'closing').map((closing) => [closing.occurrence, closing]),
  );
  const groupOf = new Map(term.groups.map((group) => [group.group, group]));
  const alive = ofType(documents, 'occurrence')
    .filter(({ state }) => state !== 'cancelled')
    .sort(byTime);
  const isClosed = ({ occurrence }: Occurrence) => closingOf.get(occurrence)?.state === 'closed';
  const unmarked = alive.filter(isClosed).flatMap((occurrence) => {
    const group = groupOf.get(occurrence.group);
    const people = group ? answersAt(occurrence, group, term).unmarked : 0;
    return people > 0 ? [{ occurrence, people }] : [];
  });
  const open = alive.filter((one) => !isClosed(one));
  return {
    unclosed: open.filter((one) => isOver(one, now, timeZone)),
    unmarked,
    toCome: open.filter((one) => !isOver(one, now, timeZone)),
    provisional: ofType(documents, 'rosterCard')
      .filter(({ isProvisional }) => isProvisional)
      .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1)),
  };
}
