/** What the page of figures asks of its worker, and hears from it. */
import { namesOf, type SiteStoreNames, type SiteStores } from '$lib/store/site-documents.ts';
import {
  FigureCount,
  type CountedPage,
  type FiguresAsked,
  type NamedBehind,
  type WhoAsked,
} from './figures-queries.ts';

export type FiguresQuestion =
  | { readonly kind: 'open'; readonly stores: SiteStoreNames }
  /** From now on, and again after every change. */
  | { readonly kind: 'follow'; readonly asked: FiguresAsked }
  | { readonly kind: 'behind'; readonly id: number; readonly asked: FiguresAsked; readonly of: WhoAsked };

export type FiguresAnswer =
  | { readonly kind: 'page'; readonly asked: FiguresAsked; readonly page: CountedPage }
  | { readonly kind: 'behind'; readonly id: number; readonly behind: NamedBehind }
  | { readonly kind: 'failed'; readonly id?: number };

export interface Heard {
  /** Figures, of what they were asked about; none where they could not be counted. */
  onpage(asked: FiguresAsked, page: CountedPage | undefined): void;
}

/** Who answers the page: a worker, or the page itself where none can be started. */
export interface FiguresDesk {
  follow(asked: FiguresAsked): void;
  behind(asked: FiguresAsked, of: WhoAsked): Promise<NamedBehind>;
  close(): void;
}

/** Starts a worker that counts the figures of a device, and counts them again after every change. */
export function openFigures(stores: SiteStores, heard: Heard): FiguresDesk {
  let last: FiguresAsked | undefined;
  let onPage: FigureCount | undefined;
  let count = 0;
  const waiting = new Map<number, { answer(found: NamedBehind): void; fail(): void }>();
  const worker = new Worker(new URL('./figures.worker.ts', import.meta.url), { type: 'module' });
  const ask = (question: FiguresQuestion) => worker.postMessage(question);

  /** Slower, and in the way of the page: better than no figure. */
  const countHere = () => {
    onPage ??= new FigureCount(stores);
    for (const { fail } of waiting.values()) fail();
    waiting.clear();
    const asked = last;
    if (!asked) return;
    onPage.page(asked).then(
      (page) => heard.onpage(asked, page),
      () => heard.onpage(asked, undefined),
    );
  };
  worker.addEventListener('error', countHere);
  worker.addEventListener('message', ({ data }: MessageEvent<FiguresAnswer>) => {
    if (data.kind === 'page') heard.onpage(data.asked, data.page);
    else if (data.kind === 'behind') waiting.get(data.id)?.answer(data.behind);
    else if (data.id === undefined) countHere();
    else waiting.get(data.id)?.fail();
    if (data.kind !== 'page' && data.id !== undefined) waiting.delete(data.id);
  });
  ask({ kind: 'open', stores: namesOf(stores) });
  return {
    follow(asked) {
      last = asked;
      if (onPage) countHere();
      else ask({ kind: 'follow', asked });
    },
    behind(asked, of) {
      if (onPage) return onPage.behind(asked, of);
      const id = (count += 1);
      ask({ kind: 'behind', id, asked, of });
      return new Promise((answer, refuse) => {
        waiting.set(id, { answer, fail: () => refuse(new Error('the figures were not counted')) });
      });
    },
    close: () => worker.terminate(),
  };
}
