/**
 * Inscrits, engagés and assidus, exactly as the programme counts them (version of 2023). Everything here is about
 * one person, or one term and one workshop type; callers bring the documents of that term.
 */
import { hasAttended } from './attendance.ts';
import type { Enrolment, Group, Mark, Occurrence } from './documents.ts';
import { staysOf } from './enrolments.ts';
import type { GroupId, OccurrenceId, ParticipantId, WorkshopTypeCode } from './ids.ts';
import { sundayOf } from './local-time.ts';
import { byTime } from './schedule.ts';

/** One person × term × workshop type, whatever the number of groups they went through. */
export interface Inscription {
  readonly participant: ParticipantId;
  readonly workshopType: WorkshopTypeCode;
  /** One for each stay, in the order of entry: more than one after a change of group, or a return. */
  readonly enrolments: readonly Enrolment[];
}

/**
 * The inscriptions of a term: an enrolment that ended before it began was cancelled; several of one person in one
 * workshop type are one inscription.
 */
export function inscriptionsOf(enrolments: Iterable<Enrolment>, groups: Iterable<Group>): Inscription[] {
  const typeOf = new Map<GroupId, WorkshopTypeCode>();
  for (const { group, workshopType } of groups) typeOf.set(group, workshopType);
  const inscriptions = new Map<string, Inscription & { enrolments: Enrolment[] }>();
  for (const enrolment of enrolments) {
    const workshopType = typeOf.get(enrolment.group);
    const stays = staysOf(enrolment);
    if (workshopType === undefined || stays.length === 0) continue;
    const { participant, to: _to, formerPeriods: _former, ...rest } = enrolment;
    const key = `${workshopType} ${participant}`;
    const inscription = inscriptions.get(key) ?? { participant, workshopType, enrolments: [] };
    inscription.enrolments.push(
      ...stays.map(({ from, to }) => ({ ...rest, participant, from, ...(to === undefined ? {} : { to }) })),
    );
    inscriptions.set(key, inscription);
  }
  for (const { enrolments: each } of inscriptions.values())
    each.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.group < b.group ? -1 : 1));
  return [...inscriptions.values()];
}

/** Occurrences and marks of one term, arranged once for all the people counted. */
export interface Attendance {
  readonly timeZone: string;
  readonly typeOf: ReadonlyMap<GroupId, WorkshopTypeCode>;
  /** Those held, in the order of time. */
  readonly heldOf: ReadonlyMap<GroupId, readonly Occurrence[]>;
  readonly marksOf: ReadonlyMap<ParticipantId, readonly { mark: Mark; occurrence: Occurrence }[]>;
}

/** Of the occurrences only those `held` count: cancelled ones leave both sides. */
export function arrange(term: {
  readonly groups: Iterable<Group>;
  readonly occurrences: Iterable<Occurrence>;
  readonly marks: Iterable<Mark>;
  readonly timeZone: string;
}): Attendance {
  const typeOf = new Map([...term.groups].map(({ group, workshopType }) => [group, workshopType]));
  const heldOf = new Map<GroupId, Occurrence[]>();
  const byId = new Map<OccurrenceId, Occurrence>();
  for (const occurrence of [...term.occurrences].sort(byTime)) {
    if (occurrence.state !== 'held') continue;
    byId.set(occurrence.occurrence, occurrence);
    const held = heldOf.get(occurrence.group) ?? [];
    held.push(occurrence);
    heldOf.set(occurrence.group, held);
  }
  const marksOf = new Map<ParticipantId, { mark: Mark; occurrence: Occurrence }[]>();
  for (const mark of term.marks) {
    const occurrence = byId.get(mark.occurrence);
    if (occurrence === undefined) continue;
    const theirs = marksOf.get(mark.participant) ?? [];
    theirs.push({ mark, occurrence });
    marksOf.set(mark.participant, theirs);
  }
  return { timeZone: term.timeZone, typeOf, heldOf, marksOf };
}

export interface Assiduity {
  /** Occurrences held of the groups followed, the whole term: a late entry keeps the full denominator. */
  readonly due: number;
  readonly attended: number;
  readonly excused: number;
  /** Due, and nothing said of this person: neither present nor absent. */
  readonly unmarked: number;
  /** At least one presence. */
  readonly isEngaged: boolean;
  readonly isAssidu: boolean;
}

/** The share of held occurrences, at the end, in which there must be a presence: 30 %, rounded up (3 of 10). */
export const lastOnes = (held: number) => Math.ceil((held * 3) / 10);

/**
 * The stay followed on a local date: of those that cover it the last begun; of none, the one that ended last; before
 * the entry the first. Groups may be followed side by side: leaving one of them is going on with the other.
 */
function stayOn(enrolments: readonly Enrolment[], date: string): Enrolment | undefined {
  const begun = enrolments.filter(({ from }) => from <= date);
  const covering = begun.findLast(({ to }) => to === undefined || date <= to);
  if (covering) return covering;
  const [first] = begun;
  if (!first) return enrolments[0];
  return begun.reduce((last, stay) => ((stay.to ?? '') >= (last.to ?? '') ? stay : last), first);
}

/** The stay that ends the inscription, if anything does: nobody has left while any of theirs goes on. */
export function lastStayOf({ enrolments }: Pick<Inscription, 'enrolments'>): Enrolment {
  const last = stayOn(enrolments, '9999-12-31');
  if (!last) throw new Error('an inscription has an enrolment');
  return last;
}

/**
 * The occurrences due, in the order of time: those of the group followed in each week, by its Sunday; of the first
 * group before the entry, of the last one after the exit. So a change in mid-week makes one slot of that week, not two.
 */
function dueOf({ enrolments }: Inscription, { heldOf }: Attendance): readonly Occurrence[] {
  const [only] = enrolments;
  if (only && enrolments.length === 1) return heldOf.get(only.group) ?? [];
  const groupOn = new Map<string, GroupId | undefined>();
  const groupIn = (sunday: string) => {
    if (!groupOn.has(sunday)) groupOn.set(sunday, stayOn(enrolments, sunday)?.group);
    return groupOn.get(sunday);
  };
  const groups = new Set(enrolments.map(({ group }) => group));
  const due = [...groups].flatMap((group) =>
    (heldOf.get(group) ?? []).filter(({ date }) => groupIn(sundayOf(date)) === group),
  );
  return due.sort(byTime);
}

/** All that the marks say of one inscription; {@link Assiduity} is what is asked of it most often. */
export interface Followed extends Assiduity {
  /** The occurrences due, in the order of time. */
  readonly occurrences: readonly Occurrence[];
  /** Those due from the entry on: the rate since entry is for the team alone (programme, counting rules). */
  readonly dueSinceEntry: number;
  /** Of `unmarked`, on a day on which the person was on the list: nobody was asked about them before and after. */
  readonly unmarkedOnList: number;
  /** Excused, and not caught up in the same week: what the rate without excused leaves out. */
  readonly excusedAndMissed: number;
  /** The last day, when an exit was recorded before the last occurrence held. */
  readonly leftOn: string | undefined;
  /** Not assidu, and would be, had they been there whenever nobody said anything of them. */
  readonly restsOnUnmarked: boolean;
  /** As `isAssidu`, had the excused occurrences not been due. */
  readonly isAssiduWithoutExcused: boolean;
}

/**
 * Assidu: attended ÷ due strictly more than half, at least one presence in the last 30 % of the occurrences held, and
 * no exit before the last of them ({@link lastStayOf}). There is one slot a programme week for each occurrence due in it: a catch-up in
 * another group fills it, attending twice counts once.
 * Only what happened in the inscription's workshop type counts for it.
 * @param attendance of the inscription's term
 */
export function followedOf(inscription: Inscription, attendance: Attendance): Followed {
  const due = dueOf(inscription, attendance);
  const said = (attendance.marksOf.get(inscription.participant) ?? []).filter(
    ({ occurrence }) => attendance.typeOf.get(occurrence.group) === inscription.workshopType,
  );
  const statusOf = new Map(said.map(({ mark, occurrence }) => [occurrence.occurrence, mark.status]));
  const there = said.filter(({ mark, occurrence }) => hasAttended(mark, occurrence, attendance.timeZone));
  const statuses = due.map(({ occurrence }) => statusOf.get(occurrence) ?? null);
  const excused = due.filter((_, place) => statuses[place] === 'excused');
  const silent = due.filter((_, place) => statuses[place] === null);
  const isOnList = ({ group, date }: Occurrence) =>
    inscription.enrolments.some(
      (stay) => stay.group === group && stay.from <= date && (stay.to === undefined || date <= stay.to),
    );
  const { attended, missedAmong } = slotsOf(
    due,
    there.map(({ occurrence }) => occurrence),
  );

  const theirOwn = new Set(due.map(({ occurrence }) => occurrence));
  const lastDue = due.slice(due.length - lastOnes(due.length));
  const lastOccurrences = new Set(lastDue.map(({ occurrence }) => occurrence));
  const lastWeeks = new Set(lastDue.map(({ week }) => week));
  const cameAtTheEnd = there.some(({ occurrence: { occurrence, week } }) =>
    theirOwn.has(occurrence) ? lastOccurrences.has(occurrence) : lastWeeks.has(week),
  );
  const exit = lastStayOf(inscription).to;
  const lastDate = due.at(-1)?.date;
  const leftOn = exit !== undefined && lastDate !== undefined && exit < lastDate ? exit : undefined;
  const entry = inscription.enrolments[0]?.from ?? '';
  const excusedAndMissed = missedAmong(excused);
  const stayed = cameAtTheEnd && leftOn === undefined;
  const isAssidu = attended * 2 > due.length && stayed;
  const mayHaveCome = silent.filter(isOnList);
  const mayHaveStayed =
    leftOn === undefined &&
    (cameAtTheEnd || mayHaveCome.some(({ occurrence }) => lastOccurrences.has(occurrence)));
  return {
    due: due.length,
    attended,
    excused: excused.length,
    unmarked: silent.length,
    isEngaged: there.length > 0,
    isAssidu,
    occurrences: due,
    dueSinceEntry: due.filter(({ date }) => date >= entry).length,
    unmarkedOnList: mayHaveCome.length,
    restsOnUnmarked: !isAssidu && mayHaveStayed && (attended + missedAmong(mayHaveCome)) * 2 > due.length,
    excusedAndMissed,
    leftOn,
    isAssiduWithoutExcused: attended * 2 > due.length - excusedAndMissed && stayed,
  };
}

/** The slots of each week: as many as are due in it, each filled once, whatever filled it. */
function slotsOf(due: readonly Occurrence[], there: readonly Occurrence[]) {
  const [dueIn, attendedIn] = [countByWeek(due), countByWeek(there)];
  const filledIn = (week: number) => Math.min(dueIn.get(week) ?? 0, attendedIn.get(week) ?? 0);
  let attended = 0;
  for (const week of attendedIn.keys()) attended += filledIn(week);
  return {
    attended,
    /** How many of some occurrences due were not made up for in their week. */
    missedAmong: (some: readonly Occurrence[]): number => {
      let missed = 0;
      for (const [week, count] of countByWeek(some))
        missed += Math.min(count, (dueIn.get(week) ?? 0) - filledIn(week));
      return missed;
    },
  };
}

function countByWeek(occurrences: readonly Occurrence[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { week } of occurrences) counts.set(week, (counts.get(week) ?? 0) + 1);
  return counts;
}

/** @param attendance of the inscription's term */
export function assiduityOf(inscription: Inscription, attendance: Attendance): Assiduity {
  const { due, attended, excused, unmarked, isEngaged, isAssidu } = followedOf(inscription, attendance);
  return { due, attended, excused, unmarked, isEngaged, isAssidu };
}

/** A percentage to be shown with what it is made of. */
export interface Share {
  readonly n: number;
  readonly of: number;
  /** Whole, half up; `undefined` of nobody. */
  readonly percent: number | undefined;
}

/** Whole numbers, half up, always with n/N (programme, counting rules). */
export const share = (n: number, of: number): Share => ({
  n,
  of,
  // In whole numbers: 0.145 × 100 is less than 14.5 in floating point.
  percent: of === 0 ? undefined : Math.floor((200 * n + of) / (2 * of)),
});
