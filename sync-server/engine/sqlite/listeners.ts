/** Who wants to hear of a database: of its writes, and of its end. */
export class Listeners {
  readonly #onChange = new Set<() => void>();
  readonly #onClose = new Set<() => void>();
  #isAnnouncing = false;

  /** Answers the way to stop. */
  onChange(listener: () => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** Answers the way to stop. */
  onClose(listener: () => void): () => void {
    this.#onClose.add(listener);
    return () => this.#onClose.delete(listener);
  }

  /** Tells the feeds once what was written is answered: they are no part of the write, and many writes are told once. */
  announce(): void {
    if (this.#isAnnouncing) return;
    this.#isAnnouncing = true;
    setImmediate(() => {
      this.#isAnnouncing = false;
      for (const listener of [...this.#onChange]) listener();
    });
  }

  close(): void {
    for (const listener of [...this.#onClose]) listener();
    this.#onChange.clear();
  }
}
