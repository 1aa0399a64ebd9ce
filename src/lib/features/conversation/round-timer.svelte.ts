/** The time of a round. It goes by the clock: a page that slept has not lost count. */
export class RoundTimer {
  #totalMs = $state(0);
  #leftMs = $state(0);
  #endsAt = $state<number>();
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly #onover: () => void;

  /** @param onover called once when the time is over */
  constructor(onover: () => void) {
    this.#onover = onover;
  }

  get isSet(): boolean {
    return this.#totalMs > 0;
  }
  get isRunning(): boolean {
    return this.#endsAt !== undefined;
  }
  get isOver(): boolean {
    return this.isSet && this.#leftMs === 0;
  }
  /** Whole seconds left, the one that has begun counted. */
  get secondsLeft(): number {
    return Math.ceil(this.#leftMs / 1000);
  }
  /** From 1 to 0. */
  get share(): number {
    return this.#totalMs ? this.#leftMs / this.#totalMs : 0;
  }

  /** Begins a round. */
  start(minutes: number): void {
    this.#totalMs = this.#leftMs = minutes * 60_000;
    this.resume();
  }

  again(): void {
    this.#leftMs = this.#totalMs;
    this.resume();
  }

  resume(): void {
    this.#endsAt = Date.now() + this.#leftMs;
    clearInterval(this.#ticking);
    this.#ticking = setInterval(() => this.#tick(), 200);
  }

  pause(): void {
    this.#tick();
    this.stop();
  }

  /** What is left stays; nothing counts any more. */
  stop(): void {
    clearInterval(this.#ticking);
    this.#endsAt = undefined;
  }

  #tick(): void {
    if (this.#endsAt === undefined) return;
    this.#leftMs = Math.max(0, this.#endsAt - Date.now());
    if (this.#leftMs > 0) return;
    this.stop();
    this.#onover();
  }
}
