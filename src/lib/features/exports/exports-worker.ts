/** What is asked of the worker that makes exports, and heard from it. */
import { getLocale, type Locale } from '$lib/i18n/paraglide/runtime.js';
import { namesOf, type SiteStoreNames, type SiteStores } from '$lib/store/site-documents.ts';
import type { ExportAsked, MadeExport } from './make-export.ts';

export interface WorkerAsked extends ExportAsked {
  readonly names: SiteStoreNames;
  readonly locale: Locale;
}

/** `progress` goes from 0 to 1. */
export type WorkerAnswer =
  { readonly progress: number } | { readonly made: MadeExport } | { readonly failed: string };

/**
 * Makes the file of a choice beside the page.
 * @param signal stops it: nothing is left of what was made
 * @throws when it could not be made: its files are not on this device, or a replica could not be read
 */
export function makeInWorker(
  stores: SiteStores,
  asked: ExportAsked,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<MadeExport> {
  const worker = new Worker(new URL('./exports.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<MadeExport>((made, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason as Error));
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
      if ('progress' in data) onProgress(data.progress);
      else if ('made' in data) made(data.made);
      else fail(new Error(data.failed));
    });
    worker.addEventListener('error', ({ message }) => fail(new Error(message)));
    const message: WorkerAsked = { ...asked, names: namesOf(stores), locale: getLocale() };
    worker.postMessage(message);
  }).finally(() => worker.terminate());
}
