/** What was just done at the desk, said once for all its parts, with the way back where there is one. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Author } from '$lib/domain/documents.ts';
import { takeBack, type Steps } from '$lib/store/taken-back.ts';
import { announce } from '$lib/ui/announce.svelte.ts';

interface Done {
  readonly said: string;
  readonly steps: Steps;
}

let current = $state.raw<Done>();

export const deskDone = {
  get current(): Done | undefined {
    return current;
  },
  say(said: string, steps: Steps = []): void {
    current = { said, steps };
    announce(said);
  },
  dismiss(): void {
    current = undefined;
  },
  async undo(author: Author): Promise<void> {
    const steps = current?.steps ?? [];
    current = undefined;
    announce((await takeBack(steps, author)) ? m.desk_undone() : m.desk_undo_late());
  },
};
