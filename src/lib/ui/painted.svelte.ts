/** What of a component is on the screen: what nobody waits for begins after that. */
export class Painted<What> {
  #last = $state.raw<What>();

  /**
   * @param drawn what was drawn by now; `undefined` while that is nothing yet
   * @param afterMs how long what nobody waits for stays back
   */
  constructor(drawn: () => What | undefined, afterMs = 0) {
    $effect(() => {
      const what = drawn();
      if (what === undefined || what === this.#last) return;
      let task: ReturnType<typeof setTimeout> | undefined;
      const frame = requestAnimationFrame(() => {
        task = setTimeout(() => (this.#last = what), afterMs);
      });
      return () => {
        cancelAnimationFrame(frame);
        clearTimeout(task);
      };
    });
  }

  /** What was painted last; nothing yet, `undefined`. */
  get last(): What | undefined {
    return this.#last;
  }
}
