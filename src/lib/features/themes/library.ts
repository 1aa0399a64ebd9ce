/** The library as its page lists it: what each row says, and which rows show. Pure. */
import type { Theme } from '$lib/domain/documents.ts';
import type { GroupId, ThemeId } from '$lib/domain/ids.ts';
import type { SeenTheme } from '$lib/domain/themes-seen.ts';
import type { Level, ThemeIndex } from '$lib/domain/themes.ts';

export interface LibraryRow {
  readonly theme: Theme;
  /** `undefined`: never done. */
  readonly seen: SeenTheme | undefined;
}

export interface Library {
  readonly rows: ReadonlyMap<ThemeId, LibraryRow>;
  readonly proposed: number;
  readonly archived: number;
}

export interface LibraryFilter {
  readonly typed: string;
  /** Of these levels; of all when there is none. */
  readonly levels: readonly Level[];
  /** In these states; what is not archived when there is none. */
  readonly states: readonly Theme['state'][];
  /** Only what this group has never done. */
  readonly neverWith?: GroupId | undefined;
}

/** @param seen what was done, once it is read */
export function libraryOf(themes: readonly Theme[], seen: ReadonlyMap<ThemeId, SeenTheme>): Library {
  return {
    rows: new Map(themes.map((theme) => [theme.theme, { theme, seen: seen.get(theme.theme) }])),
    proposed: themes.filter(({ state }) => state === 'proposed').length,
    archived: themes.filter(({ state }) => state === 'archived').length,
  };
}

/**
 * The rows that a filter leaves: what waits to be approved first, then as the search orders them.
 * @param index of the same themes
 */
export function shownRows(
  { rows }: Library,
  index: ThemeIndex,
  { typed, levels, states, neverWith }: LibraryFilter,
): LibraryRow[] {
  const shown = index.find(typed).flatMap(({ theme }) => rows.get(theme) ?? []);
  const fits = ({ theme, seen }: LibraryRow) =>
    (levels.length === 0 || levels.includes(theme.level)) &&
    (states.length === 0 ? theme.state !== 'archived' : states.includes(theme.state)) &&
    !(neverWith && seen?.meetings.some(({ group }) => group === neverWith));
  const fitting = shown.filter(fits);
  const proposed = fitting.filter(({ theme }) => theme.state === 'proposed');
  return proposed.length
    ? [...proposed, ...fitting.filter(({ theme }) => theme.state !== 'proposed')]
    : fitting;
}
