/**
 * A group's series of meetings changed from a date on: another slot, another room, another team. What was lived stays:
 * a meeting with marks, one that was closed, one that has begun, one that somebody moved or cancelled by itself. A series
 * that ends takes with it what was moved, and has it back where it was when it is taken up again.
 */
import { withChange } from './changes.ts';
import type { Author, Group, Occurrence, Shift, Volunteer } from './documents.ts';
import { newOccurrence, newShift, newShifts, type TeamMember, type WeeklySlot } from './groups.ts';
import { occurrenceDocId, occurrenceId, type GroupId, type OccurrenceId, type VenueCode } from './ids.ts';
import { addDays } from './local-time.ts';
import type { Step } from './one-step.ts';
import { byTime, momentOf, weekOf, weeksOf, type TermCalendar } from './schedule.ts';

/** What the series is to be, from a local date on. No slot at all ends it, with what was moved by itself. */
export interface SeriesEdit {
  readonly from: string;
  readonly slots: readonly WeeklySlot[];
  readonly venue: VenueCode;
  readonly place?: string | undefined;
  readonly team: readonly TeamMember[];
  /** What everybody reads at a meeting that the series no longer has. */
  readonly reason: string;
}

/** The series as it stands. */
export interface Series {
  readonly group: Group;
  readonly term: TermCalendar;
  /** Of this group. */
  readonly occurrences: readonly Occurrence[];
  /** Of these occurrences. */
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
  /** Those with a mark, were it one that was cleared again. */
  readonly marked: ReadonlySet<OccurrenceId>;
  /** Those with a closing, were it opened again. */
  readonly closed: ReadonlySet<OccurrenceId>;
  /** Instant. */
  readonly now: string;
  readonly timeZone: string;
}

export type LeftBecause = 'marked' | 'closed' | 'past' | 'moved' | 'cancelled';

interface Changed<Document> {
  readonly before: Document;
  readonly after: Document;
}

export interface SeriesPlan {
  /** Another slot or room; same ids. */
  readonly changed: readonly Changed<Occurrence>[];
  readonly added: readonly Occurrence[];
  readonly cancelled: readonly Changed<Occurrence>[];
  /** Would have changed, and stay as they are. */
  readonly left: readonly { readonly occurrence: Occurrence; readonly why: LeftBecause }[];
  readonly shifts: readonly { readonly before: Shift | undefined; readonly after: Shift }[];
}

/** A place in a week that the edit asks for. */
interface Wanted {
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly isOff: boolean;
}

/** The local date of the first plan, as the id keeps it. */
const firstDateOf = ({ occurrence }: Occurrence) => /\.(\d{4}-\d\d-\d\d)T/.exec(occurrence)?.[1];

/** What an edit of a series does to each meeting from its date on; ids stay those of the first plan. */
export function planSeries(series: Series, edit: SeriesEdit, author: Author): SeriesPlan {
  const { term, group } = series;
  const daysOff = new Set(term.daysOff);
  const mondays = weeksOf(term);
  const isEnd = edit.slots.length === 0;
  /** Its first plan was in no week of the term, as the calendar is now: a pause, a day outside. */
  const isGuest = (one: Occurrence) => weekOf(term, firstDateOf(one) ?? one.date) === undefined;
  const inWeek = Map.groupBy(
    series.occurrences,
    (one) => weekOf(term, firstDateOf(one) ?? one.date) ?? weekOf(term, one.date),
  );
  const taken = new Set<string>(series.occurrences.map(({ occurrence }) => occurrence));
  const plan = {
    changed: [] as Changed<Occurrence>[],
    added: [] as Occurrence[],
    cancelled: [] as Changed<Occurrence>[],
    left: [] as SeriesPlan['left'][number][],
  };
  for (const [index, monday] of mondays.entries()) {
    const wanted = edit.slots.map(({ weekday, start, end }): Wanted => {
      const date = addDays(monday, weekday - 1);
      return { date, start, end, isOff: daysOff.has(date) };
    });
    const { pairs, surplus } = paired(inWeek.get(index + 1) ?? [], wanted, isGuest);
    for (const [occurrence, place] of pairs) settle(occurrence, place, index + 1);
    for (const place of surplus) {
      if (place.isOff || place.date < edit.from || place.date < term.start) continue;
      const id = freeId(group.group, place, taken);
      const planned = {
        ...slotOf(place),
        occurrence: id,
        venue: edit.venue,
        place: edit.place,
        week: index + 1,
      };
      plan.added.push(newOccurrence(planned, group.group, author));
    }
  }
  // What stands in no week, in a pause or outside the term, has no place to take.
  for (const occurrence of inWeek.get(undefined) ?? [])
    if (isEnd || isStopped(occurrence)) settle(occurrence, undefined, occurrence.week);

  function settle(occurrence: Occurrence, place: Wanted | undefined, week: number): void {
    if (occurrence.date < edit.from) return;
    const isBack = !isEnd && isStopped(occurrence);
    // On a day off it was left there on purpose.
    const isLeft = place?.date === occurrence.date && occurrence.state !== 'cancelled';
    const isInSlot = place !== undefined && (!place.isOff || isLeft);
    const isWanted = isBack || isInSlot;
    if (occurrence.isDropped && !isWanted) return;
    const after = isBack
      ? takenUp(occurrence, author)
      : isInSlot
        ? movedTo(occurrence, place, week, edit, author)
        : dropped(occurrence, edit, author);
    if (after === occurrence) return;
    const why =
      whyLeft(occurrence, series, isEnd) ??
      (!isBack && isInSlot && place.date < edit.from ? 'past' : undefined);
    if (why) plan.left.push({ occurrence, why });
    else plan[isWanted ? 'changed' : 'cancelled'].push({ before: occurrence, after });
  }

  plan.changed.sort((a, b) => byTime(a.before, b.before));
  return { ...plan, shifts: planShifts(series, edit, plan, author) };
}

const slotOf = ({ date, start, end }: Wanted) => ({ date, start, end });

/** A meeting that had been moved by itself when its series ended: nothing else drops one. */
const isStopped = ({ isMoved, isDropped }: Occurrence) => isMoved === true && isDropped === true;

/**
 * Why a meeting is left alone whatever its series becomes; `undefined` when it is not.
 * @param isEnd the series ends: one that was moved by itself ends with it
 */
function whyLeft(
  occurrence: Occurrence,
  { marked, closed, now, timeZone }: Pick<Series, 'marked' | 'closed' | 'now' | 'timeZone'>,
  isEnd = false,
): LeftBecause | undefined {
  if (marked.has(occurrence.occurrence)) return 'marked';
  if (closed.has(occurrence.occurrence) || occurrence.state === 'held') return 'closed';
  if (momentOf(occurrence, now, timeZone) !== 'upcoming') return 'past';
  if (occurrence.state === 'cancelled' && !occurrence.isDropped) return 'cancelled';
  return occurrence.isMoved && !occurrence.isDropped && !isEnd ? 'moved' : undefined;
}

/**
 * Which meeting of a week takes which place: one that has it already, then one on that day, then the others in the
 * order of time, and those that take place before the cancelled ones. A meeting that stays as it is takes a place all
 * the same, so that the week gets no second one; one that an earlier edit dropped comes last, and guests from no week
 * take what the week's own leave.
 */
function paired(
  occurrences: readonly Occurrence[],
  wanted: readonly Wanted[],
  isGuest: (occurrence: Occurrence) => boolean,
) {
  // One that comes back where it was takes its place as though it had never been gone.
  const isGone = (one: Occurrence) => one.isDropped === true && !isStopped(one);
  const isCancelled = (one: Occurrence) => Number(one.state === 'cancelled' && !isStopped(one));
  let free = [...occurrences].sort((a, b) => isCancelled(a) - isCancelled(b) || byTime(a, b));
  let open = [...wanted].sort(
    (a, b) => Number(a.isOff) - Number(b.isOff) || (a.date + a.start < b.date + b.start ? -1 : 1),
  );
  const pairs: [Occurrence, Wanted | undefined][] = [];
  const pair = (fits: (occurrence: Occurrence, place: Wanted) => boolean) => {
    for (const occurrence of [...free]) {
      const place = open.find((one) => fits(occurrence, one));
      if (!place) continue;
      pairs.push([occurrence, place]);
      free = free.filter((one) => one !== occurrence);
      open = open.filter((one) => one !== place);
    }
  };
  const turnOf = (one: Occurrence) => Number(isGuest(one)) * 2 + Number(isGone(one));
  for (const turn of [0, 1, 2, 3]) {
    const mayTake = (one: Occurrence, place: Wanted) => turnOf(one) === turn && !(isGone(one) && place.isOff);
    pair((one, place) => mayTake(one, place) && one.date === place.date && one.start === place.start);
    pair((one, place) => mayTake(one, place) && one.date === place.date);
    pair(mayTake);
  }
  return { pairs: [...pairs, ...free.map((one) => [one, undefined] as const)], surplus: open };
}

/** `{first plan}`, or with `-2`, `-3`… where a meeting that has moved away since keeps that id. */
function freeId(group: GroupId, { date, start }: Wanted, taken: Set<string>): OccurrenceId {
  const first = occurrenceId(group, date, start);
  let id = first;
  for (let n = 2; taken.has(id); n++) id = `${first}-${n}` as OccurrenceId;
  taken.add(id);
  return id;
}

function movedTo(
  before: Occurrence,
  place: Wanted,
  week: number,
  edit: SeriesEdit,
  author: Author,
): Occurrence {
  const { cancelReason, isDropped, place: _place, ...rest } = before;
  const isBack = isDropped === true;
  const after: Occurrence = {
    ...rest,
    ...slotOf(place),
    week,
    venue: edit.venue,
    ...(edit.place ? { place: edit.place } : {}),
    ...(isBack ? { state: 'planned' as const } : {}),
    ...(!isBack && cancelReason !== undefined ? { cancelReason } : {}),
  };
  return withChange<Occurrence>(before, after, author);
}

/** Where it was when its series ended. */
function takenUp(before: Occurrence, author: Author): Occurrence {
  const { cancelReason: _reason, isDropped: _dropped, ...rest } = before;
  return withChange<Occurrence>(before, { ...rest, state: 'planned' }, author);
}

const dropped = (before: Occurrence, { reason }: SeriesEdit, author: Author): Occurrence =>
  withChange<Occurrence>(
    before,
    { ...before, state: 'cancelled', cancelReason: reason, isDropped: true },
    author,
  );

/** Who joins or leaves the team does so at every meeting to come; replacements for a day stay. */
function planShifts(
  series: Series,
  edit: SeriesEdit,
  { added, changed, cancelled }: Pick<SeriesPlan, 'added' | 'changed' | 'cancelled'>,
  author: Author,
): SeriesPlan['shifts'] {
  const formerRoles = new Map(series.group.team?.map(({ volunteer, role }) => [volunteer, role]));
  const roles = new Map(edit.team.map(({ volunteer, role }) => [volunteer, role]));
  const joining = edit.team.filter(({ volunteer, role }) => formerRoles.get(volunteer) !== role);
  const isLeaving = (shift: Shift) => formerRoles.has(shift.volunteer) && !roles.has(shift.volunteer);
  const gone = new Set(cancelled.map(({ before }) => before.occurrence));
  const touched = new Map(changed.map(({ before, after }) => [before.occurrence, after]));
  const accountOf = new Map(series.volunteers.map(({ volunteer, account }) => [volunteer, account]));
  const planned: { before: Shift | undefined; after: Shift }[] = newShifts(
    added,
    edit.team,
    series.volunteers,
    author,
  ).map((after) => ({ before: undefined, after }));
  if (joining.length === 0 && ![...formerRoles.keys()].some((one) => !roles.has(one))) return planned;
  for (const occurrence of series.occurrences) {
    if (occurrence.date < edit.from || gone.has(occurrence.occurrence)) continue;
    const why = whyLeft(occurrence, series);
    if (why && why !== 'moved') continue;
    if ((touched.get(occurrence.occurrence) ?? occurrence).state === 'cancelled') continue;
    const own = series.shifts.filter((shift) => shift.occurrence === occurrence.occurrence);
    for (const shift of own)
      if (shift.state === 'planned' && shift.replaces === undefined && isLeaving(shift))
        planned.push({
          before: shift,
          after: withChange<Shift>(shift, { ...shift, state: 'cancelled' }, author),
        });
    for (const member of joining) {
      const known = own.find(({ volunteer }) => volunteer === member.volunteer);
      if (!known)
        planned.push({
          before: undefined,
          after: newShift(occurrence.occurrence, member, accountOf.get(member.volunteer), author),
        });
      else if (known.state !== 'held') {
        const after = withChange<Shift>(known, { ...known, role: member.role, state: 'planned' }, author);
        if (after !== known) planned.push({ before: known, after });
      }
    }
  }
  return planned;
}

/** The term's occurrences of a group once a plan is carried out. */
export function occurrencesAfter(occurrences: readonly Occurrence[], plan: SeriesPlan): Occurrence[] {
  const after = new Map(
    [...plan.changed, ...plan.cancelled].map((one) => [occurrenceDocId(one.before.occurrence), one.after]),
  );
  return [...occurrences.map((one) => after.get(one._id) ?? one), ...plan.added];
}

/** Everything that a plan writes. */
export const stepsOf = (plan: SeriesPlan): Step[] => [
  ...plan.changed,
  ...plan.cancelled,
  ...plan.added.map((after) => ({ before: undefined, after })),
  ...plan.shifts,
];
