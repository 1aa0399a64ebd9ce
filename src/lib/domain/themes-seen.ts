/** What the themes of conversation gave: how often, how many people came, how lively it was. Nothing about anyone. */
import type { Closing, Debrief, Mark, Occurrence } from './documents.ts';
import type { GroupId, OccurrenceId, ThemeId } from './ids.ts';
import { themeUses } from './theme-suggestions.ts';

/** What the figures are made of: the meetings of some groups, and what was said about them. */
export interface ThemeRecords {
  readonly occurrences: readonly Occurrence[];
  readonly debriefs: readonly Debrief[];
  readonly marks: readonly Mark[];
  readonly closings: readonly Closing[];
}

interface SeenMeeting {
  readonly theme: ThemeId;
  readonly group: GroupId;
  readonly occurrence: OccurrenceId;
  /** Local date. */
  readonly date: string;
  /** How many people came; `undefined` while nobody has said. */
  readonly attendance: number | undefined;
  /** The mean of what the hosts said, from 1 to 5; `undefined` while none has. */
  readonly energy: number | undefined;
}

export interface SeenTheme {
  readonly theme: ThemeId;
  /** The latest first. */
  readonly meetings: readonly SeenMeeting[];
  readonly lastDone: string;
  /** The mean of the meetings that know it; each meeting counts once, however many hosts spoke. */
  readonly attendance: number | undefined;
  readonly energy: number | undefined;
}

export type SeenOrder = 'recent' | 'best';

const meanOf = (numbers: readonly (number | undefined)[]): number | undefined => {
  const known = numbers.filter((one) => one !== undefined);
  return known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : undefined;
};

/**
 * Every theme done up to a local date. Who came is counted by name and by head: where both were, the larger holds, since
 * a headcount takes in those whose names were not taken, and a name is never one too many.
 */
export function themesSeen(records: ThemeRecords, today: string): SeenTheme[] {
  const { occurrences, debriefs, marks, closings } = records;
  const closingOf = new Map(closings.map((closing) => [closing.occurrence, closing]));
  const heard = Map.groupBy(debriefs, ({ occurrence }) => occurrence);
  const meetings = themeUses(occurrences, debriefs, marks, today).map((use): SeenMeeting => {
    const { theme, group, occurrence, date, people } = use;
    const { headcount, state } = closingOf.get(occurrence) ?? {};
    const isCounted = headcount !== undefined || state === 'closed' || people.size > 0;
    return {
      ...{ theme, group, occurrence, date },
      attendance: isCounted ? Math.max(people.size, headcount ?? 0) : undefined,
      energy: meanOf((heard.get(occurrence) ?? []).map(({ energy }) => energy)),
    };
  });
  return [...Map.groupBy(meetings, ({ theme }) => theme)].map(([theme, those]): SeenTheme => {
    const latestFirst = those.toReversed();
    return {
      theme,
      meetings: latestFirst,
      lastDone: latestFirst[0]?.date ?? '',
      attendance: meanOf(those.map(({ attendance }) => attendance)),
      energy: meanOf(those.map(({ energy }) => energy)),
    };
  });
}

/** The latest first; or the liveliest first, then those to which most people came. What nobody rated comes last. */
export function inSeenOrder(themes: readonly SeenTheme[], order: SeenOrder): SeenTheme[] {
  const latest = (a: SeenTheme, b: SeenTheme) =>
    a.lastDone < b.lastDone ? 1 : a.lastDone > b.lastDone ? -1 : a.theme < b.theme ? -1 : 1;
  if (order === 'recent') return themes.toSorted(latest);
  return themes.toSorted(
    (a, b) => (b.energy ?? 0) - (a.energy ?? 0) || (b.attendance ?? 0) - (a.attendance ?? 0) || latest(a, b),
  );
}
