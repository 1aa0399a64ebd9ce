/** The instant at which the desk is looked at, anew every minute. */
const instantNow = () => new Date().toISOString();

/** Made while a component is set up, and stopped with it. */
export class Minute {
  #current = $state(instantNow());

  constructor() {
    $effect(() => {
      const clock = setInterval(() => (this.#current = instantNow()), 60_000);
      return () => clearInterval(clock);
    });
  }

  get current(): string {
    return this.#current;
  }
}
