/** How far this device's clock is from the server's, from the `Date` header of its answers. */

const kept = 5;
/** Below this it is not worth a word. */
const noticeableSkewMs = 10 * 60_000;

export class ClockSkew {
  readonly #seen: number[] = [];

  /** Notes one answer. The header counts whole seconds; `sentAt` and `receivedAt` are this device's milliseconds. */
  note(header: string | null, sentAt: number, receivedAt: number): void {
    const served = header ? Date.parse(header) : Number.NaN;
    if (Number.isNaN(served)) return;
    this.#seen.push((sentAt + receivedAt) / 2 - (served + 500));
    if (this.#seen.length > kept) this.#seen.shift();
  }

  /** Milliseconds that this device is ahead (negative: behind), the median of the last answers. */
  get current(): number | undefined {
    const sorted = [...this.#seen].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)];
  }

  /** The same where it is worth telling: over ten minutes. */
  get noticeable(): number | undefined {
    const skew = this.current;
    return skew !== undefined && Math.abs(skew) > noticeableSkewMs ? Math.round(skew) : undefined;
  }
}
