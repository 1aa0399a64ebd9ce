/**
 * Gestures and what the screen says of them: the undo strip after one that was recorded, a failure that stays until
 * it is dealt with, one spoken sentence. Nothing is said before the store has committed.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import { announce } from '$lib/ui/announce.svelte.ts';
import type { Mark } from '$lib/domain/documents.ts';
import { vibrate } from '$lib/ui/vibration.svelte.ts';
import type { MarkChange } from '$lib/domain/roll-call.ts';
import type { Failure, Recorded } from './commands.ts';
import { failureLabel, type Sentence } from './wording.ts';

/** What can be undone: one level, one action. */
export interface Done {
  readonly token: number;
  readonly sentence: Sentence;
  readonly changes: readonly MarkChange[];
}

/** What the device could not keep, and the gesture to try again. */
export interface NotKept {
  readonly why: Failure;
  readonly name: string;
  readonly retry: () => Promise<Recorded | undefined>;
}

interface Options {
  /** How many have an answer once these changes are shown. */
  readonly countAfter: (changes: readonly MarkChange[]) => { answered: number; total: number };
  /** Shows what the device has just kept. */
  readonly show: (marks: readonly Mark[]) => void;
}

export class Recorder {
  #done = $state.raw<Done>();
  #notKept = $state.raw<NotKept>();
  #token = 0;
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get done(): Done | undefined {
    return this.#done;
  }

  get notKept(): NotKept | undefined {
    return this.#notKept;
  }

  /**
   * Runs one gesture. `about` is the person it is for (empty: several), `describe` what it did.
   * @returns what was recorded; `undefined` when it broke in a way nobody foresaw, which the screen shows as well
   */
  async run(
    gesture: () => Promise<Recorded>,
    about: string,
    describe: (changes: readonly MarkChange[]) => Sentence,
    options: { readonly canUndo: boolean } = { canUndo: true },
  ): Promise<Recorded | undefined> {
    let recorded: Recorded;
    try {
      recorded = await gesture();
    } catch (fault) {
      this.#fail('failed', about, () => this.run(gesture, about, describe, options));
      reportError(fault);
      return undefined;
    }
    if (!recorded.ok) {
      this.#fail(recorded.why, about, () => this.run(gesture, about, describe, options));
      return recorded;
    }
    this.#notKept = undefined;
    this.#options.show(recorded.marks);
    if (recorded.changes.length === 0) return recorded;
    const sentence = describe(recorded.changes);
    this.#done = options.canUndo
      ? { token: (this.#token += 1), sentence, changes: recorded.changes }
      : undefined;
    vibrate();
    const { answered, total } = this.#options.countAfter(recorded.changes);
    announce(m.roll_call_announced({ what: sentence.say(sentence.name), answered, total }));
    return recorded;
  }

  /** The time to undo is over, or the person looks at something else. */
  forget(): void {
    this.#done = undefined;
  }

  dismiss(): void {
    this.#notKept = undefined;
  }

  #fail(why: Failure, name: string, retry: NotKept['retry']): void {
    this.#notKept = { why, name, retry };
    const what = name ? m.roll_call_not_kept({ name }) : m.roll_call_not_kept_list();
    announce(`${what}. ${failureLabel(why)}`);
  }
}
