import { m } from '$lib/i18n/paraglide/messages.js';
import { takeBack } from '$lib/store/taken-back.ts';
import { DoneNote } from '$lib/ui/done-note.svelte.ts';

/** Said on whichever of the pages of themes is open. */
export const themesDone = new DoneNote(async (...steps: Parameters<typeof takeBack>) =>
  (await takeBack(...steps)) ? m.themes_undone() : m.themes_undo_late(),
);
