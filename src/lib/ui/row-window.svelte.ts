/**
 * The rows of a long table that are in sight: only those are drawn, with empty space before and after them, so that
 * thousands scroll and filter as quickly as ten. All rows are equally high.
 */
const overscan = 12;
/** Of a row that was never measured; the lowest there are, so that the first paint has too many rows rather than too few. */
const likelyHeight = 56;

export class RowWindow {
  readonly #count: () => number;
  #first = $state(0);
  #inSight = $state(Math.ceil(innerHeight / likelyHeight));
  #rowHeight = $state(likelyHeight);
  /** None for the first paint: the rows outside of it follow. */
  #overscan = $state(0);
  #body: HTMLElement | undefined;

  /** @param count how many rows there are */
  constructor(count: () => number) {
    this.#count = count;
  }

  /** Of the rows drawn, the first, and the one after the last. */
  get from(): number {
    return Math.max(0, Math.min(this.#first, this.#count() - this.#inSight) - this.#overscan);
  }
  get to(): number {
    return Math.min(this.#count(), this.from + this.#inSight + 2 * this.#overscan);
  }
  /** Pixels of the rows that are not drawn. */
  get before(): number {
    return this.from * this.#rowHeight;
  }
  get after(): number {
    return (this.#count() - this.to) * this.#rowHeight;
  }

  /** An attachment for the `tbody`. */
  readonly follow = (body: HTMLElement): (() => void) => {
    this.#body = body;
    let asked = 0;
    const look = () => {
      asked = 0;
      const row = body.querySelector<HTMLElement>('tr[data-index]');
      if (row) this.#rowHeight = row.offsetHeight || this.#rowHeight;
      this.#first = Math.max(0, Math.floor(-body.getBoundingClientRect().top / this.#rowHeight));
      this.#inSight = Math.ceil(innerHeight / this.#rowHeight);
    };
    const onMove = () => (asked ||= requestAnimationFrame(look));
    const painted = requestAnimationFrame(() =>
      setTimeout(() => {
        this.#overscan = overscan;
        look();
      }),
    );
    addEventListener('scroll', onMove, { passive: true });
    addEventListener('resize', onMove);
    return () => {
      cancelAnimationFrame(painted);
      cancelAnimationFrame(asked);
      removeEventListener('scroll', onMove);
      removeEventListener('resize', onMove);
    };
  };

  /** Brings a row into sight, drawn or not yet. */
  reveal(index: number): void {
    if (!this.#body) return;
    const { top } = this.#body.getBoundingClientRect();
    const rowTop = top + index * this.#rowHeight;
    const margin = 3 * this.#rowHeight;
    if (rowTop < margin) scrollBy({ top: rowTop - margin, behavior: 'instant' });
    else if (rowTop > innerHeight - margin)
      scrollBy({ top: rowTop - innerHeight + margin, behavior: 'instant' });
    this.#first = Math.max(0, Math.floor(-this.#body.getBoundingClientRect().top / this.#rowHeight));
  }
}
