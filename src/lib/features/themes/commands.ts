/** What a coordinator does to the library of themes; each is one write that one press takes back. */
import type { AnyDocument, Author, Theme } from '$lib/domain/documents.ts';
import { opaqueKey, themeDocId, type ThemeId } from '$lib/domain/ids.ts';
import { editTheme, newTheme, readyMadeTheme, themeInState, type ThemeFacts } from '$lib/domain/themes.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

export const newThemeId = () => opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as ThemeId;

const onTheme =
  (change: (theme: Theme) => Theme): Edit['change'] =>
  (current: AnyDocument | undefined) =>
    current?.type === 'theme' ? change(current) : undefined;

/** One write to the library. */
const write = (commons: Store, edits: readonly Edit[], author: Author): Promise<Written> =>
  writeInTurn([{ store: commons, edits }], author);

/** The forty themes, which come when they are asked for; those that are there already stay as they are. */
export async function takeReadyMade(commons: Store, author: Author): Promise<Written> {
  const { readyMadeThemes } = await import('$lib/domain/ready-made-themes/index.ts');
  const themes = readyMadeThemes.map((text) => readyMadeTheme(text, author));
  return write(
    commons,
    themes.map((theme) => ({ id: theme._id, change: (current) => (current ? undefined : theme) })),
    author,
  );
}

/** A coordinator's own theme is approved from the start. */
export function createTheme(
  commons: Store,
  id: ThemeId,
  facts: ThemeFacts,
  author: Author,
): Promise<Written> {
  const theme = newTheme(id, facts, true, author);
  return write(commons, [{ id: theme._id, change: (current) => (current ? undefined : theme) }], author);
}

/** @param shown the theme as it stood when the writing began */
export const saveTheme = (commons: Store, shown: Theme, facts: ThemeFacts, author: Author) =>
  write(
    commons,
    [{ id: shown._id, change: onTheme((theme) => editTheme(theme, facts, author, shown)) }],
    author,
  );

export const setState = (commons: Store, id: ThemeId, state: Theme['state'], author: Author) =>
  write(
    commons,
    [{ id: themeDocId(id), change: onTheme((theme) => themeInState(theme, state, author)) }],
    author,
  );
