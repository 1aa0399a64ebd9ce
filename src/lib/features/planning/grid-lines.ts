/** What the cells of the grid say, made once: four hundred of them are then a few attributes each, with no logic inside. */
import type { Group, Theme } from '$lib/domain/documents.ts';
import type { GroupId, ThemeId, VenueCode } from '$lib/domain/ids.ts';
import { initialsOf, type PlanningCell, type PlanningGrid, type PlanningRow } from '$lib/domain/planning.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { wordOf } from './look.ts';
import { labelWithin, slotWords } from './wording.ts';

interface LineCell {
  /** `{group} {week}`; none where nothing meets. */
  readonly place: string | undefined;
  readonly look: string;
  readonly label: string;
  readonly text: string;
  readonly day: string;
}

export interface Line {
  readonly group: GroupId;
  readonly label: string;
  readonly under: string;
  readonly cells: readonly LineCell[];
}

interface Columns {
  readonly weeks: PlanningGrid['weeks'];
  /** The one week that a phone shows. */
  readonly onlyWeek: number | undefined;
  /** Names of the rooms. */
  readonly rooms: ReadonlyMap<VenueCode, string>;
}

/** What is known of cells once the grid is on the screen. */
export interface Known {
  /** `{group} {week}` of the cells with a clash. */
  readonly clashing: ReadonlySet<string>;
  readonly themes: ReadonlyMap<ThemeId, Theme>;
}

/**
 * Lines by row: a row that is asked for again is the same line, unless what is known of its own cells has changed. So
 * what is read after the first paint builds those rows anew that it is about, and no others.
 */
export function linesOf(
  columns: Columns,
): (row: PlanningRow, workshop: string | undefined, known: Known) => Line {
  const made = new WeakMap<PlanningRow, { line: Line; later: string }>();
  return (row, workshop, known) => {
    const { group, cells } = row;
    const told = columns.weeks.map(({ week }) => laterOf(group, week, cells[week - 1], known));
    const later = JSON.stringify(told);
    const before = made.get(row);
    if (before?.later === later) return before.line;
    const line = {
      group: group.group,
      label: labelWithin(group.label, workshop),
      under: under(group, columns.rooms),
      cells: columns.weeks.map((week, at) => cellOf(group, week, cells[week.week - 1], told[at], columns)),
    };
    made.set(row, { line, later });
    return line;
  };
}

/** Below the name of a group: when, and in which room. */
function under(group: Group, rooms: Columns['rooms']): string {
  if (group.isArchived) return m.planning_archived();
  const room = group.place ?? rooms.get(group.venue);
  return [group.isOneOff ? m.planning_once() : slotWords(group), room].filter(Boolean).join(' · ');
}

interface Later {
  /** Titles of what is set for its meetings. */
  readonly titles: readonly string[];
  readonly hasClash: boolean;
}

function laterOf({ group }: Group, week: number, cell: PlanningCell | undefined, known: Known): Later {
  const set = cell?.meetings.flatMap(({ occurrence }) => occurrence.theme ?? []) ?? [];
  return {
    titles: set.flatMap((theme) => known.themes.get(theme)?.title ?? []),
    hasClash: known.clashing.has(`${group} ${week}`),
  };
}

function cellOf(
  group: Group,
  { week, isCurrent }: PlanningGrid['weeks'][number],
  cell: PlanningCell | undefined,
  later: Later | undefined,
  { onlyWeek }: Columns,
): LineCell {
  const day = isCurrent && onlyWeek === undefined ? 'here' : '';
  if (!cell || cell.state === 'none')
    return { place: undefined, look: 'meeting none', label: m.planning_none(), text: '·', day };
  const { titles = [], hasClash = false } = later ?? {};
  const state = wordOf(cell.state);
  const led = cell.state === 'cancelled' ? undefined : cell.meetings.find(({ team }) => team.length > 0);
  const lead = led?.team[0]?.name ?? '';
  const initials = initialsOf(lead);
  const theme = cell.needsTheme
    ? m.planning_themeless()
    : titles.length
      ? m.planning_theme_is({ title: titles.join(', ') })
      : '';
  // What is seen is part of what is spoken.
  const spoken = lead && onlyWeek === undefined ? `${lead}, ${initials}` : lead;
  const said = m.planning_cell({ group: group.label, week, state });
  return {
    place: `${group.group} ${week}`,
    look: `meeting ${cell.state}${cell.needsTheme ? ' themeless' : ''}${hasClash ? ' clash' : ''}`,
    label: [said, spoken, theme, hasClash ? m.planning_clash() : ''].filter(Boolean).join(', '),
    day,
    text: onlyWeek === undefined ? initials : [state, lead, theme].filter(Boolean).join('\n'),
  };
}
