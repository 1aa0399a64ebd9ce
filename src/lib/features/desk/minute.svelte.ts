/** The instant it is, anew every minute. Made while a component is set up, and stopped with it. */
export class Minute {
  #current = $state(new Date().toISOString());

  constructor() {
    $effect(() => {
      const clock = setInterval(() => (this.#current = new Date().toISOString()), 60_000);
      return () => clearInterval(clock);
    });
  }

  get current(): string {
    return this.#current;
  }
}
