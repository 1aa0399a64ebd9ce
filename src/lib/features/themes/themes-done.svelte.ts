/** What was just done to the themes, said on whichever of their pages is open, with the way back. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Author } from '$lib/domain/documents.ts';
import { takeBack, type Steps } from '$lib/store/taken-back.ts';
import { announce } from '$lib/ui/announce.svelte.ts';

interface Said {
  readonly said: string;
  readonly steps: Steps;
}

let current = $state.raw<Said>();

export const themesDone = {
  get current(): Said | undefined {
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
    this.say((await takeBack(steps, author)) ? m.themes_undone() : m.themes_undo_late());
  },
};
