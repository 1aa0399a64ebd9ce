/** What earlier meetings of the group have to say: what is left to take up, and what was done. */
import { hasContent } from '$lib/domain/debriefs.ts';
import type { Debrief, Theme } from '$lib/domain/documents.ts';
import type { ThemeId } from '$lib/domain/ids.ts';
import { themeOfMeeting } from '$lib/domain/theme-suggestions.ts';
import type { PastMeeting } from './queries.ts';

/** In words, or the theme that somebody wished for. */
export type WaitingIdea =
  | { readonly kind: 'idea'; readonly text: string }
  | { readonly kind: 'theme'; readonly text: string; readonly theme: ThemeId };

type Themes = ReadonlyMap<ThemeId, Theme>;

/**
 * What hosts left for a next time and nobody has taken up: ideas until a theme was chosen for them, wishes until their
 * theme was done. Each once, the latest first.
 * @param past the latest first
 * @param here notes of the meeting that is open; `theme` the theme it has
 */
export function waitingIdeas(
  past: readonly PastMeeting[],
  here: readonly Debrief[],
  theme: ThemeId | undefined,
  themes: Themes,
): WaitingIdea[] {
  const notes = [...here, ...past.flatMap((meeting) => meeting.notes)];
  const tookUp = new Set(notes.flatMap((note) => note.tookUp ?? []));
  const doneSince = new Set(theme ? [theme] : []);
  const waiting = new Map<string, WaitingIdea>();
  for (const { occurrence, notes: left } of past) {
    for (const { followUp, nextTheme } of left) {
      const text = followUp.trim();
      if (text && !tookUp.has(text)) waiting.set(text, { kind: 'idea', text });
      const wished = nextTheme && themes.get(nextTheme);
      if (wished && wished.state !== 'archived' && !doneSince.has(nextTheme))
        waiting.set(nextTheme, { kind: 'theme', text: wished.title, theme: nextTheme });
    }
    const done = themeOfMeeting(occurrence, left);
    if (done) doneSince.add(done);
  }
  return [...waiting.values()];
}

export interface DoneRow {
  readonly meeting: PastMeeting;
  /** Nothing where the meeting had no theme, or one that has not reached this device. */
  readonly title: string | undefined;
  /** The hosts' average, rounded. */
  readonly energy: number | undefined;
  /** What worked, as each host said it. */
  readonly worked: readonly string[];
}

/**
 * Meetings of which there is something to say, the latest first.
 * @param today local date: a theme set ahead for a day to come is not done yet
 */
export function doneRows(past: readonly PastMeeting[], themes: Themes, today: string): DoneRow[] {
  return past.flatMap((meeting) => {
    const { occurrence, notes, people } = meeting;
    const theme = themeOfMeeting(occurrence, notes);
    const tookPlace = people > 0 || notes.some(hasContent);
    if (!tookPlace && !(theme && occurrence.date < today)) return [];
    const energies = notes.flatMap(({ energy }) => energy ?? []);
    return {
      meeting,
      title: theme && themes.get(theme)?.title,
      energy: energies.length
        ? Math.round(energies.reduce((sum, one) => sum + one, 0) / energies.length)
        : undefined,
      worked: notes.flatMap(({ worked }) => (worked.trim() ? [worked] : [])),
    };
  });
}

/** The last meeting of which a host noted something. */
export const lastNoted = (past: readonly PastMeeting[]): PastMeeting | undefined =>
  past.find(({ notes }) => notes.some(hasContent));
