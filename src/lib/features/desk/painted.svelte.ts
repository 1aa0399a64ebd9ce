/** Whether what a component drew first is on the screen: what nobody waits for begins after that. */
export class Painted {
  #isSo = $state(false);

  /** @param isDrawn whether what is waited for was drawn */
  constructor(isDrawn: () => boolean = () => true) {
    $effect(() => {
      if (this.#isSo || !isDrawn()) return;
      let task: ReturnType<typeof setTimeout> | undefined;
      const frame = requestAnimationFrame(() => {
        task = setTimeout(() => (this.#isSo = true));
      });
      return () => {
        cancelAnimationFrame(frame);
        clearTimeout(task);
      };
    });
  }

  get isSo(): boolean {
    return this.#isSo;
  }
}
