import { announce } from './announce.svelte.ts';

/** What was just done, said once for all the pages it may be seen from, with the way back where there is one. */
export class DoneNote<Step, Author> {
  readonly #takeBack: (steps: readonly Step[], author: Author) => Promise<string>;
  #current = $state.raw<{ readonly said: string; readonly steps: readonly Step[] }>();

  /** @param takeBack takes the steps back as far as it may, and says what became of it */
  constructor(takeBack: (steps: readonly Step[], author: Author) => Promise<string>) {
    this.#takeBack = takeBack;
  }

  get current(): { readonly said: string; readonly steps: readonly Step[] } | undefined {
    return this.#current;
  }

  /** @param steps none: it cannot be taken back */
  say(said: string, steps: readonly Step[] = []): void {
    this.#current = { said, steps };
    announce(said);
  }

  /** To be handed on as it is. */
  readonly dismiss = (): void => {
    this.#current = undefined;
  };

  async undo(author: Author): Promise<void> {
    const steps = this.#current?.steps ?? [];
    this.dismiss();
    this.say(await this.#takeBack(steps, author));
  }
}
