import { tick } from 'svelte';

/**
 * The rows of a long table that are in sight: only those are drawn, with empty space before and after them, so that
 * thousands scroll and filter as quickly as ten. All rows are equally high.
 */
const usualOverscan = 12;
/** Of a row that was never measured; the lowest there are, so that the first paint has too many rows rather than too few. */
const likelyHeight = 56;

export class RowWindow {
  readonly #count: () => number;
  readonly #wanted: number;
  #first = $state(0);
  #inSight: number;
  #rowHeight = $state(likelyHeight);
  /** None for the first paint: the rows outside of it follow. */
  #overscan = $state(0);
  #body: HTMLElement | undefined;

  /**
   * @param count how many rows there are
   * @param overscan how many are drawn above and below those in sight: fewer where rows change at every key
   * @param above pixels that stand above the rows at least, when the page is opened
   */
  constructor(count: () => number, { overscan = usualOverscan, above = 0 } = {}) {
    this.#count = count;
    this.#wanted = overscan;
    this.#inSight = $state(Math.max(1, Math.ceil((innerHeight - above) / likelyHeight)));
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
      const { top } = body.getBoundingClientRect();
      this.#first = Math.max(0, Math.floor(-top / this.#rowHeight));
      // What stands above the rows leaves less room for them.
      const room = innerHeight - Math.max(0, top);
      this.#inSight = Math.max(1, Math.ceil(room / this.#rowHeight) + 1);
    };
    const onMove = () => (asked ||= requestAnimationFrame(look));
    const painted = requestAnimationFrame(() =>
      setTimeout(() => {
        this.#overscan = this.#wanted;
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

  /** Puts the keyboard on a row's link, whether it is drawn yet or not. */
  async focus(index: number): Promise<void> {
    const wanted = Math.max(0, Math.min(this.#count() - 1, index));
    this.reveal(wanted);
    await tick();
    this.#body?.querySelector<HTMLElement>(`tr[data-index="${wanted}"] a`)?.focus({ preventScroll: true });
  }

  /** For the link of a row: arrows go from one to the next. */
  readonly keys = (event: KeyboardEvent): void => {
    const index = Number((event.target as HTMLElement).closest('tr')?.dataset.index);
    if (Number.isNaN(index)) return;
    const next = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: this.#count() - 1,
      PageDown: index + 10,
      PageUp: index - 10,
    }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void this.focus(next);
  };
}
