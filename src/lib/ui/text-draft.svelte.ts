/**
 * A text that is being typed: kept a moment after the last letter, when the field is left, when the page is left or
 * hidden. What another device wrote meanwhile is not written over: the change says what it started from.
 */
/** Shorter than it takes to put the phone away, longer than between two letters. */
const pauseMs = 400;

interface Options {
  /** In characters; what is longer is not kept. */
  readonly longest: number;
  /** The text as the device holds it. */
  readonly kept: () => string;
  /** Keeps a text that was typed over `base`; answers whether it is kept. */
  readonly save: (base: string, typed: string) => Promise<boolean>;
}

export class TextDraft {
  readonly #options: Options;
  #typed = $state<string>();
  #base = '';
  #isDirty = $state(false);
  /** What the device held when the text was last kept: until it is read again, what was typed shows. */
  #stale = $state<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  get value(): string {
    const kept = this.#options.kept();
    return this.#typed !== undefined && (this.#isDirty || kept === this.#stale) ? this.#typed : kept;
  }

  /** Typed and not kept yet. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  get isTooLong(): boolean {
    return this.value.length > this.#options.longest;
  }

  readonly type = (text: string): void => {
    if (!this.#isDirty) this.#base = this.value;
    this.#typed = text;
    this.#isDirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pauseMs);
  };

  /** Keeps what is not kept yet; nothing that is too long. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.#timer);
    return (this.#writing = this.#writing.then(() => this.#write()));
  };

  async #write(): Promise<void> {
    const text = this.#typed;
    if (!this.#isDirty || text === undefined || this.isTooLong) return;
    const before = this.#options.kept();
    if (!(await this.#options.save(this.#base, text))) return;
    this.#stale = before;
    this.#base = text;
    if (this.#typed === text) this.#isDirty = false;
  }
}
