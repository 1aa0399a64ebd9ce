import { m } from '$lib/i18n/paraglide/messages.js';
import { takeBack } from '$lib/store/taken-back.ts';
import { DoneNote } from '$lib/ui/done-note.svelte.ts';

/** Said for all the parts of the desk. */
export const deskDone = new DoneNote(async (...steps: Parameters<typeof takeBack>) =>
  (await takeBack(...steps)) ? m.desk_undone() : m.desk_undo_late(),
);
