/** The planning grid: groups by weeks, each cell saying what its meetings need. */
import type { Closing, Group, Occurrence, Shift, Term, Volunteer, WorkshopType } from './documents.ts';
import { byTime, isOver, weekOf, weeksOf } from './schedule.ts';
import { todayIn } from './local-time.ts';

/** `missing`: over, and its list was never closed. `vacant`: to come, and nobody leads it. */
type MeetingState = 'missing' | 'vacant' | 'planned' | 'received' | 'cancelled';

export interface PlanningMeeting {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly team: readonly Volunteer[];
  readonly state: MeetingState;
}

export interface PlanningCell {
  readonly week: number;
  /** Of the meeting that needs most; `none` without a meeting. */
  readonly state: MeetingState | 'none';
  /** In the order of time: French takes place several times a week. */
  readonly meetings: readonly PlanningMeeting[];
}

export interface PlanningGrid {
  readonly weeks: readonly { readonly week: number; readonly monday: string; readonly isCurrent: boolean }[];
  readonly sections: readonly {
    readonly workshopType: WorkshopType | undefined;
    readonly rows: readonly { readonly group: Group; readonly cells: readonly PlanningCell[] }[];
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
    if (found) teams.set(occurrence, [...(teams.get(occurrence) ?? []), found]);
  }
  const groupOf = new Map(term.groups.map((group) => [group.group, group]));
  const meetings = new Map<string, PlanningMeeting[]>();
  for (const occurrence of [...term.occurrences].sort(byTime)) {
    const group = groupOf.get(occurrence.group);
    if (!group) continue;
    const team = teams.get(occurrence.occurrence) ?? [];
    const state = stateOf(occurrence, closed.has(occurrence.occurrence), team.length > 0, now, timeZone);
    const place = `${occurrence.group} ${occurrence.week}`;
    meetings.set(place, [...(meetings.get(place) ?? []), { occurrence, group, team, state }]);
  }

  const mondays = weeksOf(term.term);
  const current = weekOf(term.term, todayIn(timeZone, now));
  const rowOf = (group: Group) => ({
    group,
    cells: mondays.map((_monday, index): PlanningCell => {
      const here = meetings.get(`${group.group} ${index + 1}`) ?? [];
      const state = urgency.find((one) => here.some((meeting) => meeting.state === one)) ?? 'none';
      return { week: index + 1, state, meetings: here };
    }),
  });
  const codes = [...new Set(term.groups.map(({ workshopType }) => workshopType))];
  const inOrder = term.workshopTypes.map(({ workshopType }) => workshopType);
  codes.sort((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b));
  return {
    weeks: mondays.map((monday, index) => ({ week: index + 1, monday, isCurrent: index + 1 === current })),
    sections: codes.map((code) => ({
      workshopType: term.workshopTypes.find(({ workshopType }) => workshopType === code),
      rows: term.groups
        .filter(({ workshopType }) => workshopType === code)
        .sort((a, b) => a.label.localeCompare(b.label, 'fr', { numeric: true }))
        .map(rowOf),
    })),
  };
}

function stateOf(
  occurrence: Occurrence,
  isClosed: boolean,
  isLed: boolean,
  now: string,
  timeZone: string,
): MeetingState {
  if (occurrence.state === 'cancelled') return 'cancelled';
  if (isClosed) return 'received';
  if (isOver(occurrence, now, timeZone)) return 'missing';
  return isLed ? 'planned' : 'vacant';
}

/** « ML » for Maïa Lescure: what a cell has room for. */
export const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((part) => [...part][0]?.toUpperCase() ?? '')
    .slice(0, 2)
    .join('');
