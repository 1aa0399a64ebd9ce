/** Which theme next: what the people expected have not had for longest. */
import type { Debrief, Group, Mark, Occurrence, Theme } from './documents.ts';
import type { GroupId, OccurrenceId, ParticipantId, ThemeId } from './ids.ts';
import { themeLevels } from './documents/commons.ts';
import type { Level } from './themes.ts';

/** A theme done at one meeting, and who was there. */
export interface ThemeUse {
  readonly theme: ThemeId;
  readonly group: GroupId;
  readonly occurrence: OccurrenceId;
  readonly date: string;
  readonly people: ReadonlySet<ParticipantId>;
}

const came = new Set<Mark['status']>(['present', 'late', 'leftEarly']);

/**
 * The theme of a meeting: what a host chose on the spot (the last one to say), or else what was set ahead.
 * @param debriefs those of this meeting
 */
export function themeOfMeeting(
  { theme }: Pick<Occurrence, 'theme'>,
  debriefs: readonly Debrief[],
): ThemeId | undefined {
  const chosen = debriefs.filter((debrief) => debrief.theme !== undefined);
  const at = (one: Debrief) => one.themeAt ?? one.at;
  return chosen.toSorted((a, b) => compare(at(a), at(b)) || compare(a._id, b._id)).at(-1)?.theme ?? theme;
}

/** Every theme that was done up to a local date, the oldest first. Cancelled meetings did nothing. */
export function themeUses(
  occurrences: readonly Occurrence[],
  debriefs: readonly Debrief[],
  marks: readonly Mark[],
  today: string,
): ThemeUse[] {
  const debriefsOf = Map.groupBy(debriefs, ({ occurrence }) => occurrence);
  const marksOf = Map.groupBy(
    marks.filter(({ status }) => came.has(status)),
    ({ occurrence }) => occurrence,
  );
  return occurrences
    .flatMap((meeting): ThemeUse[] => {
      const { group, occurrence, date, state } = meeting;
      const theme = themeOfMeeting(meeting, debriefsOf.get(occurrence) ?? []);
      if (theme === undefined || state === 'cancelled' || date > today) return [];
      const people = new Set((marksOf.get(occurrence) ?? []).map(({ participant }) => participant));
      return [{ theme, group, occurrence, date, people }];
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.occurrence < b.occurrence ? -1 : 1));
}

/** Who came to the last meetings of a group that took place: those who may be expected at the next one. */
export function expectedAt(
  group: Group['group'],
  occurrences: readonly Occurrence[],
  marks: readonly Mark[],
  today: string,
  meetings = 3,
): ReadonlySet<ParticipantId> {
  const marked = Map.groupBy(
    marks.filter(({ status }) => came.has(status)),
    ({ occurrence }) => occurrence,
  );
  const last = occurrences
    .filter((one) => one.group === group && one.date < today && marked.has(one.occurrence))
    .sort((a, b) => (a.date < b.date ? 1 : -1))
    .slice(0, meetings);
  return new Set(
    last.flatMap(({ occurrence }) => (marked.get(occurrence) ?? []).map((mark) => mark.participant)),
  );
}

export interface Suggestion {
  readonly theme: Theme;
  /** When some of the people expected, or the group, last did it; `undefined`: never. */
  readonly lastDone: string | undefined;
  /** How many of the people expected did it at that time or before. */
  readonly knownBy: number;
}

export interface Wish {
  readonly group: GroupId;
  readonly expected: ReadonlySet<ParticipantId>;
  /** The highest level that the group follows; easier themes are offered after those of the level itself. */
  readonly level?: Level | undefined;
}

const rankOf = (level: Level) => themeLevels.indexOf(level);

/**
 * Approved themes that fit, the first the one to take: never done before those done, then the one done longest ago, then
 * the one that fewest of the people expected know, then the nearest level, then by title.
 */
export function suggestThemes(
  themes: readonly Theme[],
  uses: readonly ThemeUse[],
  { group, expected, level }: Wish,
): Suggestion[] {
  const usesOf = Map.groupBy(
    uses.filter((use) => use.group === group || [...use.people].some((person) => expected.has(person))),
    ({ theme }) => theme,
  );
  const distance = (theme: Theme) => (level === undefined ? 0 : rankOf(level) - rankOf(theme.level));
  return themes
    .filter((theme) => theme.state === 'approved' && distance(theme) >= 0)
    .map((theme): Suggestion => {
      const done = usesOf.get(theme.theme) ?? [];
      const known = new Set(
        done.flatMap(({ people }) => [...people].filter((person) => expected.has(person))),
      );
      return {
        theme,
        lastDone: done
          .map(({ date }) => date)
          .sort()
          .at(-1),
        knownBy: known.size,
      };
    })
    .sort(
      (a, b) =>
        compare(a.lastDone ?? '', b.lastDone ?? '') ||
        a.knownBy - b.knownBy ||
        distance(a.theme) - distance(b.theme) ||
        compare(a.theme.title, b.theme.title) ||
        compare(a.theme.theme, b.theme.theme),
    );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
