/** The planning grid: groups by weeks, each cell saying what its meetings need. */
import type { Closing, Group, Occurrence, Shift, Term, Volunteer, WorkshopType } from './documents.ts';
import { workshopKinds } from './documents/commons.ts';
import type { GroupId, VenueCode, VolunteerId, WorkshopTypeCode } from './ids.ts';
import { addDays, mondayOf, todayIn } from './local-time.ts';
import { byTime, isOver, weeksOf } from './schedule.ts';

/** `missing`: over, and its list was never closed. `vacant`: to come, and nobody leads it. */
type MeetingState = 'missing' | 'vacant' | 'planned' | 'received' | 'cancelled';

export interface PlanningMeeting {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly team: readonly Volunteer[];
  readonly state: MeetingState;
  /** Conversation that is to come, and for which no theme is set. */
  readonly needsTheme: boolean;
}

export interface PlanningCell {
  readonly week: number;
  /** Of the meeting that needs most; `none` without a meeting. */
  readonly state: MeetingState | 'none';
  /** One of its meetings does. */
  readonly needsTheme: boolean;
  /** In the order of time: French takes place several times a week. */
  readonly meetings: readonly PlanningMeeting[];
}

export interface PlanningRow {
  readonly group: Group;
  readonly cells: readonly PlanningCell[];
}

export interface PlanningGrid {
  readonly weeks: readonly { readonly week: number; readonly monday: string; readonly isCurrent: boolean }[];
  readonly sections: readonly {
    readonly workshopType: WorkshopType | undefined;
    readonly rows: readonly PlanningRow[];
  }[];
}

/** What needs a hand comes first. */
const urgency: readonly MeetingState[] = ['missing', 'vacant', 'planned', 'received', 'cancelled'];

/** Everything of one term; `now` is an instant. */
export function planningGrid(term: {
  readonly term: Term;
  readonly groups: readonly Group[];
  readonly occurrences: readonly Occurrence[];
  readonly closings: readonly Closing[];
  readonly shifts: readonly Shift[];
  readonly volunteers: readonly Volunteer[];
  readonly workshopTypes: readonly WorkshopType[];
  readonly now: string;
  readonly timeZone: string;
}): PlanningGrid {
  const { now, timeZone } = term;
  const closed = new Set(
    term.closings.filter(({ state }) => state === 'closed').map((one) => one.occurrence),
  );
  const volunteerOf = new Map(term.volunteers.map((volunteer) => [volunteer.volunteer, volunteer]));
  const teams = new Map<string, Volunteer[]>();
  for (const { occurrence, volunteer, state } of term.shifts) {
    const found = state === 'cancelled' ? undefined : volunteerOf.get(volunteer);
    const team = teams.get(occurrence);
    if (found && team) team.push(found);
    else if (found) teams.set(occurrence, [found]);
  }
  const groupOf = new Map(term.groups.map((group) => [group.group, group]));
  const typeOf = new Map(term.workshopTypes.map((type) => [type.workshopType, type]));
  const today = todayIn(timeZone, now);
  const meetings = new Map<string, PlanningMeeting[]>();
  for (const occurrence of [...term.occurrences].sort(byTime)) {
    const group = groupOf.get(occurrence.group);
    if (!group) continue;
    const team = teams.get(occurrence.occurrence) ?? [];
    const isOverNow = isPast(occurrence, today, now, timeZone);
    const state = stateOf(occurrence, closed.has(occurrence.occurrence), team.length > 0, isOverNow);
    const needsTheme =
      occurrence.theme === undefined &&
      !isOverNow &&
      state !== 'cancelled' &&
      typeOf.get(group.workshopType)?.kind === 'conversation';
    const place = `${occurrence.group} ${occurrence.week}`;
    const here = meetings.get(place);
    const meeting = { occurrence, group, team, state, needsTheme };
    if (here) here.push(meeting);
    else meetings.set(place, [meeting]);
  }

  const mondays = weeksOf(term.term);
  const current = mondays.indexOf(mondayOf(today)) + 1;
  const rowOf = (group: Group): PlanningRow => ({
    group,
    cells: mondays.map((_monday, index): PlanningCell => {
      const here = meetings.get(`${group.group} ${index + 1}`) ?? [];
      const state = urgency.find((one) => here.some((meeting) => meeting.state === one)) ?? 'none';
      const needsTheme = here.some((meeting) => meeting.needsTheme);
      return { week: index + 1, state, needsTheme, meetings: here };
    }),
  });
  const rows = Map.groupBy(term.groups.map(rowOf).filter(isShown), ({ group }) => group.workshopType);
  const rank = (code: WorkshopTypeCode) => {
    const type = typeOf.get(code);
    return type ? workshopKinds.indexOf(type.kind) : workshopKinds.length;
  };
  const codes = [...rows.keys()].sort(
    (a, b) => rank(a) - rank(b) || labels.compare(typeOf.get(a)?.label ?? a, typeOf.get(b)?.label ?? b),
  );
  return {
    weeks: mondays.map((monday, index) => ({ week: index + 1, monday, isCurrent: index + 1 === current })),
    sections: codes.map((code) => ({
      workshopType: typeOf.get(code),
      rows: (rows.get(code) ?? []).sort(inOrderOfLabels),
    })),
  };
}

/** A group that has stopped shows what it did, if it did anything. */
const isShown = ({ group, cells }: PlanningRow) =>
  !group.isArchived || cells.some(({ state }) => state !== 'none' && state !== 'cancelled');

const labels = new Intl.Collator('fr', { numeric: true });
/** What happens once comes after what happens every week. */
const inOrderOfLabels = (a: PlanningRow, b: PlanningRow) =>
  Number(a.group.isOneOff ?? false) - Number(b.group.isOneOff ?? false) ||
  labels.compare(a.group.label, b.group.label);

/** As `isOver`, which is asked only around today: clock changes are slow to look up. */
function isPast(occurrence: Occurrence, today: string, now: string, timeZone: string): boolean {
  if (occurrence.date < addDays(today, -1)) return true;
  return occurrence.date <= addDays(today, 1) && isOver(occurrence, now, timeZone);
}

function stateOf(
  occurrence: Occurrence,
  isClosed: boolean,
  isLed: boolean,
  isOverNow: boolean,
): MeetingState {
  if (occurrence.state === 'cancelled') return 'cancelled';
  if (isClosed) return 'received';
  if (isOverNow) return 'missing';
  return isLed ? 'planned' : 'vacant';
}

/** What of a grid is looked at; a field that is absent leaves everything. */
export interface PlanningFilter {
  readonly workshopType?: WorkshopTypeCode | undefined;
  readonly venue?: VenueCode | undefined;
  readonly facilitator?: VolunteerId | undefined;
  /** Only groups with a meeting whose list is missing, which nobody leads, or which has no theme yet. */
  readonly needsHand?: boolean | undefined;
}

/** The groups that a filter leaves: by what they are, and by where and with whom any of their meetings is. */
export function filteredGroups(grid: PlanningGrid, filter: PlanningFilter): ReadonlySet<GroupId> {
  const { workshopType, venue, facilitator, needsHand } = filter;
  const fits = ({ group, cells }: PlanningRow) =>
    (!workshopType || group.workshopType === workshopType) &&
    (!needsHand ||
      cells.some(({ state, needsTheme }) => state === 'missing' || state === 'vacant' || needsTheme)) &&
    (!venue || cells.some(({ meetings }) => meetings.some(({ occurrence }) => occurrence.venue === venue))) &&
    (!facilitator ||
      cells.some(({ meetings }) =>
        meetings.some(({ team }) => team.some(({ volunteer }) => volunteer === facilitator)),
      ));
  return new Set(grid.sections.flatMap(({ rows }) => rows.filter(fits).map(({ group }) => group.group)));
}

/** « ML » for Maïa Lescure: what a cell has room for. */
export const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((part) => [...part][0]?.toUpperCase() ?? '')
    .slice(0, 2)
    .join('');
